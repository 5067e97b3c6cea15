//! Les notes qu'un organisme garde pour lui d'un ménage : les lire, en écrire une.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use usages::echec::Nature;
use usages::notes::{self, Note};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Genre, Lien};
use crate::ensemble::{Annonce, message, placer};
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "dossiers/notes.html")]
pub struct PageNotes {
    pub cadre: Cadre,
    pub reference: String,
    pub organisme: String,
    pub notes: Vec<NoteEcrite>,
    pub erreurs: Vec<Lien>,
    pub champs: Vec<Champ>,
    pub envoyer: String,
}

/// Une note, prête à lire.
pub struct NoteEcrite {
    pub quand: String,
    pub nom: String,
    pub texte: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(annonce): Query<Annonce>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, &reference, &annonce.fait, "", &BTreeMap::new()).await
}

pub(crate) async fn ecrire(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let texte = formulaire.texte("note");
    match notes::ecrire(&app.maison, &connecte.agent, &reference, texte, app.maintenant()).await {
        Ok(()) => {
            let vers = urls::avec(&urls::notes(&reference), &[("fait", "ecrite")]);
            Ok(Redirect::to(&vers).into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let dits = BTreeMap::from([("note".to_owned(), refus.to_string())]);
            Ok(rendre(&app, &connecte, &reference, "", texte, &dits).await?.into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    fait: &str,
    saisi: &str,
    defauts: &BTreeMap<String, String>,
) -> Result<Html<String>, ErreurWeb> {
    let (reference, notes) = notes::lire(&app.maison, &connecte.agent, reference).await?;
    let mut cadre = connecte
        .cadre(app, Section::Dossiers, "Notes de votre organisme")
        .dans_sa_section()
        .sous(reference.clone(), urls::dossier(&reference));
    let ecrite = (
        "ecrite",
        "Note gardée",
        "Les personnes de votre organisme la lisent ici, et nulle part ailleurs.",
    );
    cadre.messages.extend(message(fait, &[ecrite]));
    let mut champs = vec![Champ {
        large: true,
        ..Champ::nouveau("note", "Nouvelle note, réservée à votre organisme", Genre::Long)
            .obligatoire()
            .aide("Ce qui sert à votre suivi, sans donnée de santé. Elle ne se corrige pas : une note suivante la complète.")
            .rempli(saisi)
    }];
    let erreurs = placer(&mut champs, defauts, "#noter");
    page(&PageNotes {
        cadre,
        organisme: connecte.agent.organisme.clone(),
        notes: notes.into_iter().rev().map(|note| ecrite_en_mots(app, note)).collect(),
        erreurs,
        champs,
        envoyer: urls::notes(&reference),
        reference,
    })
}

fn ecrite_en_mots(app: &App, note: Note) -> NoteEcrite {
    NoteEcrite { quand: app.instant(note.quand), nom: note.nom, texte: note.texte }
}
