//! Consigner des actes par la ligne de commande, et lire le dossier qui en résulte.

use std::fs;
use std::path::{Path, PathBuf};

use epreuves::Dossier;
use serde_json::{Value, json};

use crate::programme::{Execution, du_depot, executer, lignes_json};

struct Bureau {
    dossier: Dossier,
    base: String,
}

impl Bureau {
    fn neuf() -> Self {
        let dossier = Dossier::neuf("consigner");
        let base = format!("sqlite:{}", dossier.chemin().join("seuil.db").display());
        Self { dossier, base }
    }

    fn le(&self, jour: &str, arguments: &[&str]) -> Execution {
        executer(&[arguments, &["--base", &self.base, "--a-la-date", jour]].concat())
    }

    fn fichier(&self, contenu: &str) -> String {
        let chemin = self.dossier.chemin().join("actes.jsonl");
        fs::write(&chemin, contenu).expect("le fichier s'écrit");
        chemin.display().to_string()
    }

    /// Consigne un fichier : les réponses, et le code.
    fn consigne(&self, jour: &str, contenu: &str) -> (Vec<Value>, i32) {
        let execution = self.le(jour, &["consigner", &self.fichier(contenu), "--json"]);
        (lignes_json(&execution.sortie), execution.code)
    }

    fn dossier(&self, jour: &str, reference: &str) -> Value {
        let execution = self.le(jour, &["dossier", reference, "--json"]);
        assert_eq!(execution.code, 0, "{reference} au {jour} : {}", execution.messages);
        serde_json::from_str(&execution.sortie).expect("un objet")
    }
}

const OUVERTURE: &str = r#"{"menage": {"locataire_nom": "Daras", "locataire_prenom": "Léon", "locataire_date_naissance": "1968-03-30", "logement_adresse": "7, rue du Port", "code_postal": "62100", "commune": "Calais", "bailleur_type": "personne_physique", "date_bail": "2019-02-01", "loyer_hors_charges": 50000}, "acte": "cdp", "date": "2026-01-15", "montant_dette": 150000, "impaye_depuis": "2025-10-05"}"#;

#[test]
fn une_ligne_donne_un_objet_aux_noms_du_contrat_et_une_seconde_fois_un_doublon() {
    let bureau = Bureau::neuf();
    let fichier = format!(
        "{OUVERTURE}\n\n{}\n",
        r#"{"dossier": "@1", "acte": "assignation", "date": "2026-02-02", "date_audience": "2026-03-10", "date_notification_prefet": "2026-02-03"}"#
    );
    let (reponses, code) = bureau.consigne("2026-02-05", &fichier);
    assert_eq!(code, 0, "{reponses:?}");
    let lignes: Vec<_> = reponses.iter().map(|r| (&r["ligne"], &r["statut"])).collect();
    assert_eq!(lignes, [(&json!(1), &json!("consigne")), (&json!(3), &json!("consigne"))]);
    assert_eq!(reponses[0]["dossier"], reponses[1]["dossier"]);
    let regles: Vec<_> = reponses[1]["anomalies"]
        .as_array()
        .expect("une liste")
        .iter()
        .map(|a| &a["regle"])
        .collect();
    assert!(regles.contains(&&json!("delai_commandement_de_payer")), "{regles:?}");
    assert!(regles.contains(&&json!("delai_notification_prefet")), "{regles:?}");

    let (encore, code) = bureau.consigne("2026-02-06", &fichier);
    assert_eq!(code, 0);
    for (premiere, seconde) in reponses.iter().zip(&encore) {
        assert_eq!(seconde["statut"], "doublon");
        assert_eq!((&premiere["id"], &premiere["dossier"]), (&seconde["id"], &seconde["dossier"]));
    }
}

#[test]
fn une_ligne_refusee_se_dit_et_les_autres_continuent() {
    let bureau = Bureau::neuf();
    let fichier = format!(
        "{OUVERTURE}\npas du JSON\n{}\n{}\n{}\n",
        r#"{"dossier": "@1", "acte": "plan_apurement", "date": "2026-02-02"}"#,
        r#"{"dossier": "62-2026-999999", "acte": "depart", "date": "2026-02-02"}"#,
        r#"{"dossier": "@1", "acte": "depart", "date": "2026-02-02"}"#,
    );
    let (reponses, code) = bureau.consigne("2026-02-05", &fichier);
    assert_eq!(code, 1);
    let statuts: Vec<_> = reponses.iter().map(|r| r["statut"].as_str().unwrap_or("")).collect();
    assert_eq!(statuts, ["consigne", "refuse", "refuse", "refuse", "consigne"]);
    assert_eq!(reponses[1]["ligne"], 2);
    let champs: Vec<_> = reponses[2]["refus"]
        .as_array()
        .expect("des refus")
        .iter()
        .map(|r| r["champ"].as_str().unwrap_or(""))
        .collect();
    assert_eq!(champs, ["mensualite", "echeances"]);

    let humain = bureau.le("2026-02-05", &["consigner", &bureau.fichier(&fichier)]);
    assert_eq!(humain.code, 1);
    assert!(
        humain.sortie.contains("ligne    3 : refusée. Il manque « mensualite »"),
        "{}",
        humain.sortie
    );
    assert!(
        humain.messages.contains("5 actes : 0 consigné, 2 déjà au journal, 3 refusés."),
        "{}",
        humain.messages
    );
    assert_eq!(bureau.le("2026-02-05", &["consigner", "nulle-part.jsonl"]).code, 1);
    assert_eq!(bureau.le("2026-02-05", &["consigner"]).code, 2);
}

#[test]
fn le_dossier_entier_a_les_noms_du_contrat_et_dit_ce_qui_l_annule() {
    let bureau = Bureau::neuf();
    let fichier = format!(
        "{OUVERTURE}\n{}\n{}\n{}\n",
        r#"{"dossier": "@1", "acte": "alerte", "date": "2026-01-20", "code": "dossier_complexe", "contenu": "À voir ensemble."}"#,
        r#"{"dossier": "@1", "acte": "expulsion", "date": "2026-02-01"}"#,
        r#"{"dossier": "@1", "acte": "rectification", "annule": "@3", "motif": "Autre ménage."}"#,
    );
    let (reponses, code) = bureau.consigne("2026-02-05", &fichier);
    assert_eq!(code, 0, "{reponses:?}");
    let reference = reponses[0]["dossier"].as_str().expect("une référence");
    let lu = bureau.dossier("2026-02-05", reference);
    for cle in [
        "reference",
        "stade",
        "etats",
        "clos",
        "issue",
        "sous_commission",
        "service",
        "prochaine_etape",
        "echeances",
        "anomalies",
        "actes",
        "frise",
        "suspensions",
        "depuis",
    ] {
        assert!(lu.get(cle).is_some(), "{cle} manque");
    }
    assert_eq!(lu["stade"], "cdp_signifie");
    for cle in ["quoi", "qui", "avant_le", "regle", "motifs"] {
        assert!(!lu["prochaine_etape"][cle].is_null(), "{cle}");
    }
    assert!(lu["echeances"][0]["en_retard"].is_boolean());
    let actes = lu["actes"].as_array().expect("un journal");
    let noms: Vec<_> = actes.iter().map(|a| a["acte"].as_str().unwrap_or("")).collect();
    assert_eq!(noms, ["cdp", "alerte", "expulsion", "rectification"]);
    assert_eq!(actes[1]["contenu"], "À voir ensemble.");
    assert_eq!(actes[2]["annule_par"], actes[3]["id"]);
    assert_eq!(actes[3]["motif"], "Autre ménage.");
    assert!(actes.iter().all(|a| a["date"].is_string() && a["enregistre_le"].is_string()));

    let humain = bureau.le("2026-02-05", &["dossier", reference]).sortie;
    assert!(humain.contains("Commandement de payer"), "{humain}");
}

fn parcours() -> Vec<PathBuf> {
    let mut fichiers: Vec<PathBuf> = fs::read_dir(du_depot("exemples/parcours"))
        .expect("des parcours")
        .filter_map(|f| Some(f.ok()?.path()))
        .filter(|f| f.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    fichiers.sort();
    fichiers
}

/// Joue un parcours comme une personne le ferait : un acte par jour, puis le dossier.
fn jouer(fichier: &Path, attendus: &[&toml::Value]) -> Vec<String> {
    let bureau = Bureau::neuf();
    let texte = fs::read_to_string(fichier).expect("un parcours");
    let mut ecrits: Vec<(String, String)> = Vec::new();
    let mut defauts = Vec::new();
    let mut lignes = texte.lines().peekable();
    for attendu in attendus {
        let au = attendu["au"].as_str().expect("un jour");
        while let Some(ligne) = lignes.peek() {
            let mut acte: Value = serde_json::from_str(ligne).expect("un acte");
            let date = acte["date"].as_str().expect("une date").to_owned();
            if date.as_str() > au {
                break;
            }
            lignes.next();
            if let Some((reference, _)) = ecrits.first() {
                acte["dossier"] = json!(reference);
            }
            if let Some(place) = acte["annule"].as_str().and_then(|a| a.strip_prefix('@')) {
                let place: usize = place.parse().expect("un numéro");
                acte["annule"] = json!(ecrits[place - 1].1);
            }
            let (reponses, code) = bureau.consigne(&date, &acte.to_string());
            assert_eq!(code, 0, "{} : {reponses:?}", fichier.display());
            let mot = |champ: &str| reponses[0][champ].as_str().expect("un texte").to_owned();
            ecrits.push((mot("dossier"), mot("id")));
        }
        if attendu.get("ecart_connu").is_some() {
            continue;
        }
        let lu = bureau.dossier(au, &ecrits[0].0);
        let attendue = |cle: &str| attendu.get(cle).and_then(toml::Value::as_str);
        let mut compare = |quoi: &str, dit: &Value, voulu: Value| {
            if *dit != voulu {
                defauts.push(format!(
                    "{} au {au}, {quoi} : {dit}, attendu {voulu}",
                    fichier.display()
                ));
            }
        };
        compare("stade", &lu["stade"], json!(attendue("stade")));
        compare("clos", &lu["clos"], json!(attendue("clos").is_some()));
        compare("issue", &lu["issue"], json!(attendue("clos")));
        if let Some(etats) = attendu.get("etats").and_then(toml::Value::as_array) {
            let mut dits: Vec<&str> = lu["etats"]
                .as_array()
                .expect("des états")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            dits.sort_unstable();
            let voulus: Vec<&str> = etats.iter().filter_map(toml::Value::as_str).collect();
            compare("états", &json!(dits), json!(voulus));
        }
    }
    defauts
}

#[test]
fn chaque_parcours_se_rejoue_en_ligne_de_commande() {
    let texte = fs::read_to_string(du_depot("exemples/parcours/attendu.toml")).expect("attendu");
    let table: toml::Table = toml::from_str(&texte).expect("du TOML");
    let points = table["point"].as_array().expect("des points");
    let tous = parcours();
    let moitie = tous.len() / 2;
    let defauts: Vec<String> = std::thread::scope(|fils| {
        let joues = [&tous[..moitie], &tous[moitie..]].map(|part| {
            fils.spawn(move || {
                part.iter()
                    .flat_map(|fichier| {
                        let nom = fichier.file_stem().and_then(|n| n.to_str());
                        let siens: Vec<_> =
                            points.iter().filter(|p| p["parcours"].as_str() == nom).collect();
                        jouer(fichier, &siens)
                    })
                    .collect::<Vec<_>>()
            })
        });
        joues.into_iter().flat_map(|fil| fil.join().expect("un fil fini")).collect()
    });
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}
