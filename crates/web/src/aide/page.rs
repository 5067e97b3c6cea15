//! Les pages de l'aide. Publiques, sans donnée : qui ne parvient pas à se connecter les lit aussi.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use rust_embed::RustEmbed;

use super::definitions::{Famille, mots};
use super::guide::{GUIDES, Guide};
use super::markdown::Rendu;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};

#[derive(Template)]
#[template(path = "aide/choisir.html")]
pub struct PageChoisir {
    pub cadre: Cadre,
    /// Celui de la personne connectée, d'abord.
    pub mien: Option<&'static Guide>,
    pub autres: Vec<&'static Guide>,
}

#[derive(Template)]
#[template(path = "aide/guide.html")]
pub struct PageGuide {
    pub cadre: Cadre,
    pub guide: &'static Rendu,
}

#[derive(Template)]
#[template(path = "aide/mots.html")]
pub struct PageMots {
    pub cadre: Cadre,
    pub familles: &'static [Famille],
}

pub(crate) async fn choisir(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    let mien = connecte.as_ref().and_then(|c| super::guide::de(c.agent.role.code()));
    let autres = GUIDES.iter().filter(|g| mien.is_none_or(|m| m.code != g.code)).collect();
    page(&PageChoisir { cadre: cadre(&app, connecte.as_ref(), "Aide"), mien, autres })
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    Path(code): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let guide = GUIDES.iter().find(|g| g.code == code).ok_or_else(ErreurWeb::introuvable)?;
    let cadre = cadre(&app, connecte.as_ref(), &guide.rendu().titre).sous("Aide", "/aide");
    page(&PageGuide { cadre, guide: guide.rendu() })
}

pub(crate) async fn definir(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    let cadre = cadre(&app, connecte.as_ref(), "Les mots, expliqués").sous("Aide", "/aide");
    page(&PageMots { cadre, familles: mots() })
}

#[derive(RustEmbed)]
#[folder = "../../docs/guide/images/"]
struct Images;

/// L'image d'un guide. Elle change avec son contenu : son adresse aussi.
pub(crate) async fn illustrer(Path(nom): Path<String>) -> Response {
    let Some(image) = Images::get(&nom).filter(|_| nom.ends_with(".png")) else {
        return ErreurWeb::introuvable().into_response();
    };
    let garde = "public, max-age=31536000, immutable";
    ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, garde)], image.data)
        .into_response()
}

/// L'adresse d'une image.
pub(super) fn image(nom: &str) -> String {
    let empreinte = Images::get(nom).map(|f| hex::encode(&f.metadata.sha256_hash()[..6]));
    format!("/aide/images/{nom}?v={}", empreinte.unwrap_or_default())
}

/// La largeur et la hauteur d'une image, lues dans son en-tête : la page ne bouge pas quand elle arrive.
pub(super) fn mesures(nom: &str) -> Option<(u32, u32)> {
    let image = Images::get(nom)?;
    let cote = |debut: usize| {
        let octets: [u8; 4] = image.data.get(debut..debut + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(octets))
    };
    Some((cote(16)?, cote(20)?))
}

fn cadre(app: &App, connecte: Option<&AgentConnecte>, titre: &str) -> Cadre {
    connecte.map_or_else(
        || app.cadre(None, Section::Aucune, titre),
        |connecte| connecte.cadre(app, Section::Aucune, titre),
    )
}
