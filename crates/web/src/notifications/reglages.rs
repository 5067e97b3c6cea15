//! Recevoir, ou non, le résumé du jour par courriel.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use usages::echec::Nature;
use usages::notifications::lire::recoit_des_notifications;
use usages::notifications::reglage::{reglage, regler};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Choix, Genre};
use crate::ensemble::{Annonce, message};
use crate::erreur::{ErreurWeb, page};

#[derive(Template)]
#[template(path = "notifications/reglages.html")]
pub struct PageReglages {
    pub cadre: Cadre,
    pub champs: Vec<Champ>,
}

const CHEMIN: &str = "/notifications/reglages";

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(annonce): Query<Annonce>,
) -> Result<Html<String>, ErreurWeb> {
    recoit(&connecte)?;
    let reglage = reglage(&app.maison, &connecte.agent).await?;
    let champs = champs(&reglage.courriel, reglage.resume, "");
    let mut vue = PageReglages { cadre: cadre(&app, &connecte), champs };
    vue.cadre.messages.extend(message(
        &annonce.fait,
        &[("regle", "Réglage gardé", "Il vaut dès le prochain résumé.")],
    ));
    page(&vue)
}

pub(crate) async fn enregistrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    recoit(&connecte)?;
    let (courriel, resume) = (formulaire.texte("courriel"), formulaire.texte("resume") == "oui");
    match regler(&app.maison, &connecte.agent, courriel, resume).await {
        Ok(()) => {
            let vers = crate::urls::avec(CHEMIN, &[("fait", "regle")]);
            Ok(Redirect::to(&vers).into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let champs = champs(courriel, resume, &refus.to_string());
            let vue = page(&PageReglages { cadre: cadre(&app, &connecte), champs })?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, vue).into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

fn recoit(connecte: &AgentConnecte) -> Result<(), ErreurWeb> {
    if recoit_des_notifications(&connecte.agent) {
        return Ok(());
    }
    Err(ErreurWeb::hors_mission(connecte.agent.role, "de recevoir des notifications"))
}

fn cadre(app: &App, connecte: &AgentConnecte) -> Cadre {
    connecte
        .cadre(app, Section::Aucune, "Résumé par courriel")
        .sous("Notifications", "/notifications")
}

fn champs(courriel: &str, resume: bool, erreur: &str) -> Vec<Champ> {
    let reponses = [("oui", "Oui, chaque jour où il y a du neuf"), ("non", "Non")];
    let resume = if resume { "oui" } else { "non" };
    let mut adresse = Champ::nouveau("courriel", "Adresse de courriel", Genre::Courriel)
        .aide("Votre adresse professionnelle.")
        .rempli(courriel);
    adresse.completion = "email";
    erreur.clone_into(&mut adresse.erreur);
    let choix = Champ::nouveau(
        "resume",
        "Recevoir le résumé",
        Genre::Rondes(Choix::liste(&reponses, resume)),
    );
    vec![choix.obligatoire(), adresse]
}
