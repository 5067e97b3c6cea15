//! La liste des comptes et le formulaire qui en crée un.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Badge, Champ};

#[derive(Template)]
#[template(path = "comptes/liste.html")]
pub struct PageComptes {
    pub cadre: Cadre,
    pub compte: String,
    pub comptes: Vec<LigneCompte>,
    pub champs: Vec<Champ>,
    pub erreur: String,
    /// Un mot de passe tout juste tiré, montré une seule fois.
    pub remis: Option<Remis>,
}

/// Un compte.
pub struct LigneCompte {
    pub id: String,
    pub nom: String,
    pub identifiant: String,
    pub role: String,
    pub organisme: String,
    pub etat: Badge,
    pub actif: bool,
    /// C'est le compte de la personne connectée.
    pub soi: bool,
}

/// Un mot de passe à remettre.
pub struct Remis {
    pub titre: String,
    pub identifiant: String,
    pub secret: String,
}
