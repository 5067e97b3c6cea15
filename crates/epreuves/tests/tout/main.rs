//! Les outils des essais marchent vraiment, ici, sur cette machine.

#![expect(clippy::unwrap_used, reason = "dans un essai, ce qui manque est un échec")]

mod navigateur;
mod postgres;
mod serveur;
