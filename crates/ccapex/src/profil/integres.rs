//! Les profils livrés avec le programme.

use super::Profil;

type Fichiers = &'static [(&'static str, &'static str)];

macro_rules! fichiers {
    ($code:literal) => {
        &[
            ("profil.toml", include_str!(concat!("../../../../profils/", $code, "/profil.toml"))),
            (
                "commission.toml",
                include_str!(concat!("../../../../profils/", $code, "/commission.toml")),
            ),
            (
                "coordination.toml",
                include_str!(concat!("../../../../profils/", $code, "/coordination.toml")),
            ),
            (
                "conservation.toml",
                include_str!(concat!("../../../../profils/", $code, "/conservation.toml")),
            ),
            ("acces.toml", include_str!(concat!("../../../../profils/", $code, "/acces.toml"))),
            ("regles.toml", include_str!(concat!("../../../../profils/", $code, "/regles.toml"))),
        ]
    };
}

static INTEGRES: [(&str, Fichiers); 2] = [("62", fichiers!("62")), ("75", fichiers!("75"))];

impl Profil {
    /// Les codes des profils livrés avec le programme.
    pub fn integres() -> impl Iterator<Item = &'static str> {
        INTEGRES.iter().map(|(code, _)| *code)
    }

    /// Un profil livré avec le programme.
    pub fn integre(code: &str) -> Option<Profil> {
        let (_, fichiers) = INTEGRES.iter().find(|(connu, _)| *connu == code)?;
        Profil::lire(fichiers).ok()
    }
}
