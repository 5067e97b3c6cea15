//! Les dossiers : la liste, son export, et un dossier.

pub mod dossier;
pub mod exporter;
pub mod liste;
