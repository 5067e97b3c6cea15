//! Un fichier par chose qu'on peut faire : charger, autoriser, décider, écrire.
//!
//! Ignore HTTP et SQL. La page, la ligne de commande et l'import appellent les mêmes fonctions.

pub mod compte;
pub mod courriers;
pub mod echec;
pub mod maison;
pub mod reception;

mod vue;
