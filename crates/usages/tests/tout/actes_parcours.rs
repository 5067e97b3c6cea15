//! Les parcours d'exemple, joués jour par jour : chaque acte consigné le jour où il arrive, le dossier
//! ouvert aux jours attendus.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use usages::actes::demande::Statut;
use usages::actes::fichier::Suite;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};

use crate::appareil::{Appareil, central, maintenant};

#[derive(Deserialize)]
struct Attendu {
    point: Vec<PointAttendu>,
}

/// Ce qu'un parcours doit donner un jour.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PointAttendu {
    parcours: String,
    au: Date,
    stade: String,
    etats: Option<BTreeSet<String>>,
    clos: Option<String>,
    #[serde(default)]
    etapes: Vec<EtapeAttendue>,
    #[serde(default)]
    dates: Vec<Date>,
    anomalies: Option<BTreeSet<String>>,
    /// Ce que le programme dit encore autrement, et pourquoi c'est lui qui a tort.
    ecart_connu: Option<String>,
    pourquoi: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EtapeAttendue {
    regle: String,
    avant_le: Option<Date>,
    qui: Option<String>,
}

fn dossier_des_parcours() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exemples/parcours")
}

fn attendus() -> BTreeMap<String, Vec<PointAttendu>> {
    let texte = std::fs::read_to_string(dossier_des_parcours().join("attendu.toml")).unwrap();
    let attendu: Attendu = toml::from_str(&texte).unwrap();
    let mut par_parcours: BTreeMap<String, Vec<PointAttendu>> = BTreeMap::new();
    for point in attendu.point {
        par_parcours.entry(point.parcours.clone()).or_default().push(point);
    }
    par_parcours
}

fn ecarts(ouvert: &DossierOuvert, attendu: &PointAttendu) -> Vec<String> {
    let situation = &ouvert.situation;
    let mut ecarts = Vec::new();
    let mut compare = |quoi: &str, dit: String, voulu: String| {
        if dit != voulu {
            ecarts.push(format!("{quoi} : {dit}, attendu {voulu}"));
        }
    };
    compare("stade", situation.stade.to_owned(), attendu.stade.clone());
    if let Some(voulus) = &attendu.etats {
        let dits: BTreeSet<String> = situation.etats.iter().map(|e| e.code().to_owned()).collect();
        compare("états", format!("{dits:?}"), format!("{voulus:?}"));
    }
    let clos = situation.clos.as_ref().map(|c| c.issue.code().to_owned());
    compare("issue", format!("{clos:?}"), format!("{:?}", attendu.clos));
    if let Some(voulues) = &attendu.anomalies {
        let dites: BTreeSet<String> =
            ouvert.anomalies.values().flatten().map(|a| a.regle.to_owned()).collect();
        compare("anomalies", format!("{dites:?}"), format!("{voulues:?}"));
    }
    for voulue in &attendu.etapes {
        let convient = situation.etapes.iter().any(|e| {
            e.regle == voulue.regle
                && voulue.avant_le.is_none_or(|le| e.avant_le == le)
                && voulue.qui.as_ref().is_none_or(|qui| e.qui == *qui)
        });
        if !convient {
            let dites: Vec<String> = situation
                .etapes
                .iter()
                .map(|e| format!("{} avant le {} ({})", e.regle, e.avant_le, e.qui))
                .collect();
            ecarts.push(format!(
                "étape {} {:?} absente de {}",
                voulue.regle,
                voulue.avant_le,
                dites.join(", ")
            ));
        }
    }
    for date in &attendu.dates {
        let jalon = ouvert.frise.jalons.iter().any(|j| j.jour == *date);
        let fin = ouvert.frise.suspensions.iter().any(|s| s.au == Some(*date));
        if !jalon && !fin {
            ecarts.push(format!("{date} n'est pas sur la frise"));
        }
    }
    // L'invariant : un dossier ouvert a un service et une étape datée, d'une règle nommée.
    if clos.is_none() {
        if situation.service.is_empty() || situation.etapes.is_empty() {
            ecarts.push("dossier ouvert sans service ou sans étape".to_owned());
        }
        if situation.etapes.iter().any(|e| e.regle == "a_examiner") {
            ecarts.push("étape de repli".to_owned());
        }
    }
    ecarts
}

async fn chaque_parcours_est_ou_la_loi_le_met(a: Arc<Appareil>) {
    let agent = central();
    let mut defauts = Vec::new();
    for (parcours, points) in attendus() {
        let chemin = dossier_des_parcours().join(format!("{parcours}.jsonl"));
        let texte = std::fs::read_to_string(&chemin).unwrap();
        let actes: Vec<(u64, Date, &str)> = (1..)
            .zip(texte.lines())
            .map(|(numero, ligne)| {
                let acte: Value = serde_json::from_str(ligne).unwrap();
                (numero, acte["date"].as_str().unwrap().parse().unwrap(), ligne)
            })
            .collect();
        let mut suite = Suite::default();
        let (mut reste, mut reference) = (actes.as_slice(), String::new());
        assert!(points.is_sorted_by_key(|p| p.au), "{parcours} : jours dans le désordre");
        for attendu in points {
            while let Some(((numero, date, ligne), apres)) = reste.split_first()
                && *date <= attendu.au
            {
                let consignee = suite
                    .consigner(&a.maison, &agent, *numero, ligne, *date, maintenant())
                    .await
                    .unwrap()
                    .unwrap();
                assert_eq!(
                    consignee.reponse.statut,
                    Statut::Consigne,
                    "{parcours} ligne {numero} : {}",
                    consignee.reponse.en_mots()
                );
                assert!(consignee.reponse.id.is_some(), "{parcours} ligne {numero}");
                reference = consignee.reponse.dossier.unwrap();
                reste = apres;
            }
            let ouvert =
                ouvrir(&a.maison, &agent, &reference, attendu.au, maintenant()).await.unwrap();
            let trouves = ecarts(&ouvert, &attendu);
            if let Some(connu) = &attendu.ecart_connu {
                assert!(
                    !trouves.is_empty(),
                    "{parcours} au {} : {connu} — c'est réparé, retirez l'écart",
                    attendu.au
                );
                continue;
            }
            for ecart in trouves {
                defauts
                    .push(format!("{parcours} au {} : {ecart} — {}", attendu.au, attendu.pourquoi));
            }
        }
        assert!(reste.is_empty(), "{parcours} : des actes ne sont jamais joués");
    }
    assert!(defauts.is_empty(), "{} écarts\n{}", defauts.len(), defauts.join("\n"));
}

#[test]
fn chaque_parcours_a_ce_qu_on_en_attend() {
    let fichiers: BTreeSet<String> = std::fs::read_dir(dossier_des_parcours())
        .unwrap()
        .filter_map(|f| {
            f.unwrap().file_name().into_string().ok()?.strip_suffix(".jsonl").map(str::to_owned)
        })
        .collect();
    let attendus: BTreeSet<String> = attendus().into_keys().collect();
    assert_eq!(fichiers, attendus);
    assert!(fichiers.len() >= 12, "{} parcours", fichiers.len());
}

sur_les_deux_moteurs!(chaque_parcours_est_ou_la_loi_le_met);
