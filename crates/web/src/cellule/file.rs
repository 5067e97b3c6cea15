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
use crate::composants::Badge;
use crate::composants::{Pagination, Vide};
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
    let file = file(&app.maison, agent, Curseur::de_code(&demande.apres), jour).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    let menages: Vec<LigneAPrendre> = file
        .menages
        .into_iter()
        .map(|a_prendre| LigneAPrendre {
            avant_le: mots::jour(a_prendre.avant_le),
            distance: mots::distance(a_prendre.avant_le, jour),
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
    let montres = mots::compte(menages.len() as u64, "ménage montré", "ménages montrés");
    let vide = Vide::nouveau(
        "Aucun ménage n'attend de réponse",
        "Un ménage sans réponse dans le délai revient à la cellule technique.",
    );
    page(&PageFile {
        cadre,
        compte: montres.clone(),
        menages,
        accepte: agent.service.is_some() && !agent.tient_le_secretariat(),
        vide: vide.avec("Tous les dossiers", "/dossiers"),
        pagination: Pagination {
            resume: montres,
            debut: (!demande.apres.is_empty()).then(|| "/prises-en-charge".to_owned()),
            suite: file
                .suivant
                .map(|place| urls::avec("/prises-en-charge", &[("apres", &place.code())])),
        },
    })
}
