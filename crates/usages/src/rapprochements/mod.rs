//! Les rapprochements douteux : deux dossiers côte à côte, et le geste d'une personne.

pub mod decider;
pub mod detacher;
pub mod file;
