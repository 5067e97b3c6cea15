//! Une liste dans un vrai navigateur : filtres, colonnes, ordre, vue gardée, sélection, export.

use epreuves::navigateur;

use super::http::lire;
use super::pages::regarder;
use super::{attribut, connecter, url, voir};

#[tokio::test]
async fn une_liste_se_filtre_se_range_se_garde_et_se_traite_en_nombre() {
    let page = navigateur::ouvrir().await;
    connecter(&page, "central").await;
    page.aller(&url("/dossiers?etendue=ouverts")).await;
    page.cliquer("#filtre-stade summary").await;
    page.cliquer("#stade-assignation_delivree").await;
    page.cliquer("#stade-cdp_signifie").await;
    page.cliquer("#filtre-colonnes summary").await;
    page.cliquer("#colonne-dette").await;
    page.cliquer("#recherche button").await;
    voir(&page, ".fr-tags-group li:nth-child(2)", "Stade").await;
    voir(&page, "thead", "Dette").await;
    page.cliquer("thead a[href*='tri=dette']").await;
    voir(&page, "thead th[aria-sort=descending]", "Dette").await;

    page.cliquer("#garder-la-vue summary").await;
    page.remplir("#nom-de-vue", "Les plus grosses dettes").await;
    page.cliquer("button[value=garder]").await;
    voir(&page, ".vues [aria-current]", "Les plus grosses dettes").await;
    let adresse = page.adresse().await;
    for filtre in ["stade=cdp_signifie", "stade=assignation_delivree", "colonne=dette", "tri=dette"]
    {
        assert!(adresse.contains(filtre), "{adresse}");
    }
    page.cliquer("#garder-la-vue summary").await;
    let defauts = regarder(&page, "liste-gardee").await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));

    page.cliquer("#cocher-1").await;
    page.cliquer("#cocher-2").await;
    let un = attribut(&page, "#cocher-1", "value").await.expect("une référence");
    let deux = attribut(&page, "#cocher-2", "value").await.expect("une référence");
    let export =
        lire(&page, &format!("/dossiers/export/csv?dossier={un}&dossier={deux}&tri=dette")).await;
    assert_eq!(String::from_utf8_lossy(&export.corps).lines().count(), 3, "{}", export.debut());
    page.cliquer("button[formaction='/dossiers/selection/confier']").await;
    voir(&page, "h1", "Confier à un service").await;
    voir(&page, "#decision button", "Proposer 2 ménages").await;
    let defauts = regarder(&page, "selection").await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
    page.cliquer("#decision a").await;
    voir(&page, ".barre h2", "2 dossiers").await;

    page.aller(&adresse).await;
    page.cliquer("#garder-la-vue summary").await;
    page.cliquer("button[value=supprimer]").await;
    voir(&page, "h1", "Dossiers").await;
    assert!(attribut(&page, ".vues [aria-current]", "href").await.is_none());
}
