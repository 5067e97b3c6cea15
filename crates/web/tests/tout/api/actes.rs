//! Consigner par l'interface : ce qui est répondu, et les mêmes droits que les pages.

use axum::http::{Method, StatusCode};
use ccapex::partenaires::agent::Role;
use serde_json::{Value, json};

use super::menage;
use crate::tout::appareil::Service;

#[tokio::test]
async fn un_acte_ouvre_un_dossier_puis_se_relit_en_entier() {
    let service = Service::nouveau().await;
    let centrale = service.ecriture(Role::SecretariatCentral).await;
    let reponse = service.consigne(&centrale, &menage()).await;
    assert_eq!(reponse.statut, StatusCode::CREATED, "{}", reponse.corps);
    let dit: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
    assert_eq!((&dit["ligne"], &dit["statut"]), (&json!(1), &json!("consigne")));
    let reference = dit["dossier"].as_str().expect("une référence");

    let encore = service.consigne(&centrale, &menage()).await;
    assert_eq!(encore.statut, StatusCode::OK, "{}", encore.corps);

    let chemin = format!("/api/v1/dossiers/{reference}");
    let lu = service.obtient(&chemin, &centrale).await;
    assert_eq!(lu.statut, StatusCode::OK, "{}", lu.corps);
    let dossier: Value = serde_json::from_str(&lu.corps).expect("du JSON");
    assert_eq!(dossier["reference"], reference);
    for champ in ["stade", "etats", "clos", "service", "prochaine_etape", "echeances", "actes"] {
        assert!(!dossier[champ].is_null(), "{champ} manque : {}", lu.corps);
    }
}

#[tokio::test]
async fn plusieurs_actes_repondent_chacun_sur_sa_ligne() {
    let service = Service::nouveau().await;
    let lignes = format!(
        "{}\n\n{}\n{}\n",
        menage(),
        json!({"dossier": "@1", "acte": "contact", "date": "2026-10-20", "mode": "visite", "issue": "joint"}),
        json!({"dossier": "@1", "acte": "exorcisme", "date": "2026-10-20"}),
    );
    let centrale = service.ecriture(Role::SecretariatCentral).await;
    let genre = [("content-type", "application/x-ndjson")];
    let reponse = service.demande(Method::POST, "/api/v1/actes", &centrale, &genre, &lignes).await;
    assert_eq!(reponse.statut, StatusCode::OK, "{}", reponse.corps);
    let dits: Vec<Value> =
        reponse.corps.lines().map(|l| serde_json::from_str(l).expect("du JSON")).collect();
    let statuts: Vec<_> = dits.iter().map(|d| (&d["ligne"], &d["statut"])).collect();
    assert_eq!(
        statuts,
        [
            (&json!(1), &json!("consigne")),
            (&json!(3), &json!("consigne")),
            (&json!(4), &json!("refuse")),
        ]
    );
}

#[tokio::test]
async fn un_dossier_hors_du_perimetre_est_absent_et_non_refuse() {
    let service = Service::nouveau().await;
    let mut ailleurs = menage();
    ailleurs["menage"]["commune"] = json!("Lens");
    ailleurs["menage"]["code_postal"] = json!("62300");
    let dit = service.consigne(&service.ecriture(Role::SecretariatCentral).await, &ailleurs).await;
    let dit: Value = serde_json::from_str(&dit.corps).expect("du JSON");
    let reference = dit["dossier"].as_str().expect("une référence");
    let inconnue = "62-2026-999999";
    let arras = service.ecriture(Role::SecretariatSousCommission).await;

    let mut reponses = Vec::new();
    for dossier in [reference, inconnue] {
        let chemin = format!("/api/v1/dossiers/{dossier}");
        let lu = service.obtient(&chemin, &arras).await;
        assert_eq!(lu.statut, StatusCode::NOT_FOUND, "{}", lu.corps);
        assert_eq!(lu.entete("content-type"), "application/problem+json");
        let acte = json!({"dossier": dossier, "acte": "contact", "date": "2026-10-20", "mode": "visite", "issue": "joint"});
        let ecrit = service.consigne(&arras, &acte).await;
        assert_eq!(ecrit.statut, StatusCode::UNPROCESSABLE_ENTITY, "{}", ecrit.corps);
        reponses.push((lu.corps, ecrit.corps.replace(dossier, "REF")));
    }
    assert_eq!(reponses[0], reponses[1], "un dossier d'ailleurs ne se distingue pas d'un absent");
}

#[tokio::test]
async fn une_etude_ne_lit_par_l_interface_que_ce_qu_elle_a_envoye() {
    let service = Service::nouveau().await;
    let cdp = json!({
        "menage": { "locataire_nom": "MORTREUX", "commune": "Arras", "code_postal": "62000",
                    "logement_adresse": "4 rue des Tanneurs" },
        "acte": "cdp", "date": "2026-10-12", "bailleur_type": "personne_physique",
        "montant_dette": 150_000, "reference_acte": "A-1",
    });
    let dit = service.consigne(&service.ecriture(Role::CommissaireDeJustice).await, &cdp).await;
    assert_eq!(dit.statut, StatusCode::CREATED, "{}", dit.corps);
    let dit: Value = serde_json::from_str(&dit.corps).expect("du JSON");
    let reference = dit["dossier"].as_str().expect("une référence");
    let parole = json!({"dossier": reference, "acte": "parole_menage", "date": "2026-10-20", "parole": "Un secret du ménage"});
    let ecrit = service.consigne(&service.ecriture(Role::SecretariatCentral).await, &parole).await;
    assert_eq!(ecrit.statut, StatusCode::CREATED, "{}", ecrit.corps);
    let chemin = format!("/api/v1/dossiers/{reference}");
    let lu = service.obtient(&chemin, &service.ecriture(Role::CommissaireDeJustice).await).await;
    assert_eq!(lu.statut, StatusCode::OK, "{}", lu.corps);
    assert!(!lu.corps.contains("Un secret") && !lu.corps.contains("\"actes\""), "{}", lu.corps);
    let refus =
        service.consigne(&service.ecriture(Role::CommissaireDeJustice).await, &parole).await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn chacun_a_les_droits_de_son_role_et_le_refus_dit_pourquoi() {
    let service = Service::nouveau().await;
    let dit: Value = serde_json::from_str(
        &service.consigne(&service.ecriture(Role::SecretariatCentral).await, &menage()).await.corps,
    )
    .expect("du JSON");
    let reference = dit["dossier"].as_str().expect("une référence");
    let chemin = format!("/api/v1/dossiers/{reference}");
    let lu = service.obtient(&chemin, &service.ecriture(Role::Lecteur).await).await;
    assert!(lu.statut.is_client_error(), "{}", lu.statut);
    let refus = service
        .consigne(&service.ecriture(Role::Lecteur).await, &json!({"dossier": reference, "acte": "contact", "date": "2026-10-20", "mode": "visite", "issue": "joint"}))
        .await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY, "{}", refus.corps);
    assert!(refus.corps.contains("Votre rôle"), "{}", refus.corps);
}
