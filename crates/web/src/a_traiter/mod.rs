//! Ce qui attend une personne : notices à compléter, rapprochements à confirmer.

pub mod completer;
pub mod notice;
pub mod rapprochements;
