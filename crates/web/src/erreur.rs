//! Les pages d'erreur : ce qui se passe, pourquoi, quoi faire.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::Lien;

#[derive(Template)]
#[template(path = "erreur.html")]
pub struct PageErreur {
    pub cadre: Cadre,
    pub code: u16,
    pub explication: String,
    pub actions: Vec<Lien>,
}
