//! Les mêmes parcours sans JavaScript : aucune page n'en a besoin.

use epreuves::navigateur::{self, Page};
use fantoccini::Locator;
use fantoccini::key::Key;

use super::parcours::{completer_une_date, saisir_une_notice};
use super::{connecter, exemple, url, voir};

async fn au_secretariat() -> Page {
    let page = navigateur::ouvrir_sans_javascript().await;
    connecter(&page, "central").await;
    page
}

#[tokio::test]
async fn sans_script_des_fichiers_se_deposent_et_repondent() {
    let page = au_secretariat().await;
    page.aller(&url("/reception")).await;
    page.deposer_fichier("#fichiers", &exemple("variantes/requisitions-cfp.json")).await;
    page.deposer_fichier("#fichiers", &exemple("variantes/decisions.xlsx")).await;
    page.cliquer("[data-depot] button").await;
    voir(&page, ".fr-alert__title", "2 fichiers reçus").await;
    let noms = page.textes("tbody th a").await;
    let rang = noms.iter().position(|n| n == "decisions.xlsx").expect("le fichier est reçu");
    page.cliquer(&format!("tbody tr:nth-child({}) th a", rang + 1)).await;
    voir(&page, "h1", "decisions.xlsx").await;
    voir(&page, "tbody tr td:nth-child(3)", "").await;
}

#[tokio::test]
async fn sans_script_une_notice_se_complete_et_une_autre_se_saisit() {
    let page = au_secretariat().await;
    completer_une_date(&page).await;
    saisir_une_notice(&page, "M-0002").await;
}

#[tokio::test]
async fn sans_script_on_cherche_on_filtre_et_on_note_une_lettre() {
    let page = au_secretariat().await;
    page.aller(&url("/dossiers")).await;
    page.remplir("#q", "arras").await;
    page.cliquer("#filtre-stade summary").await;
    page.cliquer("#stade-assignation_delivree").await;
    page.cliquer("#recherche button").await;
    voir(&page, ".fr-tags-group", "").await;
    assert!(page.adresse().await.contains("stade=assignation_delivree"));

    page.aller(&url("/courriers")).await;
    page.cliquer("tbody tr:nth-child(20) input[name=lettre]").await;
    page.cliquer("button[name=geste][value=imprime]").await;
    voir(&page, ".fr-alert__title", "1 lettre").await;
    page.cliquer(".fr-header__tools button").await;
    voir(&page, "h1", "Se connecter").await;
}

/// La touche Entrée, sur un lien ou un bouton qui a le focus.
async fn activer(page: &Page, selecteur: &str) {
    let element = page.client().find(Locator::Css(selecteur)).await.expect(selecteur);
    element.send_keys(&char::from(Key::Enter).to_string()).await.expect("la touche Entrée");
}

#[tokio::test]
async fn sans_script_le_calendrier_se_parcourt_au_clavier_jusqu_a_un_dossier() {
    let page = navigateur::ouvrir_sans_javascript().await;
    connecter(&page, "central").await;
    page.aller(&url("/calendrier?le=2026-11-21")).await;
    voir(&page, ".barre h2", "Novembre 2026").await;
    activer(&page, "a[rel=next]").await;
    voir(&page, ".barre h2", "Décembre 2026").await;
    page.choisir("#sorte", "echeance").await;
    activer(&page, "#filtres button").await;
    voir(&page, ".fr-tags-group", "Échéances").await;
    assert!(page.adresse().await.contains("sorte=echeance"));
    activer(&page, ".calendrier td p + p a").await;
    voir(&page, ".agenda", "62-2026").await;
    activer(&page, ".agenda a").await;
    voir(&page, "#actes", "").await;
    assert!(page.adresse().await.contains("/dossiers/62-"));
}
