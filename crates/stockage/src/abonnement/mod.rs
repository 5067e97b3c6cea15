//! Les abonnements au calendrier : un lien secret par personne, révocable.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::compte::Compte;
use crate::echec::Echec;

/// L'abonnement d'une personne. Le jeton de son lien n'est pas gardé : seule son empreinte l'est.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abonnement {
    /// La personne.
    pub compte: AgentId,
    /// L'instant où ce lien a été créé.
    pub cree_le: Timestamp,
    /// La dernière fois qu'il a servi.
    pub vu_le: Option<Timestamp>,
}

impl DepuisLigne for Abonnement {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            compte: AgentId(l.entier("compte")?),
            cree_le: l.instant("cree_le")?,
            vu_le: l.instant_ou_rien("vu_le")?,
        })
    }
}

impl Stockage {
    /// L'abonnement d'une personne, si elle en a un.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn abonnement(&self, compte: AgentId) -> Result<Option<Abonnement>, Echec> {
        self.base.lire_une(sql!("de_la_personne.sql"), valeurs![compte]).await
    }

    /// Donne à une personne un lien neuf ; celui d'avant ne vaut plus.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn abonner(
        &self,
        compte: AgentId,
        empreinte: &str,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![compte, empreinte, quand];
        self.base.executer(sql!("abonner.sql"), valeurs).await.map(drop)
    }

    /// Coupe le lien d'une personne.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn desabonner(&self, compte: AgentId) -> Result<(), Echec> {
        self.base.executer(sql!("desabonner.sql"), valeurs![compte]).await.map(drop)
    }

    /// Le compte à qui ce lien a été donné, s'il est actif.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn abonne(&self, empreinte: &str) -> Result<Option<(Abonnement, Compte)>, Echec> {
        let lu: Option<Abonnement> =
            self.base.lire_une(sql!("du_lien.sql"), valeurs![empreinte]).await?;
        let Some(abonnement) = lu else { return Ok(None) };
        match self.compte(abonnement.compte).await {
            Ok(compte) if compte.actif => Ok(Some((abonnement, compte))),
            Ok(_) | Err(Echec::Introuvable) => Ok(None),
            Err(echec) => Err(echec),
        }
    }

    /// Note que le lien vient de servir.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn abonnement_vu(&self, compte: AgentId, quand: Timestamp) -> Result<(), Echec> {
        self.base.executer(sql!("vu.sql"), valeurs![compte, quand]).await.map(drop)
    }
}
