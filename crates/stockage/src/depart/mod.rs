//! Les courriels à faire partir : préparés, envoyés, ou en échec avec la raison.

use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Le numéro de lettre d'un courriel qui n'en porte pas : une invitation.
pub const SANS_LETTRE: i64 = 0;

/// Celui d'un résumé quotidien, ou d'un avis : son texte est entier, et n'est d'aucun dossier.
pub const RESUME: i64 = -1;

/// Celui d'une demande faite à l'émetteur d'une notice : son texte est entier, et la notice est la sienne.
pub const DEMANDE: i64 = -2;

/// Un courriel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depart {
    /// Son numéro.
    pub id: i64,
    /// La lettre qu'il porte, ou [`SANS_LETTRE`], [`RESUME`], [`DEMANDE`].
    pub courrier: i64,
    /// L'adresse.
    pub a: String,
    /// L'objet.
    pub objet: String,
    /// Le texte.
    pub corps: String,
    /// Où il en est.
    pub etat: EtatDeDepart,
    /// Les essais faits.
    pub essais: i64,
    /// La raison du dernier échec.
    pub erreur: String,
    /// L'instant de sa préparation.
    pub cree_le: Timestamp,
    /// L'instant de son dernier changement.
    pub change_le: Timestamp,
}

noms_ecrits!(
    /// Où en est un courriel.
    EtatDeDepart {
        /// À envoyer, ou gardé si aucun serveur d'envoi n'est réglé.
        EnAttente = "en_attente",
        /// Un programme est en train de l'envoyer.
        EnCours = "en_cours",
        /// Remis au serveur d'envoi.
        Envoye = "envoye",
        /// Refusé.
        Echec = "echec",
        /// Retiré par une personne avant d'être parti.
        Retire = "retire",
    }
);

impl DepuisLigne for Depart {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            courrier: l.entier("courrier")?,
            a: l.texte("a")?,
            objet: l.texte("objet")?,
            corps: l.texte("corps")?,
            etat: EtatDeDepart::lu(&l.texte("etat")?)?,
            essais: l.entier("essais")?,
            erreur: l.texte("erreur")?,
            cree_le: l.instant("cree_le")?,
            change_le: l.instant("change_le")?,
        })
    }
}

impl Stockage {
    /// Prépare un courriel, et rend son numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn preparer_depart(
        &self,
        courrier: i64,
        a: &str,
        objet: &str,
        corps: &str,
        quand: Timestamp,
    ) -> Result<i64, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let id = connexion.numeroter("depart", 1).await?;
        let valeurs = valeurs![id, courrier, a, objet, corps, EtatDeDepart::EnAttente, quand];
        connexion.executer(sql!("preparer.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(id)
    }

    /// Les courriels dans cet état, les plus anciens d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn departs(&self, etat: EtatDeDepart, limite: i64) -> Result<Vec<Depart>, Echec> {
        self.base.lire(sql!("par_etat.sql"), valeurs![etat, limite]).await
    }

    /// Les courriels d'une lettre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn departs_du_courrier(&self, courrier: i64) -> Result<Vec<Depart>, Echec> {
        self.base.lire(sql!("du_courrier.sql"), valeurs![courrier]).await
    }

    /// Prend le plus ancien courriel en attente, pour qu'un seul programme l'envoie.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn prendre_depart(&self, quand: Timestamp) -> Result<Option<Depart>, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let valeurs = valeurs![EtatDeDepart::EnAttente, EtatDeDepart::EnCours, quand];
        let pris = connexion.lire_une(sql!("prendre.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(pris)
    }

    /// Retire un courriel qui attend encore. Rend `false` s'il est parti, ou sur le point de partir.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn retirer_depart(&self, id: i64, quand: Timestamp) -> Result<bool, Echec> {
        let valeurs = valeurs![id, EtatDeDepart::EnAttente, EtatDeDepart::Retire, quand];
        Ok(self.base.executer(sql!("retirer.sql"), valeurs).await? == 1)
    }

    /// Dit ce qu'un envoi a donné ; `erreur` est vide s'il a réussi.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn changer_depart(
        &self,
        id: i64,
        etat: EtatDeDepart,
        erreur: &str,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![id, etat, erreur, quand];
        self.base.executer(sql!("changer.sql"), valeurs).await.map(drop)
    }
}
