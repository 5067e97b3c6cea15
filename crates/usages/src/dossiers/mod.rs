//! Les dossiers : les chercher, les ouvrir, les exporter.

pub mod charger;
pub mod exporter;
pub mod lister;
pub mod ouvrir;
