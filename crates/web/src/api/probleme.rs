//! Un refus de l'interface : ce qui se passe, pourquoi, quoi faire (RFC 9457).

use std::any::Any;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use usages::echec::{Echec, Nature};

/// Un refus, en `application/problem+json`.
#[derive(Debug)]
pub(crate) struct Probleme {
    statut: StatusCode,
    titre: &'static str,
    explication: String,
    /// Pas avant ce nombre de secondes.
    attente: Option<i64>,
}

impl Probleme {
    pub(crate) fn nouveau(
        statut: StatusCode,
        titre: &'static str,
        explication: impl Into<String>,
    ) -> Self {
        Self { statut, titre, explication: explication.into(), attente: None }
    }

    pub(crate) fn plus_tard(secondes: i64, explication: impl Into<String>) -> Self {
        let statut = StatusCode::TOO_MANY_REQUESTS;
        let attente = Some(secondes.max(1));
        Self { attente, ..Self::nouveau(statut, "Il faut attendre", explication) }
    }

    pub(crate) fn illisible(explication: impl Into<String>) -> Self {
        Self::nouveau(StatusCode::BAD_REQUEST, "La demande ne se lit pas", explication)
    }
}

impl From<Echec> for Probleme {
    fn from(echec: Echec) -> Self {
        let (statut, titre) = match echec.nature() {
            Nature::Introuvable => (StatusCode::NOT_FOUND, "Introuvable"),
            Nature::HorsMission => (StatusCode::FORBIDDEN, "Ce n'est pas ouvert à votre rôle"),
            Nature::Refus => (StatusCode::UNPROCESSABLE_ENTITY, "Ce n'est pas possible"),
            Nature::Conflit => (StatusCode::CONFLICT, "Le dossier a changé entre-temps"),
            Nature::Panne => {
                let cause = std::error::Error::source(&echec).map(ToString::to_string);
                tracing::error!(cause, "panne");
                (StatusCode::SERVICE_UNAVAILABLE, "Le service est momentanément indisponible")
            }
        };
        Self::nouveau(statut, titre, echec.to_string())
    }
}

impl IntoResponse for Probleme {
    fn into_response(self) -> Response {
        let corps = json!({
            "type": "about:blank",
            "title": self.titre,
            "status": self.statut.as_u16(),
            "detail": self.explication,
        });
        let genre = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut reponse = (self.statut, genre, corps.to_string()).into_response();
        if self.statut == StatusCode::UNAUTHORIZED {
            reponse.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"Seuil\", charset=\"UTF-8\""),
            );
        }
        if let Some(secondes) = self.attente {
            reponse.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secondes));
        }
        reponse
    }
}

/// Une panique est une panne : elle s'inscrit au journal technique, sans son message.
pub(crate) fn apres_panique(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("panique dans l'interface");
    Probleme::nouveau(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Le service a rencontré une panne",
        "Ce n'est pas de votre fait. Réessayez dans un instant ; si cela recommence, prévenez la \
         personne qui administre Seuil.",
    )
    .into_response()
}
