//! Aucune règle n'a de trou qu'elle ne dise, ni deux valeurs le même jour.

use droit::catalogue::{Regle, VersionLue, appliquer, regles};
use droit::demande::{Entree, FAITS, Forme, OPTIONS};
use droit::parametre::{DEBUT_NON_DATE, Lacune};
use droit::reponse::Reponse;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Chaque histoire d'une règle : son nom complet, ses versions, ses lacunes.
fn histoires(regle: &Regle) -> Vec<(String, Vec<VersionLue>, &'static [Lacune])> {
    let principale = (regle.nom.to_owned(), regle.versions(), regle.lacunes());
    let autres = regle.autres_lectures().map(|lecture| {
        (format!("{}, {}", regle.nom, lecture.option), lecture.versions, lecture.lacunes)
    });
    std::iter::once(principale).chain(autres).collect()
}

/// Les périodes, versions et lacunes ensemble, dans l'ordre.
fn periodes(versions: &[VersionLue], lacunes: &[Lacune]) -> Vec<(Date, Option<Date>)> {
    let mut periodes: Vec<_> = versions
        .iter()
        .map(|version| (version.du.unwrap_or(DEBUT_NON_DATE), version.au))
        .chain(lacunes.iter().map(|lacune| (lacune.du, lacune.au)))
        .collect();
    periodes.sort();
    periodes
}

#[test]
fn les_periodes_se_suivent_sans_trou_ni_chevauchement() {
    for regle in regles() {
        for (nom, versions, lacunes) in histoires(regle) {
            let periodes = periodes(&versions, lacunes);
            assert_eq!(periodes[0].0, DEBUT_NON_DATE, "{nom} : rien n'est dit du début");
            assert_eq!(periodes[periodes.len() - 1].1, None, "{nom} : rien n'est dit de la suite");
            for paire in periodes.windows(2) {
                let lendemain = paire[0].1.map(|au| au.tomorrow().unwrap());
                assert_eq!(lendemain, Some(paire[1].0), "{nom} : rupture à {:?}", paire[0].1);
            }
        }
    }
}

#[test]
fn une_lacune_dit_pourquoi() {
    for regle in regles() {
        for (nom, _, lacunes) in histoires(regle) {
            assert!(lacunes.iter().all(|lacune| lacune.raison.len() > 20), "{nom}");
        }
    }
}

/// Une demande complète : tous les faits et toutes les dates, autour d'un jour.
fn demande_complete(jour: Date) -> Entree {
    let mut entree = Entree::le(jour);
    entree.depuis = Some(jour);
    entree.audience = Some(jour.saturating_add(60.days()));
    entree.commune = Some("62041".to_owned());
    for fait in FAITS {
        let valeur = match (fait.nom, fait.forme) {
            ("residence", _) => "reunion".to_owned(),
            (_, Forme::Date) => jour.to_string(),
            (_, Forme::Centimes) => "60000".to_owned(),
            (_, Forme::Nombre) => "6".to_owned(),
            (_, Forme::Mot(mots)) => mots[0].to_owned(),
        };
        entree.faits.insert(fait.nom.to_owned(), valeur);
    }
    entree
}

fn toutes_les_lectures(regle: &Regle) -> Vec<(&'static str, &'static str)> {
    OPTIONS
        .iter()
        .filter(|choix| regle.options.contains(&choix.nom))
        .flat_map(|choix| choix.lectures.iter().map(|lecture| (choix.nom, *lecture)))
        .chain([("dalo", "3_mois")])
        .collect()
}

#[test]
fn chaque_trimestre_de_2010_a_2035_a_une_valeur_ou_une_raison() {
    let trimestres = (2010..=2035).flat_map(|an| [1, 4, 7, 10].map(|mois| date(an, mois, 1)));
    for jour in trimestres {
        for regle in regles() {
            for (option, lecture) in toutes_les_lectures(regle) {
                let mut entree = demande_complete(jour);
                entree.options.insert(option.to_owned(), lecture.to_owned());
                let cas = format!("{} au {jour}, {option}={lecture}", regle.nom);
                let resultat =
                    appliquer(regle.nom, &entree).unwrap_or_else(|r| panic!("{cas} : {r}"));
                assert!(!resultat.motifs.is_empty(), "{cas} : sans motif");
                let date_donnee = resultat.brute.or(resultat.dernier_jour_utile).is_some();
                let connu =
                    date_donnee || resultat.conclusion.is_some() || resultat.montant.is_some();
                assert!(connu, "{cas} : sans réponse");
                if resultat.version.is_none() {
                    assert_eq!(resultat.conclusion, Some(Reponse::Inconnue), "{cas}");
                    assert_eq!(resultat.confiance, "?", "{cas}");
                    assert!(resultat.motifs[0].contains("Aucune valeur connue"), "{cas}");
                }
            }
        }
    }
}

#[test]
fn l_exemple_de_chaque_regle_aboutit_et_suffit() {
    for regle in regles() {
        let mut entree = Entree::le(date(2026, 11, 21));
        let mut mots = regle.exemple.split_whitespace();
        while let (Some(argument), Some(valeur)) = (mots.next(), mots.next()) {
            match argument {
                "--depuis" => entree.depuis = valeur.parse().ok(),
                "--audience" => entree.audience = valeur.parse().ok(),
                "--commune" => entree.commune = Some(valeur.to_owned()),
                "--fait" => {
                    let (nom, valeur) = valeur.split_once('=').unwrap();
                    assert!(
                        regle.faits.contains(&nom) || nom == "date_refus",
                        "{} ne déclare pas le fait {nom}",
                        regle.nom
                    );
                    entree.faits.insert(nom.to_owned(), valeur.to_owned());
                }
                autre => panic!("{} : argument {autre}", regle.nom),
            }
        }
        let resultat =
            appliquer(regle.nom, &entree).unwrap_or_else(|r| panic!("{} : {r}", regle.nom));
        // Sans valeur connue, une règle le dit ; partout ailleurs son exemple montre une valeur.
        if !regle.versions().is_empty() && regle.exemple.contains("--") {
            assert!(resultat.version.is_some(), "{} : {:?}", regle.nom, resultat.motifs);
        }
    }
}

#[test]
fn chaque_fiche_dit_ce_qu_elle_regit() {
    let mut noms: Vec<&str> = regles().map(|regle| regle.nom).collect();
    assert!(noms.len() > 140, "{} règles", noms.len());
    noms.sort_unstable();
    let uniques = {
        let mut n = noms.clone();
        n.dedup();
        n.len()
    };
    assert_eq!(uniques, noms.len(), "deux règles portent le même nom");
    for regle in regles() {
        assert!(!regle.titre.is_empty() && !regle.regit.is_empty(), "{}", regle.nom);
        assert!(!regle.rattachement.is_empty(), "{}", regle.nom);
        for fait in regle.faits {
            assert!(FAITS.iter().any(|connu| connu.nom == *fait), "{} : {fait}", regle.nom);
        }
        for option in regle.options {
            assert!(OPTIONS.iter().any(|connue| connue.nom == *option), "{} : {option}", regle.nom);
        }
    }
}

#[test]
fn une_lecture_a_verifier_le_dit_dans_ses_motifs() {
    let mut vues = 0;
    for regle in regles() {
        let resultat = appliquer(regle.nom, &demande_complete(date(2026, 10, 1)));
        let resultat = resultat.unwrap_or_else(|r| panic!("{} : {r}", regle.nom));
        if resultat.est_a_verifier() && resultat.version.is_some() {
            vues += 1;
            let dit = resultat.motifs.iter().any(|m| m.contains("à vérifier"));
            assert!(dit, "{} : {:?}", regle.nom, resultat.motifs);
        }
    }
    assert!(vues > 5, "{vues}");
}
