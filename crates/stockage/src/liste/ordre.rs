//! L'ordre d'une liste, et la place d'une ligne dans cet ordre.
//!
//! Chaque ordre a son index : une page, si loin soit-elle, se lit à partir de la précédente.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::requete::Requete;
use crate::base::valeur::{SANS_ECHEANCE, Valeur, instant_ecrit};
use crate::dossier::VueDossier;

/// La colonne qui range une liste.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tri {
    /// L'échéance la plus proche d'abord ; sans échéance, à la fin.
    Echeance,
    /// Le dernier changement d'abord.
    MiseAJour,
    /// Par référence.
    Reference,
    /// Par nom du ménage.
    Nom,
    /// Par commune, puis par échéance.
    Commune,
    /// La plus grosse dette d'abord ; inconnue, à la fin.
    Dette,
}

impl Tri {
    /// Tous.
    pub const TOUS: [Self; 6] =
        [Self::Echeance, Self::MiseAJour, Self::Reference, Self::Nom, Self::Commune, Self::Dette];

    /// La lettre qui ouvre un curseur de cet ordre.
    fn lettre(self) -> char {
        match self {
            Self::Echeance => 'e',
            Self::MiseAJour => 'm',
            Self::Reference => 'r',
            Self::Nom => 'n',
            Self::Commune => 'c',
            Self::Dette => 'd',
        }
    }

    /// Les colonnes, telles que l'index les a.
    fn colonnes(self) -> &'static [&'static str] {
        match self {
            Self::Echeance => &["d.etape_avant_le"],
            Self::MiseAJour => &["d.maj_le"],
            Self::Reference => &["d.reference"],
            Self::Nom => &["d.nom"],
            Self::Commune => &["d.commune", "d.etape_avant_le"],
            Self::Dette => &["COALESCE(d.dette, -1)"],
        }
    }

    fn monte(self, sens: Sens) -> bool {
        let naturel = !matches!(self, Self::MiseAJour | Self::Dette);
        naturel == (sens == Sens::Naturel)
    }
}

/// Dans quel sens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sens {
    /// Celui où l'on lit d'ordinaire cette colonne.
    #[default]
    Naturel,
    /// L'autre.
    Inverse,
}

impl Sens {
    /// L'autre sens.
    #[must_use]
    pub fn retourne(self) -> Self {
        match self {
            Self::Naturel => Self::Inverse,
            Self::Inverse => Self::Naturel,
        }
    }

    /// Cet ordre va-t-il du plus petit au plus grand ?
    #[must_use]
    pub fn monte(self, tri: Tri) -> bool {
        tri.monte(self)
    }
}

/// La place d'une ligne dans une liste, telle qu'une adresse de page la porte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curseur {
    tri: Tri,
    cle: String,
    dossier: i64,
}

/// Entre les deux colonnes d'une clé.
const ENTRE: char = '|';

impl Curseur {
    /// La place, écrite : « e2026-11-21_42 ».
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}{}_{}", self.tri.lettre(), self.cle, self.dossier)
    }

    /// La place d'un texte écrit par [`Curseur::code`].
    #[must_use]
    pub fn de_code(code: &str) -> Option<Self> {
        let tri = Tri::TOUS.into_iter().find(|tri| code.starts_with(tri.lettre()))?;
        let (cle, dossier) = code[1..].rsplit_once('_')?;
        let valide = match tri {
            Tri::Echeance => cle.parse::<Date>().is_ok(),
            Tri::MiseAJour => cle.parse::<Timestamp>().is_ok(),
            Tri::Dette => cle.parse::<i64>().is_ok(),
            Tri::Commune => {
                cle.split_once(ENTRE).is_some_and(|(_, jour)| jour.parse::<Date>().is_ok())
            }
            Tri::Reference | Tri::Nom => true,
        };
        valide.then_some(())?;
        Some(Self { tri, cle: cle.to_owned(), dossier: dossier.parse().ok()? })
    }

    pub(super) fn de(vue: &VueDossier, tri: Tri) -> Self {
        let echeance =
            || vue.etape_avant_le.map_or_else(|| SANS_ECHEANCE.to_owned(), |jour| jour.to_string());
        let cle = match tri {
            Tri::Echeance => echeance(),
            Tri::MiseAJour => instant_ecrit(vue.maj_le),
            Tri::Reference => vue.reference.clone(),
            Tri::Nom => vue.nom.clone(),
            Tri::Commune => format!("{}{ENTRE}{}", vue.commune, echeance()),
            Tri::Dette => vue.dette.unwrap_or(-1).to_string(),
        };
        Self { tri, cle, dossier: vue.id.0 }
    }

    fn valeurs(&self) -> Vec<Valeur> {
        let cle = self.cle.as_str();
        match self.tri {
            Tri::Dette => vec![cle.parse::<i64>().unwrap_or(-1).into()],
            Tri::Commune => cle.splitn(2, ENTRE).map(Valeur::from).collect(),
            Tri::Echeance | Tri::MiseAJour | Tri::Reference | Tri::Nom => vec![cle.into()],
        }
    }
}

/// « ORDER BY … », le numéro du dossier départageant les égaux.
pub(super) fn ecrit(tri: Tri, sens: Sens) -> String {
    let mot = if tri.monte(sens) { "ASC" } else { "DESC" };
    let colonnes: Vec<String> =
        tri.colonnes().iter().chain(&["d.id"]).map(|c| format!("{c} {mot}")).collect();
    format!(" ORDER BY {}", colonnes.join(", "))
}

/// Ce qui vient après cette place. Un curseur d'un autre ordre ne désigne rien : la liste recommence.
pub(super) fn apres(requete: &mut Requete, tri: Tri, sens: Sens, curseur: &Curseur) {
    if curseur.tri != tri {
        return;
    }
    requete.texte(" AND (").texte(&tri.colonnes().join(", ")).texte(", d.id)");
    requete.texte(if tri.monte(sens) { " > (" } else { " < (" });
    for valeur in curseur.valeurs() {
        requete.valeur(valeur).texte(", ");
    }
    requete.valeur(curseur.dossier).texte(")");
}
