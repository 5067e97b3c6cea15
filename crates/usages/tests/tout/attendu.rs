//! Les fichiers d'exemple répondent, ligne par ligne, ce que `attendu.jsonl` attend.

use std::collections::BTreeMap;
use std::sync::Arc;

use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use serde_json::Value;
use usages::reception::Recu;
use usages::reception::resultat::Reponse;

use crate::appareil::{Appareil, exemple};

const PAS_DE_CALAIS: [&str; 7] = [
    "cdp-archives-2017.csv",
    "cdp-etude.csv",
    "cdp-export-tableur.csv",
    "cdp-listing.xlsx",
    "cdp-liste.ods",
    "cdp-unicode.txt",
    "cdp-logiciel.json",
];

/// Ce qui est attendu, par fichier, dans l'ordre des lignes.
fn attendus() -> BTreeMap<String, Vec<Value>> {
    let texte = String::from_utf8(exemple("attendu.jsonl")).unwrap();
    let mut par_fichier: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for ligne in texte.lines() {
        let attendu: Value = serde_json::from_str(ligne).unwrap();
        let fichier = attendu["fichier"].as_str().unwrap().to_owned();
        par_fichier.entry(fichier).or_default().push(attendu);
    }
    par_fichier
}

/// En quoi une réponse s'écarte de ce qui est attendu ; ce qui n'est pas attendu ne se compare pas.
fn ecarts(attendu: &Value, reponse: &Reponse) -> Vec<String> {
    let obtenu = serde_json::to_value(reponse).unwrap();
    let mut ecarts = Vec::new();
    let mut compare = |quoi: &str, obtenu: Value| {
        if !attendu[quoi].is_null() && attendu[quoi] != obtenu {
            ecarts.push(format!("{quoi} : attendu {}, obtenu {obtenu}", attendu[quoi]));
        }
    };
    for quoi in ["reference", "statut", "motif", "commune", "sous_commission", "service"] {
        compare(quoi, obtenu[quoi].clone());
    }
    compare("dossier", Value::Bool(!obtenu["dossier"].is_null()));
    let fin = &obtenu["fin_delai"];
    compare("fin_delai", serde_json::json!([fin["brute"], fin["prorogee"]]));
    let mut regles: Vec<&str> = reponse.anomalies.iter().map(|a| a.regle).collect();
    regles.sort_unstable();
    if let Some(attendues) = attendu["anomalies"].as_array() {
        let mut attendues: Vec<&str> = attendues.iter().filter_map(Value::as_str).collect();
        attendues.sort_unstable();
        if attendues != regles {
            ecarts.push(format!("anomalies : attendu {attendues:?}, obtenu {regles:?}"));
        }
    }
    ecarts
}

async fn recoit(appareil: &Appareil, profil: &str, nom: &str, nature: Nature) -> Vec<Reponse> {
    let (recu, reponses) = appareil
        .depose(&Agent::programme(profil), nom, exemple(nom), Some(nature), None)
        .await
        .unwrap();
    assert!(matches!(recu, Recu::Lu(_)), "{nom} : {recu:?}");
    reponses
}

/// Les 610 lignes de `exemples/`, dans l'ordre du contrat, et les paires que le rapprochement doit trouver.
async fn les_fichiers_d_exemple_repondent_ce_qui_est_attendu(appareil: Arc<Appareil>) {
    let mut recus: Vec<(&str, Vec<Reponse>)> = Vec::new();
    for nom in PAS_DE_CALAIS {
        recus.push((nom, recoit(&appareil, "62", nom, Nature::Cdp).await));
    }
    let assignations = recoit(&appareil, "62", "assignations.csv", Nature::Assignation).await;
    recus.push(("assignations.csv", assignations));
    recus.push(("cdp-paris.csv", recoit(&appareil, "75", "cdp-paris.csv", Nature::Cdp).await));

    let attendus = attendus();
    assert_eq!(attendus.len(), recus.len());
    let mut defauts = Vec::new();
    for (nom, reponses) in &recus {
        assert_eq!(reponses.len(), attendus[*nom].len(), "{nom}");
        for (attendu, reponse) in attendus[*nom].iter().zip(reponses) {
            for ecart in ecarts(attendu, reponse) {
                defauts.push(format!("{nom}, ligne {} : {ecart}", reponse.ligne));
            }
        }
    }
    assert_eq!(defauts, Vec::<String>::new());
    les_paires_se_retrouvent(&recus, &attendus["assignations.csv"]);
}

/// Personne n'est joint à tort ; 85 % des vraies paires sont jointes, 95 % jointes ou demandées avec
/// la bonne parmi les candidates ; 5 % des inconnus au plus font poser une question.
fn les_paires_se_retrouvent(recus: &[(&str, Vec<Reponse>)], attendus: &[Value]) {
    let mut dossiers: BTreeMap<&str, &str> = BTreeMap::new();
    for reponse in recus.iter().flat_map(|(_, reponses)| reponses) {
        if let (Some(reference), Some(dossier), "cdp") =
            (&reponse.reference, &reponse.dossier, reponse.nature)
        {
            dossiers.entry(reference).or_insert(dossier);
        }
    }
    let (_, reponses) = recus.iter().find(|(nom, _)| *nom == "assignations.csv").unwrap();
    let (mut paires, mut jointes, mut demandees) = (0, 0, 0);
    let (mut inconnus, mut a_tort, mut questions) = (0, 0, 0);
    for (attendu, reponse) in attendus.iter().zip(reponses) {
        match attendu["meme_menage_que"].as_str() {
            Some(cdp) => {
                paires += 1;
                let vrai = dossiers[cdp];
                let propose = reponse.candidats.iter().any(|c| c.dossier == vrai);
                if reponse.dossier.as_deref() == Some(vrai) {
                    jointes += 1;
                } else if propose {
                    demandees += 1;
                } else {
                    a_tort += u32::from(reponse.rapprochement == Some("certain"));
                }
            }
            None => {
                inconnus += 1;
                a_tort += u32::from(reponse.rapprochement == Some("certain"));
                questions += u32::from(reponse.rapprochement == Some("a_confirmer"));
            }
        }
        assert!(reponse.candidats.len() <= 3);
    }
    assert!(paires > 50 && inconnus > 20, "{paires} paires, {inconnus} inconnus");
    assert_eq!(a_tort, 0, "jointes à tort");
    assert!(jointes * 100 >= paires * 85, "{jointes} jointes sur {paires}");
    assert!((jointes + demandees) * 100 >= paires * 95, "{jointes} + {demandees} sur {paires}");
    assert!(questions * 100 <= inconnus * 5, "{questions} questions pour {inconnus} inconnus");
}

sur_les_deux_moteurs!(les_fichiers_d_exemple_repondent_ce_qui_est_attendu);
