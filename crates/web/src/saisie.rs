//! Saisir une notice à la main.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Champ, Lien, Onglets};

#[derive(Template)]
#[template(path = "saisie.html")]
pub struct PageSaisie {
    pub cadre: Cadre,
    pub chapo: String,
    pub natures: Option<Onglets>,
    /// Chaque erreur mène à son champ.
    pub erreurs: Vec<Lien>,
    pub groupes: Vec<Groupe>,
    pub envoyer: String,
    pub retour: String,
    pub bouton: String,
}

/// Des champs qui vont ensemble.
pub struct Groupe {
    pub titre: String,
    pub champs: Vec<Champ>,
}
