//! L'argent : des centimes entiers, jamais de flottant.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// Somme en euros, exacte au centime. Négative pour un trop-perçu.
///
/// S'écrit et se lit, en JSON, comme un nombre entier de centimes.
/// Les opérations saturent : une somme absurde reste absurde, elle n'arrête pas le programme.
///
/// ```
/// use droit::montant::Montant;
///
/// let dette = Montant::euros(1_234) + Montant::centimes(50);
/// assert_eq!(dette.to_string(), "1\u{202f}234,50\u{a0}€");
/// assert_eq!(dette.en_centimes(), 123_450);
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Montant {
    centimes: i64,
}

impl Montant {
    /// Une somme donnée en euros ronds.
    pub const fn euros(euros: i64) -> Self {
        Self { centimes: euros.saturating_mul(100) }
    }

    /// Une somme donnée en centimes.
    pub const fn centimes(centimes: i64) -> Self {
        Self { centimes }
    }

    /// La somme en centimes.
    pub const fn en_centimes(self) -> i64 {
        self.centimes
    }

    /// La somme multipliée par un nombre entier : trois loyers, trente-six mensualités.
    pub const fn fois(self, nombre: u32) -> Self {
        Self { centimes: self.centimes.saturating_mul(nombre as i64) }
    }
}

impl Add for Montant {
    type Output = Self;

    fn add(self, autre: Self) -> Self {
        Self { centimes: self.centimes.saturating_add(autre.centimes) }
    }
}

impl Sub for Montant {
    type Output = Self;

    fn sub(self, autre: Self) -> Self {
        Self { centimes: self.centimes.saturating_sub(autre.centimes) }
    }
}

impl Sum for Montant {
    fn sum<I: Iterator<Item = Self>>(sommes: I) -> Self {
        sommes.fold(Self::default(), Add::add)
    }
}

impl fmt::Display for Montant {
    /// À la française : « 1 234,50 € », avec les espaces insécables.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (entier, reste) =
            (self.centimes.unsigned_abs() / 100, self.centimes.unsigned_abs() % 100);
        if self.centimes < 0 {
            f.write_str("−")?;
        }
        milliers(entier, f)?;
        write!(f, ",{reste:02}\u{a0}€")
    }
}

fn milliers(nombre: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if nombre < 1000 {
        return write!(f, "{nombre}");
    }
    milliers(nombre / 1000, f)?;
    write!(f, "\u{202f}{:03}", nombre % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_montant_s_ecrit_a_la_francaise() {
        #[rustfmt::skip]
        let cas = [
            (0,              "0,00\u{a0}€"),
            (5,              "0,05\u{a0}€"),
            (99_999,         "999,99\u{a0}€"),
            (100_000,        "1\u{202f}000,00\u{a0}€"),
            (123_456_705,    "1\u{202f}234\u{202f}567,05\u{a0}€"),
            (-45_000,        "−450,00\u{a0}€"),
        ];
        for (centimes, texte) in cas {
            assert_eq!(Montant::centimes(centimes).to_string(), texte);
        }
    }

    #[test]
    fn un_montant_s_ecrit_en_centimes_dans_le_json() {
        assert_eq!(serde_json::to_string(&Montant::euros(12)).unwrap(), "1200");
        assert_eq!(serde_json::from_str::<Montant>("-5").unwrap(), Montant::centimes(-5));
    }

    #[test]
    fn une_somme_absurde_n_arrete_rien() {
        let enorme = Montant::centimes(i64::MAX);
        assert_eq!(enorme + enorme, enorme);
        assert_eq!(enorme.fois(3), enorme);
        assert!(Montant::centimes(i64::MIN).to_string().starts_with('−'));
    }
}
