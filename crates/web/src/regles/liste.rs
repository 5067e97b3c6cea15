//! Les règles en vigueur un jour donné.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Badge, Vide};

#[derive(Template)]
#[template(path = "regles/liste.html")]
pub struct PageRegles {
    pub cadre: Cadre,
    /// La date choisie, AAAA-MM-JJ.
    pub au: String,
    pub recherche: String,
    pub compte: String,
    pub legende: String,
    pub themes: Vec<Theme>,
    pub vide: Vide,
}

/// Des règles d'un même moment de la procédure.
pub struct Theme {
    pub titre: String,
    pub regles: Vec<LigneRegle>,
}

/// Une règle et sa valeur ce jour-là.
pub struct LigneRegle {
    pub nom: String,
    pub titre: String,
    pub vers: String,
    pub valeur: String,
    pub depuis: String,
    pub source: String,
    pub confiance: Badge,
}
