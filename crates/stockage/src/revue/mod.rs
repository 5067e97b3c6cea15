//! La revue des comptes : qui les a regardés, ce qui a été décidé, quand y revenir. Ne se réécrit pas.

use std::collections::BTreeMap;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::organisme::Tenue;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

noms_ecrits!(
    /// Ce qu'une revue décide d'un compte.
    Decision {
        /// Il sert toujours, à cette personne et pour cette mission.
        Confirme = "confirme",
        /// Il n'a plus lieu d'être.
        Ferme = "ferme",
    }
);

/// Une revue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revue {
    /// Le compte regardé.
    pub compte: AgentId,
    /// Ce qui a été décidé.
    pub decision: Decision,
    /// Par qui.
    pub par: AgentId,
    /// L'instant.
    pub quand: Timestamp,
    /// Le jour, dans le territoire.
    pub le: Date,
    /// Le jour d'y revenir ; rien pour un compte fermé.
    pub revoir_le: Option<Date>,
}

impl DepuisLigne for Revue {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            compte: AgentId(l.entier("compte")?),
            decision: Decision::lu(&l.texte("decision")?)?,
            par: AgentId(l.entier("par")?),
            quand: l.instant("quand")?,
            le: l.jour("le")?,
            revoir_le: l.jour_ou_rien("revoir_le")?,
        })
    }
}

impl Stockage {
    /// Inscrit une revue, au nom de qui répond du compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn inscrire_revue(
        &self,
        tenue: &Tenue,
        decision: Decision,
        (le, quand): (Date, Timestamp),
        revoir_le: Option<Date>,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        let id = connexion.numeroter("revue_de_compte", 1).await?;
        let valeurs = valeurs![id, tenue.compte(), decision, tenue.agent(), quand, le, revoir_le];
        connexion.executer(sql!("inscrire.sql"), valeurs).await?;
        connexion.valider().await
    }

    /// La dernière revue de chaque compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn dernieres_revues(&self) -> Result<BTreeMap<AgentId, Revue>, Echec> {
        let lues: Vec<Revue> = self.base.lire(sql!("dernieres.sql"), vec![]).await?;
        Ok(lues.into_iter().map(|revue| (revue.compte, revue)).collect())
    }
}
