//! L'interface de programme : les mêmes cas d'usage que les pages, en JSON.
//!
//! Une opération se déclare une fois, dans `operations` : la garde vérifie la demande d'après elle, et la
//! description publique s'en écrit.
//!
//! Ordre de lecture : `probleme` (comment un refus se dit), `operation` et `operations` (ce qui se
//! demande), `parametres` et `garde` (qui demande, et quoi), `envoi` et `lecture` (ce qui se reçoit et se
//! rend), puis un fichier par sujet, enfin `description` et `page`.

pub mod actes;
pub mod changements;
pub mod courriers;
pub mod dossiers;
pub mod droit;
pub mod notices;
pub mod page;
pub mod sante;

pub(crate) mod description;
pub(crate) mod garde;
pub(crate) mod operation;
pub(crate) mod parametres;
pub(crate) mod probleme;

mod envoi;
mod lecture;
mod operations;
