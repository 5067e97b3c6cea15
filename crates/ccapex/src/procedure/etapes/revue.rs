//! Rien d'autre n'est dû : le dossier revient à la cadence du secrétariat.

use super::{SECRETARIAT, Vue};
use crate::procedure::etape::Etape;

pub(super) fn etapes(vue: &Vue<'_>, suite: &mut Vec<Etape>) {
    let depuis = vue.dossier.dernier_fait_le.unwrap_or(vue.connu_le);
    suite.push(
        vue.a_faire(
            "revoir_en_secretariat",
            SECRETARIAT,
            "revoir la situation du ménage en réunion de secrétariat",
        )
        .car("aucune autre étape n'est due")
        .dans("revoir", depuis),
    );
}
