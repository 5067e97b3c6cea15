//! Les rapprochements à confirmer : est-ce le même ménage ?

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Onglets, Pagination, Vide};

#[derive(Template)]
#[template(path = "a_traiter/rapprochements.html")]
pub struct PageRapprochements {
    pub cadre: Cadre,
    pub onglets: Onglets,
    pub questions: Vec<Question>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Un dossier et ceux qui lui ressemblent, trois au plus.
pub struct Question {
    pub titre: String,
    pub recu: String,
    pub reference: String,
    pub vers: String,
    pub decider: String,
    pub candidats: Vec<Candidat>,
}

/// Un dossier qui ressemble, comparé ligne à ligne.
pub struct Candidat {
    pub reference: String,
    pub vers: String,
    pub lignes: Vec<Comparaison>,
    pub motifs: Vec<String>,
}

/// La même information, ici et là.
pub struct Comparaison {
    pub titre: String,
    pub ici: String,
    pub la: String,
    pub accord: Accord,
}

/// Ce que vaut la comparaison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accord {
    Egal,
    Proche,
    Different,
    Inconnu,
}

impl Accord {
    fn classe(self) -> &'static str {
        match self {
            Self::Egal => "egal",
            Self::Proche => "proche",
            Self::Different => "different",
            Self::Inconnu => "discret",
        }
    }

    fn texte(self) -> &'static str {
        match self {
            Self::Egal => "Identique",
            Self::Proche => "Proche",
            Self::Different => "Différent",
            Self::Inconnu => "Inconnu",
        }
    }
}
