//! Une valeur liée à une requête, la même pour les deux moteurs.

use ccapex::identifiants::{AgentId, DossierId, NoticeId, PieceId};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{Arguments, Encode, Type};

use crate::echec::Echec;

/// Une valeur, ou l'absence d'une valeur de ce genre : PostgreSQL exige le genre même d'un vide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Valeur {
    Entier(Option<i64>),
    Texte(Option<String>),
    Octets(Option<Vec<u8>>),
}

/// Les valeurs d'une requête, chacune convertie.
macro_rules! valeurs {
    ($($valeur:expr),* $(,)?) => { vec![$($crate::base::valeur::Valeur::from($valeur)),*] };
}
pub(crate) use valeurs;

/// Les valeurs, dans la forme du pilote.
pub(crate) fn lies<A>(valeurs: Vec<Valeur>) -> Result<A, Echec>
where
    A: Arguments + Default,
    Option<i64>: for<'t> Encode<'t, A::Database> + Type<A::Database>,
    Option<String>: for<'t> Encode<'t, A::Database> + Type<A::Database>,
    Option<Vec<u8>>: for<'t> Encode<'t, A::Database> + Type<A::Database>,
{
    let mut lies = A::default();
    lies.reserve(valeurs.len(), 0);
    for valeur in valeurs {
        match valeur {
            Valeur::Entier(n) => lies.add(n),
            Valeur::Texte(t) => lies.add(t),
            Valeur::Octets(o) => lies.add(o),
        }
        .map_err(Echec::Panne)?;
    }
    Ok(lies)
}

/// L'écriture d'un instant : longueur fixe, pour que l'ordre du texte soit celui du temps.
pub(crate) fn instant_ecrit(instant: Timestamp) -> String {
    format!("{instant:.3}")
}

/// L'échéance d'un dossier qui n'en a pas : après toutes les autres dans une liste.
pub(crate) const SANS_ECHEANCE: &str = "9999-12-31";

impl From<i64> for Valeur {
    fn from(n: i64) -> Self {
        Self::Entier(Some(n))
    }
}

impl From<bool> for Valeur {
    fn from(oui: bool) -> Self {
        Self::Entier(Some(i64::from(oui)))
    }
}

impl From<Option<i64>> for Valeur {
    fn from(n: Option<i64>) -> Self {
        Self::Entier(n)
    }
}

/// PostgreSQL refuse le caractère nul dans un texte ; un fichier reçu peut en contenir. Il devient
/// le caractère de remplacement, sur les deux moteurs, pour qu'ils gardent la même chose.
fn sans_nul(texte: String) -> String {
    if texte.contains('\0') { texte.replace('\0', "\u{fffd}") } else { texte }
}

impl From<&str> for Valeur {
    fn from(texte: &str) -> Self {
        texte.to_owned().into()
    }
}

impl From<String> for Valeur {
    fn from(texte: String) -> Self {
        Self::Texte(Some(sans_nul(texte)))
    }
}

impl From<Option<String>> for Valeur {
    fn from(texte: Option<String>) -> Self {
        Self::Texte(texte.map(sans_nul))
    }
}

impl From<Vec<u8>> for Valeur {
    fn from(octets: Vec<u8>) -> Self {
        Self::Octets(Some(octets))
    }
}

impl From<[u8; 16]> for Valeur {
    fn from(octets: [u8; 16]) -> Self {
        Self::Octets(Some(octets.to_vec()))
    }
}

impl From<Option<[u8; 16]>> for Valeur {
    fn from(octets: Option<[u8; 16]>) -> Self {
        Self::Octets(octets.map(|o| o.to_vec()))
    }
}

impl From<Date> for Valeur {
    fn from(jour: Date) -> Self {
        Self::Texte(Some(jour.to_string()))
    }
}

impl From<Option<Date>> for Valeur {
    fn from(jour: Option<Date>) -> Self {
        Self::Texte(jour.map(|j| j.to_string()))
    }
}

impl From<Timestamp> for Valeur {
    fn from(instant: Timestamp) -> Self {
        Self::Texte(Some(instant_ecrit(instant)))
    }
}

impl From<Option<Timestamp>> for Valeur {
    fn from(instant: Option<Timestamp>) -> Self {
        Self::Texte(instant.map(instant_ecrit))
    }
}

macro_rules! depuis_identifiant {
    ($($nom:ident),*) => {$(
        impl From<$nom> for Valeur {
            fn from(id: $nom) -> Self {
                Self::Entier(Some(id.0))
            }
        }

        impl From<Option<$nom>> for Valeur {
            fn from(id: Option<$nom>) -> Self {
                Self::Entier(id.map(|id| id.0))
            }
        }
    )*};
}
depuis_identifiant!(AgentId, DossierId, NoticeId, PieceId);
