//! Le programme entier dans un vrai navigateur : une démonstration, partagée par tous les essais.

mod http;
mod pages;
mod parcours;
mod sans_script;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use epreuves::navigateur::Page;
use epreuves::serveur::Serveur;
use fantoccini::Locator;

/// Le jour où les exemples se lisent.
const JOUR: &str = "2026-11-21";

/// Au-delà, ce qu'on attend ne viendra pas.
const PATIENCE: Duration = Duration::from_secs(20);

static DEMO: OnceLock<Serveur> = OnceLock::new();

/// La démonstration. Le premier essai l'ouvre ; elle se ferme avec le programme de tests.
fn demo() -> &'static Serveur {
    DEMO.get_or_init(|| {
        let garde = include_str!("demo.sh");
        let seuil = env!("CARGO_BIN_EXE_seuil");
        let base = "sqlite:./demo.db";
        let demande = ["-c", garde, "sh", seuil, "demo", "--a-la-date", JOUR, "--base", base];
        Serveur::lancer("sh", &demande)
    })
}

/// L'adresse d'une page de la démonstration.
fn url(chemin: &str) -> String {
    demo().url(chemin)
}

/// Le mot de passe que la démonstration a tiré pour ce compte.
fn secret(identifiant: &str) -> String {
    let depart = Instant::now();
    loop {
        let sortie = demo().sortie();
        let lu = sortie.lines().find_map(|ligne| {
            let mut mots = ligne.split_whitespace();
            (mots.next() == Some(identifiant)).then(|| mots.next().map(str::to_owned)).flatten()
        });
        match lu {
            Some(secret) => return secret,
            None if depart.elapsed() > PATIENCE => {
                panic!("la démonstration n'annonce pas le compte {identifiant} :\n{sortie}")
            }
            None => thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// Se connecte par la page de connexion, et arrive à l'accueil.
async fn connecter(page: &Page, identifiant: &str) {
    page.aller(&url("/connexion")).await;
    page.remplir("#identifiant", identifiant).await;
    page.remplir("#secret", &secret(identifiant)).await;
    page.cliquer("main button").await;
    voir(page, ".fr-header__user", "").await;
}

/// Attend que le premier élément désigné contienne ce texte, et le rend en entier.
///
/// Un envoi de formulaire change la page sous les yeux de qui la lit : on relit jusqu'à la voir.
async fn voir(page: &Page, selecteur: &str, attendu: &str) -> String {
    let depart = Instant::now();
    let mut vu = String::new();
    while depart.elapsed() < PATIENCE {
        if let Ok(element) = page.client().find(Locator::Css(selecteur)).await
            && let Ok(texte) = element.text().await
        {
            if texte.contains(attendu) && !texte.is_empty() {
                return texte;
            }
            vu = texte;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let adresse = page.adresse().await;
    panic!("« {selecteur} » ne montre pas « {attendu} » sur {adresse}, mais « {vu} »");
}

/// Remplit un champ de date. Le jour et le mois sont le même nombre : l'ordre où le navigateur
/// les demande, qui suit la langue du système, n'importe pas.
async fn remplir_le_neuf_septembre(page: &Page, champ: &str) {
    let element = page.client().find(Locator::Css(champ)).await.expect("un champ de date");
    element.send_keys("09092026").await.expect("la date se tape");
}

/// Un fichier d'exemple du dépôt.
fn exemple(chemin: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../exemples").join(chemin)
}

/// La valeur d'un attribut du premier élément désigné, s'il existe.
async fn attribut(page: &Page, selecteur: &str, nom: &str) -> Option<String> {
    let element = page.client().find(Locator::Css(selecteur)).await.ok()?;
    element.attr(nom).await.expect("l'attribut se lit")
}
