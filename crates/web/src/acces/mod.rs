//! Qui frappe à la porte : la session, le jeton des formulaires, les en-têtes de sécurité, la cadence, et la part
//! d'un dossier montrée à qui n'en suit pas le ménage.

pub mod cadence;
pub mod debit;
pub mod entetes;
pub mod formulaire;
pub mod part;
pub mod reprise;
pub mod session;
pub mod visiteur;

pub(crate) mod cookies;
