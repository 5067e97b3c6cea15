//! Chercher, filtrer, trier, exporter les dossiers.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Badge, Choix, Lien, Pagination, Vide};

#[derive(Template)]
#[template(path = "dossiers/liste.html")]
pub struct PageDossiers {
    pub cadre: Cadre,
    pub chapo: String,
    pub recherche: String,
    pub filtres: Vec<Filtre>,
    /// Les filtres posés ; chaque lien retire le sien.
    pub actifs: Vec<Lien>,
    pub compte: String,
    pub exports: Vec<Lien>,
    pub colonnes: Vec<Colonne>,
    pub dossiers: Vec<LigneDossier>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une liste déroulante de filtre.
pub struct Filtre {
    pub nom: &'static str,
    pub libelle: &'static str,
    pub choix: Vec<Choix>,
}

/// Un titre de colonne, qui trie quand c'est possible.
pub struct Colonne {
    pub titre: &'static str,
    pub trier: Option<String>,
    /// `ascending`, `descending`, ou rien.
    pub sens: &'static str,
    pub fleche: &'static str,
}

/// Un dossier dans la liste.
pub struct LigneDossier {
    pub reference: String,
    pub vers: String,
    pub menage: String,
    pub lieu: String,
    pub stade: Badge,
    pub prochaine: String,
    pub avant_le: String,
    pub en_retard: bool,
    pub service: String,
    pub sous_commission: String,
}
