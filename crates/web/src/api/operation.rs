//! Ce qu'une adresse de l'interface demande et répond : la même déclaration ouvre l'adresse, vérifie la
//! demande et l'écrit dans la description publique.

use serde_json::Value;

/// Une adresse et sa méthode.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) methode: &'static str,
    pub(crate) chemin: &'static str,
    /// Son nom pour un programme.
    pub(crate) nom: &'static str,
    pub(crate) sujet: &'static str,
    pub(crate) resume: &'static str,
    pub(crate) description: &'static str,
    pub(crate) acces: Acces,
    pub(crate) parametres: &'static [Parametre],
    pub(crate) corps: &'static [Corps],
    pub(crate) reponses: &'static [Reponse],
    /// La demande d'exemple : le chemin écrit, puis ce qu'on envoie.
    pub(crate) exemple: (&'static str, Option<&'static str>),
}

/// Qui peut demander.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acces {
    /// Sans clé : rien d'un ménage n'y est.
    Libre,
    /// Une clé.
    Lecture,
    /// Une clé d'écriture.
    Ecriture,
}

/// Ce qui s'écrit dans l'adresse.
#[derive(Debug)]
pub(crate) struct Parametre {
    pub(crate) nom: &'static str,
    pub(crate) lieu: Lieu,
    pub(crate) genre: Genre,
    pub(crate) aide: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lieu {
    Chemin,
    Question,
}

/// Ce qu'un paramètre admet.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Genre {
    Texte {
        max: usize,
    },
    Jour,
    Entier {
        min: i64,
        max: i64,
    },
    /// Une place rendue par la page d'avant.
    Place,
    /// Un mot parmi ceux-ci.
    Choix(fn() -> Vec<&'static str>),
    /// Plusieurs « NOM=VALEUR ».
    Paires,
}

/// Un genre de corps admis.
#[derive(Debug)]
pub(crate) struct Corps {
    pub(crate) genre: &'static str,
    pub(crate) schema: fn() -> Value,
}

/// Une réponse possible, hors des refus communs.
#[derive(Debug)]
pub(crate) struct Reponse {
    pub(crate) statut: u16,
    pub(crate) dit: &'static str,
    pub(crate) genre: &'static str,
    pub(crate) schema: fn() -> Value,
}

pub(crate) const JSON: &str = "application/json";
pub(crate) const LIGNES: &str = "application/x-ndjson";
pub(crate) const PDF: &str = "application/pdf";
pub(crate) const CSV: &str = "text/csv";
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub(crate) const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

pub(crate) const fn chemin(nom: &'static str, genre: Genre, aide: &'static str) -> Parametre {
    Parametre { nom, lieu: Lieu::Chemin, genre, aide }
}

pub(crate) const fn question(nom: &'static str, genre: Genre, aide: &'static str) -> Parametre {
    Parametre { nom, lieu: Lieu::Question, genre, aide }
}

pub(crate) const fn en_json(dit: &'static str, schema: fn() -> Value) -> Reponse {
    Reponse { statut: 200, dit, genre: JSON, schema }
}

impl Operation {
    /// L'opération d'une adresse du routeur.
    pub(crate) fn trouver(methode: &str, chemin: &str) -> Option<&'static Self> {
        // HEAD se sert de la même adresse que GET.
        let methode = if methode == "HEAD" { "GET" } else { methode };
        super::operations::OPERATIONS.iter().find(|o| o.methode == methode && o.chemin == chemin)
    }
}
