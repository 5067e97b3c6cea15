//! Les essais du stockage, chacun sur les deux moteurs.

mod bases;
mod comptes;
mod concurrence;
mod journal;
mod listes;
mod pieces;
mod sauvegardes;
mod situations;
mod sql;
mod vues;
