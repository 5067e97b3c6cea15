//! Les pages : traduire HTTP en cas d'usage, et leurs réponses en français lisible. Rien d'autre.
//!
//! Un écran = un module, une structure, un gabarit, de même nom. Le gabarit boucle et affiche.
//!
//! Ordre de lecture : [`app`], [`routes`], [`acces`], [`cadre`], [`composants`], puis les écrans.

pub mod acces;
pub mod app;
pub mod cadre;
pub mod composants;
mod ensemble;
pub mod mots;
mod noms;
pub mod routes;
pub mod serveur;
pub mod statique;
pub mod theme;
mod typographie;
pub mod urls;

pub mod a_traiter;
pub mod accueil;
pub mod actes;
pub mod aide;
pub mod alertes;
pub mod api;
pub mod calendrier;
pub mod cellule;
pub mod comptes;
pub mod connexion;
pub mod conservation;
pub mod courriers;
pub mod diagnostic;
pub mod dossiers;
pub mod echeances;
pub mod erreur;
pub mod information;
pub mod mon_compte;
pub mod notifications;
pub mod pied;
pub mod reception;
pub mod recherche;
pub mod registre;
pub mod regles;
pub mod saisie;
pub mod suppleances;
pub mod tableau;
