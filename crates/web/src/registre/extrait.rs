//! L'extrait du registre remis au ménage : les dates, les organismes et les raisons, sans aucun nom.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use usages::registre::consulter::{LigneDeRegistre, registre};

use super::dossier::compte;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "registre/extrait.html")]
pub struct PageExtrait {
    pub cadre: Cadre,
    pub reference: String,
    pub fait_le: String,
    pub compte: String,
    pub acces: Vec<LigneExtrait>,
}

/// Un accès, tel qu'on le dit au ménage.
pub struct LigneExtrait {
    pub quand: String,
    pub organisme: String,
    pub geste: String,
    pub finalite: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let lu = registre(&app.maison, &connecte.agent, &reference).await?;
    let cadre = connecte
        .cadre(&app, Section::Registre, "Extrait du registre des accès")
        .dans_sa_section()
        .sous(lu.reference.clone(), urls::registre(&lu.reference));
    page(&PageExtrait {
        cadre,
        fait_le: mots::jour(app.aujourd_hui()),
        compte: compte(lu.acces.len(), lu.tronque),
        acces: lignes(&app, lu.acces),
        reference: lu.reference,
    })
}

/// Les accès, tels qu'on les dit au ménage.
pub(crate) fn lignes(app: &App, acces: Vec<LigneDeRegistre>) -> Vec<LigneExtrait> {
    acces
        .into_iter()
        .map(|acces| LigneExtrait {
            quand: app.instant(acces.quand),
            organisme: acces.organisme,
            geste: acces.geste,
            finalite: acces.finalite,
        })
        .collect()
}
