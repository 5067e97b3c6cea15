//! Les courriers : lettres à envoyer, messages électroniques.

mod filtres;
pub mod gestes;
pub mod liste;
pub mod messages;
