//! Au locataire : ce qu'il a reçu, ce que cela veut dire, ce qu'il peut faire, qui l'aide.

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Contenu;
use super::commun::{ActeRecu, Aide, DateExpliquee, EnTete, Guichet};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterventionLocataire {
    pub entete: EnTete,
    pub acte: ActeRecu,
    /// Fin du délai pour payer, date de l'audience ou fin du délai pour quitter les lieux, selon
    /// l'acte. Absente quand elle ne peut pas être calculée : la lettre dit alors où se renseigner.
    pub echeance: Option<DateExpliquee>,
    /// Le service qui suit le ménage.
    pub service: Guichet,
    pub demandes: Vec<DemandeAuLocataire>,
    pub reponse_avant: DateExpliquee,
    pub aide: Aide,
}

/// Ce que le locataire peut nous dire, s'il le veut. Liste fermée.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DemandeAuLocataire {
    Joindre,
    Paiements,
    Demarches,
    Difficultes,
}

impl DemandeAuLocataire {
    /// Ce qui se demande d'ordinaire.
    pub const USUELLES: [Self; 4] =
        [Self::Joindre, Self::Paiements, Self::Demarches, Self::Difficultes];

    pub fn phrase(self) -> &'static str {
        match self {
            Self::Joindre => "comment et quand vous joindre (téléphone, courriel)",
            Self::Paiements => {
                "ce que vous avez déjà payé, ou l’accord trouvé avec votre propriétaire"
            }
            Self::Demarches => {
                "les démarches en cours (aide au logement, FSL, surendettement, logement social)"
            }
            Self::Difficultes => {
                "ce qui vous empêche de payer, avec vos mots, si vous le souhaitez"
            }
        }
    }
}

impl Serialize for DemandeAuLocataire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.phrase())
    }
}

impl InterventionLocataire {
    /// Les aides, sans redire le service qui suit déjà le ménage.
    fn aide_sans(&self, service: &Guichet) -> Value {
        let mut aide = json!(self.aide);
        if self.aide.service_social == *service {
            aide["service_social"] = Value::Null;
        }
        aide
    }
}

impl Contenu for InterventionLocataire {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Votre logement : des solutions existent, nous pouvons vous aider".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "acte": self.acte,
            "annonce_echeance": self.echeance.as_ref().map(|e| self.acte.nature.annonce_echeance(e)),
            "echeance": self.echeance,
            "service": self.service,
            "demandes": self.demandes,
            "reponse_avant": self.reponse_avant,
            "aide": self.aide_sans(&self.service),
        })
    }

    fn courriel(&self) -> String {
        let debut = Corps::new(Formule::MadameMonsieur)
            .paragraphe("Nous vous écrivons au sujet de votre logement. Des solutions existent et des services peuvent vous aider. La lettre jointe explique votre situation et les dates utiles.")
            .paragraphe("Une expulsion n’est possible qu’avec une décision de justice, ou un accord de conciliation qui a la même force, puis un commandement de quitter les lieux. Plus vous prenez contact tôt, plus il y a de solutions.");
        let debut = match &self.echeance {
            Some(echeance) => debut.date(self.acte.nature.annonce_echeance(echeance), echeance),
            None => debut,
        };
        debut
            .liste(
                "Si vous le souhaitez, répondez à ce message pour nous dire :",
                self.demandes.iter().map(|d| d.phrase()),
            )
            .date("Nous espérons votre réponse d’ici le", &self.reponse_avant)
            .guichets("Le service qui peut vous accompagner :", [&self.service])
            .guichets(
                "Qui peut aussi vous aider :",
                self.aide.guichets().filter(|g| **g != self.service),
            )
            .signe(&self.entete)
    }
}

impl Aide {
    pub(crate) fn guichets(&self) -> impl Iterator<Item = &Guichet> {
        [&self.adil, &self.fsl, &self.service_social].into_iter().chain(&self.autres)
    }
}
