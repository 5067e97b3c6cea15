//! Agir à plusieurs : alertes entre partenaires, cas complexes, listes de suivi, et ce que changerait
//! une autre répartition.

pub mod alertes;
pub mod complexite;
pub mod listes;
pub mod simulation;

#[cfg(test)]
mod tests;
