//! La purge des lignes trop vieilles : la chaîne reste vérifiable, une ligne dit ce qui a été retiré.

use jiff::Timestamp;

use super::inscrire::{Empreinte, Inscription};
use super::{Auteur, PURGE};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

impl Stockage {
    /// Retire les lignes d'avant cet instant, et inscrit qu'elles l'ont été, avec l'empreinte de la
    /// dernière : la première gardée la continue. Rend le nombre de lignes retirées.
    ///
    /// Les lignes se retirent du début, sans trou : une ligne plus jeune protège celles qui la suivent.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn purger_les_acces(
        &self,
        avant: Timestamp,
        auteur: Auteur,
        quand: Timestamp,
    ) -> Result<u64, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let gardee: Option<i64> =
            connexion.lire_une(sql!("premiere_a_garder.sql"), valeurs![avant]).await?;
        let gardee = match gardee {
            Some(gardee) => gardee,
            None => {
                connexion.lire_une(sql!("compteur.sql"), vec![]).await?.map_or(0, |n: i64| n + 1)
            }
        };
        let derniere: Option<Empreinte> =
            connexion.lire_une(sql!("tete.sql"), valeurs![gardee]).await?;
        let Some(derniere) = derniere else { return Ok(0) };
        let purge = Inscription {
            auteur,
            geste: PURGE.to_owned(),
            objet: format!("{} {}", gardee - 1, hex::encode(derniere.0)),
            dossiers: [].into(),
            notices: [].into(),
            quand,
        };
        connexion.inscrire(vec![purge]).await?;
        let retirees = connexion.executer(sql!("purger.sql"), valeurs![gardee - 1]).await?;
        connexion.valider().await?;
        Ok(retirees)
    }
}
