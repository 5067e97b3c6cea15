//! Les échéances : en retard, puis de la semaine, puis à venir.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Onglets, Pagination, Vide};

#[derive(Template)]
#[template(path = "echeances.html")]
pub struct PageEcheances {
    pub cadre: Cadre,
    pub chapo: String,
    pub onglets: Onglets,
    pub compte: String,
    pub echeances: Vec<LigneEcheance>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une échéance prête à lire.
#[derive(Clone, Debug, Default)]
pub struct LigneEcheance {
    pub jour: String,
    pub distance: String,
    pub en_retard: bool,
    pub quoi: String,
    pub motifs: Vec<String>,
    pub dossier: String,
    pub menage: String,
    pub service: String,
    pub vers: String,
}
