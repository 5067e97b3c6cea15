//! Communes mal écrites : deux tables, et ce qui vaut pour toute saisie.

use proptest::prelude::*;
use territoire::recherche::{Trouvaille, trouver};
use territoire::{Commune, commune, communes};

fn lignes(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn codes(communes: &[&Commune]) -> Vec<&'static str> {
    communes.iter().map(|c| c.code).collect()
}

#[test]
fn les_communes_des_exemples_sont_reconnues() {
    let mut vues = 0;
    for ligne in lignes(include_str!("../cas/exemples.tsv")) {
        let [ecrite, code_postal, attendu] = ligne[..] else { panic!("{ligne:?}") };
        for prefere in [Some("62"), Some("75"), None] {
            let trouvee = trouver(ecrite, Some(code_postal), prefere);
            let code = trouvee.commune().map_or("", |c| c.code);
            assert_eq!(code, attendu, "« {ecrite} » {code_postal} : {trouvee:?}");
        }
        vues += 1;
    }
    assert!(vues > 300, "la table a été lue");
}

#[test]
fn les_pieges_sont_dejoues() {
    for ligne in lignes(include_str!("../cas/pieges.tsv")) {
        let [ecrite, code_postal, prefere, attendu] = ligne[..] else { panic!("{ligne:?}") };
        let presents = |s: &'static str| (!s.is_empty()).then_some(s);
        let trouvee = trouver(ecrite, presents(code_postal), presents(prefere));
        let juste = match (&trouvee, attendu.split_at(1)) {
            (Trouvaille::Ambigue(possibles), ("*", "")) => possibles.len() > 1,
            (Trouvaille::Ambigue(possibles), ("?", liste)) => {
                codes(possibles) == liste.split(' ').collect::<Vec<_>>()
            }
            (Trouvaille::Inconnue { .. }, ("!", "")) => true,
            (Trouvaille::Inconnue { proches }, ("!", proche)) => codes(proches).contains(&proche),
            (Trouvaille::Commune { commune, .. }, _) => commune.code == attendu,
            _ => false,
        };
        assert!(juste, "« {ecrite} » {code_postal} ({prefere}), attendu {attendu} : {trouvee:?}");
    }
}

#[test]
fn ce_qui_n_allait_pas_de_soi_est_dit() {
    #[rustfmt::skip]
    let cas = [
        ("Arras",     "62000", ""),
        ("BERGUETTE", "62330", "« Berguette » est une commune associée : la commune est aujourd'hui Isbergues (62473)."),
        ("",          "62800", "Commune absente : Liévin est la seule que dessert le code postal 62800."),
        ("ARRAS",     "62300", "Le code postal 62300 n'est pas celui de Arras (62000) ; c'est la seule commune de ce nom dans le département 62."),
        ("ARRAS CEDEX", "62022", "Le code postal 62022 est un CEDEX ; Arras (62041) est la seule commune de ce nom dans le département 62."),
        ("BULLY",     "62160", "Nom abrégé : Bully-les-Mines (62186) est la seule commune du code postal 62160 qui y réponde."),
        ("SAINT-OMER", "",     "2 communes de France répondent à ce nom, une seule dans le département 62 : Saint-Omer (62765)."),
    ];
    for (ecrite, code_postal, dit) in cas {
        let Trouvaille::Commune { motifs, .. } = trouver(ecrite, Some(code_postal), Some("62"))
        else {
            panic!("« {ecrite} » {code_postal} n'est pas trouvée")
        };
        assert_eq!(motifs.join("\n"), dit, "« {ecrite} » {code_postal}");
    }
}

fn abreger(nom: &str) -> String {
    let mots = nom.split(' ').map(|mot| match mot {
        "SAINT" => "ST",
        "SAINTE" => "STE",
        "SUR" => "S/",
        mot => mot,
    });
    mots.collect::<Vec<_>>().join(" ")
}

/// Le nom officiel avec un de ses codes postaux, en toutes écritures courantes.
#[test]
fn toute_commune_de_france_se_retrouve_sous_son_nom() {
    let mut ambigues = Vec::new();
    for c in communes().filter(|c| !["75056", "69123", "13055"].contains(&c.code)) {
        let majuscules = c.nom.to_uppercase().replace('-', " ");
        let abrege = abreger(&majuscules);
        for code_postal in c.codes_postaux {
            for ecrite in [c.nom, &majuscules, &abrege, &format!("{code_postal} {majuscules}")] {
                match trouver(ecrite, Some(code_postal), None) {
                    Trouvaille::Commune { commune, .. } => assert_eq!(commune, c, "{ecrite}"),
                    Trouvaille::Ambigue(possibles) => {
                        assert!(possibles.contains(&c), "{ecrite}");
                        ambigues.push(c.code);
                    }
                    Trouvaille::Inconnue { .. } => panic!("« {ecrite} » {code_postal} inconnue"),
                }
            }
        }
    }
    ambigues.dedup();
    assert!(ambigues.len() < 60, "{} communes restent ambiguës : {ambigues:?}", ambigues.len());
    assert!(!ambigues.iter().any(|code| code.starts_with("62") || code.starts_with("75")));
}

proptest! {
    #[test]
    fn aucune_saisie_ne_fait_paniquer_et_la_reponse_est_stable(
        texte in "\\PC{0,40}", code_postal in "\\PC{0,8}", prefere in "[0-9AB]{0,3}"
    ) {
        let une = trouver(&texte, Some(&code_postal), Some(&prefere));
        prop_assert_eq!(une, trouver(&texte, Some(&code_postal), Some(&prefere)));
    }

    #[test]
    fn une_faute_de_frappe_n_est_jamais_devinee(rang in 0_usize..890, place in 1_usize..8) {
        let du_62: Vec<_> = territoire::communes_du_departement("62").collect();
        let c = du_62[rang % du_62.len()];
        let mut nom: Vec<char> = c.nom.chars().filter(|ch| ch.is_ascii_alphabetic()).collect();
        let place = place.min(nom.len() - 1);
        nom.insert(place, 'w');
        let ecrite: String = nom.into_iter().collect();
        let trouvee = trouver(&ecrite, Some(c.codes_postaux[0]), Some("62"));
        prop_assert!(trouvee.commune().is_none(), "« {}» → {:?}", ecrite, trouvee);
    }
}

#[test]
fn paris_sans_arrondissement_propose_les_vingt() {
    let Trouvaille::Ambigue(possibles) = trouver("PARIS", None, Some("75")) else {
        panic!("Paris seul n'est pas ambigu")
    };
    assert_eq!(possibles.len(), 20);
    assert!(possibles.iter().all(|c| c.ville == commune("75056").map(|v| v.code)));
}
