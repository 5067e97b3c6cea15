//! Les ménages qui attendent la réponse de leur service.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use usages::coordination::prises_en_charge::file;
use usages::formes::Curseur;

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Pagination, Vide};
use crate::echeances::{compte, pagination};
use crate::ensemble::{message, suit_des_menages};
use crate::erreur::{ErreurWeb, page};
use crate::noms::{self, Noms};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "cellule/file.html")]
pub struct PageFile {
    pub cadre: Cadre,
    pub compte: String,
    pub menages: Vec<LigneAPrendre>,
    /// Un bouton accepte d'un geste ; le secrétariat n'accepte pas à la place d'un service.
    pub accepte: bool,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Un ménage à prendre en charge.
pub struct LigneAPrendre {
    pub reference: String,
    pub menage: String,
    pub lieu: String,
    pub vers: String,
    pub stade: Badge,
    pub service: String,
    pub avant_le: String,
    pub distance: String,
    /// Le délai est passé : la cellule technique a repris le ménage.
    pub repris: bool,
    /// D'où vient que ce service soit désigné.
    pub origine: String,
    pub repondre: String,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    apres: String,
    fait: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    suit_des_menages(agent)?;
    let (a_prendre, liste) =
        file(&app.maison, agent, Curseur::de_code(&demande.apres), jour).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    let menages: Vec<LigneAPrendre> = a_prendre
        .into_iter()
        .map(|a_prendre| LigneAPrendre {
            avant_le: mots::jour(a_prendre.avant_le),
            distance: mots::distance(a_prendre.avant_le, jour),
            repris: a_prendre.repris,
            origine: match a_prendre.propose_le {
                Some(le) => format!("proposé par le secrétariat le {}", mots::jour(le)),
                None => "confié par la table de répartition".to_owned(),
            },
            vers: urls::dossier(&a_prendre.dossier.reference),
            repondre: urls::prise_en_charge(&a_prendre.dossier.reference),
            stade: noms::stade(&a_prendre.dossier.stade),
            service: noms.service_court(&a_prendre.dossier.service),
            reference: a_prendre.dossier.reference,
            menage: a_prendre.dossier.nom,
            lieu: a_prendre.dossier.adresse,
        })
        .collect();
    let mut cadre = connecte.cadre(&app, Section::Echeances, "Prises en charge").dans_sa_section();
    cadre.messages.extend(message(
        &demande.fait,
        &[
            ("acceptee", "Ménage accepté", "Il est désormais suivi par votre service."),
            (
                "refusee",
                "Refus noté, avec son motif",
                "Le ménage revient à la cellule technique, qui cherche un autre service.",
            ),
        ],
    ));
    let vide = Vide::nouveau(
        "Aucun ménage n'attend de réponse",
        "Chaque ménage confié a été accepté. Un ménage arrive ici quand la répartition, ou le secrétariat, le confie à un service.",
    );
    page(&PageFile {
        cadre,
        compte: compte(&liste.compte, "ménage", "ménages"),
        menages,
        accepte: agent.service.is_some() && !agent.tient_le_secretariat(),
        vide: vide.avec("Tous les dossiers", "/dossiers"),
        pagination: pagination(&liste, &demande.apres, |apres| {
            urls::avec("/prises-en-charge", &[("apres", apres)])
        }),
    })
}
