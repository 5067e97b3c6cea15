//! Ce qui se lit : la réponse, son empreinte, la page suivante.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation;
use serde_json::Value;
use usages::echec::Echec;
use usages::envois::empreinte_de_texte;

use super::garde::Appelant;
use super::operation::JSON;
use super::parametres::Parametres;
use super::probleme::Probleme;
use crate::app::App;
use crate::cadre::Section;

/// Une page de lignes, si rien d'autre n'est demandé.
pub(super) const PAR_PAGE: i64 = 50;
/// La plus longue page.
pub(super) const PAGE_MAX: i64 = 200;

/// Une lecture demandée : par qui, avec quels paramètres, et ce que le programme a déjà.
pub(crate) struct Demande {
    pub(super) app: App,
    pub(super) agent: Agent,
    pub(super) parametres: Parametres,
    pub(super) entetes: HeaderMap,
}

impl FromRequestParts<App> for Demande {
    type Rejection = Probleme;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Probleme> {
        let Appelant(agent) = Appelant::from_request_parts(parts, app).await?;
        let parametres = Parametres::from_request_parts(parts, app).await?;
        Ok(Self { app: app.clone(), agent, parametres, entetes: parts.headers.clone() })
    }
}

/// Répond un JSON ; rien de plus qu'un « 304 » à qui l'a déjà.
pub(super) fn repondre(entetes: &HeaderMap, valeur: &Value) -> Response {
    let corps = valeur.to_string();
    let etiquette = format!("W/\"{}\"", empreinte_de_texte(&corps));
    let connue = entetes
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|e| e.to_str().ok())
        .flat_map(|e| e.split(','))
        .any(|e| e.trim() == etiquette || e.trim() == "*");
    let mut reponse = if connue {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, JSON)], corps).into_response()
    };
    // Le programme peut garder ce qu'il a lu, et redemande à chaque fois ; un relais ne garde rien.
    let garde = HeaderValue::from_static("private, no-cache");
    reponse.headers_mut().insert(header::CACHE_CONTROL, garde);
    if let Ok(etiquette) = HeaderValue::from_str(&etiquette) {
        reponse.headers_mut().insert(header::ETAG, etiquette);
    }
    reponse
}

/// Ajoute le lien de la page suivante (RFC 8288).
pub(super) fn avec_la_suite(mut reponse: Response, suite: Option<String>) -> Response {
    let lien = suite.and_then(|s| HeaderValue::from_str(&format!("<{s}>; rel=\"next\"")).ok());
    if let Some(lien) = lien {
        reponse.headers_mut().insert(header::LINK, lien);
    }
    reponse
}

/// L'interface n'ouvre pas ce que les écrans de ce rôle n'ont pas.
pub(super) fn mission(
    agent: &Agent,
    section: Section,
    geste: &'static str,
) -> Result<(), Probleme> {
    if Section::de(agent.role).contains(&section) {
        return Ok(());
    }
    Err(Echec::from(habilitation::Refus::HorsMission { role: agent.role.libelle(), geste }).into())
}
