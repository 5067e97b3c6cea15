//! Inviter une personne par un lien : elle choisit elle-même son mot de passe et son second facteur.
//!
//! Le lien n'est nulle part avant de partir : il se tire quand le courriel s'envoie, ou quand on le montre.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use jiff::{SignedDuration, Timestamp};
use stockage::depart::Depart;
use stockage::geste::Geste;
use stockage::invitation::{EtatDInvitation, Invitation, Message};
use stockage::session::Moyen;

use super::comptes::{NouveauCompte, creer_sans_secret};
use super::organisme::{ouvrable, tenir};
use super::portier::{Portier, Visiteur};
use super::secret::Secret;
use super::session::{Entree, desactive, empreinte};
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce que le texte d'un courriel porte à la place du lien.
const LIEN: &str = "{lien}";

/// Une invitation ouverte, pour la page où l'on prend possession de son compte.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// La personne et sa mission.
    pub agent: Agent,
    /// Le nom par lequel elle se connectera.
    pub identifiant: String,
    /// Qui l'invite ; rien en ligne de commande.
    pub par: Option<String>,
    /// Jusqu'à quand le lien sert.
    pub expire_le: Timestamp,
}

/// Invite une personne : son compte existe, elle seule en aura le mot de passe.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne répond d'aucun compte ; [`Echec::Refus`] si l'adresse ne se lit
/// pas, si un autre compte l'a, si la mission est incomplète ou dépasse celle de qui invite.
pub async fn inviter(
    maison: &Maison,
    qui: &Agent,
    nouveau: NouveauCompte,
    courriel: &str,
    quand: Timestamp,
) -> Result<AgentId, Echec> {
    let nouveau = ouvrable(qui, nouveau)?;
    let courriel = adresse(courriel)?;
    if maison.stockage.compte_du_courriel(&courriel).await?.is_some() {
        return Err(Echec::Refus(
            "Un compte a déjà cette adresse. Cherchez-le dans la liste : une invitation s'y renvoie."
                .to_owned(),
        ));
    }
    let identifiant =
        if nouveau.identifiant.trim().is_empty() { courriel.clone() } else { nouveau.identifiant };
    let nouveau = NouveauCompte { identifiant, ..nouveau };
    let id = creer_sans_secret(&maison.stockage, nouveau, quand).await?;
    maison.stockage.garder_courriel(id, &courriel).await?;
    envoyer(maison, qui, id, &courriel, quand).await?;
    Ok(id)
}

/// Invite de nouveau : les liens d'avant ne valent plus.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne répond d'aucun compte ; introuvable pour celui d'un autre
/// organisme ; [`Echec::Refus`] si la personne a déjà pris
/// possession de son compte, ou si on ne lui connaît pas d'adresse.
pub async fn renvoyer(
    maison: &Maison,
    qui: &Agent,
    id: AgentId,
    quand: Timestamp,
) -> Result<(), Echec> {
    tenir(&maison.stockage, qui, id).await?;
    let avant = maison.stockage.derniere_invitation(id).await?;
    let Some(courriel) = maison.stockage.courriel_du_compte(id).await? else {
        return Err(Echec::Refus(
            "Ce compte n'a pas été ouvert par une invitation : on ne lui connaît pas d'adresse. \
             Donnez-lui plutôt un nouveau mot de passe."
                .to_owned(),
        ));
    };
    if avant.is_some_and(|i| i.etat == EtatDInvitation::Acceptee) {
        return Err(Echec::Refus(
            "Cette personne a déjà pris possession de son compte : un lien de plus laisserait entrer \
             quelqu'un d'autre. Donnez-lui un nouveau mot de passe."
                .to_owned(),
        ));
    }
    envoyer(maison, qui, id, &courriel, quand).await
}

/// Annule l'invitation d'un compte : son lien ne vaut plus.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne répond d'aucun compte ; introuvable pour celui d'un autre
/// organisme ; [`Echec::Refus`] s'il n'y en a pas d'ouverte.
pub async fn annuler(
    maison: &Maison,
    qui: &Agent,
    id: AgentId,
    quand: Timestamp,
) -> Result<(), Echec> {
    tenir(&maison.stockage, qui, id).await?;
    if !maison.stockage.annuler_invitation(id).await? {
        return Err(Echec::Refus(
            "Aucune invitation n'attend pour ce compte : il n'y a rien à annuler.".to_owned(),
        ));
    }
    Ok(maison.stockage.noter_geste(id, Geste::InvitationAnnulee, qui.id, "", quand).await?)
}

/// Tire le lien, pour le remettre autrement que par courriel. Celui d'avant ne vaut plus.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; [`Echec::Refus`] sans invitation ouverte.
pub async fn montrer_le_lien(
    maison: &Maison,
    qui: &Agent,
    id: AgentId,
    url: &str,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<String, Echec> {
    qui.peut_administrer()?;
    let invitation = maison.stockage.derniere_invitation(id).await?;
    match invitation {
        Some(invitation) => tirer(maison, &invitation, url, quand, hasard).await?.ok_or_else(ferme),
        None => Err(ferme()),
    }
}

/// Le texte d'un courriel d'invitation, son lien tiré à l'instant. Rien si elle n'est plus ouverte.
pub(crate) async fn texte_du_depart(
    maison: &Maison,
    depart: &Depart,
    url: &str,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<Option<String>, Echec> {
    let Some(invitation) = maison.stockage.invitation_du_depart(depart.id).await? else {
        return Ok(None);
    };
    let lien = tirer(maison, &invitation, url, quand, hasard).await?;
    Ok(lien.map(|lien| depart.corps.replace(LIEN, &lien)))
}

async fn tirer(
    maison: &Maison,
    invitation: &Invitation,
    url: &str,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<Option<String>, Echec> {
    let jeton = hex::encode(hasard);
    let fin = quand + SignedDuration::from_hours(24 * invitation.jours);
    let tire = maison.stockage.tirer_le_lien(invitation.id, &empreinte(&jeton), fin).await?;
    Ok(tire.then(|| format!("{url}/invitation/{jeton}")))
}

async fn envoyer(
    maison: &Maison,
    qui: &Agent,
    id: AgentId,
    courriel: &str,
    quand: Timestamp,
) -> Result<(), Echec> {
    let compte = maison.stockage.compte(id).await?;
    let jours = i64::from(maison.profil(&compte.agent.profil)?.invitation_jours());
    let par = if qui.id.0 == 0 { String::new() } else { format!(" par {}", qui.nom) };
    let corps = format!(
        "Bonjour,\n\nVous êtes invité{par} à rejoindre Seuil, le service de prévention des expulsions locatives, \
         au nom de : {}.\n\nPour choisir votre mot de passe, ouvrez ce lien dans les {jours} jours :\n\n{LIEN}\n\n\
         Il ne sert qu'une fois, et n'est que pour vous. Vous n'attendiez pas ce message ? \
         N'ouvrez pas le lien : sans lui, le compte reste fermé.\n",
        compte.agent.organisme
    );
    let invitation = Invitation {
        id: 0,
        compte: id,
        empreinte: None,
        par: qui.id,
        etat: EtatDInvitation::Ouverte,
        jours,
        cree_le: quand,
        expire_le: quand + SignedDuration::from_hours(24 * jours),
        depart: None,
    };
    let message = Message { a: courriel, objet: "Votre accès à Seuil", corps: &corps };
    maison.stockage.inviter(&invitation, message).await?;
    Ok(maison.stockage.noter_geste(id, Geste::Invite, qui.id, "", quand).await?)
}

impl Portier<'_> {
    /// L'invitation d'un lien encore valable.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] s'il a servi, expiré ou été remplacé, sans dire lequel.
    pub async fn invitation(&self, lien: &str) -> Result<Invitee, Echec> {
        let invitation = self.ouverte(lien).await?;
        let compte = self.stockage.compte(invitation.compte).await?;
        let par = match invitation.par.0 {
            0 => None,
            _ => self.stockage.compte(invitation.par).await.ok().map(|c| c.agent.nom),
        };
        Ok(Invitee {
            agent: compte.agent,
            identifiant: compte.identifiant,
            par,
            expire_le: invitation.expire_le,
        })
    }

    /// Prend possession de son compte : le lien ne servira plus, la session s'ouvre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le lien ne vaut plus, ou si le mot de passe se devine.
    pub async fn accepter(
        &self,
        lien: &str,
        nouveau: &str,
        visiteur: &Visiteur,
    ) -> Result<Entree, Echec> {
        let invitation = self.ouverte(lien).await?;
        let compte = self.stockage.compte(invitation.compte).await?;
        if !compte.actif {
            return Err(desactive());
        }
        let agent = compte.agent;
        let secret = Secret::choisi(nouveau, &[&compte.identifiant, &agent.nom, &agent.organisme])?;
        let hache = secret.hacher((self.hasard)()).await?;
        match self.stockage.accepter_invitation(&invitation, &hache, self.maintenant).await {
            Err(stockage::echec::Echec::Conflit) => return Err(ferme()),
            autre => autre?,
        }
        self.noter(agent.id, Geste::InvitationAcceptee, agent.id, visiteur).await?;
        self.avancer(&agent, Moyen::MotDePasse, visiteur, None).await
    }

    async fn ouverte(&self, lien: &str) -> Result<Invitation, Echec> {
        let invitation = self.stockage.invitation_du_lien(&empreinte(lien)).await?;
        invitation
            .filter(|i| i.etat == EtatDInvitation::Ouverte && i.expire_le > self.maintenant)
            .ok_or_else(ferme)
    }
}

fn ferme() -> Echec {
    Echec::Refus(
        "Ce lien ne sert plus : il a déjà servi, il a expiré, ou un plus récent l'a remplacé. \
         Demandez une nouvelle invitation à la personne qui administre les comptes."
            .to_owned(),
    )
}

/// Une adresse électronique, en minuscules.
fn adresse(saisie: &str) -> Result<String, Echec> {
    let courriel = saisie.trim().to_lowercase();
    let valide = courriel.split_once('@').is_some_and(|(nom, domaine)| {
        !nom.is_empty()
            && domaine.contains('.')
            && !domaine.ends_with('.')
            && !domaine.contains('@')
    }) && !courriel.contains(|c: char| c.is_whitespace() || c.is_control());
    if valide && courriel.parse::<lettre::Address>().is_ok() {
        return Ok(courriel);
    }
    Err(Echec::Refus(format!(
        "« {} » n'est pas une adresse électronique : l'invitation n'arriverait nulle part. \
         Écrivez-la comme prenom.nom@organisme.fr.",
        saisie.trim()
    )))
}
