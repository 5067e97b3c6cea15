//! La feuille de route des visites d'un jour : où aller, qui voir, avant quelle audience.
//!
//! Elle sort du bureau : ni dette, ni montant, ni composition de la famille.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Contenu, Tete};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeuilleDeRoute {
    pub tete: Tete,
    /// Le jour des visites, en toutes lettres.
    pub jour: String,
    /// Les visites, par commune puis par adresse.
    pub visites: Vec<Visite>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Visite {
    pub commune: String,
    pub reference: String,
    pub menage: String,
    pub adresse: String,
    pub telephone: Option<String>,
    pub audience: Option<String>,
    /// Les tentatives déjà faites, la dernière d'abord.
    pub tentatives: Vec<String>,
}

impl Contenu for FeuilleDeRoute {
    fn tete(&self) -> &Tete {
        &self.tete
    }

    fn titre(&self) -> String {
        format!("Feuille de route du {}", self.jour)
    }

    fn donnees(&self) -> Value {
        let mut communes: Vec<Value> = Vec::new();
        for lot in self.visites.chunk_by(|a, b| a.commune == b.commune) {
            if let Some(premiere) = lot.first() {
                communes.push(json!({ "nom": premiere.commune, "visites": lot }));
            }
        }
        json!({ "communes": communes, "nombre": self.visites.len() })
    }
}
