//! Les règles en vigueur : toutes à une date, puis chacune avec son histoire.

pub mod liste;
pub mod regle;
