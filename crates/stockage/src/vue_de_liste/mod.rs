//! Les vues de listes qu'une personne a nommées. Elles sont à elle seule : son numéro est dans chaque requête.

use ccapex::partenaires::agent::Agent;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Une vue nommée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VueDeListe {
    /// Le nom que la personne lui donne.
    pub nom: String,
    /// Ce que l'adresse de la liste demande.
    pub demande: String,
    /// Elle s'ouvre d'elle-même.
    pub par_defaut: bool,
}

impl DepuisLigne for VueDeListe {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            nom: l.texte("nom")?,
            demande: l.texte("demande")?,
            par_defaut: l.oui("par_defaut")?,
        })
    }
}

impl Stockage {
    /// Les vues de cette personne, par nom.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn vues_de_liste(&self, agent: &Agent) -> Result<Vec<VueDeListe>, Echec> {
        self.base.lire(sql!("toutes.sql"), valeurs![agent.id]).await
    }

    /// Garde une vue ; celle du même nom est remplacée.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn garder_la_vue(
        &self,
        agent: &Agent,
        nom: &str,
        demande: &str,
    ) -> Result<(), Echec> {
        self.base.executer(sql!("garder.sql"), valeurs![agent.id, nom, demande]).await.map(drop)
    }

    /// Renomme une vue.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe pas, ou plus.
    pub async fn renommer_la_vue(
        &self,
        agent: &Agent,
        nom: &str,
        nouveau: &str,
    ) -> Result<(), Echec> {
        let n = self.base.executer(sql!("renommer.sql"), valeurs![agent.id, nom, nouveau]).await?;
        if n == 0 { Err(Echec::Introuvable) } else { Ok(()) }
    }

    /// Oublie une vue.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn oublier_la_vue(&self, agent: &Agent, nom: &str) -> Result<(), Echec> {
        self.base.executer(sql!("oublier.sql"), valeurs![agent.id, nom]).await.map(drop)
    }

    /// La vue qui s'ouvre d'elle-même ; aucune si ce nom n'est pas celui d'une vue.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn ouvrir_par_defaut(&self, agent: &Agent, nom: &str) -> Result<(), Echec> {
        self.base.executer(sql!("par_defaut.sql"), valeurs![agent.id, nom]).await.map(drop)
    }
}
