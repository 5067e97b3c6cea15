//! Le seul endroit où l'heure se lit.

use std::time::Duration;

use ccapex::profil::Profil;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// L'horloge du territoire : celle de la machine, ou un jour fixé par `--a-la-date`.
#[derive(Clone, Debug)]
pub(crate) struct Horloge {
    fixee: Option<Date>,
    fuseau: TimeZone,
}

impl Horloge {
    /// L'horloge d'un profil ; celle de Paris quand le profil n'est pas du programme.
    pub(crate) fn new(a_la_date: Option<Date>, profil: &str) -> Self {
        let fuseau =
            Profil::integre(profil).map_or_else(|| "Europe/Paris".to_owned(), |p| p.fuseau);
        Self { fixee: a_la_date, fuseau: TimeZone::get(&fuseau).unwrap_or(TimeZone::UTC) }
    }

    /// Le jour, dans le fuseau du territoire.
    #[expect(clippy::disallowed_methods, reason = "l'horloge est ce module")]
    pub(crate) fn aujourd_hui(&self) -> Date {
        self.fixee.unwrap_or_else(|| Timestamp::now().to_zoned(self.fuseau.clone()).date())
    }

    /// L'instant. Un jour fixé garde l'heure de la machine : les sessions restent réelles.
    #[expect(clippy::disallowed_methods, reason = "l'horloge est ce module")]
    pub(crate) fn maintenant(&self) -> Timestamp {
        let maintenant = Timestamp::now();
        let Some(jour) = self.fixee else { return maintenant };
        let heure = maintenant.to_zoned(TimeZone::UTC).time();
        jour.to_datetime(heure).to_zoned(TimeZone::UTC).map_or(maintenant, |zone| zone.timestamp())
    }

    /// Le temps qui reste jusqu'au minuit qui finit ce jour, au moins une seconde. Un jour fixé ne
    /// finit pas : on n'y regarde qu'une fois par heure.
    #[expect(clippy::disallowed_methods, reason = "l'horloge est ce module")]
    pub(crate) fn jusqu_au_lendemain(&self, jour: Date) -> Duration {
        const HEURE: Duration = Duration::from_hours(1);
        if self.fixee.is_some() {
            return HEURE;
        }
        let minuit = jour.tomorrow().and_then(|demain| demain.to_zoned(self.fuseau.clone()));
        let reste = minuit.map(|minuit| minuit.timestamp().duration_since(Timestamp::now()));
        let reste = reste.ok().and_then(|reste| Duration::try_from(reste).ok());
        // Par tranches : une machine mise en sommeil n'a pas compté les heures.
        reste.unwrap_or_default().clamp(Duration::from_secs(1), HEURE)
    }

    pub(crate) fn fuseau(&self) -> TimeZone {
        self.fuseau.clone()
    }
}
