//! Ce qui arrive à une personne sans qu'elle l'ait fait : le lire, le marquer lu, en recevoir le résumé.

pub mod lire;
pub mod reglage;
pub mod resume;
pub mod sujet;
