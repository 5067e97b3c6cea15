//! `GET /api/v1/dossiers/{reference}` : un dossier entier.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::Value;
use usages::dossiers::en_json::en_json;
use usages::dossiers::ouvrir::ouvrir;

use super::acces::Appelant;
use super::probleme::Probleme;
use crate::app::App;

pub(crate) async fn montrer(
    State(app): State<App>,
    Appelant(agent): Appelant,
    Path(reference): Path<String>,
) -> Result<Json<Value>, Probleme> {
    let jour = app.aujourd_hui();
    let ouvert = ouvrir(&app.maison, &agent, &reference, jour, app.maintenant()).await?;
    Ok(Json(en_json(&ouvert, jour)))
}
