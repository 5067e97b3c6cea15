//! Les réponses à une recherche. La page suffit, sans script.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use usages::dossiers::chercher::chercher;
use usages::exceptions::ouvrir::peut_recourir;

use super::{LigneTrouvee, ligne};
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Lien, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "recherche/page.html")]
pub struct PageRecherche {
    pub cadre: Cadre,
    pub saisi: String,
    pub compte: String,
    /// Trop de réponses : la question est à préciser.
    pub tronquee: bool,
    /// Les listes des communes que la question nomme.
    pub communes: Vec<Lien>,
    pub trouves: Vec<LigneTrouvee>,
    pub vide: Vide,
    /// Où demander un accès exceptionnel, pour qui le peut : que la recherche trouve ou non.
    pub exception: Option<&'static str>,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    pub(super) q: String,
}

/// Les réponses qu'une page montre : au-delà, la question est à préciser, et la page le dit.
const COMBIEN: usize = 25;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, aujourd_hui) = (&connecte.agent, app.aujourd_hui());
    if !Section::de(agent.role).contains(&Section::Dossiers) {
        return Err(ErreurWeb::hors_mission(agent.role, "de chercher des dossiers"));
    }
    let reponse = chercher(&app.maison, agent, &demande.q, COMBIEN, aujourd_hui).await?;
    let trouves: Vec<LigneTrouvee> =
        reponse.trouves.iter().map(|(t, p)| ligne(t, p, agent, aujourd_hui)).collect();
    let communes = reponse.communes.iter().map(|c| {
        Lien::nouveau(
            format!("Tous les dossiers de {}", c.nom),
            urls::avec("/dossiers", &[("commune", c.code)]),
        )
    });
    let n = mots::compte(trouves.len() as u64, "réponse", "réponses");
    let mut cadre = connecte.cadre(&app, Section::Dossiers, "Recherche").dans_sa_section();
    cadre.question.clone_from(&demande.q);
    page(&PageRecherche {
        cadre,
        compte: if reponse.tronquee {
            format!("Les {n} les plus proches")
        } else {
            mots::capitale(&n)
        },
        tronquee: reponse.tronquee,
        communes: communes.collect(),
        trouves,
        vide: vide(&demande.q),
        exception: peut_recourir(&app.maison, agent).is_ok().then_some(urls::EXCEPTION),
        saisi: demande.q,
    })
}

fn vide(saisi: &str) -> Vide {
    if saisi.trim().is_empty() {
        return Vide::nouveau(
            "Que cherchez-vous ?",
            "Écrivez en haut de la page un nom, même mal orthographié, une adresse, une commune, \
             une référence ou un téléphone.",
        );
    }
    Vide::nouveau(
        "Aucune réponse",
        "Aucun dossier de votre périmètre ne correspond. Essayez le seul nom de famille, la rue et \
         la commune, ou les premiers chiffres de la référence.",
    )
    .avec("Voir tous les dossiers", "/dossiers")
}
