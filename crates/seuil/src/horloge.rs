//! Le seul endroit où l'heure se lit.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

/// L'horloge : celle de la machine, ou un jour fixé par `--a-la-date`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Horloge {
    fixee: Option<Date>,
}

impl Horloge {
    pub(crate) fn new(a_la_date: Option<Date>) -> Self {
        Self { fixee: a_la_date }
    }

    /// Le jour, dans le fuseau de la machine.
    #[expect(clippy::disallowed_methods, reason = "l'horloge est ce module")]
    pub(crate) fn aujourd_hui(self) -> Date {
        self.fixee.unwrap_or_else(|| Zoned::now().date())
    }

    /// L'instant. Un jour fixé garde l'heure de la machine : les sessions et les délais d'attente restent réels.
    #[expect(clippy::disallowed_methods, reason = "l'horloge est ce module")]
    pub(crate) fn maintenant(self) -> Timestamp {
        let maintenant = Timestamp::now();
        match self.fixee {
            None => maintenant,
            Some(jour) => {
                let heure = maintenant.to_zoned(jiff::tz::TimeZone::UTC).time();
                jour.to_datetime(heure)
                    .to_zoned(jiff::tz::TimeZone::UTC)
                    .map_or(maintenant, |zone| zone.timestamp())
            }
        }
    }
}
