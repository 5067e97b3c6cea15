//! Ouvrir par exception un dossier restreint, le dire au délégué, et qu'il l'examine.

pub mod examiner;
pub mod ouvrir;
