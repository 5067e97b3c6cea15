use jiff::civil::Date;

use crate::valeur::Brute;

use super::Limites;
use super::refus::{Cause, RefusFichier};

/// Les feuilles d'un classeur, telles qu'elles sont.
#[derive(Default)]
pub(super) struct Feuilles {
    pub(super) feuilles: Vec<Feuille>,
    /// Textes partagés d'un XLSX.
    pub(super) chaines: Vec<Box<str>>,
}

pub(super) struct Feuille {
    pub(super) nom: String,
    pub(super) masquee: bool,
    pub(super) rangees: Vec<Rangee>,
}

/// Les cellules remplies d'une ligne, de gauche à droite.
pub(super) struct Rangee {
    pub(super) ligne: u64,
    pub(super) cellules: Vec<(u32, Cellule)>,
}

#[derive(Clone, Debug)]
pub(super) enum Cellule {
    Texte(Box<str>),
    Partagee(u32),
    Nombre(f64),
    Jour(Date),
    Booleen(bool),
    Erreur(Box<str>),
    /// Numéro de jour qui n'existe pas, ou durée.
    PasUneDate(Box<str>),
    SansValeur,
}

impl Cellule {
    pub(super) fn brute<'a>(&'a self, chaines: &'a [Box<str>]) -> Brute<'a> {
        match self {
            Cellule::Texte(texte) => Brute::Texte(texte),
            Cellule::Partagee(rang) => {
                chaines.get(*rang as usize).map_or(Brute::Vide, |texte| Brute::Texte(texte))
            }
            Cellule::Nombre(nombre) => Brute::Nombre(*nombre),
            Cellule::Jour(jour) => Brute::Jour(*jour),
            Cellule::Booleen(oui) => Brute::Booleen(*oui),
            Cellule::Erreur(brut) => Brute::Inattendue {
                brut,
                pourquoi: "la formule de cette cellule est en erreur : corrigez-la dans le classeur, ou écrivez la valeur",
            },
            Cellule::PasUneDate(brut) => Brute::Inattendue {
                brut,
                pourquoi: "la cellule a la forme d'une date ou d'une heure, et ne désigne aucun jour : écrivez par exemple 15/01/2026",
            },
            Cellule::SansValeur => Brute::SansValeur,
        }
    }
}

/// Compte les cellules gardées : un petit fichier peut en décrire des milliards.
pub(super) struct Compteur {
    reste: usize,
    permises: usize,
}

impl Compteur {
    pub(super) fn nouveau(limites: &Limites) -> Self {
        Self { reste: limites.cellules, permises: limites.cellules }
    }

    pub(super) fn prendre(&mut self, cellules: usize) -> Result<(), RefusFichier> {
        self.reste = self.reste.checked_sub(cellules).ok_or_else(|| {
            RefusFichier::nouveau(
                "",
                Cause::TropGros,
                format!(
                    "Le classeur compte plus de {} millions de cellules remplies. \
                     Découpez-le, ou exportez le tableau en CSV.",
                    self.permises / 1_000_000
                ),
            )
        })?;
        Ok(())
    }
}
