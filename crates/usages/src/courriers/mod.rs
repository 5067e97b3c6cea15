//! Les lettres : les composer, les envoyer, suivre leur retour.

pub mod annuler;
pub(crate) mod composer;
pub mod expedier;
pub mod file;
pub mod modeles;
pub mod pdf;
pub mod suivre;
