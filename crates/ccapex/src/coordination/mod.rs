//! Agir à plusieurs : alertes entre partenaires, cas complexes, listes de suivi, et ce que changerait
//! une autre répartition. [`parties`] dit quels organismes ont leur part d'un dossier.

pub mod alertes;
pub mod complexite;
pub mod listes;
pub mod parties;
pub mod simulation;

#[cfg(test)]
mod tests;
