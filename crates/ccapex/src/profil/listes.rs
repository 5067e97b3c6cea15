//! Ce qui fait entrer un dossier dans une liste de suivi.

use droit::delai::Delai;
use droit::montant::Montant;
use droit::source::Source;

use super::champs::{CHOIX_DU_PROFIL, Racine};
use super::delais::Choix;

/// Les seuils des listes de suivi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeuilsDeListe {
    /// Une dette inférieure à cette somme se suit en groupe : une solution est cherchée pour chacune.
    pub petite_dette: Choix<Montant>,
    /// Une audience est proche quand il reste moins que ce délai.
    pub audience_proche: Choix<Delai>,
}

pub(super) fn lire(racine: &Racine<'_>) -> SeuilsDeListe {
    let sans_source = || Source::incertaine(CHOIX_DU_PROFIL, "");
    match racine.option("listes") {
        Some(champs) => SeuilsDeListe {
            petite_dette: champs.choix("petite_dette", "valeur", |c, cle| c.euros(cle)),
            audience_proche: champs.choix("audience_proche", "delai", |c, cle| c.delai(cle)),
        },
        None => SeuilsDeListe {
            petite_dette: Choix { valeur: Montant::euros(2_000), source: sans_source() },
            audience_proche: Choix { valeur: Delai::Jours(45), source: sans_source() },
        },
    }
}
