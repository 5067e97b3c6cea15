//! L'abonnement d'un agenda extérieur : un lien secret, à créer, à changer, à couper.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use usages::calendrier::abonnement::{abonnement, abonner, desabonner};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::echeances::suit_des_echeances;
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "calendrier/abonnement.html")]
pub struct PageAbonnement {
    pub cadre: Cadre,
    /// Le lien tout juste créé, montré une seule fois.
    pub lien: Option<String>,
    pub abonnement: Option<AbonnementVu>,
}

/// L'abonnement en cours.
pub struct AbonnementVu {
    pub cree: String,
    pub vu: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, None).await
}

pub(crate) async fn changer(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    suivre(&connecte)?;
    let (maison, agent) = (&app.maison, &connecte.agent);
    if formulaire.texte("geste") == "couper" {
        desabonner(maison, agent).await?;
        return Ok(Redirect::to("/calendrier/abonnement").into_response());
    }
    let jeton = abonner(maison, agent, app.hasard(), app.maintenant()).await?;
    let lien = format!("{}{}", app.config.url.trim_end_matches('/'), urls::flux(&jeton));
    Ok(rendre(&app, &connecte, Some(lien)).await?.into_response())
}

fn suivre(connecte: &AgentConnecte) -> Result<(), ErreurWeb> {
    let role = connecte.agent.role;
    if suit_des_echeances(role) {
        return Ok(());
    }
    Err(ErreurWeb::hors_mission(role, "de suivre des échéances"))
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    lien: Option<String>,
) -> Result<Html<String>, ErreurWeb> {
    suivre(connecte)?;
    let abonnement = abonnement(&app.maison, &connecte.agent).await?.map(|a| AbonnementVu {
        cree: app.instant(a.cree_le),
        vu: a.vu_le.map_or_else(
            || "Il n'a pas encore servi.".to_owned(),
            |vu| format!("Dernier usage le {}.", app.instant(vu)),
        ),
    });
    page(&PageAbonnement {
        cadre: connecte
            .cadre(app, Section::Echeances, "Mon agenda")
            .dans_sa_section()
            .sous("Calendrier", "/calendrier"),
        lien,
        abonnement,
    })
}
