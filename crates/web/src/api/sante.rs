//! `GET /api/v1/sante` : le service répond, et sa base aussi.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use usages::changements::maintenant;

use super::lecture::repondre;
use super::probleme::Probleme;
use crate::app::App;

pub(crate) async fn dire(State(app): State<App>, entetes: HeaderMap) -> Result<Response, Probleme> {
    maintenant(&app.maison).await?;
    let corps = json!({
        "etat": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "jour": app.aujourd_hui(),
    });
    Ok(repondre(&entetes, &corps))
}
