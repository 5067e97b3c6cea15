//! Le second facteur d'un compte : le secret de ses codes, ses codes de secours, ses appareils de confiance.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Stockage, sql};
use crate::echec::Echec;

/// Le second facteur d'un compte.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFacteur {
    /// Le compte.
    pub compte: AgentId,
    /// Le secret, chiffré par la clé de l'installation.
    pub secret: String,
    /// Depuis quand il sert ; rien tant qu'un premier code n'a pas été donné.
    pub actif_le: Option<Timestamp>,
    /// Le dernier intervalle dont le code a servi.
    pub dernier_pas: i64,
}

/// Un secret, même chiffré, ne va dans aucun journal.
impl std::fmt::Debug for SecondFacteur {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFacteur").field("compte", &self.compte).finish_non_exhaustive()
    }
}

impl DepuisLigne for SecondFacteur {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            compte: AgentId(l.entier("compte")?),
            secret: l.texte("secret")?,
            actif_le: l.instant_ou_rien("actif_le")?,
            dernier_pas: l.entier("dernier_pas")?,
        })
    }
}

/// Un appareil où le code ne se redemande pas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appareil {
    /// L'empreinte de son jeton.
    pub empreinte: String,
    /// Le compte.
    pub compte: AgentId,
    /// Le navigateur et le système, en mots.
    pub nom: String,
    /// Depuis quand.
    pub cree_le: Timestamp,
    /// Jusqu'à quand.
    pub expire_le: Timestamp,
}

impl DepuisLigne for Appareil {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            empreinte: l.texte("empreinte")?,
            compte: AgentId(l.entier("compte")?),
            nom: l.texte("nom")?,
            cree_le: l.instant("cree_le")?,
            expire_le: l.instant("expire_le")?,
        })
    }
}

impl Stockage {
    /// Le second facteur d'un compte, proposé ou actif.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn second_facteur(&self, compte: AgentId) -> Result<Option<SecondFacteur>, Echec> {
        self.base.lire_une(sql!("un.sql"), valeurs![compte]).await
    }

    /// Les comptes qui ont un second facteur actif.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn comptes_a_second_facteur(&self) -> Result<Vec<i64>, Echec> {
        self.base.lire(sql!("actifs.sql"), vec![]).await
    }

    /// Propose un secret : il ne sert qu'une fois activé. Un second facteur actif ne se remplace pas ainsi.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] si un second facteur est déjà actif.
    pub async fn proposer_facteur(&self, compte: AgentId, secret: &str) -> Result<(), Echec> {
        match self.base.executer(sql!("proposer.sql"), valeurs![compte, secret]).await? {
            0 => Err(Echec::Conflit),
            _ => Ok(()),
        }
    }

    /// Active le second facteur proposé, avec ses codes de secours.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] s'il l'est déjà, ou si rien n'est proposé.
    pub async fn activer_facteur(
        &self,
        compte: AgentId,
        quand: Timestamp,
        pas: i64,
        codes: &[String],
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        if connexion.executer(sql!("activer.sql"), valeurs![compte, quand, pas]).await? == 0 {
            return Err(Echec::Conflit);
        }
        connexion.remplacer_les_codes(compte, codes).await?;
        connexion.valider().await
    }

    /// Note que le code de cet intervalle a servi. Rend `false` s'il avait déjà servi, ou un plus récent.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn avancer_facteur(&self, compte: AgentId, pas: i64) -> Result<bool, Echec> {
        Ok(self.base.executer(sql!("avancer.sql"), valeurs![compte, pas]).await? > 0)
    }

    /// Retire le second facteur, ses codes de secours et ses appareils de confiance.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn retirer_facteur(&self, compte: AgentId) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.executer(sql!("retirer.sql"), valeurs![compte]).await?;
        connexion.executer(sql!("retirer_codes.sql"), valeurs![compte]).await?;
        connexion.executer(sql!("retirer_appareils.sql"), valeurs![compte]).await?;
        connexion.valider().await
    }

    /// Remplace les codes de secours.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn remplacer_codes(&self, compte: AgentId, codes: &[String]) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.remplacer_les_codes(compte, codes).await?;
        connexion.valider().await
    }

    /// Se sert d'un code de secours. Rend `false` s'il n'existe pas, ou s'il a servi.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn depenser_code(&self, compte: AgentId, empreinte: &str) -> Result<bool, Echec> {
        Ok(self.base.executer(sql!("depenser_code.sql"), valeurs![compte, empreinte]).await? > 0)
    }

    /// Combien de codes de secours il reste.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn codes_restants(&self, compte: AgentId) -> Result<i64, Echec> {
        let n = self.base.lire_une(sql!("compter_codes.sql"), valeurs![compte]).await?;
        Ok(n.unwrap_or_default())
    }

    /// Garde un appareil de confiance.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn garder_appareil(&self, appareil: &Appareil) -> Result<(), Echec> {
        let valeurs = valeurs![
            appareil.empreinte.as_str(),
            appareil.compte,
            appareil.nom.as_str(),
            appareil.cree_le,
            appareil.expire_le
        ];
        self.base.executer(sql!("ajouter_appareil.sql"), valeurs).await.map(drop)
    }

    /// Cet appareil est-il de confiance pour ce compte ?
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn appareil_connu(
        &self,
        empreinte: &str,
        compte: AgentId,
        maintenant: Timestamp,
    ) -> Result<bool, Echec> {
        let valeurs = valeurs![empreinte, compte, maintenant];
        let connu: Option<Appareil> = self.base.lire_une(sql!("appareil.sql"), valeurs).await?;
        Ok(connu.is_some())
    }

    /// Les appareils de confiance d'un compte, le plus récent d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn appareils(
        &self,
        compte: AgentId,
        maintenant: Timestamp,
    ) -> Result<Vec<Appareil>, Echec> {
        self.base.lire(sql!("appareils.sql"), valeurs![compte, maintenant]).await
    }

    /// Ne fait plus confiance à aucun appareil de ce compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn oublier_appareils(&self, compte: AgentId) -> Result<(), Echec> {
        self.base.executer(sql!("retirer_appareils.sql"), valeurs![compte]).await.map(drop)
    }
}

impl Connexion {
    async fn remplacer_les_codes(
        &mut self,
        compte: AgentId,
        codes: &[String],
    ) -> Result<(), Echec> {
        self.executer(sql!("retirer_codes.sql"), valeurs![compte]).await?;
        for empreinte in codes {
            let valeurs = valeurs![compte, empreinte.as_str()];
            self.executer(sql!("ajouter_code.sql"), valeurs).await?;
        }
        Ok(())
    }
}
