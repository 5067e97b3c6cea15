//! Les identifiants des choses du métier. Deux identifiants de noms différents ne se mélangent pas.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Déclare un identifiant opaque, porté par un entier que l'appelant attribue.
macro_rules! identifiant {
    ($(#[$doc:meta])* $nom:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $nom(pub i64);

        impl fmt::Display for $nom {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

identifiant!(
    /// Un dossier : un ménage, un logement, une histoire.
    DossierId
);
identifiant!(
    /// Une ligne reçue : une notice, telle qu'un émetteur l'a envoyée.
    NoticeId
);
identifiant!(
    /// Un fichier ou une saisie, gardé tel que reçu.
    PieceId
);
identifiant!(
    /// Une personne qui a un compte.
    AgentId
);

/// La référence d'un dossier, courte et dictable : « 62-2026-000123 ».
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// La référence du dossier `numero` (à partir de 1) ouvert dans l'année, pour un profil.
    ///
    /// ```
    /// # use ccapex::identifiants::Reference;
    /// assert_eq!(Reference::nouvelle("62", 2026, 123).to_string(), "62-2026-000123");
    /// ```
    #[must_use]
    pub fn nouvelle(profil: &str, annee: i16, numero: i64) -> Self {
        Self(format!("{profil}-{annee}-{numero:06}"))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
