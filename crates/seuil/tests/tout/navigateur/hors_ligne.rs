//! La connexion manque : la page le dit, et rien ne part pour se perdre.

use epreuves::navigateur;

use super::{connecter, url, voir};

const COUPER: &str = "Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true }); \
                      window.dispatchEvent(new Event('offline')); return true";
const RETABLIR: &str = "Object.defineProperty(navigator, 'onLine', { get: () => true, configurable: true }); \
                        window.dispatchEvent(new Event('online')); return true";

#[tokio::test]
async fn sans_connexion_un_bandeau_le_dit_et_l_envoi_attend() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    page.aller(&url("/dossiers")).await;
    page.executer(COUPER).await;
    voir(&page, ".hors-ligne", "La connexion est coupée").await;
    let violations = page.axe().await;
    assert!(violations.is_empty(), "{violations:?}");
    page.cliquer(".fr-header__tools button").await;
    voir(&page, ".hors-ligne", "rien n'est parti").await;
    assert!(page.adresse().await.ends_with("/dossiers"), "la page reste ouverte");
    page.executer(RETABLIR).await;
    let cache = page.executer("return document.querySelector('.hors-ligne').hidden").await;
    assert_eq!(cache.as_bool(), Some(true));
    page.cliquer(".fr-header__tools button").await;
    voir(&page, "h1", "Se connecter").await;
}
