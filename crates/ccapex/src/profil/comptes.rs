//! Quand regarder de nouveau un compte : ce qu'un territoire tient pour trop longtemps sans servir.

use droit::source::Source;

use super::champs::{CHOIX_DU_PROFIL, Racine};
use super::delais::Choix;

/// Ce qui fait revoir un compte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevueDesComptes {
    /// Tant de jours après son ouverture, personne n'y est encore entré.
    pub jamais_venu_jours: Choix<u8>,
    /// Tant de jours après la dernière connexion.
    pub inactif_jours: Choix<u8>,
    /// Tant de jours avant la fin du compte.
    pub fin_proche_jours: Choix<u8>,
    /// Tant de jours après le dernier usage d'une clé de programme.
    pub cle_inutile_jours: Choix<u8>,
    /// Tant de mois après la dernière revue.
    pub revue_mois: Choix<u8>,
}

pub(super) fn lire(racine: &Racine<'_>) -> RevueDesComptes {
    match racine.option("comptes") {
        Some(champs) => {
            let lu = |cle: &'static str| champs.choix(cle, "valeur", |c, cle| c.petit_entier(cle));
            RevueDesComptes {
                jamais_venu_jours: lu("jamais_venu_jours"),
                inactif_jours: lu("inactif_jours"),
                fin_proche_jours: lu("fin_proche_jours"),
                cle_inutile_jours: lu("cle_inutile_jours"),
                revue_mois: lu("revue_mois"),
            }
        }
        None => RevueDesComptes {
            jamais_venu_jours: par_defaut(15),
            inactif_jours: par_defaut(90),
            fin_proche_jours: par_defaut(30),
            cle_inutile_jours: par_defaut(90),
            revue_mois: par_defaut(6),
        },
    }
}

fn par_defaut(valeur: u8) -> Choix<u8> {
    Choix { valeur, source: Source::incertaine(CHOIX_DU_PROFIL, "") }
}
