//! Ce que le logiciel croit que le droit dit : dates, délais, paramètres, règles nationales.
//!
//! Pur : ni horloge, ni disque, ni réseau. Ne connaît ni dossier, ni journal, ni écran.
//!
//! Ordre de lecture : [`source`], [`parametre`], [`calendrier`], [`delai`], [`conclusion`], puis
//! [`regles`].
//! Les hésitations du droit sont numérotées dans `docs/doutes.md`.

#![deny(missing_docs)]

pub mod calendrier;
pub mod conclusion;
pub mod delai;
pub mod jour;
pub mod montant;
pub mod parametre;
pub mod regles;
pub mod reponse;
pub mod source;
