//! Les en-têtes que porte toute réponse : sécurité, et temps passé par le serveur.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::erreur::ErreurWeb;

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                   connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Un an : le navigateur ne reviendra pas en clair, même si l'on tape l'adresse sans https.
const HTTPS_SEULEMENT: &str = "max-age=31536000";

/// Pose les en-têtes de toute réponse.
pub(crate) async fn poser(State(app): State<App>, requete: Request, suite: Next) -> Response {
    let debut = Instant::now();
    let mut reponse = suite.run(requete).await;
    let entetes = reponse.headers_mut();
    for (nom, valeur) in [
        (CONTENT_SECURITY_POLICY, CSP),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        entetes.insert(nom, HeaderValue::from_static(valeur));
    }
    if app.config.https {
        entetes.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HTTPS_SEULEMENT));
    }
    // Une page nomme des personnes : ni le navigateur ni un relais ne la gardent.
    entetes.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let micros = debut.elapsed().as_micros();
    let duree = format!("app;dur={}.{:03}", micros / 1000, micros % 1000);
    if let Ok(duree) = HeaderValue::from_str(&duree) {
        entetes.insert(HeaderName::from_static("server-timing"), duree);
    }
    reponse
}

/// Refuse un envoi que le navigateur dit venir d'un autre site.
pub(crate) async fn du_meme_site(requete: Request, suite: Next) -> Response {
    if requete.method() == Method::POST && vient_d_ailleurs(requete.headers()) {
        return ErreurWeb::Jeton.into_response();
    }
    suite.run(requete).await
}

fn vient_d_ailleurs(entetes: &HeaderMap) -> bool {
    entetes
        .get("sec-fetch-site")
        .is_some_and(|site| site.as_bytes() != b"same-origin" && site.as_bytes() != b"none")
}
