//! Qui frappe à la porte : la session, le jeton des formulaires, les en-têtes de sécurité.

pub mod entetes;
pub mod formulaire;
pub mod session;
