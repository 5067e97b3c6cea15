//! Les dossiers : la liste, son export, et un dossier.

pub mod acces;
pub mod dossier;
pub mod exporter;
pub mod force_publique;
pub mod imprimer;
pub mod liste;
pub mod notes;
pub mod selection;
pub mod vues;

pub(crate) mod indemnisation;
pub(crate) mod vu;
