//! Le journal, le coffre des identités, les pièces et les tables de lecture, sur SQLite ou PostgreSQL.
//!
//! Ne connaît aucune règle : il écrit et relit ce que les cas d'usage lui donnent.
//!
//! Ordre de lecture : [`echec`], [`base`], [`transaction`] (le lot d'une réception), [`notice`],
//! [`journal`], [`coffre`], [`dossier`], puis [`liste`], [`agenda`] et [`compteurs`] pour les pages, enfin
//! [`veille`], [`vues`] et [`sauvegarde`].

pub mod abonnement;
pub mod acces;
pub mod agenda;
pub mod base;
pub mod brouillon;
pub mod changement;
pub mod cle_api;
pub mod coffre;
pub mod compte;
pub mod compteurs;
pub mod conservation;
pub mod correspondance;
pub mod courrier;
pub mod demande;
pub mod depart;
pub mod dossier;
pub mod echec;
pub mod envoi;
pub mod essai;
pub mod facteur;
pub mod geste;
pub mod identite;
pub mod invitation;
pub mod journal;
pub mod liste;
pub mod notice;
pub mod notification;
pub mod piece;
pub mod question;
pub mod recherche;
pub mod revue;
pub mod saisie;
pub mod sauvegarde;
pub mod session;
pub mod suppleance;
pub mod transaction;
pub mod veille;
pub mod vue_de_liste;
pub mod vues;

mod migration;
mod tables;
