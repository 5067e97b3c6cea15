//! Se connecter, se déconnecter.

use askama::Template;

use crate::cadre::Cadre;

#[derive(Template)]
#[template(path = "connexion.html")]
pub struct PageConnexion {
    pub cadre: Cadre,
    pub erreur: String,
    pub identifiant: String,
    /// L'adresse où revenir une fois connecté.
    pub suite: String,
}
