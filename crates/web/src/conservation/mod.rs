//! Ce qui finit d'être gardé, et ce qu'on remet au ménage.

pub mod liste;
pub mod personne;
