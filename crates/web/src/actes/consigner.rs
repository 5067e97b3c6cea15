//! Du formulaire au cas d'usage : ce qui est demandé, et ce qui en revient.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};
use usages::actes::consigner;
use usages::actes::demande::{Demande, Reponse, Statut};
use usages::actes::rectifier;

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::erreur::ErreurWeb;

/// Ce que devient une demande.
pub(crate) enum Suite {
    /// L'acte est au journal ; `deja` s'il y était avant.
    Consigne { fait: String, deja: bool },
    /// Rien n'est écrit : une phrase par champ.
    Refuse(BTreeMap<String, String>),
}

pub(crate) async fn consigner(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    acte: &str,
    date: Date,
    champs: Map<String, Value>,
) -> Result<Suite, ErreurWeb> {
    let demande = Demande {
        dossier: Some(reference.to_owned()),
        menage: None,
        acte: acte.to_owned(),
        date: Some(date.to_string()),
        champs,
    };
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let agent = &connecte.agent;
    Ok(consigner::consigner(&app.maison, agent, &demande, jour, instant).await?.into())
}

/// Annule un fait, avec son motif.
pub(crate) async fn rectifier(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    fait: &str,
    motif: &str,
) -> Result<Suite, ErreurWeb> {
    let (jour, instant, maison) = (app.aujourd_hui(), app.maintenant(), &app.maison);
    let agent = &connecte.agent;
    Ok(rectifier::rectifier(maison, agent, reference, fait, motif, jour, instant).await?.into())
}

impl From<Reponse> for Suite {
    fn from(reponse: Reponse) -> Self {
        match reponse.statut {
            Statut::Refuse => Self::Refuse(
                reponse.refus.into_iter().map(|refus| (refus.champ, refus.message)).collect(),
            ),
            Statut::Consigne | Statut::Doublon => Self::Consigne {
                fait: reponse.id.unwrap_or_default(),
                deja: reponse.statut == Statut::Doublon,
            },
        }
    }
}
