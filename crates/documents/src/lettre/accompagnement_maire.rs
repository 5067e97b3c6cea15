//! Au maire : un ménage de sa commune va perdre son logement, ce qui est demandé à la commune.

use serde_json::{Value, json};

use super::Contenu;
use super::accompagnement_menage::Voie;
use super::commun::{DateExpliquee, EnTete, Guichet};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccompagnementMaire {
    pub entete: EnTete,
    pub menage: String,
    pub logement: String,
    pub service: Guichet,
    pub voies: Vec<Voie>,
    pub reponse_avant: DateExpliquee,
}

/// Ce qui est demandé à la commune.
const DEMANDES: [&str; 3] = [
    "les logements communaux ou réservés à la commune qui pourraient convenir",
    "une solution d’hébergement ou une aide d’urgence que le CCAS peut apporter",
    "la personne de vos services qui suivra cette situation avec nous",
];

impl Contenu for AccompagnementMaire {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Accompagnement d’un ménage de votre commune avant une expulsion".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "menage": self.menage,
            "logement": self.logement,
            "service": self.service,
            "voies": self.voies.iter().map(|v| v.pour_le_maire()).collect::<Vec<_>>(),
            "demandes": DEMANDES,
            "reponse_avant": self.reponse_avant,
        })
    }

    fn courriel(&self) -> String {
        Corps::new(Formule::Maire)
            .paragraphe("Un ménage de votre commune, nommé dans la lettre jointe, peut perdre son logement. Nous cherchons avec vous une solution pour lui.")
            .liste("Merci de nous indiquer :", DEMANDES)
            .date("Réponse souhaitée au plus tard le", &self.reponse_avant)
            .paragraphe("Ces informations sont confidentielles. Elles ne concernent que les personnes chargées d’y répondre.")
            .signe(&self.entete)
    }
}
