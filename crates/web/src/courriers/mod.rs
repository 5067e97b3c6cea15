//! Les courriers : lettres à envoyer, messages électroniques.

pub mod liste;
pub mod messages;
