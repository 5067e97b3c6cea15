//! Une règle, ou une famille de règles, par fichier.
//!
//! La date qui choisit la version d'une règle est dans la signature de sa fonction.

use crate::catalogue::Regle;

pub mod assignation;
pub mod commandement;
pub mod commission;
pub mod computation;
pub mod diagnostic;
pub mod distance;
pub mod jours_feries;
pub mod saisine;
pub mod signalement;
pub mod signification;

/// Les règles, dans l'ordre de la procédure.
pub(crate) static FAMILLES: &[&[Regle]] = &[
    computation::REGLES,
    distance::REGLES,
    signification::REGLES,
    jours_feries::REGLES,
    commandement::REGLES,
    signalement::REGLES,
    saisine::REGLES,
    assignation::REGLES,
    diagnostic::REGLES,
];

/// Pourquoi rien n'est dit d'une période ancienne.
const NON_REMONTE: &str = "l'étude n'est pas remontée plus haut";
