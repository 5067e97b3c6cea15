//! Les valeurs qui ont un nom écrit dans la base.

/// Déclare un enum dont chaque variante a un nom écrit dans la base.
macro_rules! noms_ecrits {
    ($(#[$doc:meta])* $nom:ident { $($(#[$doc_v:meta])* $variante:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $nom { $($(#[$doc_v])* $variante),* }

        impl $nom {
            /// Toutes les valeurs.
            pub const TOUS: &'static [Self] = &[$(Self::$variante),*];

            /// Le nom écrit, qui ne change jamais.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variante => $code),* }
            }

            /// La valeur d'un nom écrit, s'il en est un.
            #[must_use]
            pub fn de_code(code: &str) -> Option<Self> {
                Self::TOUS.iter().copied().find(|v| v.code() == code)
            }

            pub(crate) fn lu(code: &str) -> Result<Self, $crate::echec::Echec> {
                Self::de_code(code).ok_or_else(|| {
                    $crate::echec::Echec::panne(format!("{} inconnu : {code}", stringify!($nom)))
                })
            }
        }

        impl From<$nom> for $crate::base::valeur::Valeur {
            fn from(valeur: $nom) -> Self {
                valeur.code().into()
            }
        }
    };
}
pub(crate) use noms_ecrits;
