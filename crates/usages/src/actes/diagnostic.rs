//! Écrire une rubrique du diagnostic : son nom va au journal, ses textes au coffre.

use std::collections::BTreeMap;

use ccapex::acte::lire::Refus;
use ccapex::acte::{Consigne, Quoi};
use ccapex::diagnostic::fondre::{Conflit, fondre};
use ccapex::diagnostic::lire::lire;
use ccapex::diagnostic::redige::{ecritures, redige};
use ccapex::diagnostic::{Saisie, rubrique as decrite};
use ccapex::fait::Acte;
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::droits;
use crate::actes::propre::ajouter;
use crate::diagnostics::lire::propositions;
use crate::dossiers::charger::par_reference;
use crate::echec::{Echec, Nature};
use crate::maison::Maison;

/// Deux personnes écrivent rarement le même diagnostic : on relit et on recommence, pas sans fin.
const ESSAIS: usize = 8;

/// Une rubrique, telle qu'une personne la laisse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rubrique {
    /// Son nom.
    pub code: String,
    /// Ses champs, tels que saisis ; un champ absent ou vide est effacé.
    pub champs: BTreeMap<String, String>,
    /// L'écriture que la personne avait sous les yeux ; rien si la rubrique n'était pas écrite.
    pub ouverte: Option<String>,
}

/// Ce que devient une rubrique envoyée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ecrite {
    /// Gardée, avec ce que d'autres ont écrit entre-temps dans les champs qu'elle n'a pas touchés.
    Gardee {
        /// L'écriture d'où partira la suite.
        ecriture: String,
        /// La rubrique, telle qu'elle est gardée.
        saisie: Saisie,
    },
    /// Quelqu'un a changé les mêmes champs : rien n'est gardé tant que la personne n'a pas choisi.
    EnConflit {
        /// L'écriture de l'autre : renvoyer la rubrique avec elle, c'est avoir choisi.
        ecriture: String,
        /// La rubrique de la personne, complétée de ce que l'autre a écrit ailleurs.
        saisie: Saisie,
        /// Les champs à choisir.
        conflits: Vec<Conflit>,
    },
    /// Un champ ne se lit pas.
    Refusee(Vec<Refus>),
}

/// Écrit une rubrique du diagnostic : ce que la personne a changé depuis qu'elle l'a ouverte.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] hors du périmètre ; [`Echec::Base`] quand la base ne répond pas.
pub async fn ecrire(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    rubrique: &Rubrique,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Ecrite, Echec> {
    let guichet = Guichet { maison, agent, aujourd_hui, maintenant };
    let mut essais = 1;
    loop {
        match une_fois(&guichet, reference, rubrique).await {
            Ok(reponse) => return Ok(reponse),
            Err(Arret::Refus(refus)) => return Ok(Ecrite::Refusee(refus)),
            Err(Arret::Echec(echec)) if echec.nature() == Nature::Conflit && essais < ESSAIS => {
                essais += 1;
            }
            Err(Arret::Echec(echec)) => return Err(echec),
        }
    }
}

async fn une_fois(
    guichet: &Guichet<'_>,
    reference: &str,
    rubrique: &Rubrique,
) -> Result<Ecrite, Arret> {
    droits::verifier(guichet.agent, "dsf_redige")?;
    let textes = lire(&rubrique.code, &rubrique.champs).map_err(Arret::Refus)?;
    let lu = par_reference(guichet.maison, guichet.agent, reference).await?;
    lu.consigner(guichet.agent, "dsf_redige")?;
    let Some(decrite) = decrite(&rubrique.code) else {
        return Ok(Ecrite::Refusee(Vec::new()));
    };
    let dossier = lu.charge.dossier();
    let ecritures = ecritures(&dossier, &lu.charge.identites);
    let prefixe = format!("{}.", rubrique.code);
    let la_rubrique = |saisie: &Saisie| -> Saisie {
        let siens = saisie.iter().filter(|(cle, _)| cle.starts_with(&prefixe));
        siens.map(|(cle, valeur)| (cle.clone(), valeur.clone())).collect()
    };
    let ouverte = rubrique
        .ouverte
        .as_deref()
        .and_then(|fait| ecritures.iter().position(|e| e.fait == fait))
        .map(|rang| redige(ecritures[..=rang].iter().copied()));
    let ouverte = match ouverte {
        Some(ouverte) => la_rubrique(&ouverte.saisie),
        None => la_rubrique(&propositions(guichet.maison, &lu, &dossier, guichet.aujourd_hui)?),
    };
    let garde = redige(ecritures);
    let textes = match garde.rubriques.get(&rubrique.code) {
        None => textes,
        Some(derniere) => {
            let gardee = la_rubrique(&garde.saisie);
            let fondue = fondre(decrite, &ouverte, &gardee, &textes);
            let ecriture = derniere.fait.clone();
            if !fondue.conflits.is_empty() {
                let (saisie, conflits) = (fondue.saisie, fondue.conflits);
                return Ok(Ecrite::EnConflit { ecriture, saisie, conflits });
            }
            if fondue.saisie == gardee {
                return Ok(Ecrite::Gardee { ecriture, saisie: gardee });
            }
            fondue.saisie
        }
    };
    let (ecriture, _) = ajouter(guichet, lu, "dsf_redige", &textes, |coffre| {
        Acte::Consigne(Box::new(Consigne {
            date: guichet.aujourd_hui,
            consigne_le: guichet.aujourd_hui,
            coffre,
            quoi: Quoi::DsfRedige { rubriques: vec![rubrique.code.clone()] },
        }))
    })
    .await?;
    Ok(Ecrite::Gardee { ecriture, saisie: textes })
}
