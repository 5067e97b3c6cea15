//! Dire, une fois par émetteur, ce que chaque colonne veut dire.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::Choix;

#[derive(Template)]
#[template(path = "reception/correspondance.html")]
pub struct PageCorrespondance {
    pub cadre: Cadre,
    pub chapo: String,
    pub envoyer: String,
    pub retour: String,
    pub emetteur: String,
    pub entetes: Vec<Entete>,
}

/// Une colonne du fichier.
pub struct Entete {
    pub intitule: String,
    /// « Non reconnu », « Reconnu ».
    pub etat: String,
    /// Les premières valeurs lues.
    pub exemples: String,
    pub choix: Vec<Choix>,
}
