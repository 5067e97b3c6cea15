//! Les clés des programmes : en faire une pour un compte, la renouveler, la retirer, la reconnaître.
//!
//! Une clé est tirée au sort sur 256 bits : son empreinte suffit, il n'y a rien à deviner ni à ralentir.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use stockage::base::Stockage;
use stockage::cle_api::{CleApi, PorteeDeCle};

use super::secret::Secret;
use crate::echec::Echec;

/// Une clé à faire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NouvelleCle {
    /// Le compte dont elle aura les droits.
    pub compte: AgentId,
    /// À quoi elle servira.
    pub nom: String,
    /// Ce qu'elle permettra.
    pub portee: PorteeDeCle,
    /// Combien de jours.
    pub jours: i64,
}

/// Une clé tout juste faite : le texte à remettre n'est connu que d'ici.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleRemise {
    /// Son numéro.
    pub id: i64,
    /// À quoi elle sert.
    pub nom: String,
    /// La clé.
    pub cle: Secret,
    /// Le premier instant où elle ne sert plus.
    pub expire_le: Timestamp,
}

/// Qui se présente avec une clé, et ce que la clé permet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Porteur {
    /// La clé.
    pub cle: i64,
    /// Le compte dont elle a les droits.
    pub agent: Agent,
    /// Ce qu'elle permet.
    pub portee: PorteeDeCle,
}

/// Deux ans et un jour : une clé oubliée finit par s'éteindre.
pub const JOURS_AU_PLUS: i64 = 731;
/// Renouvelée, l'ancienne clé sert encore un jour : le programme change de clé sans s'arrêter.
const RECOUVREMENT: SignedDuration = SignedDuration::from_hours(24);
/// Une clé vue il y a moins longtemps n'est pas réécrite à chaque demande.
const NOTER_APRES: SignedDuration = SignedDuration::from_mins(5);
/// Ce par quoi commence toute clé : un outil qui cherche les secrets égarés la reconnaît.
const DEBUT: &str = "seuil_";

/// Fait une clé.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; [`Echec::Refus`] si le nom manque ou si la durée
/// est trop longue ; introuvable si le compte n'existe pas.
pub async fn creer(
    stockage: &Stockage,
    qui: &Agent,
    nouvelle: NouvelleCle,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<CleRemise, Echec> {
    let preuve = qui.peut_administrer()?;
    let nom = nouvelle.nom.trim();
    if nom.is_empty() || nom.chars().count() > 120 {
        return Err(Echec::Refus(
            "Le nom de la clé manque, ou dépasse 120 caractères : il dit quel logiciel s'en sert, le jour où il \
             faut la retirer. Écrivez par exemple « Logiciel de l'étude »."
                .to_owned(),
        ));
    }
    if !(1..=JOURS_AU_PLUS).contains(&nouvelle.jours) {
        return Err(Echec::Refus(format!(
            "Une clé sert de 1 à {JOURS_AU_PLUS} jours : oubliée, elle doit s'éteindre seule. Donnez une durée entre les deux."
        )));
    }
    stockage.compte(nouvelle.compte).await?;
    let cle = Secret::saisi(&format!("{DEBUT}{}", hex::encode(hasard)));
    let a_ecrire = CleApi {
        id: 0,
        compte: nouvelle.compte,
        nom: nom.to_owned(),
        empreinte: empreinte(cle.en_clair()),
        indice: cle.en_clair().chars().skip(DEBUT.len() + 60).collect(),
        portee: nouvelle.portee,
        cree_le: quand,
        cree_par: qui.id,
        expire_le: quand + SignedDuration::from_hours(24 * nouvelle.jours),
        vue_le: None,
        revoquee_le: None,
    };
    let id = stockage.creer_cle_api(&preuve, &a_ecrire).await?;
    Ok(CleRemise { id, nom: a_ecrire.nom, cle, expire_le: a_ecrire.expire_le })
}

/// Fait une clé du même nom, pour la même durée. L'ancienne sert encore un jour.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; [`Echec::Refus`] pour une clé retirée.
pub async fn renouveler(
    stockage: &Stockage,
    qui: &Agent,
    id: i64,
    quand: Timestamp,
    hasard: [u8; 32],
) -> Result<CleRemise, Echec> {
    let preuve = qui.peut_administrer()?;
    let ancienne = stockage.cle_api(&preuve, id).await?;
    if ancienne.revoquee_le.is_some() {
        return Err(Echec::Refus(
            "Cette clé a été retirée : elle ne se renouvelle pas. Faites-en une autre.".to_owned(),
        ));
    }
    let duree = ancienne.expire_le.duration_since(ancienne.cree_le).as_hours();
    let nouvelle = NouvelleCle {
        compte: ancienne.compte,
        nom: ancienne.nom,
        portee: ancienne.portee,
        jours: (duree / 24).clamp(1, JOURS_AU_PLUS),
    };
    let remise = creer(stockage, qui, nouvelle, quand, hasard).await?;
    stockage.abreger_cle_api(&preuve, id, quand + RECOUVREMENT).await?;
    Ok(remise)
}

/// Retire une clé : elle n'ouvre plus rien, aussitôt.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas ; introuvable si elle ne servait déjà plus.
pub async fn revoquer(
    stockage: &Stockage,
    qui: &Agent,
    id: i64,
    quand: Timestamp,
) -> Result<(), Echec> {
    Ok(stockage.revoquer_cle_api(&qui.peut_administrer()?, id, quand).await?)
}

/// Toutes les clés, les dernières d'abord.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui n'administre pas.
pub async fn lister(stockage: &Stockage, qui: &Agent) -> Result<Vec<CleApi>, Echec> {
    Ok(stockage.cles_api(&qui.peut_administrer()?).await?)
}

/// Reconnaît qui se présente avec une clé, et note qu'elle sert.
///
/// # Erreurs
///
/// [`Echec::Refus`] : clé inconnue, retirée, expirée, ou compte désactivé.
pub async fn reconnaitre(
    stockage: &Stockage,
    cle: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Porteur, Echec> {
    let refus = |texte: &str| Err(Echec::Refus(texte.to_owned()));
    let Some((connue, compte)) = stockage.cle_api_par_empreinte(&empreinte(cle)).await? else {
        return refus("Cette clé n'est pas connue.");
    };
    if connue.revoquee_le.is_some() {
        return refus("Cette clé a été retirée par la personne qui administre Seuil.");
    }
    if !connue.sert(maintenant) {
        return refus("Cette clé a expiré.");
    }
    if !compte.actif || compte.fin.is_some_and(|fin| fin < aujourd_hui) {
        return refus("Le compte de cette clé est désactivé, ou sa fin est passée.");
    }
    let a_noter = connue.vue_le.is_none_or(|vue| maintenant.duration_since(vue) > NOTER_APRES);
    if a_noter {
        stockage.noter_usage_de_cle(connue.id, maintenant).await?;
    }
    Ok(Porteur { cle: connue.id, agent: compte.agent, portee: connue.portee })
}

fn empreinte(cle: &str) -> String {
    hex::encode(Sha256::digest(cle))
}
