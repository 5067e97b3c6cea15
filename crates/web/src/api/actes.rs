//! `POST /api/v1/actes` : consigner un acte, ou plusieurs, un par ligne.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::time::timeout;
use usages::actes::demande::Statut;
use usages::actes::fichier::{LigneConsignee, Suite};

use super::acces::Appelant;
use super::probleme::Probleme;
use crate::app::App;

/// Un acte tient en quelques lignes ; dix mille tiennent là.
const ENVOI_MAXIMAL: usize = 5 * 1024 * 1024;

/// Le temps donné à un envoi pour arriver : une connexion ouverte pour rien ne se garde pas.
const PATIENCE: Duration = Duration::from_secs(30);

/// Plusieurs actes, un par ligne.
const LIGNES: &str = "application/x-ndjson";

pub(crate) async fn consigner(
    State(app): State<App>,
    Appelant(agent): Appelant,
    entetes: HeaderMap,
    corps: Body,
) -> Result<Response, Probleme> {
    let envoi = timeout(PATIENCE, to_bytes(corps, ENVOI_MAXIMAL)).await.map_err(|_| {
        Probleme::nouveau(
            StatusCode::REQUEST_TIMEOUT,
            "L'envoi n'arrive pas",
            "L'envoi n'est pas arrivé en entier en trente secondes. Rien n'a été enregistré. \
             Vérifiez la connexion, puis recommencez.",
        )
    })?;
    let octets = envoi.map_err(|_| {
        Probleme::nouveau(
            StatusCode::PAYLOAD_TOO_LARGE,
            "L'envoi est trop lourd",
            "Un envoi ne dépasse pas 5 Mo. Rien n'a été enregistré. Coupez-le en plusieurs.",
        )
    })?;
    let texte = std::str::from_utf8(&octets).map_err(|_| {
        Probleme::illisible(
            "Le texte n'est pas en UTF-8. Rien n'a été enregistré. Écrivez-le en UTF-8.",
        )
    })?;
    let genre = entetes.get(header::CONTENT_TYPE).and_then(|g| g.to_str().ok()).unwrap_or_default();
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let mut suite = Suite::default();
    match genre.split(';').next().unwrap_or_default().trim() {
        LIGNES => {
            let mut reponses = String::new();
            for (numero, ligne) in (1..).zip(texte.lines()) {
                let reponse =
                    suite.consigner(&app.maison, &agent, numero, ligne, jour, instant).await?;
                if let Some(reponse) = reponse {
                    reponses.push_str(&en_json(&reponse));
                    reponses.push('\n');
                }
            }
            Ok(([(header::CONTENT_TYPE, LIGNES)], reponses).into_response())
        }
        "application/json" => {
            let objet: Value = serde_json::from_str(texte).map_err(|e| {
                Probleme::illisible(format!(
                    "Le texte n'est pas un objet JSON (ligne {}, caractère {}). Rien n'a été \
                     enregistré. Envoyez un acte entre accolades.",
                    e.line(),
                    e.column()
                ))
            })?;
            let reponse = suite
                .consigner(&app.maison, &agent, 1, &objet.to_string(), jour, instant)
                .await?
                .ok_or_else(|| {
                    Probleme::illisible("L'envoi est vide. Envoyez un acte entre accolades.")
                })?;
            let statut = match reponse.reponse.statut {
                Statut::Consigne => StatusCode::CREATED,
                Statut::Doublon => StatusCode::OK,
                Statut::Refuse => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let genre = [(header::CONTENT_TYPE, "application/json")];
            Ok((statut, genre, en_json(&reponse)).into_response())
        }
        _ => Err(Probleme::nouveau(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Ce format ne se lit pas",
            "Un acte s'envoie en « application/json », plusieurs en « application/x-ndjson », un \
             par ligne. Rien n'a été enregistré. Corrigez l'en-tête « Content-Type ».",
        )),
    }
}

fn en_json(reponse: &LigneConsignee) -> String {
    serde_json::to_string(reponse).unwrap_or_default()
}
