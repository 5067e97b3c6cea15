//! Les fichiers fixes : feuille de style, script, icône. Inclus dans le programme.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "statique/"]
struct Fichiers;

/// L'adresse d'un fichier fixe ; elle change avec son contenu, il se garde donc un an.
#[must_use]
pub fn adresse(nom: &str) -> String {
    let empreinte = Fichiers::get(nom).map(|f| f.metadata.sha256_hash());
    let version = empreinte.map(|e| hex::encode(&e[..6])).unwrap_or_default();
    format!("/statique/{nom}?v={version}")
}

/// L'icône, à l'adresse que les navigateurs devinent pour un PDF ou une réponse sans page.
pub(crate) async fn icone() -> Response {
    servir(Path("seuil.svg".to_owned())).await
}

pub async fn servir(Path(nom): Path<String>) -> Response {
    let Some(fichier) = Fichiers::get(&nom) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let genre = match nom.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let garde = "public, max-age=31536000, immutable";
    ([(header::CONTENT_TYPE, genre), (header::CACHE_CONTROL, garde)], fichier.data).into_response()
}
