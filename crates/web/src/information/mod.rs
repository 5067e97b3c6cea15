//! Ce qu'on dit à un ménage, en mots simples : la page publique de chaque étape, et celle d'un dossier.
//!
//! Les pages publiques ne contiennent aucune donnée : elles se gardent et s'impriment.

pub mod menage;
pub mod sommaire;
pub mod stade;

mod texte;
