//! Exporter la liste montrée, avec les mêmes filtres et les mêmes droits.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use usages::dossiers::exporter::exporter;
use usages::formes::Format;

use super::liste::{Demande, voit_la_suite};
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::erreur::ErreurWeb;

pub(crate) async fn telecharger(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(format): Path<String>,
    Query(demande): Query<Demande>,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    if !voit_la_suite(agent) {
        return Err(ErreurWeb::hors_mission(agent.role, "d'exporter des dossiers"));
    }
    let (format, genre) = match format.as_str() {
        "csv" => (Format::Csv, "text/csv; charset=utf-8"),
        "xlsx" => {
            (Format::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        "ods" => (Format::Ods, "application/vnd.oasis.opendocument.spreadsheet"),
        _ => return Err(ErreurWeb::introuvable()),
    };
    let aujourd_hui = app.aujourd_hui();
    let recherche = demande.recherche();
    let octets = exporter(&app.maison, agent, &recherche, format, aujourd_hui).await?;
    let extension = match format {
        Format::Csv => "csv",
        Format::Xlsx => "xlsx",
        Format::Ods => "ods",
    };
    let nom = format!("attachment; filename=\"dossiers-{aujourd_hui}.{extension}\"");
    Ok(([(header::CONTENT_TYPE, genre.to_owned()), (header::CONTENT_DISPOSITION, nom)], octets)
        .into_response())
}
