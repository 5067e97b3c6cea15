//! S'abonner à son calendrier par un lien secret, en changer, le couper.

use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use stockage::abonnement::Abonnement;

use crate::echec::Echec;
use crate::maison::Maison;

/// L'abonnement d'une personne, si elle en a un.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn abonnement(maison: &Maison, agent: &Agent) -> Result<Option<Abonnement>, Echec> {
    Ok(maison.stockage.abonnement(agent.id).await?)
}

/// Donne un lien neuf et rend son jeton, qui n'est pas gardé. Le lien d'avant ne répond plus.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn abonner(
    maison: &Maison,
    agent: &Agent,
    hasard: [u8; 32],
    quand: Timestamp,
) -> Result<String, Echec> {
    let jeton = hex::encode(hasard);
    maison.stockage.abonner(agent.id, &empreinte(&jeton), quand).await?;
    Ok(jeton)
}

/// Coupe le lien : il ne répond plus.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn desabonner(maison: &Maison, agent: &Agent) -> Result<(), Echec> {
    Ok(maison.stockage.desabonner(agent.id).await?)
}

/// L'empreinte gardée d'un jeton : on ne remonte pas de l'une à l'autre.
pub(crate) fn empreinte(jeton: &str) -> String {
    hex::encode(Sha256::digest(format!("calendrier:{jeton}")))
}
