//! Les essais de bout en bout : un seul programme de tests, un module par sujet.

#![expect(clippy::expect_used, clippy::panic, reason = "dans un essai, ce qui manque est un échec")]

mod chaque_page;
mod commandes;
mod consigner;
mod contrat_des_actes;
mod coupure;
mod interface;
mod maison;
mod navigateur;
mod programme;
mod veille;
