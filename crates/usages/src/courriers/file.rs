//! Les lettres à envoyer, et celles qui sont parties.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::profil::Destinataire;
use stockage::courrier::filtre::Filtre;
use stockage::courrier::{EtatDeCourrier, VueCourrier};
use stockage::depart::{DEMANDE, Depart, EtatDeDepart, RESUME, SANS_LETTRE};
use stockage::dossier::VueDossier;

use crate::dossiers::charger::par_id;
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
    retenues(maison, agent, &Filtre::de(etat), apres, limite).await
}

/// Les lettres que ce filtre retient, dans l'ordre de leur préparation.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn retenues(
    maison: &Maison,
    agent: &Agent,
    filtre: &Filtre,
    apres: Option<i64>,
    limite: i64,
) -> Result<Vec<LettreEnFile>, Echec> {
    let courriers = maison.stockage.courriers(&agent.perimetre(), filtre, apres, limite).await?;
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

/// Le nom de qui reçoit chaque lettre, tel qu'elle le porte ; vide quand personne ne l'a écrit.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn a_qui(
    maison: &Maison,
    agent: &Agent,
    lettres: &[LettreEnFile],
) -> Result<Vec<String>, Echec> {
    let mut ouverts = BTreeMap::new();
    let mut noms = Vec::with_capacity(lettres.len());
    for LettreEnFile { courrier, dossier } in lettres {
        let nom = match courrier.destinataire.as_str() {
            "locataire" => dossier.nom.clone(),
            "maire" => de_la_commune(maison, dossier, Destinataire::Mairie)?,
            "ccas" => de_la_commune(maison, dossier, Destinataire::Ccas)?,
            // Le bailleur et l'émetteur ne sont nommés que par la notice.
            autre => {
                let lu = match ouverts.entry(dossier.id) {
                    Entry::Occupied(deja) => deja.into_mut(),
                    Entry::Vacant(place) => place.insert(par_id(maison, agent, dossier.id).await?),
                };
                let relu = lu.charge.dossier();
                let notice = relu.notices.iter().find(|n| Some(n.notice) == courrier.notice);
                notice.map_or_else(String::new, |notice| {
                    let identite = lu.charge.identite(notice);
                    match autre {
                        "bailleur" => identite.bailleur_nom,
                        _ if identite.emetteur.is_empty() => notice.emetteur.clone(),
                        _ => identite.emetteur,
                    }
                })
            }
        };
        noms.push(nom);
    }
    Ok(noms)
}

fn de_la_commune(
    maison: &Maison,
    dossier: &VueDossier,
    qui: Destinataire,
) -> Result<String, Echec> {
    let profil = maison.profil(&dossier.profil)?;
    let commune = territoire::commune(&dossier.commune);
    let saisi = commune.and_then(|c| profil.contact_de_commune(c, qui)?.nom.clone());
    Ok(saisi.or_else(|| commune.map(|c| c.nom.to_owned())).unwrap_or_default())
}

/// Combien de lettres chaque filtre retient, sans compter au-delà de `jusqu_a`.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn compter(
    maison: &Maison,
    agent: &Agent,
    filtre: &Filtre,
    jusqu_a: i64,
) -> Result<i64, Echec> {
    Ok(maison.stockage.compter_les_courriers(&agent.perimetre(), filtre, jusqu_a).await?)
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
        if depart.courrier == DEMANDE {
            if maison.stockage.notice_demandee(&agent.perimetre(), depart.id).await?.is_some() {
                departs.push(depart);
            }
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
