//! Les cas travaillés de l'étude juridique, chacun dans un dossier : les actes consignés le jour où ils
//! arrivent, le dossier lu comme `seuil dossier --json` le donne.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use usages::actes::demande::Statut;
use usages::actes::fichier::Suite;
use usages::dossiers::en_json::en_json;
use usages::dossiers::ouvrir::ouvrir;

use crate::appareil::{Appareil, central, maintenant};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cas {
    cas: Vec<UnCas>,
    ailleurs: Vec<Ailleurs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnCas {
    numero: String,
    dit: String,
    reserve: Option<String>,
    #[serde(default)]
    menage: BTreeMap<String, String>,
    actes: Vec<String>,
    vu: Vec<Vu>,
}

/// Un cas qu'aucune réception d'ici ne peut porter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ailleurs {
    numero: String,
    pourquoi: String,
    essai: String,
}

/// Ce que le dossier dit un jour.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vu {
    au: Date,
    stade: Option<String>,
    etats: Option<String>,
    clos: Option<String>,
    notice: Option<String>,
    anomalies: Option<String>,
    #[serde(default)]
    dates: Vec<String>,
    #[serde(default)]
    etapes: Vec<String>,
    indemnisation: Option<String>,
}

fn du_depot(chemin: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(chemin)
}

fn cas() -> Cas {
    let texte = std::fs::read_to_string(du_depot("exemples/parcours/cas-travailles.toml")).unwrap();
    toml::from_str(&texte).unwrap()
}

/// Un ménage par cas, que rien ne rapproche d'un autre.
fn menage(rang: usize, particulier: &BTreeMap<String, String>) -> Value {
    const NOMS: [&str; 12] = [
        "Wattrelos",
        "Bécu",
        "Quénehen",
        "Fourmaux",
        "Ringot",
        "Zéphir",
        "Hautecœur",
        "Joly",
        "Lemoine",
        "Mordacq",
        "Ycard",
        "Tribout",
    ];
    const PRENOMS: [&str; 6] = ["Ugo", "Solange", "Kévin", "Bérénice", "Octave", "Fatima"];
    let naissance = date(1950, 1, 1).saturating_add(i64::try_from(rang).unwrap_or(0).months());
    let mut menage = json!({
        "locataire_nom": format!("{}-{}", NOMS[rang % 12], NOMS[(rang / 12 + rang % 12 + 1) % 12]),
        "locataire_prenom": PRENOMS[rang % 6],
        "locataire_date_naissance": naissance.to_string(),
        "logement_adresse": format!("{}, rue du {}", rang + 1, NOMS[(rang + 5) % 12]),
        "code_postal": "62000",
        "commune": "Arras",
        "bailleur_type": "personne_physique",
    });
    for (champ, valeur) in particulier {
        menage[champ] = json!(valeur);
    }
    menage
}

/// « cdp 2026-01-15 date_bail=2024-05-01 », en objet.
fn objet(ligne: &str) -> Map<String, Value> {
    let mut mots = ligne.split_whitespace();
    let mut objet = Map::new();
    objet.insert("acte".to_owned(), json!(mots.next().unwrap()));
    objet.insert("date".to_owned(), json!(mots.next().unwrap()));
    for mot in mots {
        let (champ, valeur) = mot.split_once('=').unwrap();
        let valeur = match (valeur, valeur.parse::<i64>()) {
            ("oui", _) => json!(true),
            ("non", _) => json!(false),
            (_, Ok(nombre)) => json!(nombre),
            _ => json!(valeur),
        };
        objet.insert(champ.to_owned(), valeur);
    }
    objet
}

fn mots(texte: &str) -> BTreeSet<&str> {
    texte.split_whitespace().collect()
}

fn liste<'a>(lu: &'a Value, cle: &str) -> impl Iterator<Item = &'a Value> {
    lu[cle].as_array().unwrap().iter()
}

fn ecarts(lu: &Value, vu: &Vu) -> Vec<String> {
    let mut ecarts = Vec::new();
    let mut compare = |quoi: &str, dit: String, voulu: String| {
        if dit != voulu {
            ecarts.push(format!("{quoi} : {dit}, attendu {voulu}"));
        }
    };
    if let Some(stade) = &vu.stade {
        compare("stade", lu["stade"].to_string(), json!(stade).to_string());
    }
    compare("issue", lu["issue"].to_string(), json!(vu.clos).to_string());
    let ensemble = |cle: &str, champ: &str| -> BTreeSet<String> {
        liste(lu, cle)
            .map(|v| if champ.is_empty() { v } else { &v[champ] })
            .map(|v| v.as_str().unwrap_or_default().to_owned())
            .collect()
    };
    if let Some(etats) = &vu.etats {
        compare("états", format!("{:?}", ensemble("etats", "")), format!("{:?}", mots(etats)));
    }
    if let Some(anomalies) = &vu.anomalies {
        let dites = ensemble("anomalies", "regle");
        compare("anomalies", format!("{dites:?}"), format!("{:?}", mots(anomalies)));
    }
    if let Some(notice) = &vu.notice {
        let recue = liste(lu, "actes").filter(|a| a["statut"].is_string()).last().unwrap();
        let dit = [&recue["statut"], &recue["motif"]].map(|v| v.as_str().unwrap_or("-"));
        compare("notice", dit.join(" "), notice.clone());
    }
    if let Some(indemnisation) = &vu.indemnisation {
        let dite: Vec<&str> =
            ["du", "au"].iter().filter_map(|b| lu["indemnisation"][b].as_str()).collect();
        compare("indemnisation", dite.join(" "), indemnisation.clone());
    }
    for (cle, jour, attendues) in
        [("frise", "jour", &vu.dates), ("echeances", "avant_le", &vu.etapes)]
    {
        let dites: Vec<String> = liste(lu, cle)
            .filter_map(|v| Some(format!("{} {}", v["regle"].as_str()?, v[jour].as_str()?)))
            .collect();
        for attendue in attendues {
            if !dites.iter().any(|dite| dite.starts_with(attendue.as_str())) {
                ecarts.push(format!("{cle} : « {attendue} » n'est pas dans {dites:?}"));
            }
        }
    }
    // Chaque date calculée, chaque étape, chaque irrégularité porte sa raison.
    for (cle, champ) in [("echeances", "motifs"), ("anomalies", "motif")] {
        for muette in
            liste(lu, cle).filter(|v| matches!(v[champ].to_string().as_str(), "[]" | "\"\""))
        {
            ecarts.push(format!("{cle} sans raison : {muette}"));
        }
    }
    ecarts
}

async fn chaque_cas_passe_par_un_dossier(a: Arc<Appareil>) {
    let agent = central();
    let mut defauts = Vec::new();
    for (rang, cas) in cas().cas.iter().enumerate() {
        let mut suite = Suite::default();
        let mut reste = (1_u64..).zip(&cas.actes).peekable();
        let mut reference = String::new();
        assert!(cas.vu.is_sorted_by_key(|vu| vu.au), "{} : jours dans le désordre", cas.numero);
        for vu in &cas.vu {
            while let Some((numero, ligne)) = reste.peek().copied() {
                let mut objet = objet(ligne);
                let le: Date = objet["date"].as_str().unwrap().parse().unwrap();
                if le > vu.au {
                    break;
                }
                reste.next();
                if numero == 1 {
                    objet.insert("menage".to_owned(), menage(rang, &cas.menage));
                } else {
                    objet.insert("dossier".to_owned(), json!("@1"));
                }
                let texte = Value::Object(objet).to_string();
                let consignee = suite
                    .consigner(&a.maison, &agent, numero, &texte, le, maintenant())
                    .await
                    .unwrap()
                    .unwrap();
                let reponse = consignee.reponse;
                assert_eq!(
                    reponse.statut,
                    Statut::Consigne,
                    "{} « {ligne} » : {}",
                    cas.numero,
                    reponse.en_mots()
                );
                reference = reponse.dossier.unwrap();
            }
            let ouvert = ouvrir(&a.maison, &agent, &reference, vu.au, maintenant()).await.unwrap();
            for ecart in ecarts(&en_json(&ouvert, vu.au), vu) {
                defauts.push(format!("{} au {} : {ecart}\n    — {}", cas.numero, vu.au, cas.dit));
            }
        }
        assert!(reste.peek().is_none(), "{} : des actes ne sont jamais joués", cas.numero);
    }
    assert!(defauts.is_empty(), "{} écarts\n{}", defauts.len(), defauts.join("\n"));
}

/// Les cas de l'étude portent les numéros impairs de 1 à 91.
#[test]
fn aucun_cas_de_l_etude_ne_manque() {
    let cas = cas();
    let attendus: BTreeSet<String> = (1..=91).step_by(2).map(|n| format!("O{n:02}")).collect();
    let mut presents: BTreeSet<String> = cas.cas.iter().map(|c| c.numero.clone()).collect();
    for ailleurs in &cas.ailleurs {
        let essai = std::fs::read_to_string(du_depot(&ailleurs.essai)).unwrap();
        assert!(
            essai.contains(&ailleurs.numero),
            "{} n'est pas dans {}",
            ailleurs.numero,
            ailleurs.essai
        );
        assert!(!ailleurs.pourquoi.is_empty());
        assert!(presents.insert(ailleurs.numero.clone()), "{} est déjà joué", ailleurs.numero);
    }
    assert_eq!(presents, attendus);
    for cas in &cas.cas {
        assert!(!cas.dit.is_empty() && !cas.vu.is_empty(), "{}", cas.numero);
        assert!(cas.reserve.as_deref() != Some(""), "{}", cas.numero);
    }
}

sur_les_deux_moteurs!(chaque_cas_passe_par_un_dossier);
