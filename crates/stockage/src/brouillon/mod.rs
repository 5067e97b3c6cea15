//! Les notices en cours de saisie, gardées à mesure. Une preuve de dépôt ne mène qu'aux siennes.

use ccapex::partenaires::habilitation::Depot;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Une notice en cours de saisie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brouillon {
    /// Son numéro.
    pub id: i64,
    /// La nature de l'acte, par code.
    pub nature: String,
    /// Les champs remplis, en JSON.
    pub contenu: String,
    /// Quand elle a été touchée pour la dernière fois.
    pub maj_le: Timestamp,
}

impl DepuisLigne for Brouillon {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            nature: l.texte("nature")?,
            contenu: l.texte("contenu")?,
            maj_le: l.instant("maj_le")?,
        })
    }
}

impl Stockage {
    /// Commence une notice. Rend son numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn creer_brouillon(
        &self,
        depot: &Depot,
        nature: &str,
        contenu: &str,
        maj_le: Timestamp,
    ) -> Result<i64, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let id = connexion.numeroter("brouillon", 1).await?;
        let valeurs = valeurs![id, depot.profil(), depot.agent(), nature, contenu, maj_le];
        connexion.executer(sql!("creer.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(id)
    }

    /// Garde ce qui est écrit jusqu'ici.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe plus, ou si elle est d'un autre.
    pub async fn garder_brouillon(
        &self,
        depot: &Depot,
        id: i64,
        contenu: &str,
        maj_le: Timestamp,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![id, depot.profil(), depot.agent(), contenu, maj_le];
        match self.base.executer(sql!("garder.sql"), valeurs).await? {
            0 => Err(Echec::Introuvable),
            _ => Ok(()),
        }
    }

    /// Une notice en cours.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe plus, ou si elle est d'un autre.
    pub async fn brouillon(&self, depot: &Depot, id: i64) -> Result<Brouillon, Echec> {
        let valeurs = valeurs![id, depot.profil(), depot.agent()];
        self.base.lire_une(sql!("un.sql"), valeurs).await?.ok_or(Echec::Introuvable)
    }

    /// Les notices en cours de cette personne, la dernière touchée d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn brouillons(&self, depot: &Depot) -> Result<Vec<Brouillon>, Echec> {
        self.base.lire(sql!("les_miens.sql"), valeurs![depot.profil(), depot.agent()]).await
    }

    /// Oublie une notice : enregistrée, ou abandonnée.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn oublier_brouillon(&self, depot: &Depot, id: i64) -> Result<(), Echec> {
        let valeurs = valeurs![id, depot.profil(), depot.agent()];
        self.base.executer(sql!("oublier.sql"), valeurs).await.map(drop)
    }

    /// Oublie celles que personne n'a touchées depuis cet instant. Rend leur nombre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn oublier_les_vieux_brouillons(&self, avant: Timestamp) -> Result<u64, Echec> {
        self.base.executer(sql!("oublier_les_vieux.sql"), valeurs![avant]).await
    }
}
