//! Entrer et sortir : le mot de passe, le code, le choix d'un second facteur.

pub mod code;
pub mod enrolement;
pub mod fournisseur;
pub mod invitation;
pub mod page;
pub mod qr;
pub mod reprise;
