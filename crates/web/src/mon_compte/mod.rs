//! Son propre compte : mot de passe, second facteur, sessions, ce qui y est arrivé.

pub mod page;
