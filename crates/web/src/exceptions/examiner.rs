//! Les accès exceptionnels, pour le délégué : ce qui a été lu et pourquoi, son avis, y mettre fin.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use usages::exceptions::examiner::{Avis, Etat, ExceptionVue, detailler, examiner, finir, lister};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Ton, Vide};
use crate::ensemble::message;
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "exceptions/examiner.html")]
pub struct PageExceptions {
    pub cadre: Cadre,
    pub compte: String,
    pub lignes: Vec<LigneException>,
    pub vide: Vide,
    pub detail: Option<Detail>,
}

/// Un accès, prêt à lire.
pub struct LigneException {
    pub reference: String,
    pub registre: String,
    pub qui: String,
    pub organisme: String,
    pub motif: String,
    pub quand: String,
    pub etat: Badge,
    pub examen: Badge,
    /// Où le lire en détail ; vide pour un essai qui n'a rien ouvert.
    pub vers: String,
}

/// Un accès, avec la raison et ce qui a été fait.
pub struct Detail {
    pub ligne: LigneException,
    pub id: i64,
    pub raison: String,
    pub acces: Vec<(String, String, String)>,
    pub compte: String,
    pub a_examiner: bool,
    pub en_cours: bool,
    pub fin: String,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    examiner: Option<i64>,
    fait: String,
}

const FAITS: [(&str, &str, &str); 3] = [
    (
        "fini",
        "Accès terminé",
        "Le dossier n'existe plus pour cette personne, dès sa prochaine page.",
    ),
    ("examine", "Examen enregistré", "Votre avis est gardé avec l'accès, et inscrit au registre."),
    (
        "deja",
        "Rien n'a changé",
        "Cet accès était déjà fini, ou déjà examiné : le premier avis reste.",
    ),
];

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let maintenant = app.maintenant();
    let vues = lister(&app.maison, &connecte.agent, maintenant).await?;
    let detail = match demande.examiner {
        Some(id) => Some(detail(&app, &connecte, id).await?),
        None => None,
    };
    let titre = "Accès exceptionnels";
    let mut cadre = connecte.cadre(&app, Section::Registre, titre).dans_sa_section();
    cadre.messages.extend(message(&demande.fait, &FAITS));
    page(&PageExceptions {
        cadre,
        compte: mots::capitale(&mots::compte(
            vues.len() as u64,
            "accès ou essai, le dernier d'abord",
            "accès et essais, les derniers d'abord",
        )),
        lignes: vues.iter().map(|vue| ligne(&app, vue)).collect(),
        vide: Vide::nouveau(
            "Aucun accès exceptionnel",
            "Personne n'a ouvert de dossier restreint sans y être nommé. Un accès qui s'ouvre se lit ici, et vous en êtes prévenu.",
        ),
        detail,
    })
}

pub(crate) async fn agir(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let (maison, agent, instant) = (&app.maison, &connecte.agent, app.maintenant());
    agent.examine_les_exceptions()?;
    let Ok(id) = formulaire.texte("id").parse() else { return Err(ErreurWeb::demande_illisible()) };
    let (fait, dit) = match (formulaire.texte("geste"), Avis::de_code(formulaire.texte("avis"))) {
        ("finir", _) => (finir(maison, agent, id, instant).await?, "fini"),
        ("examiner", Some(avis)) => (examiner(maison, agent, id, avis, instant).await?, "examine"),
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    app.cloches.oublier(agent.id);
    let dit = if fait { dit } else { "deja" };
    Ok(Redirect::to(&urls::avec(&urls::exception(id), &[("fait", dit)])).into_response())
}

async fn detail(app: &App, connecte: &AgentConnecte, id: i64) -> Result<Detail, ErreurWeb> {
    let lu = detailler(&app.maison, &connecte.agent, id, app.maintenant()).await?;
    let exception = &lu.vue.exception;
    Ok(Detail {
        id,
        raison: lu.raison,
        compte: mots::capitale(&mots::compte(lu.acces.len() as u64, "geste", "gestes")),
        acces: lu.acces.into_iter().map(|(q, geste, page)| (app.instant(q), geste, page)).collect(),
        a_examiner: exception.dossier.is_some() && exception.examinee_le.is_none(),
        en_cours: lu.vue.etat == Etat::EnCours,
        fin: app.instant(exception.fin),
        ligne: ligne(app, &lu.vue),
    })
}

fn ligne(app: &App, vue: &ExceptionVue) -> LigneException {
    let exception = &vue.exception;
    let (ton, etat) = match vue.etat {
        Etat::EnCours => {
            (Ton::Attention, format!("Ouvert jusqu'au {}", app.instant(exception.fin)))
        }
        Etat::Finie => (Ton::Neutre, "Fini".to_owned()),
        Etat::Arretee => (Ton::Neutre, "Arrêté avant l'heure".to_owned()),
        Etat::SansSuite => (Ton::Neutre, "N'a rien ouvert".to_owned()),
    };
    let examen = match (vue.etat, Avis::de_code(&exception.avis)) {
        (Etat::SansSuite, _) => Badge::nouveau(Ton::Neutre, "Rien à examiner"),
        (_, Some(Avis::Justifie)) => Badge::nouveau(Ton::Succes, "Justifié"),
        (_, Some(Avis::NonJustifie)) => Badge::nouveau(Ton::Erreur, "Non justifié"),
        (_, None) => Badge::nouveau(Ton::Info, "À examiner"),
    };
    let ouvert = exception.dossier.is_some();
    LigneException {
        reference: exception.reference.clone(),
        registre: if ouvert { urls::registre(&exception.reference) } else { String::new() },
        qui: exception.nom.clone(),
        organisme: format!("{} — {}", exception.organisme, vue.role),
        motif: vue.motif.clone(),
        quand: app.instant(exception.debut),
        etat: Badge::nouveau(ton, etat),
        examen,
        vers: if ouvert { urls::exception(exception.id) } else { String::new() },
    }
}
