//! Une étape en retard change de main : le service, puis la cellule technique, puis la sous-commission.

use droit::jour::Jour;

use super::{CELLULE, PREFET, SECRETARIAT, SOUS_COMMISSION, Vue};
use crate::procedure::etape::Etape;

/// Au plus deux changements de main : au-dessus de la sous-commission, il n'y a personne.
pub(super) fn remonter(etape: &mut Etape, vue: &Vue<'_>) {
    while let Some(suivant) = au_dessus(&etape.qui) {
        let attente = vue.profil.delai("escalader");
        let limite = attente.valeur.terme(etape.avant_le, &vue.territoire);
        if !vue.horloge.passe(limite) {
            return;
        }
        let reprise = vue.profil.delai("reprendre");
        let avant_le = reprise.valeur.terme(limite, &vue.territoire);
        etape.motifs.push(format!(
            "attendue avant le {} de « {} », qui n'a rien fait {} plus tard ({}) : « {} » la reprend, {} pour la faire ({})",

            Jour(etape.avant_le),
            nom(&etape.qui, vue),
            attente.valeur,
            attente.source,
            nom(suivant, vue),
            reprise.valeur,
            reprise.source,
        ));
        suivant.clone_into(&mut etape.qui);
        etape.avant_le = avant_le;
    }
}

fn au_dessus(qui: &str) -> Option<&'static str> {
    match qui {
        SOUS_COMMISSION => None,
        SECRETARIAT | CELLULE | PREFET => Some(SOUS_COMMISSION),
        _ => Some(CELLULE),
    }
}

fn nom<'v>(qui: &'v str, vue: &'v Vue<'_>) -> &'v str {
    if qui == PREFET { "Préfet" } else { vue.profil.nom_de(qui) }
}
