//! Le calendrier : la page, ses périodes, et l'abonnement d'un agenda extérieur.

pub mod abonnement;
pub mod flux;
pub mod page;

mod periode;
