//! Consigner un acte : le même chemin pour le formulaire, le fichier, l'interface de programme et la
//! ligne de commande.
//!
//! Ordre de lecture : `demande` (ce qui est demandé, ce qui est répondu), `consigner` (qui aiguille),
//! puis un fichier par sorte d'acte. `apercevoir` dit ce qu'un acte changerait, sans l'écrire ;
//! `fichier` lit des lignes ; `rectifier` annule un fait.

pub mod apercevoir;
pub mod consigner;
pub mod demande;
pub mod diagnostic;
pub mod fichier;
pub mod rectifier;

mod complement;
mod courrier;
mod droits;
mod lecture;
mod menage;
mod notice;
mod propre;
mod rapprochement;
pub(crate) mod restriction;
