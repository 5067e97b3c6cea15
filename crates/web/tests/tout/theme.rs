//! Le thème officiel : servi d'un dossier que l'opérateur donne, et de là seulement.

use std::fs;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use web::theme::{Dsfr, Theme};

use super::appareil::Service;

/// Un dossier qui tient lieu du paquet officiel, que le dépôt ne porte pas.
fn doublure() -> PathBuf {
    let racine = Path::new(env!("CARGO_TARGET_TMPDIR")).join("doublure-du-theme");
    fs::create_dir_all(racine.join("dist/fonts")).expect("le dossier se crée");
    fs::write(racine.join("dist/dsfr.min.css"), ".fr-btn { color: red }").expect("la feuille");
    fs::write(racine.join("dist/fonts/Essai.woff2"), "police").expect("la police");
    fs::write(racine.join("ailleurs.css"), "secret").expect("un fichier à côté");
    racine
}

#[tokio::test]
async fn les_feuilles_officielles_viennent_du_dossier_donne_et_de_nulle_part_ailleurs() {
    let dsfr = Dsfr::ouvrir(&doublure()).expect("la doublure est complète");
    let service = Service::sous(Theme::Dsfr(dsfr)).await;
    let page = service.lis("/connexion", "").await;
    let place = |feuille: &str| page.corps.find(feuille).unwrap_or_else(|| panic!("{feuille}"));
    assert!(place("theme.css") < place("/dsfr/dsfr.min.css"));
    assert!(place("/dsfr/dsfr.min.css") < place("theme-dsfr.css"));
    for (chemin, statut, genre) in [
        ("/dsfr/dsfr.min.css", StatusCode::OK, "text/css; charset=utf-8"),
        ("/dsfr/fonts/Essai.woff2", StatusCode::OK, "font/woff2"),
        ("/dsfr/absent.css", StatusCode::NOT_FOUND, ""),
        ("/dsfr/../ailleurs.css", StatusCode::NOT_FOUND, ""),
        ("/dsfr/%2e%2e/ailleurs.css", StatusCode::NOT_FOUND, ""),
        ("/dsfr/%2fetc%2fpasswd", StatusCode::NOT_FOUND, ""),
    ] {
        let reponse = service.lis(chemin, "").await;
        assert_eq!(reponse.statut, statut, "{chemin}");
        assert!(!reponse.corps.contains("secret"), "{chemin}");
        if statut == StatusCode::OK {
            assert_eq!(reponse.entete("content-type"), genre, "{chemin}");
        }
    }
}

#[tokio::test]
async fn sans_le_demander_aucune_feuille_officielle_n_est_servie() {
    let service = Service::nouveau().await;
    let page = service.lis("/connexion", "").await;
    assert!(!page.corps.contains("/dsfr/"), "{}", page.corps);
    let feuille = service.lis("/dsfr/dsfr.min.css", "").await;
    assert_eq!(feuille.statut, StatusCode::NOT_FOUND);
}

#[test]
fn un_dossier_sans_la_feuille_officielle_est_refuse_et_dit_pourquoi() {
    let vide = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let refus = Dsfr::ouvrir(vide).expect_err("rien n'y est");
    for attendu in ["dsfr.min.css", "dist", "--theme dsfr"] {
        assert!(refus.contains(attendu), "{refus}");
    }
}
