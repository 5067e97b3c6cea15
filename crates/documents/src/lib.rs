//! Les lettres et les imprimés de la commission, composés en PDF accessible.
//!
//! Une lettre ne contient que ce que son destinataire peut savoir : c'est son type qui le dit.
//! Ni base, ni HTTP, ni horloge, ni fichier : les modèles et les polices sont dans le programme.
//!
//! Ordre de lecture : [`lettre`], [`imprime`], [`modeles`], [`composition`], [`courriel`], puis [`exemples`].

pub mod composition;
pub mod courriel;
pub mod exemples;
pub mod imprime;
pub mod lettre;
pub mod modeles;

mod caracteres; // ce que la police sait écrire
mod monde; // ce qu'un modèle peut lire : lui-même, le cadre, ses données
