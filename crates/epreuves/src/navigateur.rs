//! Un vrai navigateur, sans écran, conduit comme le ferait une personne.
//!
//! Un pilote par processus de tests, un navigateur neuf (profil vide, aucune session) par page.
//!
//! ```no_run
//! # async fn exemple() {
//! let page = epreuves::navigateur::ouvrir().await;
//! page.aller("http://127.0.0.1:8080/").await;
//! page.remplir("#recherche", "Lefèvre").await;
//! page.cliquer("button[type=submit]").await;
//! page.sans_violation().await;
//! # }
//! ```

mod accessibilite;
mod page;
mod pilote;

use std::sync::OnceLock;

use fantoccini::{ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

pub use accessibilite::Violation;
pub use page::Page;

use crate::gardien::Gardien;

struct Pilote {
    _gardien: Gardien,
    port: String,
}

static PILOTE: OnceLock<Pilote> = OnceLock::new();

/// Ce que le navigateur exécute des scripts d'une page.
#[derive(Clone, Copy)]
enum Scripts {
    Executes,
    Refuses,
}

/// Ouvre un navigateur neuf, de 1280 × 900.
///
/// # Panics
///
/// Quand Chromium ou son pilote manque : lancez `scripts/essais`.
pub async fn ouvrir() -> Page {
    demarrer(Scripts::Executes).await
}

/// Comme [`ouvrir`], mais les pages n'exécutent aucun script.
///
/// # Panics
///
/// Comme [`ouvrir`].
pub async fn ouvrir_sans_javascript() -> Page {
    demarrer(Scripts::Refuses).await
}

async fn demarrer(scripts: Scripts) -> Page {
    let pilote = PILOTE.get_or_init(|| {
        let (gardien, port) =
            Gardien::lancer("Chromium (ou son pilote)", include_str!("navigateur.sh"));
        Pilote { port, _gardien: gardien }
    });
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(reglages(scripts))
        .connect(&format!("http://127.0.0.1:{}", pilote.port))
        .await;
    match client {
        Ok(client) => Page::neuve(client, &pilote.port).await,
        Err(cause) => panic!("Chromium ne s'ouvre pas : {cause}"),
    }
}

fn reglages(scripts: Scripts) -> Capabilities {
    let mut preferences = json!({
        "intl.accept_languages": "fr-FR,fr",
        "credentials_enable_service": false,
    });
    if let Scripts::Refuses = scripts {
        preferences["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    let reglages = json!({
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "prefs": preferences,
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-search-engine-choice-screen",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--lang=fr-FR",
                // Une couleur se mesure une fois posée, pas en chemin.
                "--force-prefers-reduced-motion",
                // Le navigateur s'arrête avec son pilote, même si celui-ci est tué.
                "--remote-debugging-pipe",
            ],
        },
    });
    reglages.as_object().cloned().unwrap_or_default()
}
