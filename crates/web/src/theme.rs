//! L'allure des pages : celle de Seuil, ou les feuilles du système de design de l'État.
//!
//! Ces feuilles ne servent qu'aux services de l'État : le programme ne les porte pas. Un opérateur
//! habilité donne le dossier où il les a mises, et les pages ne changent pas d'une ligne.

use std::path::{Component, Path, PathBuf};

use axum::extract::{Path as Chemin, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::statique;

/// L'allure des pages.
#[derive(Clone, Debug, Default)]
pub enum Theme {
    /// Celle de Seuil.
    #[default]
    Neutre,
    /// Celle d'un service de l'État.
    Dsfr(Dsfr),
}

/// Le dossier des feuilles officielles.
#[derive(Clone, Debug)]
pub struct Dsfr {
    racine: PathBuf,
}

/// La feuille sans laquelle il n'y a pas de thème.
const FEUILLE: &str = "dsfr.min.css";
/// Les comportements ; les pages s'en passent.
const SCRIPT: &str = "dsfr.module.min.js";

impl Dsfr {
    /// Le paquet officiel déplié à cet endroit, ou son dossier `dist`.
    ///
    /// # Erreurs
    ///
    /// Une phrase qui dit ce qui manque et quoi faire, quand la feuille principale n'y est pas.
    pub fn ouvrir(chemin: &Path) -> Result<Self, String> {
        [chemin.to_owned(), chemin.join("dist")]
            .into_iter()
            .find(|dossier| dossier.join(FEUILLE).is_file())
            .and_then(|dossier| dossier.canonicalize().ok())
            .map(|racine| Self { racine })
            .ok_or_else(|| {
                format!(
                    "Le dossier « {} » n'a pas {FEUILLE}, ni dans son sous-dossier « dist ». Donnez celui où le paquet officiel est déplié, ou retirez --theme dsfr.",
                    chemin.display()
                )
            })
    }

    /// Un fichier du dossier, jamais d'ailleurs.
    fn fichier(&self, nom: &str) -> Option<PathBuf> {
        let nom = Path::new(nom);
        let simple = nom.components().all(|c| matches!(c, Component::Normal(_)));
        let vrai = simple.then(|| self.racine.join(nom).canonicalize().ok()).flatten()?;
        (vrai.starts_with(&self.racine) && vrai.is_file()).then_some(vrai)
    }
}

impl Theme {
    /// Les feuilles de style d'une page, dans l'ordre.
    #[must_use]
    pub fn feuilles(&self) -> Vec<String> {
        let sienne = statique::adresse("theme.css");
        match self {
            Self::Neutre => vec![sienne],
            Self::Dsfr(_) => {
                vec![sienne, format!("/dsfr/{FEUILLE}"), statique::adresse("theme-dsfr.css")]
            }
        }
    }

    /// Le script du thème ; vide quand il n'en a pas.
    #[must_use]
    pub fn script(&self) -> String {
        match self {
            Self::Dsfr(dsfr) if dsfr.fichier(SCRIPT).is_some() => format!("/dsfr/{SCRIPT}"),
            Self::Dsfr(_) | Self::Neutre => String::new(),
        }
    }
}

/// Un fichier du thème officiel.
pub(crate) async fn servir(State(app): State<App>, Chemin(nom): Chemin<String>) -> Response {
    let Theme::Dsfr(dsfr) = &*app.theme else { return StatusCode::NOT_FOUND.into_response() };
    let genre = match Path::new(&nom).extension().and_then(|e| e.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("woff") => "font/woff",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some(_) | None => return StatusCode::NOT_FOUND.into_response(),
    };
    let Some(chemin) = dsfr.fichier(&nom) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match tokio::fs::read(chemin).await {
        Ok(octets) => (
            [(header::CONTENT_TYPE, genre), (header::CACHE_CONTROL, "public, max-age=86400")],
            octets,
        )
            .into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
