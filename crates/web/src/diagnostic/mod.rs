//! Le diagnostic social et financier : la liste des audiences proches, le suivi d'un diagnostic, ses
//! rubriques.

pub mod liste;
pub mod rubrique;
pub mod suivi;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use usages::courriers::pdf::Pdf;

/// Un PDF, ouvert dans le navigateur.
fn ouvrir(pdf: Pdf) -> Response {
    let disposition = format!("inline; filename=\"{}\"", pdf.nom);
    let entetes = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (entetes, pdf.octets).into_response()
}
