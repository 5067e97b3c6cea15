//! Le registre des accès : aucune page ne montre un ménage sans s'y inscrire.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;
use web::routes::adresses;

use super::appareil::{Personne, Service};
use super::parcours::{ARRAS, SANS_COMMUNE, fichier};
use super::routes::reelle;

/// Un service où un ménage est suivi, et une notice sans dossier attend.
async fn avec_un_menage() -> (Service, Personne) {
    let service = Service::nouveau().await;
    let centrale = service.personne(Role::SecretariatCentral).await;
    let depot = service.depose(&centrale, "etude.csv", &fichier(&[ARRAS, SANS_COMMUNE])).await;
    assert_eq!(depot.statut, StatusCode::SEE_OTHER, "{}", depot.corps);
    (service, centrale)
}

/// Ce qui nomme les ménages de cet essai ; un PDF et un tableur les nomment sans qu'on le lise.
fn montre_un_menage(reponse: &super::appareil::Reponse) -> bool {
    let genre = reponse.entete("content-type");
    ["MORTREUX", "CARON", "rue des Tanneurs"].iter().any(|nom| reponse.corps.contains(nom))
        || genre.contains("pdf")
        || genre.contains("spreadsheet")
}

#[tokio::test]
async fn toute_page_qui_montre_un_menage_ajoute_une_ligne_au_registre() {
    let (service, centrale) = avec_un_menage().await;
    let mut montrees = Vec::new();
    let mut essayer = Vec::new();
    for adresse in adresses().into_iter().filter(|a| a.methode == "GET") {
        essayer.push(reelle(adresse));
        for format in ["xlsx", "ods"] {
            if adresse.chemin.contains("{format}") {
                essayer.push(adresse.chemin.replace("{format}", format));
            }
        }
    }
    essayer.push("/dossiers?q=mortreux".to_owned());
    essayer.push("/recherche?q=mortreux".to_owned());
    essayer.push("/recherche/propositions?q=mortr".to_owned());
    essayer.push("/a-completer/2".to_owned());
    for chemin in essayer.into_iter().filter(|c| !c.starts_with("/api/")) {
        let avant = service.lignes_du_registre().await;
        let reponse = service.lis(&chemin, &centrale.cookie).await;
        let apres = service.lignes_du_registre().await;
        if montre_un_menage(&reponse) {
            assert!(apres > avant, "{chemin} montre un ménage sans s'inscrire");
            montrees.push(chemin);
        }
    }
    for attendue in [
        "/dossiers",
        "/dossiers?q=mortreux",
        "/recherche?q=mortreux",
        "/recherche/propositions?q=mortr",
        "/dossiers/62-2026-000001",
        "/dossiers/62-2026-000001/chronologie",
        "/dossiers/export/csv",
        "/reception/1/original",
        "/a-completer",
        "/registre/62-2026-000001/donnees",
        "/registre/62-2026-000001/donnees/json",
    ] {
        assert!(montrees.iter().any(|m| m == attendue), "{attendue} manque : {montrees:?}");
    }
}

#[tokio::test]
async fn l_interface_de_programme_s_inscrit_comme_une_page() {
    let (service, _) = avec_un_menage().await;
    let cle = service.ecriture(Role::SecretariatCentral).await;
    let mut montrees = Vec::new();
    for adresse in
        adresses().into_iter().filter(|a| a.methode == "GET" && a.chemin.starts_with("/api/"))
    {
        let avant = service.lignes_du_registre().await;
        let reponse = service.obtient(&reelle(adresse), &cle).await;
        assert!(!reponse.statut.is_server_error(), "{adresse:?} : {}", reponse.corps);
        if montre_un_menage(&reponse) || reponse.corps.contains("62-2026-000001\"") {
            let apres = service.lignes_du_registre().await;
            assert!(apres > avant, "{adresse:?} montre un ménage sans s'inscrire");
            montrees.push(adresse.chemin);
        }
    }
    let attendues = [
        "/api/v1/changements",
        "/api/v1/courriers",
        "/api/v1/dossiers",
        "/api/v1/dossiers/{reference}",
        "/api/v1/dossiers/{reference}/echeances",
        "/api/v1/echeances",
    ];
    assert_eq!(montrees, attendues);
    let lettres = service.json("/api/v1/courriers?limite=1", &cle).await;
    let lettre = lettres["courriers"][0]["pdf"].as_str().expect("une lettre");
    let avant = service.lignes_du_registre().await;
    assert_eq!(service.obtient(lettre, &cle).await.entete("content-type"), "application/pdf");
    assert!(service.lignes_du_registre().await > avant, "une lettre s'inscrit aussi");
}

#[tokio::test]
async fn un_acte_consigne_s_inscrit_une_fois_avec_son_ecriture() {
    let (service, centrale) = avec_un_menage().await;
    let avant = service.lignes_du_registre().await;
    let corps = format!("jeton={}&date=2026-11-20", centrale.jeton);
    let chemin = "/dossiers/62-2026-000001/consigner/depart";
    let reponse = service.poste(chemin, &centrale.cookie, &corps).await;
    assert_eq!(reponse.statut, StatusCode::SEE_OTHER, "{}", reponse.corps);
    assert_eq!(service.lignes_du_registre().await, avant + 1);
}

#[tokio::test]
async fn qui_a_lu_un_dossier_se_dit_avec_les_noms_et_l_extrait_n_en_a_aucun() {
    let (service, centrale) = avec_un_menage().await;
    service.lis("/dossiers/62-2026-000001", &centrale.cookie).await;
    service.lis("/dossiers", &centrale.cookie).await;
    let delegue = service.personne(Role::Dpo).await;
    let page = service.lis("/registre/62-2026-000001", &delegue.cookie).await;
    assert_eq!(page.statut, StatusCode::OK);
    for attendu in
        ["Essai secretariat_central", "a ouvert le dossier", "dans une liste", "pour la commission"]
    {
        assert!(page.corps.contains(attendu), "« {attendu} » manque : {}", page.corps);
    }
    assert!(!page.corps.contains("MORTREUX"), "le registre ne montre rien du ménage");
    let extrait = service.lis("/registre/62-2026-000001/extrait", &delegue.cookie).await;
    assert!(
        extrait.corps.contains("SCP des Essais") && extrait.corps.contains("a ouvert le dossier")
    );
    assert!(!extrait.corps.contains("Essai secretariat_central"), "aucun nom dans l'extrait");
    let caf = service.personne(Role::OrganismePayeur).await;
    let refus = service.lis("/registre/62-2026-000001", &caf.cookie).await;
    assert_eq!(refus.statut, StatusCode::FORBIDDEN);
}
