//! Les invitations : un lien qui ne sert qu'une fois, pour prendre possession d'un compte.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::noms::noms_ecrits;
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::depart::{EtatDeDepart, SANS_LETTRE};
use crate::echec::Echec;

noms_ecrits!(
    /// Où en est une invitation.
    EtatDInvitation {
        /// Le lien peut servir, tant qu'il n'a pas expiré.
        Ouverte = "ouverte",
        /// La personne a pris possession de son compte.
        Acceptee = "acceptee",
        /// Annulée, ou remplacée par une plus récente.
        Annulee = "annulee",
    }
);

/// Une invitation.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Son numéro.
    pub id: i64,
    /// Le compte à prendre.
    pub compte: AgentId,
    /// L'empreinte du lien ; rien tant qu'il n'est pas tiré.
    pub empreinte: Option<String>,
    /// Qui invite ; 0 pour la ligne de commande.
    pub par: AgentId,
    /// Où elle en est.
    pub etat: EtatDInvitation,
    /// Combien de jours le lien sert, une fois tiré.
    pub jours: i64,
    /// L'instant de l'invitation.
    pub cree_le: Timestamp,
    /// L'instant où le lien ne sert plus.
    pub expire_le: Timestamp,
    /// Le courriel qui le porte.
    pub depart: Option<i64>,
}

/// L'empreinte d'un lien ne va dans aucun journal.
impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitation").field("id", &self.id).finish_non_exhaustive()
    }
}

impl DepuisLigne for Invitation {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            compte: AgentId(l.entier("compte")?),
            empreinte: l.texte_ou_rien("empreinte")?,
            par: AgentId(l.entier("par")?),
            etat: EtatDInvitation::lu(&l.texte("etat")?)?,
            jours: l.entier("jours")?,
            cree_le: l.instant("cree_le")?,
            expire_le: l.instant("expire_le")?,
            depart: l.entier_ou_rien("depart")?,
        })
    }
}

/// Le courriel d'une invitation. Son texte porte `{lien}` : le lien n'est tiré qu'au moment de partir.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// L'adresse.
    pub a: &'a str,
    /// L'objet.
    pub objet: &'a str,
    /// Le texte.
    pub corps: &'a str,
}

impl Stockage {
    /// Invite, et prépare le courriel. Les invitations d'avant ne valent plus. Rend le numéro.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn inviter(
        &self,
        invitation: &Invitation,
        message: Message<'_>,
    ) -> Result<i64, Echec> {
        let mut connexion = self.base.ecrire().await?;
        let ferme = valeurs![invitation.compte, EtatDInvitation::Annulee, EtatDInvitation::Ouverte];
        connexion.executer(sql!("annuler.sql"), ferme).await?;
        let depart = connexion.numeroter("depart", 1).await?;
        let valeurs = valeurs![
            depart,
            SANS_LETTRE,
            message.a,
            message.objet,
            message.corps,
            EtatDeDepart::EnAttente,
            invitation.cree_le
        ];
        connexion.executer(sql!("../depart/preparer.sql"), valeurs).await?;
        let id = connexion.numeroter("invitation", 1).await?;
        let valeurs = valeurs![
            id,
            invitation.compte,
            invitation.empreinte.clone(),
            invitation.par,
            invitation.etat,
            invitation.jours,
            invitation.cree_le,
            invitation.expire_le,
            Some(depart)
        ];
        connexion.executer(sql!("creer.sql"), valeurs).await?;
        connexion.valider().await?;
        Ok(id)
    }

    /// Annule l'invitation ouverte d'un compte. Rend `false` s'il n'y en avait pas.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn annuler_invitation(&self, compte: AgentId) -> Result<bool, Echec> {
        let valeurs = valeurs![compte, EtatDInvitation::Annulee, EtatDInvitation::Ouverte];
        Ok(self.base.executer(sql!("annuler.sql"), valeurs).await? > 0)
    }

    /// Les comptes dont une invitation attend.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn comptes_invites(&self) -> Result<Vec<i64>, Echec> {
        self.base.lire(sql!("ouvertes.sql"), valeurs![EtatDInvitation::Ouverte]).await
    }

    /// La dernière invitation d'un compte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn derniere_invitation(&self, compte: AgentId) -> Result<Option<Invitation>, Echec> {
        self.base.lire_une(sql!("derniere.sql"), valeurs![compte]).await
    }

    /// L'invitation de ce lien.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn invitation_du_lien(&self, empreinte: &str) -> Result<Option<Invitation>, Echec> {
        self.base.lire_une(sql!("par_empreinte.sql"), valeurs![empreinte]).await
    }

    /// L'invitation que porte ce courriel.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn invitation_du_depart(&self, depart: i64) -> Result<Option<Invitation>, Echec> {
        self.base.lire_une(sql!("par_depart.sql"), valeurs![depart]).await
    }

    /// Tire un nouveau lien : celui d'avant ne vaut plus, le délai repart. Rend `false` si l'invitation
    /// n'est plus ouverte.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn tirer_le_lien(
        &self,
        id: i64,
        empreinte: &str,
        expire_le: Timestamp,
    ) -> Result<bool, Echec> {
        let valeurs = valeurs![id, empreinte, expire_le, EtatDInvitation::Ouverte];
        Ok(self.base.executer(sql!("dater.sql"), valeurs).await? > 0)
    }

    /// Le lien a servi, et le compte a son mot de passe. Tout, ou rien.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Conflit`] si le lien avait déjà servi, expiré ou été annulé.
    pub async fn accepter_invitation(
        &self,
        invitation: &Invitation,
        secret: &str,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        let valeurs =
            valeurs![invitation.id, EtatDInvitation::Acceptee, EtatDInvitation::Ouverte, quand];
        if connexion.executer(sql!("accepter.sql"), valeurs).await? == 0 {
            return Err(Echec::Conflit);
        }
        let valeurs = valeurs![invitation.compte, secret];
        connexion.executer(sql!("../compte/changer_secret.sql"), valeurs).await?;
        connexion.valider().await
    }
}
