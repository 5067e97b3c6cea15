//! Un fichier par chose qu'on peut faire : charger, autoriser, décider, écrire.
//!
//! Ignore HTTP et SQL. La page, la ligne de commande et l'import appellent les mêmes fonctions.

pub mod accueil;
pub mod actes;
pub mod calendrier;
pub mod changements;
pub mod cle;
pub mod completer;
pub mod compte;
pub mod conservation;
pub mod coordination;
pub mod courriers;
pub mod diagnostics;
pub mod dossiers;
pub mod echeances;
pub mod echec;
pub mod entretien;
pub mod envois;
pub mod exceptions;
pub mod formes;
pub mod imprimes;
pub mod maison;
pub mod notes;
pub mod notifications;
pub mod rapprochements;
pub mod reception;
pub mod registre;
pub mod regles;
pub mod saisie;
pub mod tableau;
pub mod veille;

mod vue;
