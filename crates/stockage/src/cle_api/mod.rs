//! Les clés de l'interface de programme : chacune est celle d'un compte, et n'a que ses droits.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::habilitation::Administration;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::compte::Compte;
use crate::echec::Echec;

/// Une clé. Ce qui a été remis au programme n'est pas gardé : seule son empreinte l'est.
#[derive(Clone, PartialEq, Eq)]
pub struct CleApi {
    /// Son numéro.
    pub id: i64,
    /// Le compte dont elle a les droits.
    pub compte: AgentId,
    /// À quoi elle sert : « Genesis, service logement ».
    pub nom: String,
    /// L'empreinte de la clé remise.
    pub empreinte: String,
    /// Ses derniers caractères, pour la reconnaître.
    pub indice: String,
    /// Ce qu'elle permet.
    pub portee: PorteeDeCle,
    /// L'instant où elle a été faite.
    pub cree_le: Timestamp,
    /// Qui l'a faite ; 0 pour la ligne de commande.
    pub cree_par: AgentId,
    /// Le premier instant où elle ne sert plus.
    pub expire_le: Timestamp,
    /// Sa dernière demande, à quelques minutes près.
    pub vue_le: Option<Timestamp>,
    /// L'instant où elle a été retirée.
    pub revoquee_le: Option<Timestamp>,
}

noms_ecrits!(
    /// Ce qu'une clé permet, dans les droits de son compte.
    PorteeDeCle {
        /// Lire.
        Lecture = "lecture",
        /// Lire et écrire.
        Ecriture = "ecriture",
    }
);

/// Une empreinte ne va dans aucun journal.
impl std::fmt::Debug for CleApi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CleApi").field("id", &self.id).finish_non_exhaustive()
    }
}

impl CleApi {
    /// Elle ouvre encore l'interface.
    #[must_use]
    pub fn sert(&self, maintenant: Timestamp) -> bool {
        self.revoquee_le.is_none() && maintenant < self.expire_le
    }
}

impl DepuisLigne for CleApi {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            compte: AgentId(l.entier("compte")?),
            nom: l.texte("nom")?,
            empreinte: l.texte("empreinte")?,
            indice: l.texte("indice")?,
            portee: PorteeDeCle::lu(&l.texte("portee")?)?,
            cree_le: l.instant("cree_le")?,
            cree_par: AgentId(l.entier("cree_par")?),
            expire_le: l.instant("expire_le")?,
            vue_le: l.instant_ou_rien("vue_le")?,
            revoquee_le: l.instant_ou_rien("revoquee_le")?,
        })
    }
}

impl Stockage {
    /// Inscrit une clé, et rend son numéro ; celui de `cle` est ignoré.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn creer_cle_api(
        &self,
        administration: &Administration,
        cle: &CleApi,
    ) -> Result<i64, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let id = connexion.numeroter("cle_api", 1).await?;
        let valeurs = valeurs![
            id,
            cle.compte,
            cle.nom.as_str(),
            cle.empreinte.as_str(),
            cle.indice.as_str(),
            cle.portee,
            cle.cree_le,
            administration.agent(),
            cle.expire_le
        ];
        connexion.executer(sql!("creer.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(id)
    }

    /// Les clés qui ouvrent encore à cet instant, pour revoir les comptes.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn cles_qui_servent(&self, maintenant: Timestamp) -> Result<Vec<CleApi>, Echec> {
        self.base.lire(sql!("qui_servent.sql"), valeurs![maintenant]).await
    }

    /// Toutes les clés, les dernières d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn cles_api(&self, _administration: &Administration) -> Result<Vec<CleApi>, Echec> {
        self.base.lire(sql!("toutes.sql"), vec![]).await
    }

    /// Une clé, par son numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe pas.
    pub async fn cle_api(
        &self,
        _administration: &Administration,
        id: i64,
    ) -> Result<CleApi, Echec> {
        self.base.lire_une(sql!("une.sql"), valeurs![id]).await?.ok_or(Echec::Introuvable)
    }

    /// La clé de cette empreinte et son compte, qu'ils servent encore ou non.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn cle_api_par_empreinte(
        &self,
        empreinte: &str,
    ) -> Result<Option<(CleApi, Compte)>, Echec> {
        let cle: Option<CleApi> =
            self.base.lire_une(sql!("par_empreinte.sql"), valeurs![empreinte]).await?;
        match cle {
            Some(cle) => {
                let compte = self.compte(cle.compte).await?;
                Ok(Some((cle, compte)))
            }
            None => Ok(None),
        }
    }

    /// Retire une clé : elle n'ouvre plus rien.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] si elle n'existe pas ou ne servait déjà plus.
    pub async fn revoquer_cle_api(
        &self,
        _administration: &Administration,
        id: i64,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        match self.base.executer(sql!("revoquer.sql"), valeurs![id, quand]).await? {
            0 => Err(Echec::Introuvable),
            _ => Ok(()),
        }
    }

    /// Avance la fin d'une clé ; ne la recule jamais.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn abreger_cle_api(
        &self,
        _administration: &Administration,
        id: i64,
        expire_le: Timestamp,
    ) -> Result<(), Echec> {
        self.base.executer(sql!("abreger.sql"), valeurs![id, expire_le]).await.map(drop)
    }

    /// Note qu'une clé vient de servir.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn noter_usage_de_cle(&self, id: i64, quand: Timestamp) -> Result<(), Echec> {
        self.base.executer(sql!("vue.sql"), valeurs![id, quand]).await.map(drop)
    }
}
