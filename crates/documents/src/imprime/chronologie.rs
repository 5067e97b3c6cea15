//! La chronologie d'un dossier : ce qui est arrivé, ce qui vient, ce qui suspend.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Contenu, Tete};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chronologie {
    pub tete: Tete,
    pub menage: String,
    pub logement: String,
    /// Le stade de la procédure, en mots.
    pub stade: String,
    pub jalons: Vec<Jalon>,
    pub suspensions: Vec<Suspension>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jalon {
    pub jour: String,
    pub titre: String,
    pub sorte: Sorte,
    /// Pourquoi cette date, et ce qu'elle a d'irrégulier.
    pub motifs: Vec<String>,
    pub anomalies: Vec<String>,
    /// Ce qui suspend la procédure ce jour-là.
    pub pendant: Vec<String>,
}

/// D'où vient une date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sorte {
    Passe,
    Calcule,
    Annonce,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suspension {
    pub quoi: String,
    pub du: String,
    pub au: String,
    pub motif: String,
}

impl Contenu for Chronologie {
    fn tete(&self) -> &Tete {
        &self.tete
    }

    fn titre(&self) -> String {
        "Chronologie du dossier".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "menage": self.menage,
            "logement": self.logement,
            "stade": self.stade,
            "jalons": self.jalons,
            "suspensions": self.suspensions,
        })
    }
}
