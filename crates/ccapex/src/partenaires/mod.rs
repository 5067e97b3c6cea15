//! Qui travaille avec la commission, et ce que chacun peut voir ou faire.

pub mod agent;
pub mod habilitation;
