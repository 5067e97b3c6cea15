//! Le registre des accès : y inscrire chaque demande, montrer qui a lu un dossier.

pub mod dossier;
pub mod extrait;

pub(crate) mod inscrire;
