//! Ce que le logiciel croit que le droit dit : dates, délais, paramètres, règles nationales.
//!
//! Pur : ni horloge, ni disque, ni réseau. Ne connaît ni dossier, ni journal, ni écran.
//!
//! Ordre de lecture : [`source`], [`parametre`], [`calendrier`], [`delai`], [`conclusion`], puis
//! [`regles`], et [`catalogue`] qui les applique par leur nom.
//! Les hésitations du droit sont numérotées dans `docs/doutes.md`.

#![deny(missing_docs)]

pub mod calendrier;
pub mod catalogue;
pub mod conclusion;
pub mod delai;
pub mod demande;
pub mod jour;
pub mod montant;
pub mod parametre;
pub mod regles;
pub mod reponse;
pub mod resultat;
pub mod source;
