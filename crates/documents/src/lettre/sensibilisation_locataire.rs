//! À tout ménage qui reçoit un commandement, que la commission l'examine ou non.

use serde_json::{Value, json};

use super::Contenu;
use super::commun::{Aide, DateExpliquee, EnTete, NatureActe};
use crate::courriel::{Corps, Formule};

/// N'attend pas de réponse et ne dit pas si les seuils sont atteints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SensibilisationLocataire {
    pub entete: EnTete,
    pub commandement_du: String,
    /// Fin du délai pour payer. Absente quand elle ne peut pas être calculée.
    pub echeance: Option<DateExpliquee>,
    pub aide: Aide,
}

impl Contenu for SensibilisationLocataire {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Vous avez reçu un commandement de payer : vos droits et les aides".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "commandement_du": self.commandement_du,
            "echeance": self.echeance,
            "annonce_echeance": self
                .echeance
                .as_ref()
                .map(|e| NatureActe::CommandementDePayer.annonce_echeance(e)),
            "aide": self.aide,
        })
    }

    fn courriel(&self) -> String {
        let debut = Corps::new(Formule::MadameMonsieur)
            .paragraphe("Nous vous écrivons au sujet de votre logement. La lettre jointe explique ce que vous avez reçu, vos droits et les dates utiles.")
            .paragraphe("Un commandement de payer ne vous oblige pas à quitter votre logement. Plus vous vous faites conseiller tôt, plus il y a de solutions.");
        let debut = match &self.echeance {
            Some(echeance) => {
                debut.date(NatureActe::CommandementDePayer.annonce_echeance(echeance), echeance)
            }
            None => debut,
        };
        debut
            .guichets("Qui peut vous aider :", self.aide.guichets())
            .paragraphe("Aucune réponse n’est attendue.")
            .signe(&self.entete)
    }
}
