//! Le résultat d'un fichier, ligne à ligne.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Alerte, Badge, Lien, Onglets, Pagination, Vide};

#[derive(Template)]
#[template(path = "reception/piece.html")]
pub struct PagePiece {
    pub cadre: Cadre,
    pub nom: String,
    pub recu: String,
    pub empreinte: String,
    pub actions: Vec<Lien>,
    pub alertes: Vec<Alerte>,
    pub onglets: Option<Onglets>,
    pub legende: String,
    pub lignes: Vec<LigneRecue>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une ligne du fichier et ce qu'elle est devenue.
pub struct LigneRecue {
    pub ligne: String,
    pub reference: String,
    pub statut: Badge,
    pub motif: String,
    pub explications: Vec<String>,
    pub anomalies: Vec<String>,
    pub suites: Vec<String>,
    pub questions: Vec<Lien>,
    pub dossier: Option<Lien>,
    pub rapprochement: String,
}
