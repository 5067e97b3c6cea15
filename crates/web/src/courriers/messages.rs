//! Les messages électroniques : partis, en attente, en échec.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Badge, Lien, Onglets, Pagination, Vide};

#[derive(Template)]
#[template(path = "courriers/messages.html")]
pub struct PageMessages {
    pub cadre: Cadre,
    pub chapo: String,
    pub onglets: Onglets,
    pub compte: String,
    pub messages: Vec<LigneMessage>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Un message et ce qu'il en est advenu.
pub struct LigneMessage {
    pub objet: String,
    pub texte: String,
    pub jointe: Option<Lien>,
    pub destinataire: String,
    pub adresse: String,
    pub jour: String,
    pub etat: Badge,
    pub precision: String,
}
