//! Consigner un acte dans un dossier, ou en corriger un.
//!
//! [`choisir`] montre les actes, [`saisir`] en remplit un, [`rectifier`] en annule un. `sorte` dit ce
//! qu'un acte demande, `territoire` ce que le profil propose, `lecture` lit ce qui est écrit, `dire`
//! met un acte en mots, [`apercu`] dit ce qu'il changera, `annonce` ce qu'il a changé.

pub mod apercu;
pub mod choisir;
pub mod rectifier;
pub mod saisir;

pub(crate) mod annonce;
pub(crate) mod consigner;
pub(crate) mod dire;
pub(crate) mod lecture;
pub(crate) mod sorte;
mod synonymes;

mod territoire;
mod usuels;
