//! Essayer une répartition sur les dossiers de l'année passée, avant de l'adopter. Rien n'est enregistré.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use ccapex::identifiants::DossierId;
use ccapex::profil::Profil;
use ccapex::signalement::statut::champ_en_mots;
use jiff::civil::Date;
use usages::coordination::simulation::{
    Empeche, Essai, RegleChoisie, ecrire_une_candidate, en_csv, essayer, regles_en_vigueur,
    table_en_vigueur,
};
use usages::echec::Nature;

use super::{SIMULATION, a_la_cellule, onglets};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Choix, Lien, Onglets};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "cellule/simulation.html")]
pub struct PageSimulation {
    pub cadre: Cadre,
    pub onglets: Onglets,
    /// Les règles, une par ligne ; celles qui n'ont pas de service ne comptent pas.
    pub regles: Vec<LigneDeRegle>,
    /// La table, écrite comme dans un profil.
    pub table: String,
    pub en_texte: bool,
    pub defauts: Vec<String>,
    pub envoyer: &'static str,
    pub resultat: Option<Resultat>,
}

/// Une règle et ses choix.
pub struct LigneDeRegle {
    pub rang: usize,
    /// (nom du champ, étiquette, choix).
    pub choix: Vec<(String, String, Vec<Choix>)>,
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
    /// Combien d'autres, dans le fichier.
    pub autres: String,
}

/// Assez pour juger à l'écran ; le fichier les a tous.
const EXEMPLES: usize = 10;

/// Des lignes vides sous les règles, pour en ajouter.
const LIGNES_EN_PLUS: usize = 2;

/// Personne n'écrit une table plus longue.
const LIGNES_MAX: usize = 40;

/// Ce qui est essayé : des règles choisies à l'écran, ou une table écrite.
struct Essayee {
    regles: Vec<RegleChoisie>,
    table: String,
    en_texte: bool,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    a_la_cellule(&connecte.agent)?;
    let profil = app.maison.profil(&connecte.agent.profil)?;
    let jour = app.aujourd_hui();
    let essayee = Essayee {
        regles: regles_en_vigueur(&profil, jour),
        table: table_en_vigueur(&profil, jour),
        en_texte: false,
    };
    rendre(&app, &connecte, essayee, vec![], None)
}

pub(crate) async fn simuler(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    a_la_cellule(&connecte.agent)?;
    let jour = app.aujourd_hui();
    let essayee = lire(&formulaire, jour);
    let (defauts, essai) = match essayer(&app.maison, &connecte.agent, &essayee.table, jour).await {
        Ok(essai) => (vec![], Some(essai)),
        Err(Empeche::Table(defauts)) => {
            (defauts.iter().map(|d| mots::capitale(&d.to_string())).collect(), None)
        }
        Err(Empeche::Echec(echec)) if echec.nature() == Nature::Refus => {
            (vec![echec.to_string()], None)
        }
        Err(Empeche::Echec(echec)) => return Err(echec.into()),
    };
    let noms = Noms::du(&app, &connecte.agent.profil)?;
    if let (Some(essai), "fichier") = (&essai, formulaire.texte("geste")) {
        let nom = format!("attachment; filename=\"simulation-{jour}.csv\"");
        let entetes = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, nom),
        ];
        return Ok((entetes, en_csv(essai, &noms.0)?).into_response());
    }
    let resultat = essai.map(|essai| resultat(&essai, &noms));
    Ok(rendre(&app, &connecte, essayee, defauts, resultat)?.into_response())
}

/// La table écrite l'emporte sur les lignes ; à défaut, les lignes qui ont un service.
fn lire(formulaire: &Formulaire, jour: Date) -> Essayee {
    let ecrite = formulaire.texte("table").replace('\r', "");
    if !ecrite.is_empty() {
        return Essayee { regles: vec![], table: ecrite, en_texte: true };
    }
    let reponse = |nom: &str, rang: usize| match formulaire.texte(&format!("{nom}-{rang}")) {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    };
    let regles: Vec<RegleChoisie> = (1..=LIGNES_MAX)
        .map(|rang| RegleChoisie {
            en_procedure: reponse("procedure", rang),
            enfants: reponse("enfants", rang),
            aide_logement: reponse("aide", rang),
            service: formulaire.texte(&format!("service-{rang}")).to_owned(),
        })
        .filter(|regle| !regle.service.is_empty())
        .collect();
    Essayee { table: ecrire_une_candidate(&regles, jour), regles, en_texte: false }
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    essayee: Essayee,
    defauts: Vec<String>,
    resultat: Option<Resultat>,
) -> Result<Html<String>, ErreurWeb> {
    let profil = app.maison.profil(&connecte.agent.profil)?;
    let mut regles = essayee.regles;
    if essayee.en_texte {
        regles = regles_en_vigueur(&profil, app.aujourd_hui());
    }
    let lignes = (regles.len() + LIGNES_EN_PLUS).min(LIGNES_MAX);
    regles.resize(lignes, RegleChoisie::default());
    let mut cadre =
        connecte.cadre(app, Section::ATraiter, "Simuler une répartition").dans_sa_section();
    if !defauts.is_empty() {
        cadre.titre = "Simuler une répartition : à corriger".to_owned();
    }
    page(&PageSimulation {
        cadre,
        onglets: onglets(SIMULATION, "", ""),
        regles: regles.iter().zip(1..).map(|(regle, rang)| ligne(regle, rang, &profil)).collect(),
        table: essayee.table,
        en_texte: essayee.en_texte,
        defauts,
        envoyer: SIMULATION,
        resultat,
    })
}

fn ligne(regle: &RegleChoisie, rang: usize, profil: &Profil) -> LigneDeRegle {
    let reponses = |retenue: Option<bool>| {
        let code = match retenue {
            Some(true) => "oui",
            Some(false) => "non",
            None => "",
        };
        Choix::liste(&[("", "peu importe"), ("oui", "oui"), ("non", "non")], code)
    };
    let mut services = vec![Choix::nouveau("", "aucune règle")];
    services.extend(
        profil
            .services
            .iter()
            .map(|s| Choix { retenu: s.code == regle.service, ..Choix::nouveau(&s.code, &s.nom) }),
    );
    let champ = |nom: &str, dit: &str, choix: Vec<Choix>| {
        (format!("{nom}-{rang}"), format!("{dit}, règle {rang}"), choix)
    };
    LigneDeRegle {
        rang,
        choix: vec![
            champ("procedure", "En procédure", reponses(regle.en_procedure)),
            champ("enfants", "Enfants", reponses(regle.enfants)),
            champ("aide", "Aide au logement", reponses(regle.aide_logement)),
            champ("service", "Service", services),
        ],
    }
}

fn resultat(essai: &Essai, noms: &Noms) -> Resultat {
    let simulation = &essai.simulation;
    let compare = |nom: String, avant: usize, apres: usize| Ligne {
        nom,
        avant: mots::milliers(avant as u64),
        apres: mots::milliers(apres as u64),
        ecart: ecart(avant, apres),
    };
    let changent: usize = simulation.transitions.iter().map(|t| t.dossiers.len()).sum();
    let reserve = if essai.tronque { ", les plus récents seulement" } else { "" };
    let mut questions: Vec<Ligne> = simulation
        .questions
        .iter()
        .map(|(champ, n)| compare(mots::capitale(champ_en_mots(champ)), n.avant, n.apres))
        .collect();
    let inconnus = simulation.inconnus;
    questions.push(compare(
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
            .map(|(service, n)| compare(noms.service(service), n.avant, n.apres))
            .collect(),
        transitions: simulation
            .transitions
            .iter()
            .map(|t| Mouvement {
                de: noms.service(&t.de),
                vers: noms.service(&t.vers),
                nombre: mots::milliers(t.dossiers.len() as u64),
                exemples: exemples(&t.dossiers, &essai.references),
                autres: match t.dossiers.len().saturating_sub(EXEMPLES) {
                    0 => String::new(),
                    reste => format!("et {} de plus", mots::milliers(reste as u64)),
                },
            })
            .collect(),
        questions,
    }
}

fn exemples(ids: &[DossierId], references: &BTreeMap<DossierId, String>) -> Vec<Lien> {
    let connus = ids.iter().take(EXEMPLES).filter_map(|id| references.get(id));
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
