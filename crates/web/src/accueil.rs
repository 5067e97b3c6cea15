//! L'accueil : ce qui attend chacun, selon sa mission.

use askama::Template;

use crate::cadre::Cadre;
use crate::composants::{Lien, Ton, Vide};
use crate::echeances::LigneEcheance;

#[derive(Template)]
#[template(path = "accueil.html")]
pub struct PageAccueil {
    pub cadre: Cadre,
    pub chapo: String,
    pub action: Option<Lien>,
    pub tuiles: Vec<Tuile>,
    pub vide: Option<Vide>,
    pub listes: Vec<Liste>,
}

/// Une file de travail et ce qui y attend.
pub struct Tuile {
    pub titre: String,
    pub compte: String,
    pub phrase: String,
    /// La liste qu'elle ouvre ; vide quand le rôle n'y a pas accès.
    pub vers: String,
    pub ton: Ton,
    /// Rien n'attend : la tuile s'efface.
    pub calme: bool,
}

/// Les premières lignes d'une liste.
pub struct Liste {
    pub titre: String,
    pub tout: Option<Lien>,
    pub lignes: Vec<LigneEcheance>,
    pub si_vide: String,
}
