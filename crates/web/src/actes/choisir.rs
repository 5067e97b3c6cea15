//! Choisir l'acte à consigner : les habituels de ce stade, puis tous, par famille.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::acte::gabarit::Famille;
use ccapex::cours::etat::Stade;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};

use super::sorte::Sorte;
use super::synonymes::mots;
use super::usuels::usuels;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::Lien;
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "actes/choisir.html")]
pub struct PageChoisir {
    pub cadre: Cadre,
    pub menage: String,
    pub stade: String,
    pub usuels: Vec<Lien>,
    pub familles: Vec<FamilleDActes>,
}

/// Des actes qui vont ensemble.
pub struct FamilleDActes {
    pub code: usize,
    pub titre: &'static str,
    pub actes: Vec<ActeAChoisir>,
}

/// Un acte, et les autres mots sous lesquels on le cherche.
pub struct ActeAChoisir {
    pub lien: Lien,
    pub mots: &'static str,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    let ouvert =
        ouvrir(&app.maison, agent, &reference, app.aujourd_hui(), app.maintenant()).await?;
    let ouvert = match pour_y_ecrire(&connecte, ouvert)? {
        Ok(ouvert) => ouvert,
        Err(ailleurs) => return Ok(Redirect::to(&urls::consigner(&ailleurs)).into_response()),
    };
    let reference = &ouvert.vue.reference;
    let lien = |sorte: Sorte| {
        let vers = match sorte.page(reference) {
            Some(page) => page,
            None => urls::consigner_un_acte(reference, sorte.code()),
        };
        Lien::nouveau(sorte.libelle(), vers)
    };
    // Chacun n'a au menu que les actes de sa mission.
    let sienne = |sorte: &Sorte| agent.role.consigne(sorte.code());
    let stade = Stade::de_code(ouvert.situation.stade).unwrap_or_default();
    let familles = Famille::TOUTES.iter().enumerate().map(|(code, famille)| FamilleDActes {
        code,
        titre: famille.libelle(),
        actes: Sorte::de_la_famille(*famille)
            .filter(sienne)
            .map(|sorte| ActeAChoisir { lien: lien(sorte), mots: mots(sorte.code()) })
            .collect(),
    });
    let familles = familles.filter(|famille: &FamilleDActes| !famille.actes.is_empty());
    let cadre = connecte
        .cadre(&app, Section::Dossiers, "Consigner un acte")
        .dans_sa_section()
        .sous(reference, urls::dossier(reference));
    let page: Html<String> = page(&PageChoisir {
        menage: ouvert.vue.nom.clone(),
        stade: stade.libelle().to_lowercase(),
        usuels: usuels(stade)
            .iter()
            .filter_map(|acte| Sorte::de(acte))
            .filter(sienne)
            .map(lien)
            .collect(),
        familles: familles.collect(),
        cadre,
    })?;
    Ok(page.into_response())
}

/// Le dossier, pour qui peut y écrire ; ou la référence de celui où il est suivi.
pub(super) fn pour_y_ecrire(
    connecte: &AgentConnecte,
    ouvert: DossierOuvert,
) -> Result<Result<DossierOuvert, String>, ErreurWeb> {
    if !ouvert.peut_ecrire {
        return Err(ErreurWeb::hors_mission(connecte.agent.role, "de consigner un acte"));
    }
    Ok(match ouvert.joint_a.clone() {
        Some(ailleurs) => Err(ailleurs),
        None => Ok(ouvert),
    })
}
