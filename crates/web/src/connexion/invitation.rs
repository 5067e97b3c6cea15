//! Prendre possession de son compte, par le lien d'une invitation.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Response};
use usages::compte::invitations::Invitee;
use usages::echec::{Echec, Nature};

use super::page::{cadre_public, entrer};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::JetonDeSession;
use crate::acces::visiteur::DOuVient;
use crate::app::App;
use crate::cadre::Cadre;
use crate::erreur::{ErreurWeb, page};

#[derive(Template)]
#[template(path = "connexion/invitation.html")]
pub struct PageInvitation {
    pub cadre: Cadre,
    pub nom: String,
    pub organisme: String,
    pub role: &'static str,
    pub identifiant: String,
    pub par: String,
    pub jusqu_au: String,
    pub lien: String,
    pub erreur: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    session: JetonDeSession,
    Path(lien): Path<String>,
) -> Result<Response, ErreurWeb> {
    let invitee = app.portier().invitation(&lien).await?;
    rendre(&app, &invitee, lien, session, StatusCode::OK, String::new())
}

pub(crate) async fn accepter(
    State(app): State<App>,
    session: JetonDeSession,
    Path(lien): Path<String>,
    DOuVient(visiteur): DOuVient,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let invitee = app.portier().invitation(&lien).await?;
    let nouveau = formulaire.texte("nouveau");
    let fait = if nouveau == formulaire.texte("encore") {
        app.portier().accepter(&lien, nouveau, &visiteur).await
    } else {
        Err(Echec::Refus(
            "Les deux saisies du mot de passe diffèrent : une faute de frappe vous enfermerait \
             dehors. Retapez-le deux fois."
                .to_owned(),
        ))
    };
    match fait {
        Ok(entree) => Ok(entrer(&app, &entree, "/")),
        Err(refus) if refus.nature() == Nature::Refus => {
            let refuse = StatusCode::UNPROCESSABLE_ENTITY;
            rendre(&app, &invitee, lien, session, refuse, refus.to_string())
        }
        Err(echec) => Err(echec.into()),
    }
}

fn rendre(
    app: &App,
    invitee: &Invitee,
    lien: String,
    session: JetonDeSession,
    statut: StatusCode,
    erreur: String,
) -> Result<Response, ErreurWeb> {
    let (cadre, cookie) = cadre_public(app, "Votre invitation", session.0);
    let html = page(&PageInvitation {
        cadre,
        nom: invitee.agent.nom.clone(),
        organisme: invitee.agent.organisme.clone(),
        role: invitee.agent.role.libelle(),
        identifiant: invitee.identifiant.clone(),
        par: invitee.par.clone().unwrap_or_default(),
        jusqu_au: app.instant(invitee.expire_le),
        lien,
        erreur,
    })?;
    Ok((statut, AppendHeaders([cookie]), html).into_response())
}
