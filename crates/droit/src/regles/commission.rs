//! La commission : le plafond de ses délais de réponse.

use jiff::civil::{Date, date};

use crate::delai::Delai;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, Version};
use crate::source::Source;

pub(crate) static DELAI_DE_REPONSE: Parametre<Delai> = Parametre {
    nom: "ccapex_delai_reponse",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        date(2015, 11, 1),
        date(2026, 2, 13),
        Delai::Mois(3),
        Source::rapportee("décret n° 2015-1384", ""),
    )],
    lacunes: &[
        Lacune::jusqu_au(date(2015, 10, 31), "le décret du 30 octobre 2015 n'était pas en vigueur"),
        Lacune::depuis(date(2026, 2, 14), "la valeur du décret n° 2026-83 n'a pas été trouvée"),
    ],
};

/// Le plus long délai de réponse qu'un règlement intérieur pouvait se donner ce jour-là.
///
/// Rien depuis le 14 février 2026 : la valeur du décret n° 2026-83 n'a pas été trouvée (doute n° 21).
pub fn delai_reponse_plafond(jour: Date) -> Option<Version<Delai>> {
    DELAI_DE_REPONSE.en_vigueur(jour).ok().cloned()
}
