//! Les communes de France et leurs découpages, et l'art de reconnaître une commune mal écrite.
//!
//! Pur : les données sont dans le programme, ni disque ni réseau. Ne connaît ni dossier, ni règle.
//! Leur origine, leur licence et la façon de les rafraîchir sont dans `LISEZMOI.md`.
//!
//! Ordre de lecture : [`decoupage`], puis [`recherche`].
#![deny(missing_docs)]

pub mod decoupage;
pub mod recherche;

mod donnees; // le fichier embarqué, lu une fois
mod texte; // la clé sous laquelle deux écritures d'un nom se rejoignent

pub use decoupage::{
    Arrondissement, Commune, Departement, Epci, Source, actuelle, arrondissement, commune,
    communes, communes_de_l_arrondissement, communes_de_l_epci, communes_du_code_postal,
    communes_du_departement, departement, departements, epci, source,
};
