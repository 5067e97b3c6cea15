//! Les tableaux tels qu'ils arrivent, et les exports tels qu'on les rend.
//!
//! Lit CSV, XLSX, ODS et JSON en lignes typées par champ canonique ; écrit CSV, XLSX et ODS.
//! Ne connaît ni dossier, ni règle, ni horloge : rendre les octets au bon champ est tout son travail.
//!
//! Ordre de lecture : [`champ`], [`nature`], [`synonymes`], [`valeur`], [`lecture`], puis [`ecriture`].
#![deny(missing_docs)]

pub mod champ;
pub mod correspondance;
pub mod ecriture;
pub mod lecture;
pub mod nature;
pub mod synonymes;
pub mod valeur;

mod texte; // Mise à plat des mots (casse, accents, ponctuation), partagée par les synonymes et les codes.
