//! Suivre ce qui change : dans l'ordre, sans trou, et pour ses yeux seulement.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;
use serde_json::{Value, json};

use super::{contact, menage};
use crate::tout::appareil::Service;

/// Suit le flux jusqu'à sa fin ; rend les faits vus et la place où reprendre.
async fn suivre(service: &Service, cle: &str, depuis: &str) -> (Vec<Value>, String) {
    let (mut vus, mut place) = (Vec::new(), depuis.to_owned());
    loop {
        let page = service.json(&format!("/api/v1/changements?limite=2&depuis={place}"), cle).await;
        vus.extend(page["changements"].as_array().expect("des changements").iter().cloned());
        place = page["suivant"].as_str().expect("une place").to_owned();
        if page["encore"] == json!(false) {
            return (vus, place);
        }
    }
}

fn dossiers(vus: &[Value]) -> BTreeSet<&str> {
    vus.iter().filter_map(|v| v["dossier"].as_str()).collect()
}

#[tokio::test]
async fn le_flux_dit_chaque_fait_une_fois_et_reprend_ou_l_on_s_est_arrete() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let debut = service.json("/api/v1/changements?depuis=maintenant", &cle).await;
    let debut = debut["suivant"].as_str().expect("une place").to_owned();
    let dossier = service.ouvre(&cle, "MORTREUX").await;
    service.consigne(&cle, &contact(&dossier, "2026-11-19")).await;
    let (vus, place) = suivre(&service, &cle, &debut).await;
    assert_eq!(vus.last().map(|v| &v["acte"]), Some(&json!("contact")), "{vus:?}");
    assert_eq!(dossiers(&vus), BTreeSet::from([dossier.as_str()]));
    let lu = service.json(&format!("/api/v1/dossiers/{dossier}"), &cle).await;
    let journal: Vec<&Value> =
        lu["actes"].as_array().expect("le journal").iter().map(|a| &a["id"]).collect();
    assert_eq!(vus.iter().map(|v| &v["id"]).collect::<Vec<_>>(), journal);

    assert_eq!(suivre(&service, &cle, &place).await, (vec![], place.clone()));
    service.consigne(&cle, &contact(&dossier, "2026-11-20")).await;
    let (suite, apres) = suivre(&service, &cle, &place).await;
    assert_eq!(suite.len(), 1);
    assert_ne!(apres, place);
    let (tout, _) = suivre(&service, &cle, "0").await;
    assert_eq!(tout.len(), vus.len() + 1);
}

#[tokio::test]
async fn le_flux_ne_dit_rien_des_dossiers_qu_on_ne_voit_pas_et_avance_quand_meme() {
    let service = Service::nouveau().await;
    let centrale = service.ecriture(Role::SecretariatCentral).await;
    let arras = service.ecriture(Role::SecretariatSousCommission).await;
    let etude = service.ecriture(Role::CommissaireDeJustice).await;
    let la = service.ouvre(&centrale, "MORTREUX").await;
    let mut ailleurs = menage();
    ailleurs["menage"]["commune"] = json!("Lens");
    ailleurs["menage"]["code_postal"] = json!("62300");
    service.consigne(&centrale, &ailleurs).await;
    let cdp = json!({
        "menage": { "locataire_nom": "CARON", "commune": "Arras", "code_postal": "62000",
                    "logement_adresse": "9 rue Basse" },
        "acte": "cdp", "date": "2026-10-12", "bailleur_type": "personne_physique",
        "montant_dette": 150_000, "reference_acte": "A-1",
    });
    let dit: Value =
        serde_json::from_str(&service.consigne(&etude, &cdp).await.corps).expect("du JSON");
    let siens = dit["dossier"].as_str().expect("le sien").to_owned();
    service.consigne(&centrale, &contact(&siens, "2026-11-20")).await;
    let d_une_autre = json!({"dossier": siens, "acte": "assignation", "date": "2026-10-20",
                             "etude": "SCP Ailleurs", "reference_acte": "B-1"});
    let ecrit = service.consigne(&centrale, &d_une_autre).await;
    assert_eq!(ecrit.statut, StatusCode::CREATED, "{}", ecrit.corps);

    let (tout, fin) = suivre(&service, &centrale, "0").await;
    assert_eq!(dossiers(&tout).len(), 3);
    let (vus, place) = suivre(&service, &arras, "0").await;
    assert_eq!(dossiers(&vus), BTreeSet::from([la.as_str(), siens.as_str()]));
    assert_eq!(place, fin, "le flux avance même quand rien n'est à montrer");
    // Tous les comptes d'essai sont de « SCP des Essais » : ce que le secrétariat saisit est d'elle.
    let (vus, place) = suivre(&service, &etude, "0").await;
    let actes: BTreeSet<&str> = vus.iter().filter_map(|v| v["acte"].as_str()).collect();
    assert_eq!(actes, BTreeSet::from(["cdp", "signalement_impaye"]), "{vus:?}");
    assert!(dossiers(&vus).contains(siens.as_str()));
    assert_eq!(place, fin);
}
