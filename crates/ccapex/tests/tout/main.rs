//! Les essais du cœur, par le dehors.

#![expect(clippy::panic, clippy::expect_used, reason = "un essai échoue en s'arrêtant")]

mod automate;
mod continuite;
mod diagnostic;
mod dossier;
mod droits;
mod etapes;
mod examen;
mod frise;
mod habilitation;
mod histoire;
mod irregularites;
mod journal;
mod menage;
mod mesure;
mod rapprochement;
mod suite;
mod suppleances;
