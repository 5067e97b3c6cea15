//! Ce que Seuil sait d'un ménage, à lui remettre : une page, un PDF, et un fichier pour un programme.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use usages::conservation::personne::{Dates, Donnees, donnees};

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::registre::extrait::{LigneExtrait, lignes};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "conservation/personne.html")]
pub struct PagePersonne {
    pub cadre: Cadre,
    pub reference: String,
    pub remis_le: String,
    pub notices: Vec<NoticeRemise>,
    pub actes: Vec<(String, String)>,
    pub lettres: Vec<(String, String)>,
    pub acces: Vec<LigneExtrait>,
    pub fichier: String,
    pub pdf: String,
    pub efface: String,
}

/// Une notice, et ce qu'elle dit des personnes.
pub struct NoticeRemise {
    pub titre: String,
    pub champs: Vec<(String, String)>,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let donnees = lire(&app, &connecte, &reference).await?;
    let reference = donnees.ouvert.vue.reference.clone();
    let cadre = connecte
        .cadre(&app, Section::Registre, "Données du ménage")
        .dans_sa_section()
        .sous(reference.clone(), urls::registre(&reference));
    let (instant, jour_de) = (|i| app.instant(i), |i| app.jour_de(i));
    let remises = donnees.en_mots(&dates(&instant, &jour_de));
    let adresse = urls::donnees_du_menage(&reference);
    page(&PagePersonne {
        cadre,
        remis_le: mots::jour(donnees.le),
        notices: remises
            .notices
            .into_iter()
            .map(|(titre, champs)| NoticeRemise { titre, champs })
            .collect(),
        actes: remises.actes,
        lettres: remises.lettres,
        efface: remises.efface,
        acces: lignes(&app, donnees.acces),
        fichier: format!("{adresse}/json"),
        pdf: format!("{adresse}/pdf"),
        reference,
    })
}

/// Les mêmes, sur papier : la composition des lettres, accessible et archivable.
pub(crate) async fn imprimer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Response, ErreurWeb> {
    let donnees = lire(&app, &connecte, &reference).await?;
    let papier = {
        let (instant, jour_de) = (|i| app.instant(i), |i| app.jour_de(i));
        donnees.sur_papier(&app.maison, &dates(&instant, &jour_de))?
    };
    let pdf = papier.en_pdf(&app.maison).await?;
    let place = format!("attachment; filename=\"{}\"", pdf.nom);
    let entetes = [(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, place)];
    Ok((entetes, pdf.octets).into_response())
}

fn dates<'a>(
    instant: &'a dyn Fn(Timestamp) -> String,
    jour_de: &'a dyn Fn(Timestamp) -> String,
) -> Dates<'a> {
    Dates { jour: &mots::jour, instant, jour_de }
}

pub(crate) async fn telecharger(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Response, ErreurWeb> {
    let remises = lire(&app, &connecte, &reference).await?;
    let nom = format!("attachment; filename=\"{}-donnees.json\"", remises.ouvert.vue.reference);
    let corps = serde_json::to_string_pretty(&remises.en_json()).unwrap_or_default();
    let entetes = [(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, nom)];
    Ok((entetes, corps).into_response())
}

async fn lire(app: &App, connecte: &AgentConnecte, reference: &str) -> Result<Donnees, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    Ok(donnees(&app.maison, &connecte.agent, reference, jour, instant).await?)
}
