//! Les alertes entre partenaires : la file de chacun, et celles d'un dossier.

pub mod dossier;
pub mod file;
pub mod lever;
