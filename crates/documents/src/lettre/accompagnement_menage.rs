//! Au ménage dont l'expulsion peut avoir lieu : qui l'accompagne, par quelles voies prioritaires.

use serde_json::{Value, json};

use super::Contenu;
use super::commun::{EnTete, Guichet};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccompagnementMenage {
    pub entete: EnTete,
    /// Le premier jour où l'expulsion est possible, s'il est connu et à venir.
    pub a_partir_du: Option<String>,
    /// Le service qui accompagne le ménage.
    pub service: Guichet,
    pub voies: Vec<Voie>,
}

/// Une voie prioritaire, et où elle en est pour ce ménage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voie {
    Hebergement { demandee: bool },
    Dalo { depose: bool },
    Contingent { demandee: bool },
}

impl Voie {
    pub(crate) fn pour_le_menage(self) -> &'static str {
        match self {
            Self::Hebergement { demandee: true } => {
                "Hébergement : une demande est faite pour vous au SIAO. Vous pouvez aussi appeler le 115, gratuit, jour et nuit."
            }
            Self::Hebergement { demandee: false } => {
                "Hébergement : le SIAO cherche une place. Appelez le 115, gratuit, jour et nuit, ou demandez-le au service social."
            }
            Self::Dalo { depose: true } => {
                "Droit au logement opposable (DALO) : votre recours est déposé. Signalez tout changement d’adresse."
            }
            Self::Dalo { depose: false } => {
                "Droit au logement opposable (DALO) : le jugement d’expulsion vous permet ce recours. Le service social le remplit avec vous."
            }
            Self::Contingent { demandee: true } => {
                "Logement social réservé par la préfecture : votre situation y est signalée."
            }
            Self::Contingent { demandee: false } => {
                "Logement social réservé par la préfecture : avec une demande de logement social à jour, votre situation peut y être signalée."
            }
        }
    }

    pub(crate) fn pour_le_maire(self) -> &'static str {
        match self {
            Self::Hebergement { .. } => "Hébergement : le SIAO (115) est sollicité.",
            Self::Dalo { .. } => "Droit au logement opposable (DALO).",
            Self::Contingent { .. } => "Logements réservés par la préfecture ou par votre commune.",
        }
    }
}

impl Contenu for AccompagnementMenage {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        "Votre logement : qui vous accompagne et où dormir".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "a_partir_du": self.a_partir_du,
            "service": self.service,
            "voies": self.voies.iter().map(|v| v.pour_le_menage()).collect::<Vec<_>>(),
        })
    }

    fn courriel(&self) -> String {
        Corps::new(Formule::MadameMonsieur)
            .paragraphe("Nous vous écrivons au sujet de votre logement. La lettre jointe dit qui vous accompagne et par quelles voies trouver une solution.")
            .guichets("Le service qui vous accompagne :", [&self.service])
            .paragraphe("Pour un hébergement, vous pouvez appeler le 115, gratuit, jour et nuit.")
            .signe(&self.entete)
    }
}
