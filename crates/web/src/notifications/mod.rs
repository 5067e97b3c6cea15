//! Les notifications : la cloche de chaque page, la liste, le résumé par courriel.

pub mod cloche;
pub mod liste;
pub mod reglages;
