//! Les lettres, par état.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::partenaires::agent::Agent;
use serde::Deserialize;
use usages::courriers::file::{LettreEnFile, file};
use usages::courriers::modeles::titre;
use usages::courriers::pdf::{Pdf, liasse, pdf};
use usages::courriers::suivre::{changer_l_etat, envoyer_par_courriel, relancer};
use usages::formes::{Canal, EtatDeCourrier};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Choix, Lien, Onglet, Onglets, Pagination, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "courriers/liste.html")]
pub struct PageCourriers {
    pub cadre: Cadre,
    pub chapo: String,
    pub onglets: Onglets,
    pub compte: String,
    /// Ce qu'on peut faire des lettres cochées.
    pub gestes: Vec<Choix>,
    pub lettres: Vec<LigneLettre>,
    pub vide: Vide,
    pub pagination: Pagination,
    pub ici: String,
}

/// Une lettre de la liste.
pub struct LigneLettre {
    pub id: String,
    pub cochee: bool,
    pub modele: String,
    pub pdf: String,
    pub destinataire: String,
    pub canal: String,
    pub dossier: Lien,
    pub menage: String,
    pub jour: String,
    pub etat: Badge,
    pub precision: String,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    etat: String,
    apres: Option<i64>,
    fait: String,
    n: u64,
}

const CHEMIN: &str = "/courriers";
/// Assez pour une liasse qu'on plie d'une traite.
const PAR_PAGE: i64 = 100;

#[rustfmt::skip]
const ONGLETS: [(&str, &str, EtatDeCourrier); 6] = [
    ("",         "À envoyer",       EtatDeCourrier::Prepare),
    ("imprime",  "Imprimées",       EtatDeCourrier::Imprime),
    ("envoye",   "Parties",         EtatDeCourrier::Envoye),
    ("repondu",  "Réponses reçues", EtatDeCourrier::Repondu),
    ("retourne", "Retournées",      EtatDeCourrier::Retourne),
    ("echec",    "En échec",        EtatDeCourrier::Echec),
];

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let (code, _, etat) =
        ONGLETS.into_iter().find(|(code, ..)| *code == demande.etat).unwrap_or(ONGLETS[0]);
    let mut lettres = file(&app.maison, agent, etat, demande.apres, PAR_PAGE + 1).await?;
    let suite = lettres.len() as i64 > PAR_PAGE;
    lettres.truncate(usize::try_from(PAR_PAGE).unwrap_or(usize::MAX));
    let derniere = lettres.last().map(|l| l.courrier.id.to_string());
    let mut cadre = connecte.cadre(&app, Section::Courriers, "Courriers");
    cadre.messages.extend(message(&demande));
    let compte = mots::compte(lettres.len() as u64, "lettre", "lettres");
    page(&PageCourriers {
        cadre,
        chapo: "Cochez des lettres pour les ouvrir en un seul fichier à imprimer, puis notez ce qu'elles deviennent.".to_owned(),
        onglets: onglets(code),
        pagination: Pagination {
            resume: format!("{compte} sur cette page"),
            debut: demande.apres.map(|_| urls::avec(CHEMIN, &[("etat", code)])),
            suite: derniere
                .filter(|_| suite)
                .map(|id| urls::avec(CHEMIN, &[("etat", code), ("apres", &id)])),
        },
        // Cent lettres sur mille ne sont pas « cent lettres ».
        compte: if suite { format!("{compte} sur cette page") } else { compte },
        gestes: gestes(etat),
        lettres: lettres.iter().map(|l| ligne(&app, l)).collect(),
        vide: Vide::nouveau("Aucune lettre ici", "Les lettres se préparent quand une notice est reçue.")
            .avec("Déposer des fichiers", "/reception"),
        ici: urls::avec(CHEMIN, &[("etat", code)]),
    })
}

/// Ouvre les lettres cochées en un seul PDF, ou note ce qu'elles deviennent.
pub(crate) async fn agir(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let lettres: Vec<i64> = formulaire.tous("lettre").filter_map(|id| id.parse().ok()).collect();
    let geste = formulaire.texte("geste");
    if geste == "ouvrir" {
        return Ok(telecharger(liasse(&app.maison, agent, &lettres).await?));
    }
    let suite = urls::interne(formulaire.texte("suite"));
    if lettres.is_empty() {
        return Ok(Redirect::to(&urls::avec(suite, &[("fait", "rien")])).into_response());
    }
    noter(&app, agent, &lettres, geste).await?;
    let n = lettres.len().to_string();
    Ok(Redirect::to(&urls::avec(suite, &[("fait", geste), ("n", &n)])).into_response())
}

/// Note ce que devient une lettre, depuis son dossier.
pub(crate) async fn marquer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Redirect, ErreurWeb> {
    noter(&app, &connecte.agent, &[id], formulaire.texte("etat")).await?;
    let suite = urls::interne(formulaire.texte("suite"));
    Ok(Redirect::to(&urls::avec(suite, &[("fait", "lettre")])))
}

/// Une lettre, en PDF.
pub(crate) async fn ouvrir_le_pdf(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
) -> Result<Response, ErreurWeb> {
    Ok(telecharger(pdf(&app.maison, &connecte.agent, id).await?))
}

async fn noter(app: &App, agent: &Agent, lettres: &[i64], geste: &str) -> Result<(), ErreurWeb> {
    let (maison, jour, instant) = (&app.maison, app.aujourd_hui(), app.maintenant());
    let etat = match geste {
        "imprime" => EtatDeCourrier::Imprime,
        "envoye" => EtatDeCourrier::Envoye,
        "repondu" => EtatDeCourrier::Repondu,
        "retourne" => EtatDeCourrier::Retourne,
        "courriel" => {
            for lettre in lettres {
                envoyer_par_courriel(maison, agent, *lettre, jour, instant).await?;
            }
            return Ok(());
        }
        "relancer" => {
            for lettre in lettres {
                relancer(maison, agent, *lettre, jour, instant).await?;
            }
            return Ok(());
        }
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    Ok(changer_l_etat(maison, agent, lettres, etat, jour, instant).await?)
}

fn telecharger(pdf: Pdf) -> Response {
    let nom = format!("inline; filename=\"{}\"", pdf.nom.replace(['"', '\\'], ""));
    let entetes =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, nom)];
    (entetes, pdf.octets).into_response()
}

/// Les courriers sont la mission des secrétariats.
pub(crate) fn au_secretariat(agent: &Agent) -> Result<(), ErreurWeb> {
    if agent.tient_le_secretariat() {
        Ok(())
    } else {
        Err(ErreurWeb::hors_mission(agent.role, "d'envoyer les courriers"))
    }
}

/// Les onglets des lettres et celui des messages électroniques.
pub(super) fn onglets(ouvert: &str) -> Onglets {
    let mut onglets: Vec<Onglet> = ONGLETS
        .iter()
        .map(|(code, dit, _)| Onglet {
            titre: (*dit).to_owned(),
            compte: String::new(),
            vers: urls::avec(CHEMIN, &[("etat", code)]),
            ouvert: *code == ouvert,
        })
        .collect();
    onglets.push(Onglet {
        titre: "Messages électroniques".to_owned(),
        compte: String::new(),
        vers: "/courriers/messages".to_owned(),
        ouvert: ouvert == "messages",
    });
    Onglets { nom: "Courriers par état", onglets }
}

fn gestes(etat: EtatDeCourrier) -> Vec<Choix> {
    let mut gestes = vec![Choix::nouveau("ouvrir", "Ouvrir en un seul PDF")];
    gestes.extend(
        gestes_possibles(etat)
            .into_iter()
            .map(|c| Choix::nouveau(c.valeur, format!("Noter : {}", c.libelle.to_lowercase()))),
    );
    match etat {
        EtatDeCourrier::Prepare | EtatDeCourrier::Echec => {
            gestes.push(Choix::nouveau("courriel", "Envoyer par courriel"));
        }
        EtatDeCourrier::Imprime | EtatDeCourrier::Envoye => {
            gestes.push(Choix::nouveau("relancer", "Préparer la relance"));
        }
        EtatDeCourrier::Repondu | EtatDeCourrier::Retourne | EtatDeCourrier::Annule => {}
    }
    gestes
}

fn ligne(app: &App, lettre: &LettreEnFile) -> LigneLettre {
    let courrier = &lettre.courrier;
    LigneLettre {
        id: courrier.id.to_string(),
        cochee: false,
        modele: titre(&courrier.modele).to_owned(),
        pdf: urls::lettre(courrier.id),
        destinataire: destinataire(&courrier.destinataire),
        canal: canal(courrier.canal),
        dossier: Lien::nouveau(&lettre.dossier.reference, urls::dossier(&lettre.dossier.reference)),
        menage: lettre.dossier.nom.clone(),
        jour: app.jour_de(courrier.prepare_le),
        etat: etat(courrier.etat),
        precision: courrier.detail.clone(),
    }
}

fn message(demande: &Demande) -> Option<Alerte> {
    let (une, plusieurs, texte) = match demande.fait.as_str() {
        "rien" => {
            let texte =
                "Rien n'a changé. Cochez au moins une lettre, puis choisissez quoi en faire.";
            return Some(Alerte::nouvelle(Ton::Attention, "Aucune lettre n'est cochée", texte));
        }
        "imprime" => (
            "lettre notée imprimée",
            "lettres notées imprimées",
            "La suite est dans l'onglet Imprimées.",
        ),
        "envoye" => (
            "lettre notée envoyée",
            "lettres notées envoyées",
            "Les réponses se notent dans l'onglet Parties.",
        ),
        "repondu" => ("lettre avec sa réponse notée", "lettres avec leur réponse notée", ""),
        "retourne" => (
            "lettre notée retournée",
            "lettres notées retournées",
            "Vérifiez l'adresse, puis notez le nouvel envoi.",
        ),
        "courriel" => (
            "lettre préparée par courriel",
            "lettres préparées par courriel",
            "Leur départ se suit dans les messages électroniques.",
        ),
        "relancer" => (
            "lettre relancée",
            "lettres relancées",
            "Les relances sont prêtes dans l'onglet À envoyer.",
        ),
        _ => return None,
    };
    Some(Alerte::nouvelle(Ton::Succes, mots::compte(demande.n, une, plusieurs), texte))
}

/// L'état d'une lettre.
pub(crate) fn etat(etat: EtatDeCourrier) -> Badge {
    let (ton, texte) = match etat {
        EtatDeCourrier::Prepare => (Ton::Attention, "À envoyer"),
        EtatDeCourrier::Imprime => (Ton::Info, "Imprimée"),
        EtatDeCourrier::Envoye => (Ton::Info, "Envoyée"),
        EtatDeCourrier::Repondu => (Ton::Succes, "Réponse reçue"),
        EtatDeCourrier::Retourne => (Ton::Erreur, "Retournée"),
        EtatDeCourrier::Echec => (Ton::Erreur, "Échec de l'envoi"),
        EtatDeCourrier::Annule => (Ton::Neutre, "Sans objet"),
    };
    Badge::nouveau(ton, texte)
}

/// Ce qu'une personne peut noter d'une lettre dans cet état.
pub(crate) fn gestes_possibles(etat: EtatDeCourrier) -> Vec<Choix> {
    let gestes: &[(&str, &str)] = match etat {
        EtatDeCourrier::Prepare | EtatDeCourrier::Echec => {
            &[("imprime", "Imprimée"), ("envoye", "Envoyée")]
        }
        EtatDeCourrier::Imprime => &[("envoye", "Envoyée"), ("retourne", "Retournée")],
        EtatDeCourrier::Envoye => &[("repondu", "Réponse reçue"), ("retourne", "Retournée")],
        EtatDeCourrier::Retourne => &[("envoye", "Renvoyée")],
        EtatDeCourrier::Repondu | EtatDeCourrier::Annule => &[],
    };
    Choix::liste(gestes, "")
}

pub(crate) fn canal(canal: Canal) -> String {
    match canal {
        Canal::Papier => "Courrier postal",
        Canal::Courriel => "Courriel",
    }
    .to_owned()
}

/// À qui s'adresse une lettre.
pub(crate) fn destinataire(code: &str) -> String {
    match code {
        "bailleur" => "Le bailleur",
        "locataire" => "Le locataire",
        "maire" => "Le maire",
        "ccas" => "Le CCAS",
        "emetteur" => "L'émetteur de l'acte",
        autre => autre,
    }
    .to_owned()
}
