//! Le monde du produit : faits, dossier, éligibilité, répartition, rapprochement, étapes.
//!
//! Pur : ni horloge, ni disque, ni réseau, ni hasard. Chaque module peut se servir de ceux
//! qui le précèdent dans la liste, jamais de ceux qui le suivent.

#![deny(missing_docs)]

pub mod texte;

pub mod identifiants;

pub mod acte;

pub mod partenaires;

pub mod profil;

pub mod notice;

pub mod signalement;

pub mod fait;

pub mod rapprochement;

pub mod recherche;

pub mod dossier;

pub mod cours;

pub mod coordination;

pub mod procedure;

pub mod diagnostic;

pub mod menage;

pub mod conservation;
