//! Les lettres, par état.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Badge, Choix, Lien, Onglets, Pagination, Vide};

#[derive(Template)]
#[template(path = "courriers/liste.html")]
pub struct PageCourriers {
    pub cadre: Cadre,
    pub chapo: String,
    pub onglets: Onglets,
    pub compte: String,
    /// Ce qu'on peut faire des lettres cochées.
    pub gestes: Vec<Choix>,
    pub lettres: Vec<LigneLettre>,
    pub vide: Vide,
    pub pagination: Pagination,
    pub ici: String,
}

/// Une lettre de la liste.
pub struct LigneLettre {
    pub id: String,
    pub cochee: bool,
    pub modele: String,
    pub pdf: String,
    pub destinataire: String,
    pub canal: String,
    pub dossier: Lien,
    pub jour: String,
    pub etat: Badge,
    pub precision: String,
}
