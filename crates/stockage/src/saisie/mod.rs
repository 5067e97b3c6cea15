//! Ce qu'une personne avait tapé quand sa session s'est éteinte, le temps qu'elle revienne.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

struct Contenu(String);

impl DepuisLigne for Contenu {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.texte("contenu")?))
    }
}

impl Stockage {
    /// Garde une saisie, déjà chiffrée, et oublie celles qui sont trop vieilles.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn garder_saisie(
        &self,
        empreinte: &str,
        compte: AgentId,
        contenu: &str,
        maintenant: Timestamp,
        expire_le: Timestamp,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.executer(sql!("oublier_finies.sql"), valeurs![maintenant]).await?;
        let valeurs = valeurs![empreinte, compte, contenu, expire_le];
        connexion.executer(sql!("garder.sql"), valeurs).await?;
        connexion.valider().await
    }

    /// La saisie gardée sous cette empreinte, si elle est à ce compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn saisie_en_attente(
        &self,
        empreinte: &str,
        compte: AgentId,
        maintenant: Timestamp,
    ) -> Result<Option<String>, Echec> {
        let valeurs = valeurs![empreinte, compte, maintenant];
        let contenu: Option<Contenu> = self.base.lire_une(sql!("une.sql"), valeurs).await?;
        Ok(contenu.map(|c| c.0))
    }

    /// Oublie une saisie.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn oublier_saisie(&self, empreinte: &str, compte: AgentId) -> Result<(), Echec> {
        self.base.executer(sql!("oublier.sql"), valeurs![empreinte, compte]).await.map(drop)
    }
}
