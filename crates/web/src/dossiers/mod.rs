//! Les dossiers : la liste, et un dossier.

pub mod dossier;
pub mod liste;
