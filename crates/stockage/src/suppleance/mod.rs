//! Les suppléances : qui supplée qui, du premier au dernier jour compris. Rien ne s'efface.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Supplee;
use ccapex::partenaires::suppleance::Designation;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

noms_ecrits!(
    /// Pourquoi une personne est suppléée. Rien de sa santé ni de sa vie ne se dit.
    MotifDeSuppleance {
        /// Des congés.
        Conges = "conges",
        /// Une absence, sans plus.
        Absence = "absence",
        /// Une formation ou une mission ailleurs.
        Formation = "formation",
        /// Son poste reste vacant quelque temps.
        PosteVacant = "poste_vacant",
    }
);

/// Une suppléance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppleance {
    /// Son numéro.
    pub id: i64,
    /// La personne absente.
    pub absent: AgentId,
    /// Celle qui la supplée.
    pub suppleant: AgentId,
    /// Le premier jour, compris.
    pub du: Date,
    /// Le dernier jour, compris.
    pub au: Date,
    /// Pourquoi.
    pub motif: MotifDeSuppleance,
    /// Qui l'a décidée ; 0 pour la ligne de commande.
    pub par: AgentId,
    /// L'instant de la décision.
    pub cree_le: Timestamp,
    /// L'instant où l'on y a mis fin avant l'heure.
    pub finie_le: Option<Timestamp>,
    /// Qui y a mis fin.
    pub finie_par: Option<AgentId>,
}

impl Suppleance {
    /// Elle vaut ce jour-là.
    #[must_use]
    pub fn vaut(&self, jour: Date) -> bool {
        self.finie_le.is_none() && (self.du..=self.au).contains(&jour)
    }
}

impl DepuisLigne for Suppleance {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            absent: AgentId(l.entier("absent")?),
            suppleant: AgentId(l.entier("suppleant")?),
            du: l.jour("du")?,
            au: l.jour("au")?,
            motif: MotifDeSuppleance::lu(&l.texte("motif")?)?,
            par: AgentId(l.entier("par")?),
            cree_le: l.instant("cree_le")?,
            finie_le: l.instant_ou_rien("finie_le")?,
            finie_par: l.entier_ou_rien("finie_par")?.map(AgentId),
        })
    }
}

/// Une personne suppléée, telle que l'habilitation la connaît.
struct EnCours(Supplee);

impl DepuisLigne for EnCours {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(Supplee {
            id: AgentId(l.entier("absent")?),
            nom: l.texte("nom")?,
            au: l.jour("au")?,
        }))
    }
}

impl Stockage {
    /// Ceux que cette personne supplée ce jour-là. Une personne dont le compte est fermé, ou qui n'a plus le
    /// même organisme, la même mission ou le même territoire, n'est suppléée par personne.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn supplees(&self, suppleant: AgentId, jour: Date) -> Result<Vec<Supplee>, Echec> {
        let lus: Vec<EnCours> =
            self.base.lire(sql!("en_cours.sql"), valeurs![suppleant, jour]).await?;
        Ok(lus.into_iter().map(|EnCours(supplee)| supplee).collect())
    }

    /// Inscrit une suppléance, et rend son numéro ; celui de `suppleance` est ignoré.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] si la preuve est celle d'une autre personne ; [`Echec::Panne`] si la base ne répond pas.
    pub async fn inscrire_suppleance(
        &self,
        designation: &Designation,
        suppleance: &Suppleance,
    ) -> Result<i64, Echec> {
        if designation.absent() != suppleance.absent {
            return Err(Echec::Conflit);
        }
        let mut connexion = self.base.ecrire().await?;
        let id = connexion.numeroter("suppleance", 1).await?;
        let valeurs = valeurs![
            id,
            suppleance.absent,
            suppleance.suppleant,
            suppleance.du,
            suppleance.au,
            suppleance.motif,
            designation.agent(),
            suppleance.cree_le
        ];
        connexion.executer(sql!("inscrire.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(id)
    }

    /// Met fin à une suppléance. Rend `false` si elle l'était déjà.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn finir_suppleance(
        &self,
        id: i64,
        par: AgentId,
        quand: Timestamp,
    ) -> Result<bool, Echec> {
        Ok(self.base.executer(sql!("finir.sql"), valeurs![id, par, quand]).await? > 0)
    }

    /// Une suppléance, par son numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe pas.
    pub async fn suppleance(&self, id: i64) -> Result<Suppleance, Echec> {
        self.base.lire_une(sql!("une.sql"), valeurs![id]).await?.ok_or(Echec::Introuvable)
    }

    /// Les suppléances où cette personne est absente ou supplée, la dernière d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn suppleances_du_compte(&self, compte: AgentId) -> Result<Vec<Suppleance>, Echec> {
        self.base.lire(sql!("du_compte.sql"), valeurs![compte]).await
    }

    /// Toutes les suppléances, la dernière d'abord. À borner à ce que la personne peut voir des comptes.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn suppleances(&self) -> Result<Vec<Suppleance>, Echec> {
        self.base.lire(sql!("toutes.sql"), vec![]).await
    }
}
