//! Le calendrier d'une personne : audiences et échéances, à l'écran et dans son agenda.

pub mod abonnement;
pub mod agenda;
pub mod flux;
pub mod ics;
