//! La file « à compléter » : ce qui manque, à qui le demander, et la reprise du traitement.

pub(crate) mod completee;

pub mod demander;
pub mod file;
pub mod reprendre;
