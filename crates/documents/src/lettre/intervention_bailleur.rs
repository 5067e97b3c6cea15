//! Au bailleur : la commission intervient. Il n'apprend rien du ménage ni de ses aides.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Contenu;
use super::commun::{ActeRecu, DateExpliquee, EnTete, Guichet};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterventionBailleur {
    pub entete: EnTete,
    pub logement: String,
    pub locataire: String,
    pub acte: ActeRecu,
    pub demandes: Vec<DemandeAuBailleur>,
    pub reponse_avant: DateExpliquee,
    pub adil: Guichet,
}

/// Liste fermée : rien d'autre ne se demande à un bailleur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DemandeAuBailleur {
    Decompte,
    VersementsRecus,
    AccordPropose,
    AvisSurMediation,
}

impl DemandeAuBailleur {
    /// Ce qui se demande d'ordinaire.
    pub const USUELLES: [Self; 4] =
        [Self::Decompte, Self::VersementsRecus, Self::AccordPropose, Self::AvisSurMediation];

    pub fn phrase(self) -> &'static str {
        match self {
            Self::Decompte => "le décompte à jour des loyers et des charges impayés",
            Self::VersementsRecus => "les paiements reçus depuis l’acte",
            Self::AccordPropose => {
                "tout accord déjà proposé ou conclu avec votre locataire (plan d’apurement, échéancier)"
            }
            Self::AvisSurMediation => "votre accord, ou non, pour une médiation",
        }
    }
}

impl Serialize for DemandeAuBailleur {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.phrase())
    }
}

impl Contenu for InterventionBailleur {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Votre logement en location : la commission intervient".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "logement": self.logement,
            "locataire": self.locataire,
            "acte": self.acte,
            "demandes": self.demandes,
            "reponse_avant": self.reponse_avant,
            "adil": self.adil,
        })
    }

    fn courriel(&self) -> String {
        Corps::new(Formule::MadameMonsieur)
            .paragraphe(format!(
                "La commission de coordination des actions de prévention des expulsions (CCAPEX) a été informée d’{}, au sujet d’un logement que vous louez. La lettre jointe précise lequel.",
                self.acte.en_mots()
            ))
            .paragraphe("Elle cherche, avec vous et avec votre locataire, une solution qui règle l’impayé et évite une expulsion. Elle ne remplace pas le juge et ne suspend pas la procédure.")
            .liste("Merci de nous indiquer :", self.demandes.iter().map(|d| d.phrase()))
            .date("Réponse souhaitée au plus tard le", &self.reponse_avant)
            .guichets("Pour vous renseigner gratuitement :", [&self.adil])
            .signe(&self.entete)
    }
}
