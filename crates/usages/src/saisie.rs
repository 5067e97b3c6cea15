//! Saisir une notice à la main : elle est gardée et traitée comme un fichier reçu.
//!
//! [`brouillons`] garde celle qu'on n'a pas finie.

pub mod brouillons;

use std::collections::BTreeMap;
use std::sync::Arc;

use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::piece::Piece;
use tableur::champ::Champ;
use tableur::valeur::{Valeur, lue};

use crate::echec::Echec;
use crate::maison::Maison;
use crate::reception::essayer::essayer;
use crate::reception::resultat::Reponse;
use crate::reception::{Fichier, Recu, recevoir};

/// Ce qu'une saisie est devenue.
#[derive(Clone, Debug, PartialEq)]
pub enum Saisie {
    /// La notice est au registre.
    Recue(Box<(Reponse, Piece)>),
    /// Des champs ne se lisent pas : leur nom, et pourquoi. Rien n'est enregistré.
    AReprendre(BTreeMap<String, String>),
}

/// Enregistre une notice saisie. Chaque champ est un texte, lu comme une cellule.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne dépose pas.
pub async fn saisir(
    maison: &Maison,
    agent: &Agent,
    nature: Nature,
    champs: &BTreeMap<String, String>,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Saisie, Echec> {
    let depot = agent.peut_deposer()?;
    let defauts = defauts(champs);
    if !defauts.is_empty() {
        return Ok(Saisie::AReprendre(defauts));
    }
    let fichier = fichier(nature, champs, maintenant)?;
    let mut reponses = Vec::new();
    let recu =
        recevoir(maison, &depot, fichier, aujourd_hui, maintenant, |lot| reponses.extend(lot))
            .await?;
    match (recu, reponses.pop()) {
        (Recu::Lu(bilan), Some(reponse)) => Ok(Saisie::Recue(Box::new((reponse, bilan.piece)))),
        (Recu::Refuse(refus, _), _) => Err(Echec::Refus(refus.motif)),
        (Recu::Lu(_), None) => Err(Echec::Refus(VIDE.to_owned())),
    }
}

/// Ce que la réception répondrait de cette saisie. N'enregistre rien.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne dépose pas.
pub async fn essayer_la_saisie(
    maison: &Maison,
    agent: &Agent,
    nature: Nature,
    champs: &BTreeMap<String, String>,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Result<Reponse, BTreeMap<String, String>>, Echec> {
    let depot = agent.peut_deposer()?;
    let defauts = defauts(champs);
    if !defauts.is_empty() {
        return Ok(Err(defauts));
    }
    let fichier = fichier(nature, champs, maintenant)?;
    match essayer(maison, &depot, &fichier, 1, aujourd_hui, maintenant).await? {
        Ok(lignes) => match lignes.into_iter().next() {
            Some(ligne) => Ok(Ok(ligne.reponse)),
            None => Err(Echec::Refus(VIDE.to_owned())),
        },
        Err(refus) => Err(Echec::Refus(refus.motif)),
    }
}

const VIDE: &str =
    "La saisie est vide. Remplissez au moins le nom, la commune et la date de l'acte.";

fn fichier(
    nature: Nature,
    champs: &BTreeMap<String, String>,
    maintenant: Timestamp,
) -> Result<Fichier, Echec> {
    let octets = serde_json::to_vec_pretty(&[champs])
        .map_err(|e| Echec::Refus(format!("La saisie ne s'écrit pas : {e}. Recommencez.")))?;
    Ok(Fichier {
        nom: format!("saisie-{}-{}.json", nature.code(), maintenant.strftime("%Y%m%d-%H%M%S")),
        octets: Arc::from(octets),
        nature: Some(nature),
        emetteur: champs.get("etude").cloned().unwrap_or_default(),
        correspondance: None,
    })
}

/// Les champs qui ne se lisent pas, et pourquoi.
#[must_use]
pub fn illisibles(champs: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut illisibles = BTreeMap::new();
    for (nom, texte) in champs {
        match Champ::de_nom(nom).map(|champ| lue(champ, texte)) {
            Some(Some(Valeur::Illisible { pourquoi, .. })) => {
                illisibles.insert(nom.clone(), format!("« {texte} » ne se lit pas : {pourquoi}."));
            }
            None => {
                illisibles.insert(nom.clone(), "Ce champ n'existe pas.".to_owned());
            }
            Some(_) => {}
        }
    }
    illisibles
}

fn defauts(champs: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut defauts = illisibles(champs);
    for (nom, demande) in [
        ("locataire_nom", "Le nom du locataire manque : sans lui, aucun dossier ne s'ouvre."),
        ("commune", "La commune du logement manque : elle dit qui suit le dossier."),
    ] {
        if champs.get(nom).is_none_or(|texte| texte.trim().is_empty()) {
            defauts.insert(nom.to_owned(), demande.to_owned());
        }
    }
    defauts
}
