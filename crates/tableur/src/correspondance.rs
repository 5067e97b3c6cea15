//! Correspondance donnée à la main entre les en-têtes d'un expéditeur et nos champs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::champ::Champ;
use crate::texte::aplatir;

/// Les en-têtes d'un expéditeur, une fois dits par une personne. Se garde et se relit en JSON.
///
/// L'en-tête se compare sans casse, accents ni ponctuation. Un en-tête associé à rien est ignoré.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Correspondance {
    entetes: BTreeMap<String, Option<Champ>>,
}

impl Correspondance {
    /// Dit qu'un en-tête désigne un champ.
    #[must_use]
    pub fn avec(mut self, entete: &str, champ: Champ) -> Self {
        self.entetes.insert(aplatir(entete), Some(champ));
        self
    }

    /// Dit qu'un en-tête ne nous concerne pas.
    #[must_use]
    pub fn sans(mut self, entete: &str) -> Self {
        self.entetes.insert(aplatir(entete), None);
        self
    }

    /// Ce que l'en-tête désigne : `None` s'il n'a pas été dit, `Some(None)` s'il faut l'ignorer.
    pub fn champ(&self, entete: &str) -> Option<Option<Champ>> {
        if self.entetes.is_empty() {
            return None;
        }
        let plat = aplatir(entete);
        self.entetes.get(&plat).copied().or_else(|| {
            // Un fichier écrit à la main garde l'en-tête tel quel.
            self.entetes.iter().find(|(cle, _)| aplatir(cle) == plat).map(|(_, champ)| *champ)
        })
    }

    /// Rien n'a été dit.
    pub fn est_vide(&self) -> bool {
        self.entetes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_correspondance_se_garde_et_se_relit() {
        let dite = Correspondance::default()
            .avec("Preneur à bail", Champ::LocataireNom)
            .sans("Gestionnaire");
        let relue: Correspondance =
            serde_json::from_str(&serde_json::to_string(&dite).unwrap()).unwrap();
        assert_eq!(relue, dite);
        assert_eq!(relue.champ("PRENEUR A BAIL"), Some(Some(Champ::LocataireNom)));
        assert_eq!(relue.champ("gestionnaire"), Some(None));
        assert_eq!(relue.champ("Ville"), None);
    }

    #[test]
    fn un_en_tete_ecrit_a_la_main_se_reconnait() {
        let relue: Correspondance =
            serde_json::from_str(r#"{"Échéance n° 1":"impaye_depuis"}"#).unwrap();
        assert_eq!(relue.champ("echeance n 1"), Some(Some(Champ::ImpayeDepuis)));
    }
}
