//! La frise d'un dossier : ce qui est arrivé, ce qui est annoncé, ce que la loi compte.
//!
//! Chaque date ouvre ses motifs. Les suspensions se dessinent par-dessus.

mod echeances;
mod titre;

use jiff::civil::Date;

use crate::cours::Cours;
use crate::cours::fil::{Arrive, points};
use crate::cours::horloge::Horloge;
use crate::cours::irregularites::irregularites;
use crate::cours::suspensions::{Suspension, suspensions};
use crate::dossier::Dossier;
use crate::profil::Profil;
use crate::signalement::anomalies::Anomalie;

/// La frise d'un dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frise {
    /// Les dates, de la plus ancienne à la plus lointaine.
    pub jalons: Vec<Jalon>,
    /// Ce qui suspend, dans l'ordre des dates.
    pub suspensions: Vec<Suspension>,
}

/// Une date de la frise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jalon {
    /// Le jour.
    pub jour: Date,
    /// Ce qui s'y passe.
    pub titre: String,
    /// D'où vient cette date.
    pub sorte: Sorte,
    /// La règle qui la compte.
    pub regle: Option<&'static str>,
    /// Pourquoi.
    pub motifs: Vec<String>,
    /// Le fait du journal, s'il y en a un.
    pub fait: Option<String>,
    /// Ses irrégularités.
    pub anomalies: Vec<Anomalie>,
}

/// D'où vient une date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sorte {
    /// Un fait arrivé.
    Passe,
    /// Une date que la loi compte.
    Calcule,
    /// Un fait annoncé, à venir.
    Annonce,
}

impl Sorte {
    /// Le nom écrit.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Passe => "passe",
            Self::Calcule => "calcule",
            Self::Annonce => "annonce",
        }
    }

    /// En mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Passe => "fait",
            Self::Calcule => "calculé",
            Self::Annonce => "annoncé",
        }
    }
}

/// La frise d'un dossier, ce jour-là. `commune` est le code INSEE du logement, ou vide.
#[must_use]
pub fn frise(
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    commune: &str,
    horloge: &Horloge,
) -> Frise {
    let mut irregulieres = irregularites(dossier, cours, profil, horloge);
    // Les faits à venir sont sur la frise ; l'horloge, elle, dit lesquels sont arrivés.
    let mut jalons: Vec<Jalon> = points(dossier, &Horloge::au(Date::MAX))
        .iter()
        .map(|point| {
            let fait = match point.quoi {
                Arrive::Notice(notice) => &notice.fait,
                Arrive::Acte(acte) => &acte.id,
            };
            Jalon {
                jour: point.jour,
                titre: titre::titre(point),
                sorte: if horloge.atteint(point.jour) { Sorte::Passe } else { Sorte::Annonce },
                regle: None,
                motifs: Vec::new(),
                fait: Some(fait.clone()),
                anomalies: irregulieres.remove(fait).unwrap_or_default(),
            }
        })
        .collect();
    let suspensions = suspensions(dossier, cours, horloge);
    jalons.extend(echeances::echeances(cours, &suspensions, commune, horloge));
    jalons.sort_by_key(|jalon| (jalon.jour, jalon.sorte));
    Frise { jalons, suspensions }
}
