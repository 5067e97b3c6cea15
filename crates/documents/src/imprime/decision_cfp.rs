//! La décision sur le concours de la force publique, préparée pour la signature du préfet.
//!
//! Le sens et la motivation viennent d'une personne : le programme ne les propose pas.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Contenu, Tete, paragraphes};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionCfp {
    pub tete: Tete,
    /// « Le préfet du Pas-de-Calais », « Le préfet de police ».
    pub autorite: String,
    pub menage: String,
    pub logement: String,
    pub bailleur: String,
    pub sens: Sens,
    /// Ce qui motive la décision, écrit par une personne.
    pub motivation: String,
    /// Ce sur quoi elle s'appuie : demande, jugement, commandement.
    pub visas: Vec<String>,
    pub pieces: Vec<Piece>,
    pub controles: Vec<Controle>,
}

/// Ce que décide le préfet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sens {
    Accord {
        /// Le jour où l'accord prend effet.
        a_compter_du: Option<String>,
    },
    Refus,
}

/// Une pièce de l'instruction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    pub nom: String,
    /// Le jour où elle a été reçue ; absente : elle manque.
    pub recue_le: Option<String>,
    pub conclusion: Option<String>,
}

/// Une vérification de la procédure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Controle {
    pub etape: String,
    pub constat: Constat,
    pub pourquoi: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Constat {
    Regulier,
    Irregulier,
    AVerifier,
}

impl Contenu for DecisionCfp {
    fn tete(&self) -> &Tete {
        &self.tete
    }

    fn titre(&self) -> String {
        match self.sens {
            Sens::Accord { .. } => "Projet de décision accordant le concours de la force publique",
            Sens::Refus => "Projet de décision refusant le concours de la force publique",
        }
        .to_owned()
    }

    fn donnees(&self) -> Value {
        let (accord, a_compter_du) = match &self.sens {
            Sens::Accord { a_compter_du } => (true, a_compter_du.clone()),
            Sens::Refus => (false, None),
        };
        json!({
            "autorite": self.autorite,
            "menage": self.menage,
            "logement": self.logement,
            "bailleur": self.bailleur,
            "accord": accord,
            "a_compter_du": a_compter_du,
            "motivation": paragraphes(&self.motivation),
            "visas": self.visas,
            "pieces": self.pieces,
            "controles": self.controles,
        })
    }
}
