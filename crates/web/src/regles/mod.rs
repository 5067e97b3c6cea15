//! Les règles en vigueur : toutes à une date, puis chacune avec son histoire.

pub mod liste;
pub mod regle;

use droit::source::Certitude;

use crate::composants::{Badge, Ton};

/// Ce que vaut la lecture d'un texte, en un mot.
fn confiance(certitude: Certitude) -> Badge {
    match certitude {
        Certitude::TexteLu => Badge::nouveau(Ton::Succes, "Texte lu"),
        Certitude::Rapporte => Badge::nouveau(Ton::Info, "Rapporté"),
        Certitude::AVerifier => Badge::nouveau(Ton::Attention, "À vérifier"),
        Certitude::Incertain => Badge::nouveau(Ton::Attention, "Sources partagées"),
    }
}
