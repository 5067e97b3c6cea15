//! Une règle, ou une famille de règles, par fichier.
//!
//! La date qui choisit la version d'une règle est dans la signature de sa fonction.

use crate::catalogue::Regle;

pub mod aide;
pub mod appel;
pub mod assignation;
pub mod commandement;
pub mod commission;
pub mod computation;
pub mod dalo;
pub mod diagnostic;
pub mod distance;
pub mod duree;
pub mod exploc;
pub mod force_publique;
pub mod impaye;
pub mod jours_feries;
pub mod juge;
pub mod juge_de_l_execution;
pub mod protocole;
pub mod quitter_les_lieux;
pub mod responsabilite;
pub mod saisine;
pub mod signalement;
pub mod signification;
pub mod surendettement;
pub mod transparence;
pub mod treve;

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
    juge::REGLES,
    appel::REGLES,
    quitter_les_lieux::REGLES,
    juge_de_l_execution::REGLES,
    force_publique::REGLES,
    treve::REGLES,
    responsabilite::REGLES,
    impaye::REGLES,
    aide::REGLES,
    protocole::REGLES,
    dalo::REGLES,
    surendettement::REGLES,
    commission::REGLES,
    exploc::REGLES,
    transparence::REGLES,
];

/// Pourquoi rien n'est dit d'une période ancienne.
const NON_REMONTE: &str = "l'étude n'est pas remontée plus haut";
