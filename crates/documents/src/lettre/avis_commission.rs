//! À un partenaire, un bailleur ou un organisme : l'avis que la commission lui adresse.
//!
//! Le texte de l'avis est écrit par une personne : le programme n'y ajoute rien de la situation.

use serde_json::{Value, json};

use super::Contenu;
use super::commun::{DateExpliquee, EnTete};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AvisCommission {
    pub entete: EnTete,
    pub menage: String,
    pub logement: String,
    pub rendu: Rendu,
    /// L'avis, paragraphe par paragraphe.
    pub avis: Vec<String>,
    pub suite_attendue_avant: DateExpliquee,
}

/// Qui a rendu l'avis, et quand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rendu {
    /// La commission, dans cette séance.
    EnSeance { le: String },
    /// Le secrétariat, seul, comme le règlement intérieur le permet.
    ParLeSecretariat { le: String },
}

impl Rendu {
    fn en_mots(&self) -> String {
        match self {
            Self::EnSeance { le } => format!("rendu par la commission réunie le {le}"),
            Self::ParLeSecretariat { le } => {
                format!("rendu par le secrétariat le {le}, comme le règlement intérieur le permet")
            }
        }
    }
}

impl Contenu for AvisCommission {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Avis de la commission de prévention des expulsions".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "menage": self.menage,
            "logement": self.logement,
            "rendu": self.rendu.en_mots(),
            "avis": self.avis,
            "suite_attendue_avant": self.suite_attendue_avant,
        })
    }

    fn courriel(&self) -> String {
        Corps::new(Formule::MadameMonsieur)
            .paragraphe(format!(
                "La commission de coordination des actions de prévention des expulsions vous adresse un avis, {}. Il est dans la lettre jointe, avec le nom du ménage.",
                self.rendu.en_mots()
            ))
            .date("Merci de nous dire la suite que vous y donnez, au plus tard le", &self.suite_attendue_avant)
            .paragraphe("Ces informations sont confidentielles.")
            .signe(&self.entete)
    }
}
