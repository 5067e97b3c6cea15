//! Le registre des accès : y inscrire ce que chaque demande lit, et en relire qui a lu quoi.

pub mod consulter;
pub mod suivi;
