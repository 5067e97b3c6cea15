//! Se faire reconnaître par un fournisseur d'identité, comme ProConnect le demande : OpenID Connect, code
//! d'autorisation avec PKCE, réponse signée, déconnexion.
//!
//! Ne connaît ni les comptes ni les pages : il rend une personne telle que le fournisseur la nomme.
//!
//! Ordre de lecture : [`fournisseur`], [`jeton`], puis [`http`].

#![deny(missing_docs)]

pub mod fournisseur;
pub mod jeton;

mod http;
