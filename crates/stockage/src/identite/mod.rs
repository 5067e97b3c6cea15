//! L'adresse d'un compte, et la personne que les fournisseurs d'identité y reconnaissent.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

struct Courriel(String);

impl DepuisLigne for Courriel {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.texte("courriel")?))
    }
}

impl Stockage {
    /// L'adresse électronique d'un compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn courriel_du_compte(&self, compte: AgentId) -> Result<Option<String>, Echec> {
        let courriel: Option<Courriel> =
            self.base.lire_une(sql!("courriel.sql"), valeurs![compte]).await?;
        Ok(courriel.map(|c| c.0))
    }

    /// Donne son adresse à un compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si un autre compte a déjà cette adresse.
    pub async fn garder_courriel(&self, compte: AgentId, courriel: &str) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        let pris: Option<i64> =
            connexion.lire_une(sql!("compte_du_courriel.sql"), valeurs![courriel]).await?;
        if pris.is_some_and(|autre| AgentId(autre) != compte) {
            return Err(Echec::Refus(
                "Un autre compte a déjà cette adresse : elle désigne une seule personne. \
                 Cherchez ce compte dans la liste, ou donnez une autre adresse."
                    .to_owned(),
            ));
        }
        connexion.executer(sql!("garder_courriel.sql"), valeurs![compte, courriel]).await?;
        connexion.valider().await
    }

    /// Le compte qui a cette adresse.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn compte_du_courriel(&self, courriel: &str) -> Result<Option<AgentId>, Echec> {
        let n: Option<i64> =
            self.base.lire_une(sql!("compte_du_courriel.sql"), valeurs![courriel]).await?;
        Ok(n.map(AgentId))
    }

    /// Le compte que ce fournisseur désigne sous ce nom.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn compte_du_sujet(
        &self,
        emetteur: &str,
        sujet: &str,
    ) -> Result<Option<AgentId>, Echec> {
        let n: Option<i64> =
            self.base.lire_une(sql!("compte_du_sujet.sql"), valeurs![emetteur, sujet]).await?;
        Ok(n.map(AgentId))
    }

    /// Retient qu'un fournisseur désigne ce compte sous ce nom. Un compte n'a qu'un nom par fournisseur.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] si ce fournisseur en désigne déjà un autre ainsi, ou ce compte autrement.
    pub async fn lier_identite(
        &self,
        emetteur: &str,
        sujet: &str,
        compte: AgentId,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        let pris: Option<i64> =
            connexion.lire_une(sql!("compte_du_sujet.sql"), valeurs![emetteur, sujet]).await?;
        let deja: Option<Courriel> =
            connexion.lire_une(sql!("du_compte.sql"), valeurs![compte, emetteur]).await?;
        if pris.is_some() || deja.is_some() {
            return Err(Echec::Conflit);
        }
        let valeurs = valeurs![emetteur, sujet, compte, quand];
        connexion.executer(sql!("lier.sql"), valeurs).await?;
        connexion.valider().await
    }

    /// Plus aucun fournisseur ne désigne ce compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn delier_identites(&self, compte: AgentId) -> Result<(), Echec> {
        self.base.executer(sql!("delier.sql"), valeurs![compte]).await.map(drop)
    }
}
