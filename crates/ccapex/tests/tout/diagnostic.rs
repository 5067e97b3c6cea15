//! Le diagnostic social et financier : ses rubriques, ce qu'on y écrit, ce qui y manque.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::diagnostic::fondre::fondre;
use ccapex::diagnostic::lire::lire;
use ccapex::diagnostic::manques::manques;
use ccapex::diagnostic::redige::{Derniere, Ecriture, redige};
use ccapex::diagnostic::{Exigence, Genre, RUBRIQUES, Saisie, rubrique};
use jiff::civil::date;

fn saisie(champs: &[(&str, &str)]) -> BTreeMap<String, String> {
    champs.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect()
}

/// Une valeur acceptable pour ce genre.
fn valeur(genre: Genre) -> String {
    match genre {
        Genre::Ligne | Genre::Texte => "Texte".to_owned(),
        Genre::Montant => "450,50".to_owned(),
        Genre::Jour => "12/05/2026".to_owned(),
        Genre::Nombre { min, .. } => min.to_string(),
        Genre::OuiNon => "oui".to_owned(),
        Genre::Choix(choix) => choix.first().map(|(code, _)| (*code).to_owned()).expect("un choix"),
    }
}

/// Un diagnostic où tout est écrit, le locataire rencontré ou non.
fn entier(rencontre: &str) -> Saisie {
    let mut tout = Saisie::new();
    for rubrique in RUBRIQUES {
        let champs: BTreeMap<String, String> =
            rubrique.champs.iter().map(|c| (c.code.to_owned(), valeur(c.genre))).collect();
        tout.extend(lire(rubrique.code, &champs).expect("tout se lit"));
    }
    tout.insert("presence.rencontre".to_owned(), rencontre.to_owned());
    tout
}

#[test]
fn les_rubriques_sont_celles_du_decret() {
    let codes: Vec<&str> = RUBRIQUES.iter().map(|r| r.code).collect();
    assert_eq!(
        codes,
        [
            "redacteur",
            "presence",
            "identite",
            "famille",
            "accompagnement",
            "bail",
            "dette",
            "dispositifs",
            "reprise",
            "capacite",
            "preconisations",
            "observations_locataire",
            "observations_bailleur",
            "relogement",
            "ccapex",
        ]
    );
}

#[test]
fn chaque_cle_du_coffre_est_unique() {
    let mut cles = BTreeSet::new();
    for rubrique in RUBRIQUES {
        for champ in rubrique.champs {
            assert!(cles.insert(rubrique.cle(champ)), "{}.{} deux fois", rubrique.code, champ.code);
        }
    }
}

#[test]
fn aucun_champ_ne_demande_l_etat_de_sante() {
    for champ in RUBRIQUES.iter().flat_map(|r| r.champs) {
        let libelle = champ.libelle.to_lowercase();
        for mot in ["santé", "maladie", "handicap", "médical", "condamnation"] {
            assert!(!libelle.contains(mot), "{libelle}");
        }
    }
}

#[test]
fn ce_qui_s_ecrit_se_garde_sous_une_seule_forme() {
    #[rustfmt::skip]
    let cas = [
        // rubrique   champ          saisi              gardé           relu
        ("dette",     "montant",     "1 300,5 €",       "130050",       "1\u{202f}300,50\u{a0}€"),
        ("dette",     "montant",     "1300",            "130000",       "1\u{202f}300,00\u{a0}€"),
        ("dette",     "arretee_le",  "01/10/2026",      "2026-10-01",   "1er octobre 2026"),
        ("dette",     "arretee_le",  "2026-10-01",      "2026-10-01",   "1er octobre 2026"),
        ("dette",     "contestee",   "non",             "non",          "Non"),
        ("capacite",  "mois",        "36",              "36",           "36"),
        ("dispositifs", "fsl",       "depose",          "depose",       "Dossier déposé"),
        ("dette",     "causes",      "  Chômage.  ",    "Chômage.",     "Chômage."),
    ];
    for (code, nom, saisi, garde, relu) in cas {
        let lu = lire(code, &saisie(&[(nom, saisi)])).expect("se lit");
        let cle = format!("{code}.{nom}");
        assert_eq!(lu[&cle], garde, "{cle} {saisi}");
        let champ = rubrique(code).and_then(|r| r.champ(nom)).expect("un champ");
        assert_eq!(champ.en_mots(&lu[&cle]), relu, "{cle}");
    }
}

#[test]
fn ce_qui_ne_se_lit_pas_est_refuse_avec_un_exemple() {
    #[rustfmt::skip]
    let cas = [
        ("dette",       "montant",    "beaucoup",   "par exemple 450,50"),
        ("dette",       "montant",    "-3",         "par exemple 450,50"),
        ("dette",       "arretee_le", "31/02/2026", "JJ/MM/AAAA"),
        ("dette",       "contestee",  "peut-être",  "oui ou non"),
        ("capacite",    "mois",       "37",         "de 1 à 36"),
        ("dispositifs", "fsl",        "perdu",      "Dossier déposé"),
        ("dette",       "couleur",    "bleu",       "n'a pas de champ"),
        ("horoscope",   "signe",      "lion",       "n'a pas de rubrique"),
    ];
    for (code, nom, saisi, attendu) in cas {
        let refus = lire(code, &saisie(&[(nom, saisi)])).expect_err("refusé");
        assert!(refus[0].message.contains(attendu), "{}", refus[0].message);
    }
}

#[test]
fn chaque_ecriture_remplace_les_rubriques_qu_elle_nomme_et_elles_seules() {
    let ecrire = |champs: &[(&str, &str)]| saisie(champs);
    let premiere = ecrire(&[
        ("dette.montant", "100"),
        ("dette.causes", "Perte d’emploi"),
        ("bail.loyer", "50000"),
    ]);
    let seconde = ecrire(&[("dette.montant", "200"), ("bail.loyer", "1")]);
    let (deux, une) = (vec!["dette".to_owned(), "bail".to_owned()], vec!["dette".to_owned()]);
    let garde = redige([
        Ecriture { fait: "F-1", le: date(2026, 5, 1), rubriques: &deux, textes: &premiere },
        Ecriture { fait: "F-2", le: date(2026, 5, 3), rubriques: &une, textes: &seconde },
    ]);
    // La cause effacée n'y est plus ; le loyer, que la seconde ne nomme pas, n'a pas bougé.
    assert_eq!(garde.saisie, saisie(&[("bail.loyer", "50000"), ("dette.montant", "200")]));
    let derniere = |le, fait: &str| Derniere { le, fait: fait.to_owned() };
    assert_eq!(garde.rubriques["dette"], derniere(date(2026, 5, 3), "F-2"));
    assert_eq!(garde.rubriques["bail"], derniere(date(2026, 5, 1), "F-1"));
}

#[test]
fn une_rubrique_effacee_du_coffre_reste_ecrite_et_vide() {
    let rubriques = vec!["dette".to_owned()];
    let garde = redige([Ecriture {
        fait: "F-1",
        le: date(2026, 5, 1),
        rubriques: &rubriques,
        textes: &BTreeMap::new(),
    }]);
    assert!(garde.saisie.is_empty());
    assert!(garde.rubriques.contains_key("dette"));
}

#[test]
fn deux_personnes_a_la_fois_ne_perdent_rien_de_ce_qu_elles_ecrivent() {
    // Ce qu'on avait sous les yeux, ce que l'autre a gardé, ce qu'on envoie ; alors : gardé, conflit.
    #[rustfmt::skip]
    let cas = [
        ("personne n'a rien changé",   "100", "100", "100", "100", None),
        ("l'autre seul a écrit",       "100", "200", "100", "200", None),
        ("moi seul ai écrit",          "100", "100", "300", "300", None),
        ("la même chose tous deux",    "100", "300", "300", "300", None),
        ("chacun la sienne",           "100", "200", "300", "300", Some("200")),
        ("j'efface, l'autre rien",     "100", "100", "",    "",    None),
        ("j'efface, l'autre écrit",    "100", "200", "",    "",    Some("200")),
        ("l'autre efface, j'écris",    "100", "",    "300", "300", Some("")),
        ("l'autre commence, pas moi",  "",    "200", "",    "200", None),
    ];
    let dette = rubrique("dette").expect("une rubrique");
    let ecrit = |valeur: &str| -> Saisie {
        let plein = [("dette.montant", valeur)].into_iter().filter(|(_, v)| !v.is_empty());
        plein.map(|(c, v)| (c.to_owned(), v.to_owned())).collect()
    };
    for (quoi, avant, autre, moi, garde, conflit) in cas {
        let fondue = fondre(dette, &ecrit(avant), &ecrit(autre), &ecrit(moi));
        assert_eq!(fondue.saisie, ecrit(garde), "{quoi}");
        let dits: Vec<_> =
            fondue.conflits.iter().map(|c| (c.champ.code, c.autre.as_str())).collect();
        let attendus: Vec<_> = conflit.into_iter().map(|autre| ("montant", autre)).collect();
        assert_eq!(dits, attendus, "{quoi}");
    }
}

#[test]
fn un_diagnostic_complet_peut_partir() {
    for rencontre in ["oui", "non"] {
        assert_eq!(manques(&entier(rencontre)), [], "rencontré : {rencontre}");
    }
}

#[test]
fn chaque_champ_demande_manque_quand_il_est_vide() {
    for rubrique in RUBRIQUES {
        for champ in rubrique.champs {
            let mut saisie =
                entier(if champ.exigence == Exigence::SiAbsent { "non" } else { "oui" });
            saisie.remove(&rubrique.cle(champ));
            let manque =
                manques(&saisie).iter().any(|m| m.champ == champ && m.rubrique == rubrique);
            let paroles = rubrique.code.starts_with("observations_") && champ.code == "texte";
            assert_eq!(
                manque,
                champ.exigence != Exigence::Facultatif || paroles,
                "{}",
                rubrique.cle(champ)
            );
        }
    }
}

#[test]
fn un_locataire_jamais_rencontre_ne_bloque_pas_l_envoi_si_les_tentatives_sont_dites() {
    let mut saisie = entier("non");
    for cle in ["capacite.ressources", "famille.adultes", "dette.causes", "reprise.reprise"] {
        saisie.remove(cle);
    }
    assert_eq!(manques(&saisie), []);
    saisie.remove("presence.tentatives");
    let phrases: Vec<String> = manques(&saisie).iter().map(|m| m.phrase()).collect();
    assert_eq!(
        phrases,
        [
            "Il manque « Tentatives de contact : dates et moyens ». Le locataire n’a pas été rencontré : le juge a besoin de savoir ce qui a été tenté. Complétez la rubrique « La présence du locataire »."
        ]
    );
}
