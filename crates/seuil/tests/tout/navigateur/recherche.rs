//! La boîte de recherche : au clavier pendant la frappe, et sans script.

use epreuves::navigateur;
use fantoccini::Locator;
use fantoccini::key::Key;

use super::pages::regarder;
use super::{attribut, connecter, ouvrir_un_dossier, url, voir};

#[tokio::test]
async fn un_menage_se_trouve_au_clavier_pendant_la_frappe() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    let dossier = ouvrir_un_dossier(&page, "Wattrelosset").await;
    page.aller(&url("/echeances")).await;
    let boite = page.client().find(Locator::Css("#chercher-q")).await.expect("la boîte");
    boite.send_keys("odile vatrelocet").await.expect("la question se tape");
    voir(&page, "#propositions [role=option]", "WATTRELOSSET Odile").await;
    voir(&page, "#chercher [role=status]", "").await;
    assert_eq!(attribut(&page, "#chercher-q", "aria-expanded").await.as_deref(), Some("true"));
    let defauts = regarder(&page, "recherche-propositions").await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));

    boite.send_keys(&Key::Escape.to_string()).await.expect("Échap");
    assert_eq!(attribut(&page, "#chercher-q", "aria-expanded").await.as_deref(), Some("false"));
    boite.send_keys(&Key::Down.to_string()).await.expect("flèche");
    voir(&page, "#propositions [role=option]", "WATTRELOSSET").await;
    boite.send_keys(&Key::Down.to_string()).await.expect("flèche");
    let choisie = attribut(&page, "#chercher-q", "aria-activedescendant").await;
    assert_eq!(choisie.as_deref(), Some("proposition-1"));
    boite.send_keys(&Key::Enter.to_string()).await.expect("Entrée");
    voir(&page, "h1", "WATTRELOSSET").await;
    assert!(page.adresse().await.contains(&dossier), "{}", page.adresse().await);
}

#[tokio::test]
async fn sans_script_la_boite_mene_a_la_page_des_reponses() {
    let page = navigateur::ouvrir_sans_javascript().await;
    connecter(&page, "central").await;
    ouvrir_un_dossier(&page, "Bruxellet").await;
    page.aller(&url("/")).await;
    page.remplir("#chercher-q", "brusselet lens").await;
    page.cliquer("#chercher button").await;
    voir(&page, "h2", "réponse").await;
    voir(&page, ".reponse", "BRUXELLET Odile").await;
    page.cliquer(".reponse a").await;
    voir(&page, "h1", "BRUXELLET").await;
}
