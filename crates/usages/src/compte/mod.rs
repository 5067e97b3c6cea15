//! Les comptes et la connexion : créer, vérifier, ouvrir une session, la fermer.
//!
//! L'instant et le hasard sont des arguments : les tests rejouent n'importe quelle heure.

pub mod comptes;
pub mod reconnus;
pub mod secret;
pub mod session;
