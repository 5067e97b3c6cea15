//! Une règle : son histoire, ses options, un exemple calculé sur place.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Badge, Champ};

#[derive(Template)]
#[template(path = "regles/regle.html")]
pub struct PageRegle {
    pub cadre: Cadre,
    pub nom: String,
    pub objet: String,
    pub ici: String,
    pub versions: Vec<LigneVersion>,
    pub notes: Vec<String>,
    pub options: Vec<(String, String)>,
    pub champs: Vec<Champ>,
    pub erreur: String,
    pub resultat: Option<Resultat>,
}

/// Une version de la règle et sa période.
pub struct LigneVersion {
    pub periode: String,
    pub en_vigueur: bool,
    pub valeur: String,
    pub precision: String,
    pub source: String,
    pub confiance: Badge,
}

/// L'exemple calculé.
pub struct Resultat {
    pub principal: String,
    pub lignes: Vec<(String, String)>,
    pub motifs: Vec<String>,
}
