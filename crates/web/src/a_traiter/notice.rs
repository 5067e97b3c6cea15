//! Compléter une notice, ou demander ce qui manque à son émetteur.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Champ, Lien};

#[derive(Template)]
#[template(path = "a_traiter/notice.html")]
pub struct PageNotice {
    pub cadre: Cadre,
    pub chapo: String,
    pub erreurs: Vec<Lien>,
    pub manques: Vec<String>,
    pub explications: Vec<String>,
    pub champs: Vec<Champ>,
    pub envoyer: String,
    pub emetteur: String,
    pub objet: String,
    pub message: String,
    /// Ouvrir le message dans sa messagerie, si l'adresse est connue.
    pub ecrire: Option<Lien>,
    pub recu: Vec<(String, String)>,
}
