//! Refuser : toujours en « problem+json », en français, champ par champ ; et décrire sans dériver.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use ccapex::partenaires::agent::Role;
use serde_json::Value;
use web::routes::adresses;

use super::{JSON, probleme};
use crate::tout::appareil::Service;

#[tokio::test]
async fn une_demande_qui_ne_se_lit_pas_nomme_chaque_champ() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    for (chemin, champ) in [
        ("/api/v1/dossiers?limite=0", "limite"),
        ("/api/v1/dossiers?limite=201", "limite"),
        ("/api/v1/dossiers?stade=inconnu", "stade"),
        ("/api/v1/dossiers?couleur=bleue", "couleur"),
        ("/api/v1/dossiers?q=a&q=b", "q"),
        ("/api/v1/dossiers?q=%00", "q"),
        ("/api/v1/echeances?jusqu_au=2026-02-30", "jusqu_au"),
        ("/api/v1/changements?depuis=%20", "depuis"),
        ("/api/v1/courriers/abc/pdf", "id"),
        ("/api/v1/delai/x?fait=sans_valeur", "fait"),
    ] {
        let dit = probleme(&service.obtient(chemin, &cle).await, StatusCode::BAD_REQUEST);
        assert_eq!(dit["erreurs"][0]["champ"], champ, "{chemin} : {dit}");
        assert!(dit["erreurs"][0]["message"].as_str().is_some_and(|m| m.contains(champ)));
    }
    for (chemin, champ) in [
        ("/api/v1/dossiers?apres=nulle-part", "apres"),
        ("/api/v1/changements?depuis=-1", "depuis"),
        ("/api/v1/changements?depuis=hier", "depuis"),
    ] {
        let lu = service.obtient(chemin, &cle).await;
        let dit = probleme(&lu, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(dit["erreurs"][0]["champ"], champ, "{chemin} : {dit}");
    }
    probleme(&service.obtient("/api/v1/dossiers/%ff", &cle).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn un_envoi_qui_ne_se_lit_pas_le_dit_en_francais() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let (actes, notices) = ("/api/v1/actes", "/api/v1/notices");
    let trop = " ".repeat(11 * 1024 * 1024);
    let profond = "[".repeat(100_000);
    for (chemin, genre, corps, statut, attendu) in [
        (actes, JSON, "", 400, "objet JSON"),
        (actes, JSON, "{", 400, "objet JSON"),
        (actes, JSON, profond.as_str(), 400, "objet JSON"),
        (actes, JSON, "{}", 422, "acte"),
        (actes, JSON, "[]", 422, "objet JSON"),
        (actes, "text/csv", "a;b", 415, "application/x-ndjson"),
        (actes, "", "{}", 415, "application/x-ndjson"),
        (actes, JSON, trop.as_str(), 413, "5 Mo"),
        (notices, JSON, "{", 400, "objet JSON"),
        (notices, JSON, "[]", 400, "une notice"),
        (notices, JSON, "[1]", 400, "une notice"),
        (notices, JSON, "3", 400, "une notice"),
        (notices, "application/pdf", "%PDF", 415, "text/csv"),
        (notices, "text/csv", "", 422, "vide"),
        (notices, JSON, trop.as_str(), 413, "10 Mo"),
        ("/api/v1/notices?nature=amende", JSON, "{\"a\": 1}", 400, "nature"),
    ] {
        let reponse =
            service.demande(Method::POST, chemin, &cle, &[("content-type", genre)], corps).await;
        let dit = probleme(&reponse, StatusCode::from_u16(statut).expect("un code"));
        assert!(
            dit["detail"].as_str().is_some_and(|d| d.contains(attendu)),
            "{chemin} {genre} : {dit}"
        );
    }
}

#[tokio::test]
async fn un_acte_refuse_nomme_ses_champs_dans_les_mots_de_la_norme_et_du_contrat() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let dossier = service.ouvre(&cle, "MORTREUX").await;
    let acte = serde_json::json!({"dossier": dossier, "acte": "contact", "date": "2026-11-20", "mode": "pigeon"});
    let dit = probleme(&service.consigne(&cle, &acte).await, StatusCode::UNPROCESSABLE_ENTITY);
    let champs: BTreeSet<&str> = dit["erreurs"]
        .as_array()
        .expect("des erreurs")
        .iter()
        .filter_map(|e| e["champ"].as_str())
        .collect();
    assert_eq!(champs, BTreeSet::from(["issue", "mode"]));
    assert_eq!((&dit["statut"], &dit["ligne"]), (&"refuse".into(), &1.into()));
    assert_eq!(dit["refus"], dit["erreurs"]);
}

#[tokio::test]
async fn une_adresse_inconnue_ou_une_autre_methode_est_aussi_un_probleme() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    for chemin in
        ["/api/v1", "/api/v1/", "/api/v2/dossiers", "/api/v1/nulle-part", "/api/v1/dossiers/"]
    {
        for cle in [cle.as_str(), ""] {
            probleme(&service.obtient(chemin, cle).await, StatusCode::NOT_FOUND);
        }
    }
    for (methode, chemin, permise) in [
        (Method::GET, "/api/v1/actes", "POST"),
        (Method::DELETE, "/api/v1/dossiers", "GET"),
        (Method::PUT, "/api/v1/dossiers/62-2026-000001", "GET"),
    ] {
        let reponse = service.demande(methode, chemin, &cle, &[], "").await;
        probleme(&reponse, StatusCode::METHOD_NOT_ALLOWED);
        assert!(reponse.entete("allow").contains(permise), "{chemin} : {:?}", reponse.entetes);
    }
}

#[tokio::test]
async fn un_programme_emballe_attend_et_les_autres_non() {
    let service = Service::avec_debit(5).await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let autre = service.ecriture(Role::OrganismePayeur).await;
    for reste in (0..5).rev() {
        let reponse = service.obtient("/api/v1/dossiers", &cle).await;
        assert_eq!(reponse.statut, StatusCode::OK);
        assert_eq!(reponse.entete("ratelimit-limit"), "5");
        assert_eq!(reponse.entete("ratelimit-remaining"), reste.to_string());
    }
    let refus = service.obtient("/api/v1/dossiers", &cle).await;
    probleme(&refus, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refus.entete("retry-after"), "12");
    assert_eq!(refus.entete("ratelimit-remaining"), "0");
    // Une autre clé du même compte n'y change rien ; un autre organisme passe.
    let seconde = service.ecriture(Role::SecretariatCentral).await;
    probleme(&service.obtient("/api/v1/dossiers", &seconde).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(service.obtient("/api/v1/dossiers", &autre).await.statut, StatusCode::OK);
    service.passe(1);
    assert_eq!(service.obtient("/api/v1/dossiers", &cle).await.statut, StatusCode::OK);
}

#[tokio::test]
async fn la_description_et_le_routeur_disent_les_memes_adresses() {
    let service = Service::nouveau().await;
    let document = service.json("/api/v1/openapi.json", "").await;
    let decrites: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .expect("des adresses")
        .iter()
        .flat_map(|(chemin, operations)| {
            let operations = operations.as_object().cloned().unwrap_or_default();
            operations.into_iter().map(move |(methode, _)| (methode.to_uppercase(), chemin.clone()))
        })
        .collect();
    let servies: BTreeSet<(String, String)> = adresses()
        .into_iter()
        .filter(|a| a.chemin.starts_with("/api/"))
        .map(|a| (a.methode.to_owned(), a.chemin.to_owned()))
        .collect();
    assert_eq!(decrites, servies);
}

#[tokio::test]
async fn la_page_de_l_interface_montre_chaque_operation_et_explique_chaque_refus() {
    let service = Service::nouveau().await;
    let page = service.lis("/api", "").await;
    assert_eq!(page.statut, StatusCode::OK);
    let document = service.json("/api/v1/openapi.json", "").await;
    for (chemin, operations) in document["paths"].as_object().expect("des adresses") {
        assert!(page.corps.contains(&format!("<code>{chemin}</code>")), "{chemin}");
        for operation in operations.as_object().expect("des méthodes").values() {
            let resume = operation["summary"].as_str().expect("un résumé").replace('\'', "&#39;");
            assert!(page.corps.contains(&resume), "{resume}");
        }
    }
    // L'adresse d'un refus mène à son explication.
    let refus = service.obtient("/api/v1/dossiers", "").await;
    let dit: Value = serde_json::from_str(&refus.corps).expect("du JSON");
    let ancre =
        dit["type"].as_str().and_then(|t| t.strip_prefix("/api#")).expect("une ancre").to_owned();
    assert!(page.corps.contains(&format!("id=\"{ancre}\"")), "{ancre}");
    assert!(!page.corps.contains("<script>") && !page.corps.contains(" style="));
}
