//! Corriger un acte : il reste au dossier, barré mais lisible, et le motif avec lui.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::fait::{Acte, Fait};
use usages::dossiers::ouvrir::ouvrir;

use super::choisir::pour_y_ecrire;
use super::consigner::{Suite, rectifier};
use super::dire;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Genre};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "actes/rectifier.html")]
pub struct PageRectifier {
    pub cadre: Cadre,
    pub acte: String,
    pub details: Vec<String>,
    pub motif: Champ,
    /// Pourquoi rien n'a été corrigé.
    pub refus: String,
    pub envoyer: String,
    pub retour: String,
    /// Où consigner de nouveau le même acte, une fois celui-ci annulé.
    pub peut_se_refaire: bool,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, fait)): Path<(String, String)>,
) -> Result<Response, ErreurWeb> {
    rendre(&app, &connecte, &reference, &fait, "", "").await
}

pub(crate) async fn enregistrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, fait)): Path<(String, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let motif = formulaire.texte("motif");
    if motif.is_empty() {
        let manque =
            "Sans motif, la correction ne se comprend plus ensuite. Dites ce qui était faux.";
        return rendre(&app, &connecte, &reference, &fait, "", manque).await;
    }
    match rectifier(&app, &connecte, &reference, &fait, motif).await? {
        Suite::Consigne { .. } => {
            let retour = urls::avec(&urls::dossier(&reference), &[("corrige", &fait)]);
            Ok(Redirect::to(&retour).into_response())
        }
        Suite::Refuse(refus) => {
            let refus: Vec<String> = refus.into_values().collect();
            rendre(&app, &connecte, &reference, &fait, motif, &refus.join(" ")).await
        }
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    fait: &str,
    motif: &str,
    refus: &str,
) -> Result<Response, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let ouvert = ouvrir(&app.maison, &connecte.agent, reference, jour, instant).await?;
    let ouvert = match pour_y_ecrire(connecte, ouvert)? {
        Ok(ouvert) => ouvert,
        Err(ailleurs) => return Ok(Redirect::to(&urls::dossier(&ailleurs)).into_response()),
    };
    let noms = Noms::du(app, &ouvert.vue.profil)?;
    let annule = ouvert.journal.iter().find(|f| f.id == fait).ok_or_else(ErreurWeb::introuvable)?;
    let (acte, details) = en_mots(annule, &noms).ok_or_else(ErreurWeb::introuvable)?;
    let reference = ouvert.vue.reference.as_str();
    let champ = Champ::nouveau("motif", "Ce qui était faux", Genre::Long)
        .obligatoire()
        .aide("Ce motif reste au dossier : des faits, sans nom ni donnée de santé.")
        .rempli(motif);
    let cadre = connecte
        .cadre(app, Section::Dossiers, "Corriger un acte")
        .dans_sa_section()
        .sous(reference, urls::dossier(reference));
    let page: Html<String> = page(&PageRectifier {
        acte: format!("{acte}, {}", mots::jour(annule.acte.jour())),
        details,
        motif: Champ { large: true, erreur: refus.to_owned(), ..champ },
        refus: refus.to_owned(),
        envoyer: urls::rectifier(reference, fait),
        retour: urls::dossier(reference),
        peut_se_refaire: matches!(annule.acte, Acte::Consigne(_)),
        cadre,
    })?;
    Ok(page.into_response())
}

/// Ce qui se corrige : un acte consigné, ou une notice reçue.
fn en_mots(fait: &Fait, noms: &Noms) -> Option<(String, Vec<String>)> {
    match &fait.acte {
        Acte::Consigne(consigne) => {
            let quoi = &consigne.quoi;
            Some((dire::titre(quoi).to_owned(), dire::details(quoi, &noms.0)))
        }
        Acte::NoticeRecue(notice) => {
            let nature = notice.nature.map_or("Notice", |n| n.libelle());
            Some((nature.to_owned(), Vec::new()))
        }
        Acte::Complement(_)
        | Acte::Rapprochement(_)
        | Acte::Courrier(_)
        | Acte::SituationConfirmee(_)
        | Acte::Rectification(_) => None,
    }
}
