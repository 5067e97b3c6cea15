//! Les règles, lues et appliquées depuis les pages.

use axum::http::StatusCode;
use ccapex::partenaires::agent::Role;

use super::appareil::Service;

#[tokio::test]
async fn la_page_d_une_regle_calcule_l_exemple_demande() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    let chemin =
        "/regles/delai_commandement_de_payer?depuis=2026-01-15&date_bail=2024-05-01&calculer=oui";
    let page = service.lis(chemin, &personne.cookie).await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(page.corps.contains("Jeudi 26 février 2026"), "{}", page.corps);
    assert!(page.corps.contains("27/02/2026"));
}

#[tokio::test]
async fn ce_qui_ne_se_lit_pas_est_dit_sans_jargon_de_ligne_de_commande() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    for demande in ["depuis=&calculer=oui", "depuis=2026-02-30&calculer=oui"] {
        let chemin = format!("/regles/delai_commandement_de_payer?{demande}");
        let page = service.lis(&chemin, &personne.cookie).await;
        assert_eq!(page.statut, StatusCode::OK);
        assert!(page.corps.contains("role=\"alert\""), "{demande}");
        assert!(!page.corps.contains("seuil delai"), "{demande}");
    }
}

#[tokio::test]
async fn les_regles_se_lisent_a_une_autre_date() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    let avant = service.lis("/regles?au=2020-01-01&q=anciennete", &personne.cookie).await.corps;
    let apres = service.lis("/regles?au=2026-01-01&q=anciennete", &personne.cookie).await.corps;
    assert!(avant.contains("1er janvier 2020"));
    assert!(apres.contains("2 mois"), "{apres}");
    assert_ne!(avant, apres);
}

#[tokio::test]
async fn une_regle_inconnue_est_une_page_introuvable() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::Lecteur).await;
    let page = service.lis("/regles/nulle", &personne.cookie).await;
    assert_eq!(page.statut, StatusCode::NOT_FOUND);
}
