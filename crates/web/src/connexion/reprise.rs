//! Retrouver ce qu'on tapait quand la session s'est éteinte.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "connexion/reprise.html")]
pub struct PageReprise {
    pub cadre: Cadre,
    pub quand: String,
    pub chemin: String,
    /// Tous les champs, pour les renvoyer.
    pub champs: Vec<(String, String)>,
    /// Ceux qu'une personne a tapés, pour les relire.
    pub lisibles: Vec<(String, String)>,
    pub abandonner: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(jeton): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let saisie = app.portier().reprendre_la_saisie(&connecte.connue, &jeton).await?;
    let lisibles = saisie
        .champs
        .iter()
        .filter(|(_, valeur)| !valeur.trim().is_empty())
        .map(|(nom, valeur)| (mots::capitale(&nom.replace('_', " ")), valeur.clone()))
        .collect();
    page(&PageReprise {
        cadre: connecte.cadre(&app, Section::Aucune, "Votre saisie vous attend"),
        quand: app.heure(saisie.le),
        chemin: saisie.chemin,
        champs: saisie.champs,
        lisibles,
        abandonner: urls::reprise(&jeton),
    })
}

pub(crate) async fn abandonner(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(jeton): Path<String>,
    _formulaire: Formulaire,
) -> Result<Redirect, ErreurWeb> {
    app.portier().abandonner_la_saisie(&connecte.connue, &jeton).await?;
    Ok(Redirect::to("/"))
}
