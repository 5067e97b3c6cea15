//! Oui, non, ou on ne sait pas.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Ce qu'on sait d'un fait. `Inconnue` n'est pas `Non`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reponse {
    /// Le fait est établi.
    #[serde(rename = "oui")]
    Oui,
    /// Le contraire est établi.
    #[serde(rename = "non")]
    Non,
    /// On ne sait pas.
    #[serde(rename = "inconnu")]
    Inconnue,
}

impl Reponse {
    /// Les deux à la fois. Un seul « non » suffit à conclure.
    ///
    /// ```
    /// use droit::reponse::Reponse::{Inconnue, Non, Oui};
    ///
    /// assert_eq!(Non.et(Inconnue), Non);
    /// assert_eq!(Oui.et(Inconnue), Inconnue);
    /// ```
    pub const fn et(self, autre: Self) -> Self {
        match (self, autre) {
            (Self::Non, _) | (_, Self::Non) => Self::Non,
            (Self::Oui, Self::Oui) => Self::Oui,
            (Self::Inconnue, _) | (_, Self::Inconnue) => Self::Inconnue,
        }
    }

    /// L'un ou l'autre. Un seul « oui » suffit à conclure.
    ///
    /// ```
    /// use droit::reponse::Reponse::{Inconnue, Non, Oui};
    ///
    /// assert_eq!(Oui.ou(Inconnue), Oui);
    /// assert_eq!(Non.ou(Inconnue), Inconnue);
    /// ```
    pub const fn ou(self, autre: Self) -> Self {
        match (self, autre) {
            (Self::Oui, _) | (_, Self::Oui) => Self::Oui,
            (Self::Non, Self::Non) => Self::Non,
            (Self::Inconnue, _) | (_, Self::Inconnue) => Self::Inconnue,
        }
    }
}

impl From<bool> for Reponse {
    fn from(etabli: bool) -> Self {
        if etabli { Self::Oui } else { Self::Non }
    }
}

impl From<Option<bool>> for Reponse {
    fn from(su: Option<bool>) -> Self {
        su.map_or(Self::Inconnue, Self::from)
    }
}

impl fmt::Display for Reponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Oui => "oui",
            Self::Non => "non",
            Self::Inconnue => "inconnu",
        })
    }
}
