//! Les comptes et la connexion : créer, inviter, vérifier, ouvrir une session, la fermer.
//!
//! L'instant et le hasard sont des arguments : les tests rejouent n'importe quelle heure.
//!
//! Ordre de lecture : [`regles`], [`portier`], [`session`], [`facteur`], puis [`soi`] (ce qu'une
//! personne fait de son compte) et [`comptes`] (ce qu'en fait qui administre).

pub mod cles;
pub mod comptes;
pub mod essais;
pub mod facteur;
pub mod fournisseur;
pub mod invitations;
pub mod organisme;
pub mod portier;
pub mod regles;
pub mod reprise;
pub mod revue;
pub mod secret;
pub mod session;
pub mod soi;
pub mod suppleances;
pub mod totp;

mod solidite;
