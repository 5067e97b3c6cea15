//! Les essais du stockage, chacun sur les deux moteurs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "un essai dont l'appui échoue échoue")]

mod agenda;
mod bases;
mod comptes;
mod concurrence;
mod connexion;
mod interface;
mod journal;
mod listes;
mod pieces;
mod registre;
mod sauvegardes;
mod situations;
mod sql;
mod veille;
mod vues;
