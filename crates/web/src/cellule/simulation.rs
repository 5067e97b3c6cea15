//! Essayer une répartition sur les dossiers de l'année passée, avant de l'adopter. Rien n'est enregistré.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use ccapex::identifiants::DossierId;
use ccapex::signalement::statut::champ_en_mots;
use std::collections::BTreeMap;
use usages::coordination::simulation::{Empeche, Essai, essayer, table_en_vigueur};
use usages::echec::Nature;

use super::{SIMULATION, a_la_cellule, onglets};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Lien, Onglets};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "cellule/simulation.html")]
pub struct PageSimulation {
    pub cadre: Cadre,
    pub onglets: Onglets,
    pub table: String,
    pub defauts: Vec<String>,
    pub envoyer: &'static str,
    pub resultat: Option<Resultat>,
}

/// Ce que la table candidate changerait.
pub struct Resultat {
    pub resume: String,
    pub services: Vec<Ligne>,
    pub transitions: Vec<Mouvement>,
    pub questions: Vec<Ligne>,
}

/// Un nombre avant, un nombre après.
pub struct Ligne {
    pub nom: String,
    pub avant: String,
    pub apres: String,
    pub ecart: String,
}

/// Des dossiers qui changeraient de service.
pub struct Mouvement {
    pub de: String,
    pub vers: String,
    pub nombre: String,
    pub exemples: Vec<Lien>,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    a_la_cellule(&connecte.agent)?;
    let profil = app.maison.profil(&connecte.agent.profil)?;
    let table = table_en_vigueur(&profil, app.aujourd_hui());
    rendre(&app, &connecte, table, vec![], None)
}

pub(crate) async fn simuler(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Html<String>, ErreurWeb> {
    a_la_cellule(&connecte.agent)?;
    let table = formulaire.texte("table").replace('\r', "");
    match essayer(&app.maison, &connecte.agent, &table, app.aujourd_hui()).await {
        Ok(essai) => {
            let noms = Noms::du(&app, &connecte.agent.profil)?;
            rendre(&app, &connecte, table, vec![], Some(resultat(&essai, &noms)))
        }
        Err(Empeche::Table(defauts)) => {
            let defauts = defauts.iter().map(|d| mots::capitale(&d.to_string())).collect();
            rendre(&app, &connecte, table, defauts, None)
        }
        Err(Empeche::Echec(echec)) if echec.nature() == Nature::Refus => {
            rendre(&app, &connecte, table, vec![echec.to_string()], None)
        }
        Err(Empeche::Echec(echec)) => Err(echec.into()),
    }
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    table: String,
    defauts: Vec<String>,
    resultat: Option<Resultat>,
) -> Result<Html<String>, ErreurWeb> {
    page(&PageSimulation {
        cadre: connecte.cadre(app, Section::ATraiter, "Simuler une répartition").dans_sa_section(),
        onglets: onglets(SIMULATION, "", ""),
        table,
        defauts,
        envoyer: SIMULATION,
        resultat,
    })
}

fn resultat(essai: &Essai, noms: &Noms) -> Resultat {
    let simulation = &essai.simulation;
    let ligne = |nom: String, avant: usize, apres: usize| Ligne {
        nom,
        avant: mots::milliers(avant as u64),
        apres: mots::milliers(apres as u64),
        ecart: ecart(avant, apres),
    };
    let changent: usize = simulation.transitions.iter().map(|t| t.nombre).sum();
    let reserve = if essai.tronque { ", les plus récents seulement" } else { "" };
    let mut questions: Vec<Ligne> = simulation
        .questions
        .iter()
        .map(|(champ, n)| ligne(mots::capitale(champ_en_mots(champ)), n.avant, n.apres))
        .collect();
    let inconnus = simulation.inconnus;
    questions.push(ligne(
        "Dossiers laissés au service par défaut, faute d'une réponse".to_owned(),
        inconnus.avant,
        inconnus.apres,
    ));
    Resultat {
        resume: format!(
            "{} ouverts depuis le {}{reserve} ; {} de service.",
            mots::compte(simulation.dossiers as u64, "dossier", "dossiers"),
            mots::jour(essai.depuis),
            mots::compte(changent as u64, "changerait", "changeraient"),
        ),
        services: simulation
            .par_service
            .iter()
            .map(|(service, n)| ligne(noms.service(service), n.avant, n.apres))
            .collect(),
        transitions: simulation
            .transitions
            .iter()
            .map(|t| Mouvement {
                de: noms.service(&t.de),
                vers: noms.service(&t.vers),
                nombre: mots::milliers(t.nombre as u64),
                exemples: exemples(&t.exemples, &essai.references),
            })
            .collect(),
        questions,
    }
}

fn exemples(ids: &[DossierId], references: &BTreeMap<DossierId, String>) -> Vec<Lien> {
    let connus = ids.iter().filter_map(|id| references.get(id));
    connus.map(|reference| Lien::nouveau(reference, urls::dossier(reference))).collect()
}

/// « + 12 », « − 3 », « = ».
fn ecart(avant: usize, apres: usize) -> String {
    match apres.cmp(&avant) {
        std::cmp::Ordering::Equal => "=".to_owned(),
        std::cmp::Ordering::Greater => {
            format!("+\u{202f}{}", mots::milliers((apres - avant) as u64))
        }
        std::cmp::Ordering::Less => format!("−\u{202f}{}", mots::milliers((avant - apres) as u64)),
    }
}
