//! Les dossiers : les chercher, les ouvrir, les exporter.

pub mod charger;
pub mod chercher;
pub mod colonnes;
pub mod en_json;
pub mod exporter;
pub mod lister;
pub mod ouvrir;
pub mod qui_voit;
pub mod vues;

pub(crate) mod part;

mod vocabulaire;
