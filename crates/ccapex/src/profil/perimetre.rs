//! Une part du département : des arrondissements, des communes, ou tout ce que les autres laissent.

use std::collections::BTreeSet;

use territoire::{communes_de_l_arrondissement, communes_du_departement};

use super::champs::Champs;

/// La part du département où une sous-commission siège, où un arrêté s'applique.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Perimetre {
    /// Codes des arrondissements (sous-préfectures) entiers.
    pub arrondissements: Vec<String>,
    /// Codes de communes ou d'arrondissements municipaux.
    pub communes: Vec<String>,
}

impl Perimetre {
    pub(super) fn lire(champs: &Champs<'_>, departement: &str) -> Self {
        let perimetre = Perimetre {
            arrondissements: champs.textes("arrondissements"),
            communes: champs.textes("communes"),
        };
        for code in &perimetre.arrondissements {
            if territoire::arrondissement(code).is_none_or(|a| a.departement != departement) {
                champs.refuser(
                    "arrondissements",
                    format!("« {code} » n'est pas un arrondissement du département {departement}"),
                    "Écrivez son code officiel, par exemple « 621 ».",
                );
            }
        }
        for code in &perimetre.communes {
            if territoire::commune(code).is_none_or(|c| c.departement != departement) {
                champs.refuser(
                    "communes",
                    format!(
                        "« {code} » n'est pas une commune actuelle du département {departement}"
                    ),
                    "Écrivez son code INSEE, par exemple « 62041 », et non son code postal.",
                );
            }
        }
        perimetre
    }

    pub(super) fn est_vide(&self) -> bool {
        self.arrondissements.is_empty() && self.communes.is_empty()
    }

    /// Les codes des communes du périmètre.
    pub(super) fn codes(&self) -> BTreeSet<&'static str> {
        let entiers = self.arrondissements.iter().flat_map(|a| communes_de_l_arrondissement(a));
        let une_a_une = self.communes.iter().filter_map(|c| territoire::commune(c));
        entiers.chain(une_a_une).map(|c| c.code).collect()
    }

    /// Le périmètre, ou le département entier s'il n'est pas dit.
    pub(super) fn codes_ou_departement(&self, departement: &str) -> BTreeSet<&'static str> {
        if self.est_vide() {
            communes_du_departement(departement).map(|c| c.code).collect()
        } else {
            self.codes()
        }
    }
}
