//! Les bancs : ce que le programme fait en un temps donné, mesuré en une fois sur des notices engendrées.
//!
//! Ordre de lecture : `mesure` (un chiffre et son but), `machine`, `notices` (les fichiers engendrés),
//! `atelier` (la base qu'on remplit), puis un fichier par banc.

mod atelier;
mod client;
mod croissance;
mod demarrage;
mod derivation;
mod lettres;
mod machine;
mod mesure;
pub(crate) mod notices;
mod pages;
mod reception;
mod veille;

pub(crate) use atelier::{Atelier, Demande};
pub(crate) use mesure::Rapport;

use clap::ValueEnum;

/// Un banc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Banc {
    /// Un fichier de commandements, traité en entier
    Reception,
    /// Le temps d'un fichier selon la taille de la base
    Croissance,
    /// Des lettres en PDF, une à une et en liasse
    Lettres,
    /// Les pages, pour vingt personnes à la fois
    Pages,
    /// Les listes, la recherche et les dossiers, pour cinquante personnes à la fois, et la mémoire prise
    Charge,
    /// Du lancement du serveur à sa première page
    Demarrage,
    /// Un dossier de soixante actes, déduit en entier
    Derivation,
    /// La veille quotidienne, sur une copie de la plus grande base
    Veille,
}

impl Banc {
    /// Tous, dans l'ordre où ils se suivent : la base que `croissance` remplit sert aux pages.
    pub(crate) const TOUS: [Self; 8] = [
        Self::Reception,
        Self::Croissance,
        Self::Lettres,
        Self::Pages,
        Self::Charge,
        Self::Demarrage,
        Self::Derivation,
        Self::Veille,
    ];

    pub(crate) async fn mesurer(
        self,
        atelier: &mut Atelier,
        rapport: &Rapport,
    ) -> anyhow::Result<()> {
        match self {
            Self::Reception => reception::mesurer(atelier, rapport).await,
            Self::Croissance => croissance::mesurer(atelier, rapport).await,
            Self::Lettres => lettres::mesurer(atelier, rapport).await,
            Self::Pages => pages::mesurer(atelier, rapport).await,
            Self::Charge => pages::mesurer_la_charge(atelier, rapport).await,
            Self::Demarrage => demarrage::mesurer(atelier, rapport).await,
            Self::Derivation => derivation::mesurer(atelier, rapport).await,
            Self::Veille => veille::mesurer(atelier, rapport).await,
        }
    }
}
