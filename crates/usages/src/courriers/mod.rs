//! Les lettres : les composer, les envoyer, suivre leur retour.

pub mod modeles;
