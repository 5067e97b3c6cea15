//! Les comptes des personnes, et leurs sessions.

use std::collections::BTreeSet;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::Administration;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

/// Un compte.
#[derive(Clone, PartialEq, Eq)]
pub struct Compte {
    /// La personne, telle que l'habilitation la connaît.
    pub agent: Agent,
    /// Le nom par lequel elle se connecte.
    pub identifiant: String,
    /// Le mot de passe, haché par argon2.
    pub secret: String,
    /// Le compte sert encore.
    pub actif: bool,
    /// L'instant de sa création.
    pub cree_le: Timestamp,
    /// Les essais manqués depuis la dernière connexion.
    pub echecs: i64,
    /// Le dernier essai manqué.
    pub dernier_echec: Option<Timestamp>,
    /// Le dernier jour où le compte sert, compris.
    pub fin: Option<Date>,
}

/// Le secret haché ne va dans aucun journal.
impl std::fmt::Debug for Compte {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compte").field("agent", &self.agent.id).finish_non_exhaustive()
    }
}

/// Une session ouverte. Le jeton remis au navigateur n'est pas gardé : seule son empreinte l'est.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// L'empreinte du jeton.
    pub empreinte: String,
    /// Le compte.
    pub compte: AgentId,
    /// L'ouverture.
    pub cree_le: Timestamp,
    /// La dernière page vue.
    pub vu_le: Timestamp,
    /// La fin.
    pub expire_le: Timestamp,
    /// Le jeton des formulaires.
    pub jeton_csrf: String,
}

/// Une empreinte et un jeton ne vont dans aucun journal.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("compte", &self.compte).finish_non_exhaustive()
    }
}

impl DepuisLigne for Compte {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let role = l.texte("role")?;
        Ok(Self {
            agent: Agent {
                id: AgentId(l.entier("id")?),
                nom: l.texte("nom")?,
                organisme: l.texte("organisme")?,
                role: Role::de_code(&role)
                    .ok_or_else(|| Echec::panne(format!("rôle inconnu : {role}")))?,
                profil: l.texte("profil")?,
                sous_commission: l.texte_ou_rien("sous_commission")?,
                service: l.texte_ou_rien("service")?,
                communes: l.texte("communes")?.split_whitespace().map(str::to_owned).collect(),
            },
            identifiant: l.texte("identifiant")?,
            secret: l.texte("secret")?,
            actif: l.oui("actif")?,
            cree_le: l.instant("cree_le")?,
            echecs: l.entier("echecs")?,
            dernier_echec: l.instant_ou_rien("dernier_echec")?,
            fin: l.jour_ou_rien("fin")?,
        })
    }
}

impl DepuisLigne for Session {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            empreinte: l.texte("empreinte")?,
            compte: AgentId(l.entier("compte")?),
            cree_le: l.instant("cree_le")?,
            vu_le: l.instant("vu_le")?,
            expire_le: l.instant("expire_le")?,
            jeton_csrf: l.texte("jeton_csrf")?,
        })
    }
}

impl Stockage {
    /// Crée un compte, et rend son numéro ; celui de `compte.agent` est ignoré.
    ///
    /// La ligne de commande crée le premier administrateur : aucune preuve n'existe avant lui.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si l'identifiant est déjà pris.
    pub async fn creer_compte(&self, compte: &Compte) -> Result<AgentId, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let pris = sql!("par_identifiant.sql");
        let pris: Option<Compte> =
            connexion.lire_une(pris, valeurs![compte.identifiant.as_str()]).await?;
        if pris.is_some() {
            return Err(Echec::Refus(format!(
                "L'identifiant « {} » est déjà pris. Choisissez-en un autre.",
                compte.identifiant
            )));
        }
        let id = connexion.numeroter("compte", 1).await?;
        let agent = &compte.agent;
        let valeurs = valeurs![
            id,
            compte.identifiant.as_str(),
            agent.nom.as_str(),
            agent.organisme.as_str(),
            agent.role.code(),
            agent.profil.as_str(),
            agent.sous_commission.clone(),
            agent.service.clone(),
            compte.secret.as_str(),
            compte.actif,
            compte.cree_le,
            0,
            agent.communes.join(" "),
            compte.fin
        ];
        connexion.executer(sql!("creer.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(AgentId(id))
    }

    /// Le compte de cet identifiant, actif ou non.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn compte_par_identifiant(&self, identifiant: &str) -> Result<Option<Compte>, Echec> {
        self.base.lire_une(sql!("par_identifiant.sql"), valeurs![identifiant]).await
    }

    /// Un compte, par son numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] s'il n'existe pas.
    pub async fn compte(&self, id: AgentId) -> Result<Compte, Echec> {
        self.base.lire_une(sql!("un.sql"), valeurs![id]).await?.ok_or(Echec::Introuvable)
    }

    /// Les comptes des personnes du même organisme dans la même mission, celui-ci compris.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn collegues(&self, id: AgentId) -> Result<BTreeSet<AgentId>, Echec> {
        let numeros: Vec<i64> = self.base.lire(sql!("collegues.sql"), valeurs![id]).await?;
        Ok(numeros.into_iter().map(AgentId).chain([id]).collect())
    }

    /// Tous les comptes, par identifiant.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn comptes(&self, _administration: &Administration) -> Result<Vec<Compte>, Echec> {
        self.base.lire(sql!("tous.sql"), vec![]).await
    }

    /// Change un compte, sauf son identifiant et ses essais. Le désactiver ferme ses sessions.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] s'il n'existe pas.
    pub async fn changer_compte(
        &self,
        _administration: &Administration,
        compte: &Compte,
    ) -> Result<(), Echec> {
        let agent = &compte.agent;
        let valeurs = valeurs![
            agent.id,
            agent.nom.as_str(),
            agent.organisme.as_str(),
            agent.role.code(),
            agent.profil.as_str(),
            agent.sous_commission.clone(),
            agent.service.clone(),
            compte.secret.as_str(),
            compte.actif,
            agent.communes.join(" "),
            compte.fin
        ];
        let mut connexion = self.base.ecrire().await?;
        if connexion.executer(sql!("changer.sql"), valeurs).await? == 0 {
            return Err(Echec::Introuvable);
        }
        if !compte.actif {
            connexion.executer(sql!("fermer_toutes.sql"), valeurs![agent.id]).await?;
        }
        connexion.valider().await
    }

    /// Note un essai de connexion manqué, et rend le nombre d'essais manqués de suite.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn essai_manque(&self, id: AgentId, quand: Timestamp) -> Result<i64, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let n = connexion.lire_une(sql!("essai_manque.sql"), valeurs![id, quand]).await?;
        connexion.valider().await?;
        n.ok_or(Echec::Introuvable)
    }

    /// Ouvre une session, oublie les essais manqués et les sessions finies.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn ouvrir_session(&self, session: &Session) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.executer(sql!("essai_reussi.sql"), valeurs![session.compte]).await?;
        connexion.executer(sql!("fermer_finies.sql"), valeurs![session.cree_le]).await?;
        let valeurs = valeurs![
            session.empreinte.as_str(),
            session.compte,
            session.cree_le,
            session.vu_le,
            session.expire_le,
            session.jeton_csrf.as_str()
        ];
        connexion.executer(sql!("ouvrir_session.sql"), valeurs).await?;
        connexion.valider().await
    }

    /// La session de cette empreinte, si elle n'est pas finie, et son compte, s'il est actif.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn session(
        &self,
        empreinte: &str,
        maintenant: Timestamp,
    ) -> Result<Option<(Session, Compte)>, Echec> {
        let session: Option<Session> =
            self.base.lire_une(sql!("session.sql"), valeurs![empreinte, maintenant]).await?;
        let Some(session) = session else { return Ok(None) };
        let compte: Option<Compte> =
            self.base.lire_une(sql!("un.sql"), valeurs![session.compte]).await?;
        Ok(compte.filter(|c| c.actif).map(|compte| (session, compte)))
    }

    /// Prolonge une session : une page vient d'être vue.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn prolonger_session(
        &self,
        empreinte: &str,
        vu_le: Timestamp,
        expire_le: Timestamp,
    ) -> Result<(), Echec> {
        let valeurs = valeurs![empreinte, vu_le, expire_le];
        self.base.executer(sql!("prolonger_session.sql"), valeurs).await.map(drop)
    }

    /// Ferme une session.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn fermer_session(&self, empreinte: &str) -> Result<(), Echec> {
        self.base.executer(sql!("fermer_session.sql"), valeurs![empreinte]).await.map(drop)
    }
}
