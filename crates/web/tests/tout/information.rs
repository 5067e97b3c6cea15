//! Les pages publiques pour un ménage : sans session, sans donnée, gardées, une par étape.

use axum::http::StatusCode;
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::partenaires::agent::Role;

use super::appareil::Service;

#[tokio::test]
async fn chaque_etape_a_sa_page_publique_et_le_sommaire_y_mene() {
    let service = Service::nouveau().await;
    let sommaire = service.lis("/information", "").await;
    assert_eq!(sommaire.statut, StatusCode::OK);
    for stade in Stade::TOUS {
        let chemin = format!("/information/{}", stade.code());
        assert!(sommaire.corps.contains(&format!("href=\"{chemin}\"")), "{chemin}");
        let page = service.lis(&chemin, "").await;
        assert_eq!(page.statut, StatusCode::OK, "{chemin}");
        assert_eq!(page.entete("cache-control"), "public, max-age=3600", "{chemin}");
        assert!(page.corps.contains("Ce que vous pouvez faire"), "{chemin}");
    }
    let avec_page = EtatParallele::TOUS
        .iter()
        .filter(|e| sommaire.corps.contains(&format!("href=\"/information/{}\"", e.code())));
    assert!(avec_page.count() >= 5);
}

#[tokio::test]
async fn la_page_publique_est_la_meme_pour_tous_et_ne_nomme_personne() {
    let service = Service::nouveau().await;
    let personne = service.personne(Role::SecretariatCentral).await;
    let chemin = "/information/cdp_signifie?departement=62";
    let pour_tous = service.lis(chemin, "").await;
    assert_eq!(service.lis(chemin, &personne.cookie).await.corps, pour_tous.corps);
    assert!(!pour_tous.corps.contains("Essai secretariat"));
    assert!(pour_tous.corps.contains("Adresses : Pas-de-Calais"), "{}", pour_tous.corps);
    let sans = service.lis("/information/cdp_signifie?departement=99", "").await;
    assert_eq!(sans.statut, StatusCode::OK);
    assert!(!sans.corps.contains("Adresses :"));
    let inconnue = service.lis("/information/horoscope", "").await;
    assert_eq!(inconnue.statut, StatusCode::NOT_FOUND);
}
