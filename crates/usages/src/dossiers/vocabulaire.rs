//! Les mots de la base qui ressemblent à ceux d'une question : choisis par leur écriture, avant de chercher
//! les dossiers qui les portent.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::recherche::termes::rangement_et_mot;
use stockage::base::Stockage;
use stockage::recherche::TermeRange;

use crate::echec::Echec;

/// Ce qu'une question a appris de la base : les termes de chaque rangement où elle a regardé.
#[derive(Debug, Default)]
pub(super) struct Vocabulaire {
    ranges: BTreeMap<String, Vec<TermeRange>>,
}

impl Vocabulaire {
    /// Apprend les mots de ces rangements, hors ceux qu'on connaît. Vrai s'il y en avait trop.
    pub(super) async fn apprendre(
        &mut self,
        stockage: &Stockage,
        rangements: impl Iterator<Item = String>,
    ) -> Result<bool, Echec> {
        let inconnus = rangements.filter(|rangement| !self.ranges.contains_key(rangement));
        let mut nouveaux: BTreeMap<String, Vec<TermeRange>> =
            inconnus.map(|rangement| (rangement, Vec::new())).collect();
        let debuts: Vec<String> = nouveaux.keys().cloned().collect();
        let (termes, trop) = stockage.termes_ranges(&debuts).await?;
        for terme in termes {
            let range =
                rangement_et_mot(&terme.terme).and_then(|(debut, _)| nouveaux.get_mut(debut));
            if let Some(range) = range {
                range.push(terme);
            }
        }
        self.ranges.append(&mut nouveaux);
        Ok(trop)
    }

    /// Les termes de ces rangements dont le mot convient.
    pub(super) fn choisir(
        &self,
        rangements: &BTreeSet<String>,
        mut convient: impl FnMut(&str) -> bool,
    ) -> Vec<TermeRange> {
        let termes = rangements.iter().filter_map(|r| self.ranges.get(r)).flatten();
        let choisi =
            |t: &&TermeRange| rangement_et_mot(&t.terme).is_some_and(|(_, mot)| convient(mot));
        termes.filter(choisi).cloned().collect()
    }
}
