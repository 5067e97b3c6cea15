//! La réception : déposer des fichiers, lire le résultat, dire ce que les colonnes veulent dire.

pub mod correspondance;
pub mod depot;
pub mod piece;
