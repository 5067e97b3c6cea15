//! Les comptes : qui se connecte, avec quelle mission.

pub mod cles;
pub mod liste;
pub mod organisme;
pub mod revue;
