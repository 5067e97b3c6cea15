//! Qui a lu ce dossier : avec les noms, pour qui contrôle les accès. Rien du ménage n'y paraît.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::partenaires::agent::Niveau;
use serde::Deserialize;
use usages::registre::consulter::{LigneDeRegistre, registre};

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "registre/chercher.html")]
pub struct PageChercherAuRegistre {
    pub cadre: Cadre,
    /// Cette personne examine les accès exceptionnels.
    pub examine: bool,
}

#[derive(Template)]
#[template(path = "registre/dossier.html")]
pub struct PageRegistre {
    pub cadre: Cadre,
    pub reference: String,
    pub compte: String,
    pub acces: Vec<LigneAcces>,
    pub extrait: String,
    /// Où les remettre au ménage ; vide pour qui ne lit aucun dossier.
    pub donnees: String,
}

/// Un accès, prêt à lire.
pub struct LigneAcces {
    pub quand: String,
    pub nom: String,
    pub organisme: String,
    pub role: String,
    pub geste: String,
    pub page: String,
    pub finalite: String,
    /// « avec 24 autres dossiers », ou rien.
    pub avec: String,
}

/// La référence cherchée.
#[derive(Deserialize)]
pub struct Cherche {
    #[serde(default)]
    reference: String,
}

pub(crate) async fn chercher(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(cherche): Query<Cherche>,
) -> Result<Response, ErreurWeb> {
    connecte.agent.controle_les_acces().map_err(usages::echec::Echec::from)?;
    let reference = cherche.reference.trim();
    if !reference.is_empty() {
        return Ok(Redirect::to(&urls::registre(reference)).into_response());
    }
    let cadre = connecte.cadre(&app, Section::Registre, "Registre des accès");
    let examine = connecte.agent.examine_les_exceptions().is_ok();
    Ok(page(&PageChercherAuRegistre { cadre, examine })?.into_response())
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let lu = registre(&app.maison, &connecte.agent, &reference).await?;
    let titre = format!("Qui a lu le dossier {}", lu.reference);
    let cadre = connecte.cadre(&app, Section::Registre, &titre).dans_sa_section();
    page(&PageRegistre {
        cadre,
        compte: compte(lu.acces.len(), lu.tronque),
        acces: lu.acces.into_iter().map(|acces| ligne(&app, acces)).collect(),
        // Qui contrôle sans lire de dossier ne remet pas non plus ce qu'il contient.
        donnees: match connecte.agent.role.niveau() {
            Niveau::Acces => urls::donnees_du_menage(&lu.reference),
            Niveau::Destinataire | Niveau::Aucun => String::new(),
        },
        extrait: urls::extrait_du_registre(&lu.reference),
        reference: lu.reference,
    })
}

pub(super) fn compte(nombre: usize, tronque: bool) -> String {
    match nombre {
        _ if tronque => format!("Les {nombre} derniers accès ; de plus anciens existent"),
        0 => "Aucun accès".to_owned(),
        1 => "Un accès, le dernier d'abord".to_owned(),
        n => format!("{n} accès, les derniers d'abord"),
    }
}

fn ligne(app: &App, acces: LigneDeRegistre) -> LigneAcces {
    LigneAcces {
        quand: app.instant(acces.quand),
        nom: acces.nom,
        organisme: acces.organisme,
        role: acces.role,
        geste: acces.geste,
        page: acces.objet,
        finalite: acces.finalite,
        avec: match acces.dossiers {
            ..2 => String::new(),
            2 => "avec un autre dossier".to_owned(),
            n => format!("avec {} autres dossiers", n - 1),
        },
    }
}
