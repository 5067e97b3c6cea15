//! `GET /api` : l'interface décrite à une personne, chaque opération avec son exemple.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::description::sujets;
use super::operation::{Acces, Genre, Operation, Parametre};
use super::operations::OPERATIONS;
use super::probleme::GENRES;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};

#[derive(Template)]
#[template(path = "api.html")]
pub struct PageApi {
    pub cadre: Cadre,
    pub sujets: Vec<SujetVu>,
    pub par_minute: u32,
    pub problemes: Vec<ProblemeVu>,
}

/// Un sujet et ses opérations.
pub struct SujetVu {
    pub titre: &'static str,
    pub operations: Vec<OperationVue>,
}

/// Une opération, prête à lire.
pub struct OperationVue {
    pub nom: &'static str,
    pub methode: &'static str,
    pub chemin: &'static str,
    pub resume: &'static str,
    pub description: &'static str,
    pub acces: &'static str,
    pub parametres: Vec<ParametreVu>,
    pub corps: Vec<&'static str>,
    pub reponses: Vec<String>,
    pub exemple: String,
}

/// Un paramètre, prêt à lire.
pub struct ParametreVu {
    pub nom: &'static str,
    pub forme: String,
    pub aide: &'static str,
}

/// Un genre de refus.
pub struct ProblemeVu {
    pub code: &'static str,
    pub statut: u16,
    pub titre: &'static str,
    pub que_faire: &'static str,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    const TITRE: &str = "Interface de programme";
    let cadre = match &connecte {
        Some(connecte) => connecte.cadre(&app, Section::Aucune, TITRE),
        None => app.cadre(None, Section::Aucune, TITRE),
    };
    let sujets = sujets()
        .into_iter()
        .map(|titre| SujetVu {
            titre,
            operations: OPERATIONS.iter().filter(|o| o.sujet == titre).map(vue).collect(),
        })
        .collect();
    let problemes = GENRES
        .iter()
        .map(|g| ProblemeVu {
            code: g.code,
            statut: g.statut,
            titre: g.titre,
            que_faire: g.que_faire,
        })
        .collect();
    page(&PageApi { cadre, sujets, par_minute: app.debit.limite(), problemes })
}

fn vue(operation: &Operation) -> OperationVue {
    OperationVue {
        nom: operation.nom,
        methode: operation.methode,
        chemin: operation.chemin,
        resume: operation.resume,
        description: operation.description,
        acces: match operation.acces {
            Acces::Libre => "Sans clé",
            Acces::Lecture => "Clé de lecture",
            Acces::Ecriture => "Clé d'écriture",
        },
        parametres: operation.parametres.iter().map(parametre).collect(),
        corps: operation.corps.iter().map(|corps| corps.genre).collect(),
        reponses: operation
            .reponses
            .iter()
            .map(|r| format!("{} ({}) : {}", r.statut, r.genre, r.dit))
            .collect(),
        exemple: exemple(operation),
    }
}

fn parametre(parametre: &Parametre) -> ParametreVu {
    let forme = match parametre.genre {
        Genre::Texte { max } => format!("texte, {max} caractères au plus"),
        Genre::Jour => "jour, AAAA-MM-JJ".to_owned(),
        Genre::Entier { min, max: i64::MAX } => format!("nombre, {min} ou plus"),
        Genre::Entier { min, max } => format!("nombre de {min} à {max}"),
        Genre::Place => "place".to_owned(),
        Genre::Choix(choix) => choix().join(", "),
        Genre::Paires => "NOM=VALEUR, se répète".to_owned(),
    };
    ParametreVu { nom: parametre.nom, forme, aide: parametre.aide }
}

/// La demande, telle qu'on l'essaie dans un terminal.
fn exemple(operation: &Operation) -> String {
    let (chemin, corps) = operation.exemple;
    let cle = match operation.acces {
        Acces::Libre => "",
        Acces::Lecture | Acces::Ecriture => " \\\n  -H \"Authorization: Bearer $CLE\"",
    };
    let adresse = format!("\"$SEUIL{chemin}\"");
    match corps {
        Some(corps) => format!(
            "curl {adresse}{cle} \\\n  -H 'Content-Type: application/json' \\\n  -H 'Idempotency-Key: envoi-1' \\\n  -d '{corps}'"
        ),
        None => format!("curl {adresse}{cle}"),
    }
}
