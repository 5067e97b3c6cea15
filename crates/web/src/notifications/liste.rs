//! Ce qui est arrivé dans les dossiers d'une personne, jour par jour, sans ce qu'elle a fait elle-même.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::identifiants::DossierId;
use droit::jour::Jour;
use usages::notifications::lire::{Groupe, marquer_lues, notifications, recoit_des_notifications};

use super::cloche::moment;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::Vide;
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "notifications/liste.html")]
pub struct PageNotifications {
    pub cadre: Cadre,
    pub compte: String,
    pub a_lire: bool,
    /// L'instant où la page a été faite : ce qui arrive ensuite reste à lire.
    pub vue_a: String,
    pub jours: Vec<JourDeNotifications>,
    pub vide: Vide,
}

/// Un jour et ses dossiers.
pub struct JourDeNotifications {
    pub titre: String,
    pub groupes: Vec<GroupeVu>,
}

/// Ce qui est arrivé dans un dossier ce jour-là.
pub struct GroupeVu {
    pub reference: String,
    pub menage: String,
    pub vers: String,
    pub sujets: Vec<String>,
    pub lu: bool,
    pub dossier: String,
    pub jusqu_a: String,
}

const CHEMIN: &str = "/notifications";

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    recoit(&connecte)?;
    let moment = moment(&app);
    let groupes = notifications(&app.maison, agent, &moment).await?;
    let a_lire = groupes.iter().filter(|groupe| !groupe.lu).count();
    let mut jours: Vec<JourDeNotifications> = Vec::new();
    for groupe in &groupes {
        let jour = Jour(groupe.jour);
        let titre = mots::capitale(&format!("{} {jour}", jour.de_la_semaine()));
        if jours.last().is_none_or(|dernier| dernier.titre != titre) {
            jours.push(JourDeNotifications { titre, groupes: Vec::new() });
        }
        if let Some(dernier) = jours.last_mut() {
            dernier.groupes.push(vu(groupe));
        }
    }
    page(&PageNotifications {
        cadre: connecte.cadre(&app, Section::Aucune, "Notifications"),
        compte: match a_lire {
            0 => "Tout est lu".to_owned(),
            n => mots::compte(n as u64, "dossier à lire", "dossiers à lire"),
        },
        a_lire: a_lire > 0,
        vue_a: moment.instant.to_string(),
        jours,
        vide: Vide::nouveau(
            "Rien de neuf depuis deux semaines",
            "Ici arrivent les ménages qu'on vous confie, les alertes, les réponses et les échéances passées ; jamais ce que vous avez fait vous-même.",
        )
        .avec("Revenir à l'accueil", "/"),
    })
}

pub(crate) async fn marquer(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    recoit(&connecte)?;
    let jusqu_a = formulaire.texte("jusqu_a").parse().unwrap_or_else(|_| app.maintenant());
    // Ce qui n'est pas encore arrivé ne peut pas être lu.
    let jusqu_a = jusqu_a.min(app.maintenant());
    let dossier = match formulaire.texte("dossier") {
        "" => None,
        texte => Some(DossierId(texte.parse().map_err(|_| ErreurWeb::demande_illisible())?)),
    };
    marquer_lues(&app.maison, &connecte.agent, dossier, jusqu_a).await?;
    app.cloches.oublier(connecte.agent.id);
    Ok(Redirect::to(CHEMIN).into_response())
}

fn recoit(connecte: &AgentConnecte) -> Result<(), ErreurWeb> {
    if recoit_des_notifications(&connecte.agent) {
        return Ok(());
    }
    Err(ErreurWeb::hors_mission(connecte.agent.role, "de recevoir des notifications"))
}

fn vu(groupe: &Groupe) -> GroupeVu {
    let dossier = &groupe.dossier;
    let sujet = |(sujet, n): (&usages::notifications::sujet::Sujet, &usize)| match n {
        1 => sujet.libelle().to_owned(),
        n => format!("{} ({n} fois)", sujet.libelle()),
    };
    GroupeVu {
        reference: dossier.reference.clone(),
        menage: dossier.nom.clone(),
        vers: if groupe.alerte_seule {
            urls::alertes(&dossier.reference)
        } else {
            urls::dossier(&dossier.reference)
        },
        sujets: groupe.sujets.iter().map(sujet).collect(),
        lu: groupe.lu,
        dossier: dossier.id.to_string(),
        jusqu_a: groupe.jusqu_a.to_string(),
    }
}
