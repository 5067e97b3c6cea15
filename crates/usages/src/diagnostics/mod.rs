//! Le diagnostic social et financier : le lire, l'écrire rubrique par rubrique, l'imprimer, et la
//! feuille de route de qui va voir les ménages.

pub mod feuille;
pub mod lire;
pub mod mandats;
pub mod pdf;

pub use crate::actes::diagnostic::{Ecrite, Rubrique, ecrire};
