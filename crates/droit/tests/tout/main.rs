//! Les essais du crate, par le dehors.

#![expect(clippy::panic, clippy::expect_used, reason = "un essai échoue en s'arrêtant")]

mod cas;
mod continuite;
mod naif;
mod proprietes;
mod refus;
