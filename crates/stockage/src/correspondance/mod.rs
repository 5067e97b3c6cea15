//! Les en-têtes d'un émetteur, mis en correspondance une fois à la main.

use ccapex::partenaires::habilitation::Depot;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Une correspondance gardée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondance {
    /// L'émetteur, normalisé.
    pub emetteur: String,
    /// La nature de l'acte.
    pub nature: String,
    /// En-tête par champ, en JSON.
    pub contenu: String,
}

impl DepuisLigne for Correspondance {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            emetteur: l.texte("emetteur")?,
            nature: l.texte("nature")?,
            contenu: l.texte("contenu")?,
        })
    }
}

impl Stockage {
    /// La correspondance d'un émetteur pour une nature.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn correspondance(
        &self,
        depot: &Depot,
        emetteur: &str,
        nature: &str,
    ) -> Result<Option<Correspondance>, Echec> {
        self.base.lire_une(sql!("une.sql"), valeurs![depot.profil(), emetteur, nature]).await
    }

    /// Toutes les correspondances du profil.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn correspondances(&self, depot: &Depot) -> Result<Vec<Correspondance>, Echec> {
        self.base.lire(sql!("toutes.sql"), valeurs![depot.profil()]).await
    }

    /// Garde une correspondance ; celle d'avant, pour le même émetteur et la même nature, est remplacée.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn garder_correspondance(
        &self,
        depot: &Depot,
        correspondance: &Correspondance,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![
            depot.profil(),
            correspondance.emetteur.as_str(),
            correspondance.nature.as_str(),
            correspondance.contenu.as_str()
        ];
        self.base.executer(sql!("garder.sql"), valeurs).await.map(drop)
    }

    /// Oublie une correspondance.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn oublier_correspondance(
        &self,
        depot: &Depot,
        emetteur: &str,
        nature: &str,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![depot.profil(), emetteur, nature];
        self.base.executer(sql!("oublier.sql"), valeurs).await.map(drop)
    }
}
