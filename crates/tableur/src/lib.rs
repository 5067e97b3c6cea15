//! À écrire.
