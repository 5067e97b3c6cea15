//! La file des notices inutilisables en l'état.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Onglets, Pagination, Vide};

#[derive(Template)]
#[template(path = "a_traiter/completer.html")]
pub struct PageCompleter {
    pub cadre: Cadre,
    pub onglets: Onglets,
    pub compte: String,
    pub notices: Vec<LigneNotice>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une notice et ce qui lui manque.
pub struct LigneNotice {
    pub reference: String,
    pub nature: String,
    pub menage: String,
    pub recue: String,
    pub emetteur: String,
    pub manques: Vec<String>,
    pub vers: String,
}
