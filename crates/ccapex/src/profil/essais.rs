//! Essais.
