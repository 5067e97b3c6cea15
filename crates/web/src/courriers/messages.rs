//! Les messages électroniques : en attente, partis, en échec.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use usages::courriers::file::boite_de_depart;
use usages::formes::{DEMANDE, Depart, EtatDeDepart};

use super::filtres::{Demande, onglets};
use super::liste::au_secretariat;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Lien, Onglets, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "courriers/messages.html")]
pub struct PageMessages {
    pub cadre: Cadre,
    pub chapo: String,
    pub onglets: Onglets,
    pub compte: String,
    pub messages: Vec<LigneMessage>,
    pub vide: Vide,
}

/// Un message et ce qu'il en est advenu.
pub struct LigneMessage {
    pub objet: String,
    pub texte: String,
    pub jointe: Option<Lien>,
    pub destinataire: String,
    pub jour: String,
    pub etat: Badge,
    pub precision: String,
}

/// Les plus récents de chaque état : la boîte se lit, elle ne s'archive pas.
const PAR_ETAT: i64 = 50;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let mut departs = Vec::new();
    // Les échecs d'abord : eux seuls demandent un geste.
    for etat in [
        EtatDeDepart::Echec,
        EtatDeDepart::EnAttente,
        EtatDeDepart::EnCours,
        EtatDeDepart::Envoye,
        EtatDeDepart::Retire,
    ] {
        departs.extend(boite_de_depart(&app.maison, agent, etat, PAR_ETAT).await?);
    }
    page(&PageMessages {
        cadre: connecte.cadre(&app, Section::Courriers, "Messages électroniques").dans_sa_section(),
        chapo: "Sans serveur d'envoi réglé, rien ne part : les messages attendent ici, où ils se lisent.".to_owned(),
        onglets: onglets(&app, agent, &Demande::default(), "messages").await?,
        compte: mots::compte(departs.len() as u64, "message", "messages"),
        messages: departs.into_iter().map(|d| ligne(&app, d)).collect(),
        vide: Vide::nouveau("Aucun message", "Les lettres dont le destinataire a une adresse peuvent partir par courriel.")
            .avec("Lettres à envoyer", "/courriers"),
    })
}

fn ligne(app: &App, depart: Depart) -> LigneMessage {
    let (ton, etat) = match depart.etat {
        EtatDeDepart::EnAttente => (Ton::Neutre, "En attente"),
        EtatDeDepart::EnCours => (Ton::Info, "Envoi en cours"),
        EtatDeDepart::Envoye => (Ton::Succes, "Remis au serveur"),
        EtatDeDepart::Echec => (Ton::Erreur, "Échec"),
        EtatDeDepart::Retire => (Ton::Neutre, "Retiré avant l'envoi"),
    };
    LigneMessage {
        objet: depart.objet,
        texte: depart.corps,
        jointe: (depart.courrier != DEMANDE)
            .then(|| Lien::nouveau("Lettre jointe (PDF)", urls::lettre(depart.courrier))),
        destinataire: depart.a,
        jour: app.instant(depart.cree_le),
        etat: Badge::nouveau(ton, etat),
        precision: depart.erreur,
    }
}
