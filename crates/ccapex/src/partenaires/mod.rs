//! Qui travaille avec la commission, et ce que chacun peut voir ou faire.
//!
//! Ordre de lecture : `agent` (la personne), `partie` (pourquoi un organisme a sa part d'un dossier),
//! `mission` (qui consigne quoi), `habilitation`, qui décide, puis `suppleance` (qui remplace qui) et
//! `organisme` (qui répond des comptes d'un organisme).

pub mod agent;
pub mod controle;
pub mod finalite;
pub mod habilitation;
pub mod mission;
pub mod organisme;
pub mod partie;
pub mod suppleance;
