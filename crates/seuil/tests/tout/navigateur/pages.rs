//! Ce qu'une page devient selon ses filtres, son dossier ou son rôle : accessible, sans débordement ni
//! erreur. Chaque page telle qu'elle s'ouvre est dans [`crate::chaque_page`].

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use epreuves::navigateur::{self, Page};

use super::{connecter, url, voir};

/// Un téléphone étroit, un poste de travail : WCAG 1.4.10 part de 320 px.
const LARGEURS: [u64; 2] = [320, 1440];

/// Une page : le nom de sa capture, son adresse, le lien à suivre depuis elle, son titre.
type Visite = (&'static str, &'static str, Option<&'static str>, &'static str);

/// Regarde les pages une à une et rend tous les défauts, pour les corriger d'un coup.
async fn visiter(page: &Page, identifiant: &str, visites: &[Visite]) -> Vec<String> {
    let mut defauts = Vec::new();
    for (nom, chemin, lien, titre) in visites {
        page.taille(1280, 900).await;
        page.aller(&url(chemin)).await;
        if let Some(lien) = lien {
            page.cliquer(lien).await;
        }
        voir(page, "h1", titre).await;
        defauts.extend(regarder(page, &format!("{identifiant}-{nom}")).await);
    }
    defauts
}

/// Chaque page regardée se photographie avec `SEUIL_CAPTURES=toutes` ; sinon, celles qui ont un défaut.
#[expect(clippy::disallowed_methods, reason = "les photographies se demandent à la main")]
fn captures_demandees() -> bool {
    std::env::var("SEUIL_CAPTURES").is_ok_and(|v| v == "toutes")
}

/// Ce que chaque essai a déjà regardé : une page ne dépend pas du moteur de la base.
static REGARDEES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Ce qu'il y a à redire de la page ouverte, aux deux largeurs, la première fois que l'essai la regarde.
pub(super) async fn regarder(page: &Page, nom: &str) -> Vec<String> {
    let mut defauts = Vec::new();
    let essai = thread::current().name().unwrap_or_default().to_owned();
    if !REGARDEES.lock().expect("les vues se lisent").insert(format!("{essai} {nom}")) {
        return defauts;
    }
    for largeur in LARGEURS {
        page.taille(largeur, 900).await;
        let deborde =
            page.executer("return document.documentElement.scrollWidth - innerWidth").await;
        if deborde.as_i64().unwrap_or(1) > 0 {
            defauts.push(format!("{nom} déborde de {deborde} px à {largeur} px"));
        }
        let violations = page.axe().await;
        defauts.extend(violations.iter().map(|v| format!("{nom} à {largeur} px : {v}")));
        if !defauts.is_empty() || captures_demandees() {
            page.capture(&format!("{nom}-{largeur}")).await;
        }
    }
    let console = page.erreurs_console().await;
    let attendue = |erreur: &String| erreur.contains("status of 4");
    defauts.extend(
        console.into_iter().filter(|e| !attendue(e)).map(|e| format!("{nom}, console : {e}")),
    );
    defauts
}

async fn sans_defaut(identifiant: &str, visites: &[Visite]) {
    let page = navigateur::ouvrir().await;
    connecter(&page, identifiant).await;
    let defauts = visiter(&page, identifiant, visites).await;
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}

#[tokio::test]
async fn ce_que_le_secretariat_filtre_et_ouvre_est_accessible() {
    #[rustfmt::skip]
    sans_defaut("central", &[
        ("piece",              "/reception",                         Some("tbody tr:nth-child(3) th a"), ""),
        ("piece-incomplets",   "/reception/2?statut=incomplet",      None, ""),
        ("dossiers-filtres",   "/dossiers?q=lens&stade=assignation_delivree&tri=avant_le", None, "Dossiers"),
        ("dossiers-vides",     "/dossiers?q=zzzzzz",                 None, "Dossiers"),
        ("recherche",          "/recherche?q=lens",                  None, "Recherche"),
        ("recherche-vide",     "/recherche?q=zzzzzz",                None, "Recherche"),
        ("notice",             "/a-completer",                       Some("tbody tr:first-child td a"), ""),
        ("courriers-parties",  "/courriers?etat=envoye",             None, "Courriers"),
        ("calendrier",         "/calendrier?le=2027-01-15",          None, "Calendrier"),
        ("calendrier-semaine", "/calendrier?vue=semaine",            None, "Calendrier"),
    ]).await;
}

#[tokio::test]
async fn un_dossier_est_accessible_a_chaque_moment_de_sa_vie() {
    #[rustfmt::skip]
    sans_defaut("central", &[
        ("dossier-commandement", "/dossiers?stade=cdp_signifie", Some("tbody th a"), ""),
        ("dossier-assigne",      "/dossiers?stade=assignation_delivree",               Some("tbody th a"), ""),
        ("dossier-incomplet",    "/dossiers?file=a_completer",            Some("tbody th a"), ""),
        ("dossier-orienter",     "/dossiers?file=a_orienter",             Some("tbody th a"), ""),
    ]).await;
}

#[tokio::test]
async fn les_regles_et_le_calcul_d_un_exemple_sont_accessibles() {
    #[rustfmt::skip]
    sans_defaut("pilotage", &[
        ("regles-en-2015", "/regles?au=2015-03-02",                     None, "Règles en vigueur"),
        ("regle",          "/regles/delai_commandement_de_payer",       None, ""),
        ("regle-calculee", "/regles/delai_commandement_de_payer?depuis=2026-01-15&date_bail=2024-05-01&calculer=oui", None, ""),
        ("regle-refus",    "/regles/delai_commandement_de_payer?depuis=hier&calculer=oui", None, ""),
    ]).await;
}

#[tokio::test]
async fn la_saisie_de_chaque_nature_est_accessible() {
    #[rustfmt::skip]
    sans_defaut("etude", &[
        ("saisie-cdp",                 "/saisie/cdp",                 None, ""),
        ("saisie-saisine_bailleur",    "/saisie/saisine_bailleur",    None, ""),
        ("saisie-assignation",         "/saisie/assignation",         None, ""),
        ("saisie-decision",            "/saisie/decision",            None, ""),
        ("saisie-cql",                 "/saisie/cql",                 None, ""),
        ("saisie-requisition_cfp",     "/saisie/requisition_cfp",     None, ""),
        ("saisie-signalement_impaye",  "/saisie/signalement_impaye",  None, ""),
        ("saisie-alerte",              "/saisie/alerte",              None, ""),
    ]).await;
}

#[tokio::test]
async fn une_page_introuvable_et_un_refus_sont_accessibles() {
    #[rustfmt::skip]
    sans_defaut("admin", &[
        ("suppleances", "/suppleances/2", None, "Suppléances"),
        ("introuvable", "/nulle-part", None, ""),
        ("refus",       "/courriers", None, ""),
    ]).await;
}

#[tokio::test]
async fn les_pages_de_chaque_role_sont_accessibles() {
    let page = navigateur::ouvrir().await;
    page.aller(&url("/connexion")).await;
    let mut defauts = regarder(&page, "connexion").await;
    page.remplir("#identifiant", "caf").await;
    page.remplir("#secret", "faux").await;
    page.cliquer("main button").await;
    voir(&page, "#erreur-connexion", "").await;
    defauts.extend(regarder(&page, "connexion-refusee").await);
    for identifiant in ["admin", "arras", "departement", "caf", "msa", "etude", "pilotage", "paris"]
    {
        connecter(&page, identifiant).await;
        defauts.extend(regarder(&page, &format!("{identifiant}-accueil")).await);
        page.taille(1280, 900).await;
        page.cliquer(".fr-header__tools button").await;
        voir(&page, "h1", "Se connecter").await;
    }
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}

#[tokio::test]
async fn ce_que_voient_un_service_et_une_etude_est_accessible() {
    let page = navigateur::ouvrir().await;
    let mut defauts = Vec::new();
    #[rustfmt::skip]
    let parcours: [(&str, &[Visite]); 3] = [
        ("departement", &[
            ("dossiers",  "/dossiers",  None, "Dossiers"),
            ("dossier",   "/dossiers",  Some("tbody th a"), ""),
            ("echeances", "/echeances", None, "Échéances"),
            ("reception", "/reception", None, "Réception"),
        ]),
        ("caf", &[
            ("organisme", "/mon-organisme", None, "Comptes de mon organisme"),
        ]),
        ("etude", &[
            ("dossiers",  "/dossiers",  None, ""),
            ("dossier",   "/dossiers",  Some("tbody th a"), ""),
            ("reception", "/reception", None, "Réception"),
        ]),
    ];
    for (identifiant, visites) in parcours {
        page.client().delete_all_cookies().await.expect("les cookies s'effacent");
        connecter(&page, identifiant).await;
        defauts.extend(visiter(&page, identifiant, visites).await);
    }
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
}
