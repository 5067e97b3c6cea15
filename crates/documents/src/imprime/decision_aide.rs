//! La décision de la commission sur l'aide au logement, notifiée à l'organisme payeur.
//!
//! Prise et motivée par des personnes (décret n° 2026-84) ; le programme la met en forme.

use serde_json::{Value, json};

use super::{Contenu, Tete, paragraphes};
use crate::lettre::ineligibilite_commissaire::mention_de_calcul;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionAide {
    pub tete: Tete,
    /// L'organisme qui verse l'aide.
    pub organisme: String,
    pub menage: String,
    pub logement: String,
    pub sens: Sens,
    pub decidee_le: String,
    /// Ce qui motive la décision, écrit par une personne.
    pub motivation: String,
    /// Où écrire au secrétariat.
    pub courriel: String,
}

/// Ce que décide la commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sens {
    Maintien,
    Suspension {
        /// Le jour de la notification à l'organisme, s'il est connu, et le premier jour sans aide.
        effet: Option<(String, String)>,
    },
}

impl Contenu for DecisionAide {
    fn tete(&self) -> &Tete {
        &self.tete
    }

    fn titre(&self) -> String {
        match self.sens {
            Sens::Maintien => "Décision de maintien de l’aide au logement",
            Sens::Suspension { .. } => "Décision de suspension de l’aide au logement",
        }
        .to_owned()
    }

    fn donnees(&self) -> Value {
        let (suspension, effet) = match &self.sens {
            Sens::Maintien => (false, None),
            Sens::Suspension { effet } => (true, effet.clone()),
        };
        json!({
            "organisme": self.organisme,
            "menage": self.menage,
            "logement": self.logement,
            "decidee_le": self.decidee_le,
            "suspension": suspension,
            "effet": effet.map(|(notifiee_le, jour)| {
                json!({ "notifiee_le": notifiee_le, "jour": jour })
            }),
            "motivation": paragraphes(&self.motivation),
            "mention": mention_de_calcul(
                "compter les délais et vérifier les seuils soumis à la commission",
                &self.courriel,
            ),
        })
    }
}
