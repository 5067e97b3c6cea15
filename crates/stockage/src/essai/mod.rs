//! Les essais manqués, comptés par clé : un identifiant tapé, une adresse.

use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Les essais d'une clé.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Essais {
    /// L'empreinte de ce qu'on compte.
    pub cle: String,
    /// Les essais depuis le dernier qui a réussi.
    pub echecs: i64,
    /// Le dernier.
    pub dernier: Timestamp,
}

impl DepuisLigne for Essais {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            cle: l.texte("cle")?,
            echecs: l.entier("echecs")?,
            dernier: l.instant("dernier")?,
        })
    }
}

impl Stockage {
    /// Compte un essai sous chacune de ces clés **avant** de le juger : cent essais envoyés ensemble
    /// comptent pour cent. Si `attente` refuse une clé, rien n'est compté, et elle dit jusqu'à quand.
    ///
    /// Rend le plus grand nombre d'essais déjà comptés, celui-ci compris, clé par clé.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn tenter(
        &self,
        cles: &[&str],
        maintenant: Timestamp,
        oublies_avant: Timestamp,
        attente: impl Fn(usize, &Essais) -> Option<Timestamp>,
    ) -> Result<Result<Vec<i64>, Timestamp>, Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.executer(sql!("oublier_anciens.sql"), valeurs![oublies_avant]).await?;
        let (mut comptes, mut fin) = (Vec::new(), None);
        for (rang, cle) in cles.iter().enumerate() {
            let essais: Option<Essais> = connexion.lire_une(sql!("un.sql"), valeurs![*cle]).await?;
            comptes.push(essais.as_ref().map_or(0, |e| e.echecs) + 1);
            fin = fin.max(essais.and_then(|e| attente(rang, &e)).filter(|f| *f > maintenant));
        }
        if let Some(fin) = fin {
            return Ok(Err(fin));
        }
        for cle in cles {
            connexion.executer(sql!("compter.sql"), valeurs![*cle, maintenant]).await?;
        }
        connexion.valider().await?;
        Ok(Ok(comptes))
    }

    /// L'essai a réussi : la première clé s'oublie, les autres rendent celui qu'elles avaient compté.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn essai_reussi(&self, cles: &[&str]) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        for (rang, cle) in cles.iter().enumerate() {
            let sql = if rang == 0 { sql!("oublier.sql") } else { sql!("rendre.sql") };
            connexion.executer(sql, valeurs![*cle]).await?;
        }
        connexion.valider().await
    }
}
