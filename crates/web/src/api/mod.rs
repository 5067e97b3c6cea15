//! L'interface de programme : les mêmes cas d'usage que les pages, en JSON.
//!
//! Ordre de lecture : `probleme` (comment un refus se dit), `acces` (qui demande), puis un fichier
//! par adresse.

pub mod actes;
pub mod dossier;

pub(crate) mod probleme;

mod acces;
