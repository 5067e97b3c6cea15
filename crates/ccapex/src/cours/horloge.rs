//! Le jour où l'on regarde, et le premier jour où l'on verrait autre chose.

use std::cell::Cell;

use droit::calendrier::lendemain;
use droit::regles::treve::fin_de_la_treve;
use jiff::civil::{Date, date};

/// Le jour où l'on regarde. Retient la plus proche des échéances qui ne sont pas encore là.
///
/// Toute comparaison avec aujourd'hui passe par elle : le jour qu'elle rend à la fin est le premier
/// où la même déduction pourrait conclure autre chose. La veille quotidienne ne relit que ceux-là.
#[derive(Debug)]
pub struct Horloge {
    aujourd_hui: Date,
    prochain: Cell<Option<Date>>,
}

impl Horloge {
    /// Une horloge arrêtée à ce jour.
    #[must_use]
    pub fn au(aujourd_hui: Date) -> Self {
        Self { aujourd_hui, prochain: Cell::new(None) }
    }

    /// Le jour où l'on regarde : pour l'écrire, jamais pour comparer.
    #[must_use]
    pub fn aujourd_hui(&self) -> Date {
        self.aujourd_hui
    }

    /// Ce jour est-il arrivé, aujourd'hui compris ?
    ///
    /// ```
    /// use ccapex::cours::horloge::Horloge;
    /// use jiff::civil::date;
    ///
    /// let horloge = Horloge::au(date(2026, 11, 21));
    /// assert!(horloge.atteint(date(2026, 11, 21)));
    /// assert!(!horloge.atteint(date(2026, 12, 24)));
    /// assert_eq!(horloge.prochain(), Some(date(2026, 12, 24)));
    /// ```
    pub fn atteint(&self, jour: Date) -> bool {
        if jour <= self.aujourd_hui {
            return true;
        }
        if self.prochain.get().is_none_or(|connu| jour < connu) {
            self.prochain.set(Some(jour));
        }
        false
    }

    /// Ce jour est-il passé, aujourd'hui exclu ?
    pub fn passe(&self, jour: Date) -> bool {
        // Le dernier jour représentable ne passe pas.
        jour < Date::MAX && self.atteint(lendemain(jour))
    }

    /// Le dernier jour de la trêve hivernale, si elle protège aujourd'hui.
    pub fn fin_de_la_treve(&self) -> Option<Date> {
        let fin = fin_de_la_treve(self.aujourd_hui).ok().flatten();
        match fin {
            Some(fin) => {
                self.passe(fin);
            }
            None => {
                self.atteint(date(self.aujourd_hui.year(), 11, 1));
            }
        }
        fin
    }

    /// Le premier jour où l'on verrait autre chose ; rien si le temps seul ne change plus rien.
    #[must_use]
    pub fn prochain(&self) -> Option<Date> {
        self.prochain.get()
    }
}
