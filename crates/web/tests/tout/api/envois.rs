//! Envoyer : des notices, des actes, une seule fois chacun, même renvoyés en même temps.

use axum::http::{Method, StatusCode};
use ccapex::partenaires::agent::Role;
use serde_json::{Value, json};

use super::{JSON, contact, menage, probleme};
use crate::tout::appareil::{Reponse, Service};

const ACTES: &str = "/api/v1/actes";
const NOTICES: &str = "/api/v1/notices?nature=cdp";

async fn envoyer(service: &Service, chemin: &str, cle: &str, nom: &str, corps: &str) -> Reponse {
    let entetes = [("content-type", JSON), ("idempotency-key", nom)];
    service.demande(Method::POST, chemin, cle, &entetes, corps).await
}

fn notice(reference: &str) -> Value {
    json!({
        "reference_acte": reference, "etude": "SCP des Essais", "date_signification": "2026-11-02",
        "bailleur_type": "personne_physique", "bailleur_nom": "M. Duriez",
        "locataire_nom": "MORTREUX", "locataire_prenom": "Aline",
        "logement_adresse": "4 rue des Tanneurs", "code_postal": "62000", "commune": "Arras",
        "date_bail": "2019-09-01", "loyer_hors_charges": "450,00", "montant_dette": "1 500,00",
        "impaye_depuis": "2026-06-01",
    })
}

#[tokio::test]
async fn le_meme_envoi_nomme_rend_la_meme_reponse_a_l_octet_pres() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let acte = menage().to_string();
    let premiere = envoyer(&service, ACTES, &cle, "envoi-1", &acte).await;
    assert_eq!(premiere.statut, StatusCode::CREATED, "{}", premiere.corps);
    service.passe(60);
    let seconde = envoyer(&service, ACTES, &cle, "envoi-1", &acte).await;
    assert_eq!((seconde.statut, &seconde.corps), (StatusCode::CREATED, &premiere.corps));
    assert_eq!(seconde.entete("idempotent-replayed"), "true");
    // Sans nom, ou sous un autre, c'est le doublon du métier.
    let sans_nom = service.consigne(&cle, &menage()).await;
    assert_eq!(sans_nom.statut, StatusCode::OK);
    assert!(sans_nom.corps.contains("doublon"), "{}", sans_nom.corps);

    let autre = envoyer(&service, ACTES, &cle, "envoi-1", "{}").await;
    let dit = probleme(&autre, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(dit["type"], "/api#probleme-autre_envoi");
    // Deux jours plus tard, le nom est libre.
    service.passe(48 * 60);
    let plus_tard = envoyer(&service, ACTES, &cle, "envoi-1", &acte).await;
    assert_eq!(plus_tard.statut, StatusCode::OK, "{}", plus_tard.corps);
}

#[tokio::test]
async fn un_refus_nomme_se_redit_et_le_nom_d_un_autre_organisme_ne_compte_pas() {
    let service = Service::nouveau().await;
    let centrale = service.ecriture(Role::SecretariatCentral).await;
    let caf = service.ecriture(Role::OrganismePayeur).await;
    let fausse = contact("62-2026-999999", "2026-11-20").to_string();
    let refus = envoyer(&service, ACTES, &centrale, "n", &fausse).await;
    probleme(&refus, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(envoyer(&service, ACTES, &centrale, "n", &fausse).await.corps, refus.corps);
    let ailleurs = envoyer(&service, ACTES, &caf, "n", "{\"acte\": \"contact\"}").await;
    assert!(!ailleurs.corps.contains("autre_envoi"), "{}", ailleurs.corps);
    for nom in ["", "  ", &"a".repeat(201), "é"] {
        probleme(&envoyer(&service, ACTES, &centrale, nom, &fausse).await, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn huit_envois_identiques_en_meme_temps_ne_consignent_qu_une_fois() {
    let service = std::sync::Arc::new(Service::nouveau().await);
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let dossier = service.ouvre(&cle, "MORTREUX").await;
    let acte = contact(&dossier, "2026-11-20").to_string();
    let taches: Vec<_> = (0..8)
        .map(|_| {
            let (service, cle, acte) = (service.clone(), cle.clone(), acte.clone());
            tokio::spawn(async move { envoyer(&service, ACTES, &cle, "ensemble", &acte).await })
        })
        .collect();
    let mut corps = std::collections::BTreeSet::new();
    for tache in taches {
        let reponse = tache.await.expect("une réponse");
        match reponse.statut {
            StatusCode::CREATED => drop(corps.insert(reponse.corps)),
            StatusCode::CONFLICT => assert_eq!(reponse.entete("retry-after"), "1"),
            autre => panic!("{autre} : {}", reponse.corps),
        }
    }
    assert_eq!(corps.len(), 1, "{corps:?}");
    let lu = service.json(&format!("/api/v1/dossiers/{dossier}"), &cle).await;
    let contacts =
        lu["actes"].as_array().expect("les actes").iter().filter(|a| a["acte"] == "contact");
    assert_eq!(contacts.count(), 1);
}

#[tokio::test]
async fn des_notices_se_recoivent_en_json_comme_en_tableau_avec_la_reponse_de_la_reception() {
    let service = Service::nouveau().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let reponse = envoyer(&service, NOTICES, &cle, "n-1", &notice("A-1").to_string()).await;
    assert_eq!(reponse.statut, StatusCode::OK, "{}", reponse.corps);
    let dit: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
    let une = &dit["reponses"][0];
    assert_eq!((&dit["lignes"], &une["statut"]), (&json!(1), &json!("eligible")), "{dit}");
    assert_eq!(une["rapprochement"], "nouveau");
    let dossier = une["dossier"].as_str().expect("un dossier").to_owned();

    let tableau = json!([notice("A-1"), notice("A-2")]).to_string();
    let reponse = envoyer(&service, NOTICES, &cle, "n-2", &tableau).await;
    let dit: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
    let statuts: Vec<_> =
        dit["reponses"].as_array().expect("deux").iter().map(|r| &r["statut"]).collect();
    assert_eq!(statuts, [&json!("doublon"), &json!("eligible")], "{dit}");
    assert_eq!(dit["reponses"][1]["dossier"], json!(dossier), "le même ménage");

    let csv = "Référence;Étude;Date de signification;Nom du locataire;Adresse;Code postal;Commune;Dette;Loyer hors charges;Type de bailleur\n\
               B-1;SCP Essai;03/11/2026;BERTIN;2 rue Verte;62300;Lens;1 800,00;500,00;personne physique\n";
    let entetes = [("content-type", "text/csv; charset=utf-8"), ("idempotency-key", "n-3")];
    let reponse = service.demande(Method::POST, NOTICES, &cle, &entetes, csv).await;
    assert_eq!(reponse.statut, StatusCode::OK, "{}", reponse.corps);
    let dit: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
    assert_eq!(dit["reponses"][0]["sous_commission"], "lens", "{dit}");
    assert_eq!(dit["reponses"][0]["fichier"], "envoi.csv");

    let refus = service
        .demande(Method::POST, NOTICES, &cle, &[("content-type", "text/csv")], "ni tableau")
        .await;
    let dit = probleme(&refus, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(dit["statut"], "refuse");
    assert!(dit["motif"].as_str().is_some_and(|m| !m.is_empty()));
}

#[tokio::test]
async fn une_reponse_ne_montre_pas_le_dossier_d_un_autre_territoire() {
    let service = Service::nouveau().await;
    let arras = service.ecriture(Role::SecretariatSousCommission).await;
    let mut ailleurs = notice("L-1");
    ailleurs["code_postal"] = json!("62300");
    ailleurs["commune"] = json!("Lens");
    let corps = json!([notice("A-1"), ailleurs]).to_string();
    let reponse = envoyer(&service, NOTICES, &arras, "n", &corps).await;
    let dit: Value = serde_json::from_str(&reponse.corps).expect("du JSON");
    let (sienne, autre) = (&dit["reponses"][0], &dit["reponses"][1]);
    assert!(
        sienne["dossier"].is_string()
            && !sienne["explication"].as_array().expect("liste").is_empty()
    );
    assert_eq!((&autre["statut"], &autre["sous_commission"]), (&json!("eligible"), &json!("lens")));
    for cache in ["dossier", "service", "fin_delai", "rapprochement"] {
        assert!(autre[cache].is_null(), "{cache} : {autre}");
    }
    assert_eq!((&autre["candidats"], &autre["explication"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn une_etude_envoie_ses_notices_en_son_seul_nom() {
    let service = Service::nouveau().await;
    let etude = service.ecriture(Role::CommissaireDeJustice).await;
    let centrale = service.ecriture(Role::SecretariatCentral).await;
    let mut usurpee = notice("A-1");
    usurpee["etude"] = json!("SCP Usurpée");
    let dit = envoyer(&service, NOTICES, &etude, "n", &usurpee.to_string()).await;
    assert_eq!(dit.statut, StatusCode::OK, "{}", dit.corps);
    let dit: Value = serde_json::from_str(&dit.corps).expect("du JSON");
    assert_eq!(dit["reponses"][0]["candidats"], json!([]));
    let dossier = dit["reponses"][0]["dossier"].as_str().expect("le sien").to_owned();
    let lu = service.json(&format!("/api/v1/dossiers/{dossier}"), &centrale).await;
    assert_eq!(lu["actes"][0]["emetteur"], "scp des essais", "{lu}");
    let refus = service.cle(Role::Lecteur, usages::formes::PorteeDeCle::Ecriture).await;
    let refus = envoyer(&service, NOTICES, &refus, "n", &notice("A-2").to_string()).await;
    probleme(&refus, StatusCode::FORBIDDEN);
}
