//! Faire une seule fois ce qu'un programme envoie sous un nom, et redire la même réponse ensuite.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use stockage::envoi::{Envoi, Reservation};
use tokio::runtime::Handle;

use crate::echec::Echec;
use crate::maison::Maison;

pub use stockage::envoi::ReponseDEnvoi;

/// Ce que devient un envoi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fois {
    /// C'est la première : il vient d'être fait.
    Faite(ReponseDEnvoi),
    /// Il était fait : la réponse d'alors.
    Redite(ReponseDEnvoi),
    /// Le même est en cours.
    EnCours,
    /// Ce nom a servi pour une autre demande.
    AutreDemande,
}

/// Fait un envoi nommé, une fois. Une panne ne compte pas : le même envoi se refait.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn une_fois(
    maison: &Maison,
    compte: AgentId,
    jeton: &str,
    demande: &[&[u8]],
    maintenant: Timestamp,
    faire: impl Future<Output = ReponseDEnvoi>,
) -> Result<Fois, Echec> {
    let envoi = Envoi {
        compte,
        jeton: jeton.to_owned(),
        empreinte: empreinte(demande),
        recu_le: maintenant,
    };
    match maison.stockage.reserver_l_envoi(&envoi).await? {
        Reservation::AFaire => {}
        Reservation::DejaRepondu(reponse) => return Ok(Fois::Redite(reponse)),
        Reservation::EnCours => return Ok(Fois::EnCours),
        Reservation::AutreDemande => return Ok(Fois::AutreDemande),
    }
    let mut place = Place { maison, envoi: Some(envoi) };
    let reponse = faire.await;
    if let Some(envoi) = place.envoi.take_if(|_| reponse.statut < 500) {
        maison.stockage.repondre_a_l_envoi(&envoi, &reponse).await?;
    }
    Ok(Fois::Faite(reponse))
}

/// Un envoi réservé. Abandonné en route — connexion coupée, panne —, il rend sa place.
struct Place<'a> {
    maison: &'a Maison,
    envoi: Option<Envoi>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        // Sans exécuteur, le programme s'arrête : la place se rendra d'elle-même.
        if let (Some(envoi), Ok(executeur)) = (self.envoi.take(), Handle::try_current()) {
            let stockage = self.maison.stockage.clone();
            executeur.spawn(async move {
                // Sans la base, de même.
                drop(stockage.oublier_l_envoi(&envoi).await);
            });
        }
    }
}

/// L'empreinte d'une demande : chaque part avec sa longueur, pour qu'aucune ne déborde sur l'autre.
fn empreinte(parts: &[&[u8]]) -> String {
    let mut condense = Sha256::new();
    for part in parts {
        condense.update(part.len().to_le_bytes());
        condense.update(part);
    }
    hex::encode(condense.finalize())
}

/// L'empreinte d'une réponse, pour qu'un programme sache s'il l'a déjà.
#[must_use]
pub fn empreinte_de_texte(texte: &str) -> String {
    hex::encode(&Sha256::digest(texte)[..16])
}
