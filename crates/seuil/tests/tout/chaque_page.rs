//! Chaque page du service, ouverte par chaque compte de la démonstration dans un vrai navigateur ; et
//! chaque page, par un compte qui l'a, à trois largeurs, en clair et en sombre.
//!
//! Avec `SEUIL_PRODUIT=entier`, chaque page de chaque compte l'est à toutes les largeurs et dans les
//! deux thèmes : c'est long, et se lance avant une livraison.
//!
//! Le plus long des essais : son nom le fait partir le premier, à côté de tous les autres.

use std::collections::BTreeSet;

use epreuves::navigateur::{self, Page};
use web::routes::adresses;

use crate::navigateur::http::lire;
use crate::navigateur::{Demo, attribut};

/// Un téléphone étroit (WCAG 1.4.10), une tablette, un poste de travail.
const LARGEURS: [u64; 3] = [320, 768, 1440];
const THEMES: [&str; 2] = ["light", "dark"];

/// Ce qui ne s'ouvre pas comme une page : un fichier, des octets, une réponse de programme.
const FICHIERS: [&str; 15] = [
    "/dsfr/",
    "/api/",
    "/favicon.ico",
    "/sante",
    "/statique/",
    "/export/",
    "/pdf",
    "/original",
    "/chronologie",
    "/calendrier/{",
    "/extrait",
    "/propositions",
    "/aide/images",
    ".ics",
    "/oidc",
];

/// Les comptes que la démonstration annonce.
fn comptes() -> Vec<String> {
    let demo = Demo::embarquee();
    // Le dernier compte annoncé : les autres le sont aussi.
    demo.secret("paris");
    let sortie = demo.serveur.sortie();
    let annonces = sortie.lines().filter(|l| l.starts_with("  ") && l.contains(" ("));
    let comptes: Vec<String> =
        annonces.filter_map(|l| l.split_whitespace().next()).map(str::to_owned).collect();
    assert!(comptes.len() >= 10, "{sortie}");
    comptes
}

/// L'adresse réelle d'une page : chaque paramètre prend une valeur qui existe pour ce compte.
async fn reelle(page: &Page, chemin: &str, dossier: &str) -> String {
    let demo = Demo::embarquee();
    let premiere = async |liste: &str, lien: &str| {
        page.aller(&demo.url(liste)).await;
        attribut(page, lien, "href").await
    };
    let place = match chemin {
        "/dossiers/{reference}/rectifier/{fait}" => {
            premiere(dossier, "a[href*=\"/rectifier/\"]").await
        }
        "/a-completer/{id}" => premiere("/a-completer", "main tbody a").await,
        _ => None,
    };
    place.unwrap_or_else(|| {
        let reference = dossier.trim_start_matches("/dossiers/");
        chemin
            .replace("{reference}", reference)
            .replace("{fait}", "1.1")
            .replace("{acte}", "contact")
            .replace("{rubrique}", "dette")
            .replace("{nature}", "cdp")
            .replace("{stade}", "cdp_signifie")
            .replace("{nom}", "treve_hivernale")
            .replace("{etape}", "menage")
            .replace("{id}", "2")
            .replace("{jeton}", "inconnu")
            .replace("{guide}", "secretariat")
    })
}

/// Ce qu'une page doit toujours avoir : un titre, un seul sujet, rien qui déborde, aucune erreur.
async fn defauts(page: &Page, nom: &str) -> Vec<String> {
    let mut defauts = Vec::new();
    let vu = page
        .executer(
            "return [document.title.trim().length > 0, document.querySelectorAll('h1').length, \
             document.documentElement.scrollWidth - innerWidth]",
        )
        .await;
    if vu[0].as_bool() != Some(true) || vu[1].as_i64() != Some(1) {
        defauts.push(format!("{nom} n'a pas un titre et un seul : {vu}"));
    }
    if vu[2].as_i64().unwrap_or(1) > 0 {
        defauts.push(format!("{nom} déborde de {} px", vu[2]));
    }
    let console = page.erreurs_console().await;
    let attendue = |erreur: &String| erreur.contains("status of 4");
    defauts.extend(
        console.into_iter().filter(|e| !attendue(e)).map(|e| format!("{nom}, console : {e}")),
    );
    defauts
}

/// La page à chaque largeur, dans les deux thèmes.
async fn partout(page: &Page, nom: &str) -> Vec<String> {
    let mut tous = Vec::new();
    for largeur in LARGEURS {
        page.taille(largeur, 900).await;
        for theme in THEMES {
            page.theme(theme);
            let ici = format!("{nom} à {largeur} px, {theme}");
            tous.extend(defauts(page, &ici).await);
            tous.extend(page.axe().await.iter().map(|v| format!("{ici} : {v}")));
        }
    }
    page.theme("light");
    page.taille(1280, 900).await;
    tous
}

#[tokio::test]
async fn chaque_page_s_ouvre_pour_chaque_compte_et_se_lit_partout() {
    #[expect(clippy::disallowed_methods, reason = "le produit entier se demande à la main")]
    let entier = std::env::var("SEUIL_PRODUIT").is_ok_and(|v| v == "entier");
    let demo = Demo::embarquee();
    let chemins: BTreeSet<&str> = adresses()
        .iter()
        .filter(|a| a.methode == "GET" && FICHIERS.iter().all(|f| !a.chemin.contains(f)))
        .map(|a| a.chemin)
        .collect();
    let page = navigateur::ouvrir().await;
    let mut regardees = BTreeSet::new();
    let mut tous = Vec::new();
    for compte in comptes() {
        page.client().delete_all_cookies().await.expect("les cookies s'effacent");
        demo.connecter(&page, &compte).await;
        page.aller(&demo.url("/dossiers")).await;
        let sien = attribut(&page, "main tbody th a", "href").await;
        let dossier = sien.unwrap_or_else(|| "/dossiers/62-2026-000001".to_owned());
        for chemin in &chemins {
            // Un dossier hors de sa vue répond comme un dossier absent : une fois suffit.
            let adresse = reelle(&page, chemin, &dossier).await;
            let nom = format!("{compte} {adresse}");
            let reponse = lire(&page, &adresse).await;
            let refusee = reponse.statut() >= 400;
            // Tous les refus ont la même page : elle se regarde une fois, et se reconnaît ensuite.
            if refusee && !entier && regardees.contains("un refus") {
                let corps = String::from_utf8_lossy(&reponse.corps);
                if !corps.contains("erreur-page") {
                    tous.push(format!("{nom} : {} sans page", reponse.statut()));
                }
                continue;
            }
            page.aller(&demo.url(&adresse)).await;
            tous.extend(defauts(&page, &nom).await);
            let neuve = regardees.insert(if refusee { "un refus" } else { chemin });
            if neuve || entier {
                tous.extend(partout(&page, &nom).await);
            }
        }
    }
    assert!(tous.is_empty(), "{}", tous.join("\n"));
}
