//! Une règle, ou une famille de règles, par fichier.
//!
//! La date qui choisit la version d'une règle est dans la signature de sa fonction.

pub mod assignation;
pub mod commandement;
pub mod commission;
pub mod signalement;
pub mod signification;
