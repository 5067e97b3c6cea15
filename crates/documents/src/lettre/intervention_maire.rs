//! Au maire : un nom, une adresse, ce qui est demandé. Ni montant, ni acte, ni situation.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Contenu;
use super::commun::{Aide, DateExpliquee, EnTete};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterventionMaire {
    pub entete: EnTete,
    pub menage: String,
    pub logement: String,
    pub demandes: Vec<DemandeCommune>,
    pub reponse_avant: DateExpliquee,
    pub aide: Aide,
}

/// Ce qui se demande à une mairie ou à un CCAS. Liste fermée : jamais de détail sur la situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DemandeCommune {
    MenageDejaSuivi,
    LogementOccupe,
    SolutionLocale,
    Interlocuteur,
}

impl DemandeCommune {
    /// Ce qui se demande d'ordinaire à une mairie.
    pub const DE_LA_MAIRIE: [Self; 3] =
        [Self::LogementOccupe, Self::SolutionLocale, Self::Interlocuteur];
    /// Ce qui se demande d'ordinaire à un CCAS.
    pub const DU_CCAS: [Self; 3] =
        [Self::MenageDejaSuivi, Self::SolutionLocale, Self::Interlocuteur];

    pub fn phrase(self) -> &'static str {
        match self {
            Self::MenageDejaSuivi => {
                "si le ménage est déjà accompagné par vos services (oui ou non)"
            }
            Self::LogementOccupe => "si, à votre connaissance, le logement est toujours occupé",
            Self::SolutionLocale => "les aides ou les solutions que la commune peut proposer",
            Self::Interlocuteur => "la personne de vos services à qui nous adresser",
        }
    }
}

impl Serialize for DemandeCommune {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.phrase())
    }
}

impl Contenu for InterventionMaire {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Prévention d’une expulsion dans votre commune : votre concours".to_owned()
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
        courriel(Formule::Maire, &self.demandes, &self.reponse_avant, &self.entete)
    }
}

/// Le courriel tait le nom et l'adresse : ils sont dans la lettre jointe.
pub(super) fn courriel(
    formule: Formule,
    demandes: &[DemandeCommune],
    reponse_avant: &DateExpliquee,
    entete: &EnTete,
) -> String {
    Corps::new(formule)
        .paragraphe("La commission de coordination des actions de prévention des expulsions (CCAPEX) intervient au sujet d’un ménage de votre commune, nommé dans la lettre jointe, pour chercher une solution qui évite une expulsion.")
        .liste("Merci de nous indiquer :", demandes.iter().map(|d| d.phrase()))
        .date("Réponse souhaitée au plus tard le", reponse_avant)
        .paragraphe("Ces informations sont confidentielles. Elles ne concernent que les personnes chargées d’y répondre.")
        .signe(entete)
}
