use std::collections::BTreeMap;

use serde_json::Value;
use tableur::champ::Champ;
use tableur::nature::Nature;
use tableur::valeur::Valeur;

use crate::{lignes, octets};

/// Les références attendues, fichier par fichier, dans l'ordre.
fn attendues() -> BTreeMap<String, Vec<Value>> {
    let mut attendues: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for ligne in String::from_utf8(octets("attendu.jsonl")).unwrap().lines() {
        let attendu: Value = serde_json::from_str(ligne).unwrap();
        attendues.entry(attendu["fichier"].as_str().unwrap().to_owned()).or_default().push(attendu);
    }
    attendues
}

#[test]
fn chaque_ligne_attendue_est_lue_une_fois_et_dans_l_ordre() {
    let attendues = attendues();
    assert_eq!(attendues.len(), 9);
    for (fichier, attendues) in attendues {
        let lues: Vec<String> = lignes(&fichier)
            .iter()
            .map(|ligne| match ligne.valeur(Champ::ReferenceActe) {
                Some(Valeur::Texte(reference)) => reference.clone(),
                autre => panic!("{fichier}, ligne {} : référence {autre:?}", ligne.ligne),
            })
            .collect();
        let attendues: Vec<&str> =
            attendues.iter().map(|a| a["reference"].as_str().unwrap()).collect();
        assert_eq!(lues, attendues, "{fichier}");
    }
}

#[test]
fn chaque_fichier_dit_sa_nature() {
    for fichier in attendues().keys() {
        let attendue =
            if fichier == "assignations.csv" { Nature::Assignation } else { Nature::Cdp };
        assert!(lignes(fichier).iter().all(|ligne| ligne.nature == Some(attendue)), "{fichier}");
    }
}

/// Les seules cellules illisibles sont celles que l'attendu dit incomplètes pour la date de l'acte.
#[test]
fn rien_n_est_illisible_que_les_dates_annoncees() {
    let mut illisibles = vec![];
    for (fichier, attendues) in attendues() {
        for (ligne, attendu) in lignes(&fichier).iter().zip(&attendues) {
            assert_eq!(ligne.defauts, [""; 0], "{fichier}, ligne {}", ligne.ligne);
            for (champ, valeur) in &ligne.champs {
                if let Valeur::Illisible { brut, .. } = valeur {
                    assert_eq!(*champ, Champ::DateSignification, "{fichier} : « {brut} »");
                    assert_eq!(attendu["motif"], "date_signification", "{fichier} : « {brut} »");
                    illisibles.push(brut.clone());
                }
            }
        }
    }
    illisibles.sort_unstable();
    assert_eq!(illisibles.len(), 6);
    illisibles.dedup();
    assert_eq!(illisibles, ["32/13/2026", "à préciser"]);
}

/// Une ligne dont l'attendu dit qu'il manque un champ n'a pas ce champ, et les autres l'ont.
#[test]
fn ce_qui_manque_manque_et_le_reste_est_la() {
    let champs = [Champ::LocataireNom, Champ::DateSignification, Champ::BailleurType];
    for (fichier, attendues) in attendues() {
        if fichier == "assignations.csv" {
            continue;
        }
        for (ligne, attendu) in lignes(&fichier).iter().zip(&attendues) {
            for champ in champs {
                let lisible = match ligne.valeur(champ) {
                    None | Some(Valeur::Illisible { .. }) => false,
                    Some(Valeur::Texte(code)) => code != "sci",
                    Some(_) => true,
                };
                let manque = attendu["statut"] == "incomplet" && attendu["motif"] == champ.nom();
                // Un doublon ou un hors-champ peut aussi manquer d'un champ : l'attendu ne le dit pas.
                if manque || attendu["statut"] == "eligible" {
                    assert_eq!(lisible, !manque, "{fichier}, ligne {} : {champ}", ligne.ligne);
                }
            }
        }
    }
}

#[test]
fn les_valeurs_sont_typees_dans_tous_les_formats() {
    #[rustfmt::skip]
    let cas = [
        // fichier                  ligne  naissance     loyer    code postal  aide
        ("cdp-etude.csv",           2,     "1948-01-22", 85_383,  "62660",     Some(true)),
        ("cdp-export-tableur.csv",  4,     "1965-08-21", 46_898,  "62250",     Some(true)),
        ("cdp-listing.xlsx",        4,     "1982-08-07", 42_716,  "62217",     Some(true)),
        ("cdp-unicode.txt",         2,     "1951-10-18", 38_122,  "62320",     Some(true)),
        ("cdp-logiciel.json",       1,     "1968-06-09", 55_259,  "62100",     Some(true)),
        ("cdp-archives-2017.csv",   2,     "1947-09-27", 45_190,  "62340",     Some(false)),
        ("cdp-paris.csv",           2,     "1987-02-02", 77_530,  "75015",     Some(true)),
    ];
    for (fichier, numero, naissance, loyer, code_postal, aide) in cas {
        let lue = &lignes(fichier)[0];
        assert_eq!(lue.ligne, numero, "{fichier}");
        assert_eq!(
            lue.valeur(Champ::LocataireDateNaissance),
            Some(&Valeur::Date(naissance.parse().unwrap())),
            "{fichier}"
        );
        assert_eq!(lue.valeur(Champ::LoyerHorsCharges), Some(&Valeur::Montant(loyer)), "{fichier}");
        assert_eq!(
            lue.valeur(Champ::CodePostal),
            Some(&Valeur::Texte(code_postal.to_owned())),
            "{fichier}"
        );
        assert_eq!(lue.valeur(Champ::AideLogement), aide.map(Valeur::OuiNon).as_ref(), "{fichier}");
    }
    // La première ligne de l'ODS n'a ni commune ni code postal.
    let ods = &lignes("cdp-liste.ods")[0];
    assert_eq!(
        (ods.ligne, ods.valeur(Champ::Commune), ods.valeur(Champ::CodePostal)),
        (2, None, None)
    );
    assert_eq!(ods.valeur(Champ::MontantDette), Some(&Valeur::Montant(273_276)));
}
