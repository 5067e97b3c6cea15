//! Essayer un lot : ce que la réception répondrait, sans rien écrire.

use std::collections::BTreeMap;

use ccapex::identifiants::DossierId;

use super::{Cadre, Carnet};
use crate::echec::Echec;
use crate::reception::preparer::Preparee;
use crate::reception::resultat::Reponse;
use crate::vue::Charge;

/// Ce qu'une ligne deviendrait : sa réponse, et le dossier où elle irait, avant et après elle.
pub(crate) struct Essai {
    pub(crate) reponse: Reponse,
    /// Rien quand elle ouvrirait le dossier.
    pub(crate) avant: Option<Charge>,
    /// Rien quand elle n'y changerait rien.
    pub(crate) apres: Option<Charge>,
}

/// Traite un lot en mémoire : les réponses, dans l'ordre, de lignes reçues l'une après l'autre.
pub(crate) async fn essayer(
    cadre: &Cadre<'_>,
    preparees: &[Preparee],
) -> Result<Vec<Essai>, Echec> {
    let mut transaction = cadre.stockage.ecriture(cadre.depot).await?;
    let mut carnet = Carnet::charger(cadre, &mut transaction, preparees).await?;
    drop(transaction);
    Ok(preparees.iter().map(|preparee| carnet.essaie(cadre, preparee)).collect())
}

impl Carnet {
    fn essaie(&mut self, cadre: &Cadre<'_>, preparee: &Preparee) -> Essai {
        let mut avant: BTreeMap<DossierId, Charge> =
            self.dossiers.iter().map(|(id, en_cours)| (*id, en_cours.charge.clone())).collect();
        let reponse = self.recoit(cadre, preparee);
        let change = self.dossiers.iter().find(|(id, en_cours)| {
            avant.get(id).map(|charge| charge.faits.len()) != Some(en_cours.charge.faits.len())
        });
        let apres = change.map(|(id, en_cours)| (*id, en_cours.charge.clone()));
        Essai {
            reponse,
            avant: apres.as_ref().and_then(|(id, _)| avant.remove(id)),
            apres: apres.map(|(_, charge)| charge),
        }
    }
}
