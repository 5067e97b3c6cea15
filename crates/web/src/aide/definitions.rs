//! Les mots du droit et du métier que l'interface emploie, en deux lignes, avec leur source.

use std::sync::LazyLock;

use serde::Deserialize;

/// Un mot, ce qu'il veut dire et d'où on le tient.
#[derive(Debug, Deserialize)]
pub struct Mot {
    /// Son ancre dans la page des mots.
    pub code: String,
    pub titre: String,
    /// Les façons de l'écrire qui mènent à lui ; une forme avec une capitale se lit telle quelle.
    /// Un mot trop courant n'en a pas : il se lit à sa page, sans souligner tous les textes.
    pub formes: Vec<String>,
    pub definition: String,
    pub source: String,
}

/// Des mots d'un même sujet.
#[derive(Debug, Deserialize)]
pub struct Famille {
    pub titre: String,
    pub mots: Vec<Mot>,
}

#[derive(Deserialize)]
struct Fichier {
    familles: Vec<Famille>,
}

#[expect(clippy::expect_used, reason = "le fichier est dans le programme ; un essai le relit")]
static FAMILLES: LazyLock<Vec<Famille>> = LazyLock::new(|| {
    let lu: Fichier =
        toml::from_str(include_str!("../../../../docs/guide/mots.toml")).expect("mots.toml se lit");
    lu.familles
});

/// Les mots, par sujet.
#[must_use]
pub fn mots() -> &'static [Famille] {
    &FAMILLES
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn chaque_mot_est_seul_de_son_nom_et_cite_sa_source() {
        let (mut codes, mut formes) = (BTreeSet::new(), BTreeSet::new());
        for mot in mots().iter().flat_map(|f| &f.mots) {
            assert!(codes.insert(&mot.code), "{} est défini deux fois", mot.code);
            for forme in &mot.formes {
                assert!(formes.insert(forme), "« {forme} » mène à deux définitions");
            }
            assert!(mot.source.len() > 5, "{} n'a pas de source", mot.code);
            let lettres = mot.definition.chars().count();
            assert!((40..=330).contains(&lettres), "{} : {lettres} lettres, deux lignes", mot.code);
        }
        assert!(codes.len() >= 40, "{}", codes.len());
    }

    #[test]
    fn une_definition_tient_a_son_adresse() {
        for mot in mots().iter().flat_map(|f| &f.mots) {
            assert_eq!(super::super::markdown::ancre_de(&mot.code), mot.code);
        }
    }
}
