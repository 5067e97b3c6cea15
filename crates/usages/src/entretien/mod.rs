//! L'entretien de la base : vérifier, reconstruire.

pub mod reconstruire;
pub mod verifier;
