//! Ce que les essais demandent au monde réel : une base PostgreSQL, un navigateur, le programme.
//!
//! Sert aux tests seulement. Rien n'est sauté en silence : un outil absent fait échouer l'essai,
//! et le message dit de lancer `scripts/essais`. Rien ne survit aux tests : ni processus ni fichier.

#![deny(missing_docs)]
#![expect(clippy::panic, reason = "un essai sans ses outils échoue, et dit pourquoi")]

pub mod fournisseur;
pub mod navigateur;
pub mod postgres;
pub mod serveur;

mod dossier;
mod gardien;

pub use dossier::Dossier;
