//! Les comptes des personnes.

use std::collections::BTreeSet;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use ccapex::partenaires::habilitation::Administration;
use ccapex::partenaires::organisme::Tenue;
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
                responsable: l.oui("responsable")?,
                suppleances: Vec::new(),
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
            compte.fin,
            agent.responsable
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
            compte.fin,
            agent.responsable
        ];
        let mut connexion = self.base.ecrire().await?;
        if connexion.executer(sql!("changer.sql"), valeurs).await? == 0 {
            return Err(Echec::Introuvable);
        }
        if !compte.actif {
            connexion.executer(sql!("../session/fermer_toutes.sql"), valeurs![agent.id]).await?;
        }
        connexion.valider().await
    }

    /// Les comptes de l'organisme de cette personne, par identifiant. À borner à ceux qu'elle peut voir.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn comptes_de_l_organisme(&self, qui: &Agent) -> Result<Vec<Compte>, Echec> {
        let valeurs = valeurs![qui.profil.as_str(), qui.organisme.as_str()];
        self.base.lire(sql!("de_l_organisme.sql"), valeurs).await
    }

    /// Ferme un compte et ses sessions, au nom de qui en répond.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] s'il n'existe pas.
    pub async fn fermer_compte(&self, tenue: &Tenue) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        if connexion.executer(sql!("fermer.sql"), valeurs![tenue.compte()]).await? == 0 {
            return Err(Echec::Introuvable);
        }
        let sessions = sql!("../session/fermer_toutes.sql");
        connexion.executer(sessions, valeurs![tenue.compte()]).await?;
        connexion.valider().await
    }

    /// Change le mot de passe haché d'un compte, et rien d'autre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Introuvable`] s'il n'existe pas.
    pub async fn changer_secret(&self, id: AgentId, secret: &str) -> Result<(), Echec> {
        match self.base.executer(sql!("changer_secret.sql"), valeurs![id, secret]).await? {
            0 => Err(Echec::Introuvable),
            _ => Ok(()),
        }
    }
}
