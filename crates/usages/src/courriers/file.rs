//! Les lettres à envoyer, et celles qui sont parties.

use std::collections::BTreeMap;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use stockage::courrier::{EtatDeCourrier, VueCourrier};
use stockage::depart::{Depart, EtatDeDepart, RESUME, SANS_LETTRE};
use stockage::dossier::VueDossier;

use crate::echec::Echec;
use crate::maison::Maison;

/// Une lettre et son dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LettreEnFile {
    /// La lettre.
    pub courrier: VueCourrier,
    /// Son dossier.
    pub dossier: VueDossier,
}

/// Les lettres dans cet état, dans l'ordre de leur préparation.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn file(
    maison: &Maison,
    agent: &Agent,
    etat: EtatDeCourrier,
    apres: Option<i64>,
    limite: i64,
) -> Result<Vec<LettreEnFile>, Echec> {
    let courriers = maison.stockage.courriers(&agent.perimetre(), etat, apres, limite).await?;
    let mut dossiers: BTreeMap<DossierId, VueDossier> = BTreeMap::new();
    let mut file = Vec::with_capacity(courriers.len());
    for courrier in courriers {
        let Some(id) = courrier.dossier else { continue };
        let dossier = match dossiers.get(&id) {
            Some(dossier) => dossier.clone(),
            None => {
                let situation = maison.stockage.situation_par_id(id).await?;
                let lecture = agent.peut_lire(&situation.situation())?;
                let dossier = maison.stockage.dossier(&lecture).await?;
                dossiers.insert(id, dossier.clone());
                dossier
            }
        };
        file.push(LettreEnFile { courrier, dossier });
    }
    Ok(file)
}

/// Les lettres de ces dossiers dans cet état, dans l'ordre de leur préparation.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn des_dossiers(
    maison: &Maison,
    agent: &Agent,
    references: &[String],
    etat: EtatDeCourrier,
) -> Result<Vec<VueCourrier>, Echec> {
    Ok(maison.stockage.courriers_des_dossiers(&agent.perimetre(), references, etat).await?)
}

/// La boîte de départ : les courriels dans cet état, pour qui tient le secrétariat.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn boite_de_depart(
    maison: &Maison,
    agent: &Agent,
    etat: EtatDeDepart,
    limite: i64,
) -> Result<Vec<Depart>, Echec> {
    if !agent.tient_le_secretariat() {
        return Ok(Vec::new());
    }
    let mut departs = Vec::new();
    for depart in maison.stockage.departs(etat, limite).await? {
        // Une invitation ou un résumé n'est d'aucun dossier : chacun se suit ailleurs.
        if [SANS_LETTRE, RESUME].contains(&depart.courrier) {
            continue;
        }
        // Un courriel appartient au dossier de sa lettre : hors du périmètre, il n'existe pas.
        let courrier = maison.stockage.courrier(depart.courrier).await?;
        let Some(dossier) = courrier.dossier else { continue };
        let situation = maison.stockage.situation_par_id(dossier).await?;
        if agent.peut_lire(&situation.situation()).is_ok() {
            departs.push(depart);
        }
    }
    Ok(departs)
}
