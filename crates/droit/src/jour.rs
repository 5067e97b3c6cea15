//! Un jour, comme on l'écrit dans une lettre.

use std::fmt;

use jiff::civil::{Date, Weekday};

/// Une date comme on l'écrit : « 1er mars 2026 ».
///
/// ```
/// use droit::jour::Jour;
/// use jiff::civil::date;
///
/// assert_eq!(Jour(date(2026, 3, 1)).to_string(), "1er mars 2026");
/// assert_eq!(Jour(date(2026, 3, 1)).de_la_semaine(), "dimanche");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Jour(pub Date);

impl Jour {
    /// Le nom du jour de la semaine : « lundi ».
    pub fn de_la_semaine(self) -> &'static str {
        match self.0.weekday() {
            Weekday::Monday => "lundi",
            Weekday::Tuesday => "mardi",
            Weekday::Wednesday => "mercredi",
            Weekday::Thursday => "jeudi",
            Weekday::Friday => "vendredi",
            Weekday::Saturday => "samedi",
            Weekday::Sunday => "dimanche",
        }
    }
}

impl fmt::Display for Jour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[rustfmt::skip]
        const MOIS: [&str; 12] = [
            "janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ];
        let mois = MOIS[usize::from(self.0.month().unsigned_abs()) - 1];
        match self.0.day() {
            1 => write!(f, "1er {mois} {}", self.0.year()),
            jour => write!(f, "{jour} {mois} {}", self.0.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn une_date_s_ecrit_en_toutes_lettres() {
        assert_eq!(Jour(date(2024, 2, 29)).to_string(), "29 février 2024");
        assert_eq!(Jour(date(2026, 8, 1)).to_string(), "1er août 2026");
        assert_eq!(Jour(date(2026, 5, 25)).de_la_semaine(), "lundi");
    }
}
