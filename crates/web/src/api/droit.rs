//! `GET /api/v1/delai/{regle}` et `/regles` : le droit, sans rien d'un ménage.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use droit::catalogue;
use droit::demande::{Entree, Refus};
use serde_json::json;
use usages::regles;

use super::lecture::repondre;
use super::parametres::Parametres;
use super::probleme::{self, Probleme};
use crate::app::App;

pub(crate) async fn calculer(
    State(app): State<App>,
    parametres: Parametres,
    entetes: HeaderMap,
) -> Result<Response, Probleme> {
    let entree = Entree {
        depuis: parametres.jour("depuis"),
        audience: parametres.jour("audience"),
        faits: parametres.paires("fait"),
        options: parametres.paires("option"),
        commune: parametres.dit("commune"),
        aujourd_hui: app.aujourd_hui(),
    };
    let regle = parametres.texte("regle");
    let resultat = catalogue::appliquer(regle, &entree).map_err(|refus| {
        let genre = match refus {
            Refus::RegleInconnue { .. } => &probleme::INTROUVABLE,
            Refus::Manque { .. }
            | Refus::Illisible { .. }
            | Refus::FaitInconnu { .. }
            | Refus::OptionInconnue { .. }
            | Refus::LectureInconnue { .. } => &probleme::REFUSE,
        };
        Probleme::nouveau(genre, refus.to_string())
    })?;
    Ok(repondre(&entetes, &serde_json::to_value(resultat).unwrap_or_default()))
}

pub(crate) async fn lister(
    State(app): State<App>,
    parametres: Parametres,
    entetes: HeaderMap,
) -> Result<Response, Probleme> {
    let jour = parametres.jour("au").unwrap_or_else(|| app.aujourd_hui());
    let regles: Vec<_> = regles::au(jour).collect();
    Ok(repondre(&entetes, &json!({ "au": jour, "regles": regles })))
}
