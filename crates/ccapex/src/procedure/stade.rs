//! Le nom d'un stade, tel qu'il s'écrit et se lit.

use crate::cours::etat::Stade;

/// Un dossier suivi dans un autre n'a plus de stade à lui.
pub const JOINT: &str = "joint";

/// Un stade, en mots.
#[must_use]
pub fn stade_en_mots(stade: &str) -> &str {
    match Stade::de_code(stade) {
        Some(connu) => connu.libelle(),
        None if stade == JOINT => "Suivi dans un autre dossier",
        None => stade,
    }
}
