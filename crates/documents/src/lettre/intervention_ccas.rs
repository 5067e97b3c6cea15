//! Au CCAS : un nom, une adresse, ce qui est demandé. Ni montant, ni acte, ni situation.

use serde_json::{Value, json};

use super::Contenu;
use super::commun::{Aide, DateExpliquee, EnTete};
use super::intervention_maire::{DemandeCommune, courriel};
use crate::courriel::Formule;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterventionCcas {
    pub entete: EnTete,
    pub menage: String,
    pub logement: String,
    pub demandes: Vec<DemandeCommune>,
    pub reponse_avant: DateExpliquee,
    pub aide: Aide,
}

impl Contenu for InterventionCcas {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Prévention d’une expulsion : votre connaissance du ménage".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "menage": self.menage,
            "logement": self.logement,
            "demandes": self.demandes,
            "reponse_avant": self.reponse_avant,
            "aide": self.aide,
        })
    }

    fn courriel(&self) -> String {
        courriel(Formule::MadameMonsieur, &self.demandes, &self.reponse_avant, &self.entete)
    }
}
