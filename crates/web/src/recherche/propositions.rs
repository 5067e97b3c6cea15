//! Les premières réponses, pendant la frappe : un fragment de page que le script pose sous la boîte.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use usages::dossiers::chercher::chercher;

use super::page::Demande;
use super::{LigneTrouvee, ligne};
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::Section;
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "recherche/propositions.html")]
pub struct Propositions {
    pub trouves: Vec<LigneTrouvee>,
    /// La page de toutes les réponses.
    pub toutes: String,
    pub saisi: String,
}

/// Ce qui se lit d'un coup d'œil.
const COMBIEN: usize = 8;

pub(crate) async fn proposer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, aujourd_hui) = (&connecte.agent, app.aujourd_hui());
    if !Section::de(agent.role).contains(&Section::Dossiers) {
        return Err(ErreurWeb::hors_mission(agent.role, "de chercher des dossiers"));
    }
    let reponse = chercher(&app.maison, agent, &demande.q, COMBIEN, aujourd_hui).await?;
    page(&Propositions {
        trouves: reponse.trouves.iter().map(|(t, p)| ligne(t, p, agent, aujourd_hui)).collect(),
        toutes: urls::avec("/recherche", &[("q", &demande.q)]),
        saisi: demande.q,
    })
}
