//! Des numéros en intervalles : « 1-3 9 ». Un export de cent mille dossiers tient en une ligne.

use std::collections::BTreeSet;
use std::fmt::Write;

/// Des numéros, écrits en intervalles croissants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suite(String);

impl Suite {
    /// Relit une suite écrite.
    #[must_use]
    pub(crate) fn ecrite(texte: String) -> Self {
        Self(texte)
    }

    /// Le texte écrit.
    #[must_use]
    pub fn texte(&self) -> &str {
        &self.0
    }

    /// Elle ne contient rien.
    #[must_use]
    pub fn est_vide(&self) -> bool {
        self.0.is_empty()
    }

    /// Elle contient ce numéro.
    #[must_use]
    pub fn contient(&self, numero: i64) -> bool {
        self.intervalles().any(|(debut, fin)| (debut..=fin).contains(&numero))
    }

    /// Combien de numéros.
    #[must_use]
    pub fn nombre(&self) -> i64 {
        self.intervalles().map(|(debut, fin)| fin - debut + 1).sum()
    }

    fn intervalles(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.split_whitespace().filter_map(|morceau| match morceau.split_once('-') {
            Some((debut, fin)) => Some((debut.parse().ok()?, fin.parse().ok()?)),
            None => morceau.parse().ok().map(|n| (n, n)),
        })
    }
}

impl From<&BTreeSet<i64>> for Suite {
    fn from(numeros: &BTreeSet<i64>) -> Self {
        let mut texte = String::new();
        let mut numeros = numeros.iter().copied().peekable();
        while let Some(debut) = numeros.next() {
            let mut fin = debut;
            while let Some(suivant) = numeros.next_if(|n| *n == fin + 1) {
                fin = suivant;
            }
            let espace = if texte.is_empty() { "" } else { " " };
            // Écrire dans une chaîne ne peut pas échouer.
            if fin == debut {
                write!(texte, "{espace}{debut}").ok();
            } else {
                write!(texte, "{espace}{debut}-{fin}").ok();
            }
        }
        Self(texte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_suite_ecrit_des_intervalles_et_les_relit() {
        for (numeros, ecrite) in [
            (vec![], ""),
            (vec![7], "7"),
            (vec![1, 2, 3, 9], "1-3 9"),
            (vec![1, 3, 4, 6], "1 3-4 6"),
        ] {
            let ensemble: BTreeSet<i64> = numeros.iter().copied().collect();
            let suite = Suite::from(&ensemble);
            assert_eq!(suite.texte(), ecrite);
            assert_eq!(suite.nombre(), i64::try_from(numeros.len()).unwrap());
            for numero in 0..12 {
                assert_eq!(suite.contient(numero), ensemble.contains(&numero), "{numero} {ecrite}");
            }
        }
    }
}
