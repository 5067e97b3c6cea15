//! Déposer des fichiers, et la liste de ce qui a été reçu.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Badge, Choix, Lien, Vide};

#[derive(Template)]
#[template(path = "reception/depot.html")]
pub struct PageDepot {
    pub cadre: Cadre,
    /// Pourquoi ce rôle ne dépose pas.
    pub interdit: Option<String>,
    pub natures: Vec<Choix>,
    /// Le secrétariat peut nommer l'émetteur ; les autres déposent en leur nom.
    pub demande_emetteur: bool,
    pub saisies: Vec<Lien>,
    pub pieces: Vec<LignePiece>,
    pub vide: Vide,
}

/// Un fichier reçu.
pub struct LignePiece {
    pub nom: String,
    pub vers: String,
    pub recu: String,
    pub emetteur: String,
    pub etat: Badge,
    pub lignes: String,
    pub resultat: String,
}
