//! Chaque page du service, ouverte par un compte de chaque rôle dans un vrai navigateur ; et chaque page,
//! par un compte qui l'a, à trois largeurs, en clair et en sombre.
//!
//! Avec `SEUIL_PRODUIT=entier`, chaque page de chaque compte de la démonstration l'est à toutes les
//! largeurs et dans les deux thèmes, par autant de navigateurs que de processeurs : c'est long, et se
//! lance avant une livraison.
//!
//! Le plus long des essais : son nom le fait partir le premier, à côté de tous les autres.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::thread;

use epreuves::navigateur::{self, Page};
use tokio::task::JoinSet;
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

/// Les comptes que la démonstration annonce ; un par rôle seulement, si on le demande.
fn comptes(un_par_role: bool) -> Vec<String> {
    let demo = Demo::embarquee();
    // Le dernier compte annoncé : les autres le sont aussi.
    demo.secret("paris");
    let sortie = demo.serveur.sortie();
    let annonces = sortie.lines().filter(|l| l.starts_with("  ") && l.contains(" ("));
    let mut roles = BTreeSet::new();
    let comptes: Vec<String> = annonces
        .filter(|ligne| {
            let role = ligne.split('(').next().unwrap_or_default();
            let mots = role.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
            roles.insert(mots) || !un_par_role
        })
        .filter_map(|l| l.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    assert!(roles.len() >= 10, "{sortie}");
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
            // Le thème ne change que les couleurs : les autres règles ont regardé la page claire.
            let violations =
                if theme == "light" { page.axe().await } else { page.axe_des_couleurs().await };
            tous.extend(violations.iter().map(|v| format!("{ici} : {v}")));
        }
    }
    page.theme("light");
    page.taille(1280, 900).await;
    tous
}

/// Ce que tous les navigateurs ont à ouvrir, et ce qu'ils ont déjà regardé partout.
struct Tournee {
    chemins: BTreeSet<&'static str>,
    comptes: Mutex<VecDeque<String>>,
    regardees: Mutex<BTreeSet<String>>,
    entiere: bool,
}

impl Tournee {
    fn prochain_compte(&self) -> Option<String> {
        self.comptes.lock().expect("les comptes se lisent").pop_front()
    }

    /// La première fois que cette vue se regarde ; une par compte quand le produit est entier.
    fn est_neuve(&self, compte: &str, vue: &str) -> bool {
        let vue = if self.entiere { format!("{compte} {vue}") } else { vue.to_owned() };
        self.regardees.lock().expect("les vues se lisent").insert(vue)
    }

    /// Les défauts de toutes les pages des comptes que ce navigateur a pris.
    async fn parcourir(&self) -> Vec<String> {
        let page = navigateur::ouvrir().await;
        let mut tous = Vec::new();
        while let Some(compte) = self.prochain_compte() {
            tous.extend(self.toutes_les_pages(&page, &compte).await);
        }
        tous
    }

    async fn toutes_les_pages(&self, page: &Page, compte: &str) -> Vec<String> {
        let demo = Demo::embarquee();
        page.client().delete_all_cookies().await.expect("les cookies s'effacent");
        demo.connecter(page, compte).await;
        page.aller(&demo.url("/dossiers")).await;
        let sien = attribut(page, "main tbody th a", "href").await;
        let dossier = sien.unwrap_or_else(|| "/dossiers/62-2026-000001".to_owned());
        let mut tous = Vec::new();
        for chemin in &self.chemins {
            // Un dossier hors de sa vue répond comme un dossier absent : une fois suffit.
            let adresse = reelle(page, chemin, &dossier).await;
            let nom = format!("{compte} {adresse}");
            let reponse = lire(page, &adresse).await;
            let refusee = reponse.statut() >= 400;
            let neuve = self.est_neuve(compte, if refusee { "un refus" } else { chemin });
            // Tous les refus ont la même page : elle se regarde une fois, et se reconnaît ensuite.
            if refusee && !neuve {
                let corps = String::from_utf8_lossy(&reponse.corps);
                if !corps.contains("erreur-page") {
                    tous.push(format!("{nom} : {} sans page", reponse.statut()));
                }
                continue;
            }
            page.aller(&demo.url(&adresse)).await;
            tous.extend(defauts(page, &nom).await);
            if neuve {
                tous.extend(partout(page, &nom).await);
            }
        }
        tous
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn chaque_page_s_ouvre_pour_chaque_role_et_se_lit_partout() {
    #[expect(clippy::disallowed_methods, reason = "le produit entier se demande à la main")]
    let entiere = std::env::var("SEUIL_PRODUIT").is_ok_and(|v| v == "entier");
    let tournee = Arc::new(Tournee {
        chemins: adresses()
            .iter()
            .filter(|a| a.methode == "GET" && FICHIERS.iter().all(|f| !a.chemin.contains(f)))
            .map(|a| a.chemin)
            .collect(),
        comptes: Mutex::new(comptes(!entiere).into()),
        regardees: Mutex::default(),
        entiere,
    });
    // D'ordinaire les autres essais occupent les autres processeurs.
    let navigateurs =
        if entiere { thread::available_parallelism().map_or(1, usize::from) } else { 1 };
    let mut tournees = JoinSet::new();
    for _ in 0..navigateurs {
        let tournee = Arc::clone(&tournee);
        tournees.spawn(async move { tournee.parcourir().await });
    }
    let tous = tournees.join_all().await.concat();
    assert!(tous.is_empty(), "{}", tous.join("\n"));
}
