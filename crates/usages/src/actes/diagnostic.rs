//! Écrire une rubrique du diagnostic : son nom va au journal, ses textes au coffre.

use std::collections::BTreeMap;

use ccapex::acte::{Consigne, Quoi};
use ccapex::diagnostic::lire::lire;
use ccapex::diagnostic::redige::{ecritures, redige};
use ccapex::fait::Acte;
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::actes::consigner::{Arret, Guichet};
use crate::actes::demande::Reponse;
use crate::actes::droits;
use crate::actes::propre::ajouter;
use crate::dossiers::charger::par_reference;
use crate::echec::{Echec, Nature};
use crate::maison::Maison;

/// Deux personnes écrivent rarement le même diagnostic : on relit et on recommence, pas sans fin.
const ESSAIS: usize = 8;

/// Une rubrique, telle qu'une personne la laisse : elle remplace ce qui y était.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rubrique {
    /// Son nom.
    pub code: String,
    /// Ses champs, tels que saisis ; un champ absent ou vide est effacé.
    pub champs: BTreeMap<String, String>,
}

/// Écrit une rubrique du diagnostic. La réponse dit ce qui est à corriger, ou que rien n'a changé.
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
) -> Result<Reponse, Echec> {
    let guichet = Guichet { maison, agent, aujourd_hui, maintenant };
    let mut essais = 1;
    loop {
        match une_fois(&guichet, reference, rubrique).await {
            Ok(reponse) => return Ok(reponse),
            Err(Arret::Refus(refus)) => return Ok(Reponse::refuse(refus)),
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
) -> Result<Reponse, Arret> {
    droits::verifier(guichet.agent, "dsf_redige")?;
    let textes = lire(&rubrique.code, &rubrique.champs).map_err(Arret::Refus)?;
    let lu = par_reference(guichet.maison, guichet.agent, reference).await?;
    lu.ecriture(guichet.agent)?;
    let dossier = lu.charge.dossier();
    let garde = redige(ecritures(&dossier, &lu.charge.identites));
    let prefixe = format!("{}.", rubrique.code);
    let deja = garde.saisie.iter().filter(|(cle, _)| cle.starts_with(&prefixe));
    if garde.rubriques.contains_key(&rubrique.code) && deja.eq(textes.iter()) {
        return Ok(Reponse::doublon(None, &lu.vue.reference, Vec::new()));
    }
    let reference = lu.vue.reference.clone();
    let (fait, _) = ajouter(guichet, lu, &textes, |coffre| {
        Acte::Consigne(Box::new(Consigne {
            date: guichet.aujourd_hui,
            consigne_le: guichet.aujourd_hui,
            coffre,
            quoi: Quoi::DsfRedige { rubriques: vec![rubrique.code.clone()] },
        }))
    })
    .await?;
    Ok(Reponse::consigne(Some(fait), &reference, Vec::new()))
}
