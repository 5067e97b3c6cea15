//! Le seul endroit où l'heure se lit.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ccapex::profil::Profil;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// L'horloge du territoire : celle de la machine, ou un jour fixé par `--a-la-date`.
#[derive(Clone)]
pub(crate) struct Horloge {
    fixee: Option<Date>,
    fuseau: TimeZone,
    instant: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

impl Horloge {
    /// L'horloge d'un profil ; celle de Paris quand le profil n'est pas du programme.
    #[expect(clippy::disallowed_methods, reason = "l'horloge est ce module")]
    pub(crate) fn new(a_la_date: Option<Date>, profil: &str) -> Self {
        let fuseau =
            Profil::integre(profil).map_or_else(|| "Europe/Paris".to_owned(), |p| p.fuseau);
        Self { fixee: a_la_date, fuseau: lire_fuseau(&fuseau), instant: Arc::new(Timestamp::now) }
    }

    /// Une horloge qu'un essai avance à la main.
    #[cfg(test)]
    pub(crate) fn d_essai(instant: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self { fixee: None, fuseau: TimeZone::UTC, instant: Arc::new(instant) }
    }

    /// La même, à l'heure de ce territoire : chacun a son minuit.
    pub(crate) fn du_territoire(&self, profil: &Profil) -> Self {
        Self { fuseau: lire_fuseau(&profil.fuseau), ..self.clone() }
    }

    /// Le jour, dans le fuseau du territoire.
    pub(crate) fn aujourd_hui(&self) -> Date {
        self.fixee.unwrap_or_else(|| (self.instant)().to_zoned(self.fuseau.clone()).date())
    }

    /// L'instant. Un jour fixé garde l'heure de la machine : les sessions restent réelles.
    pub(crate) fn maintenant(&self) -> Timestamp {
        let maintenant = (self.instant)();
        let Some(jour) = self.fixee else { return maintenant };
        let heure = maintenant.to_zoned(TimeZone::UTC).time();
        jour.to_datetime(heure).to_zoned(TimeZone::UTC).map_or(maintenant, |zone| zone.timestamp())
    }

    /// L'instant du monde, même à un jour fixé : celui des téléphones et des autres services.
    pub(crate) fn du_monde(&self) -> Timestamp {
        (self.instant)()
    }

    /// Le temps qui reste jusqu'au minuit qui finit ce jour, au moins une seconde. Un jour fixé ne
    /// finit pas : on n'y regarde qu'une fois par heure.
    pub(crate) fn jusqu_au_lendemain(&self, jour: Date) -> Duration {
        const HEURE: Duration = Duration::from_hours(1);
        if self.fixee.is_some() {
            return HEURE;
        }
        let minuit = jour.tomorrow().and_then(|demain| demain.to_zoned(self.fuseau.clone()));
        let reste = minuit.map(|minuit| minuit.timestamp().duration_since((self.instant)()));
        let reste = reste.ok().and_then(|reste| Duration::try_from(reste).ok());
        // Par tranches : une machine mise en sommeil n'a pas compté les heures.
        reste.unwrap_or_default().clamp(Duration::from_secs(1), HEURE)
    }

    pub(crate) fn fuseau(&self) -> TimeZone {
        self.fuseau.clone()
    }
}

impl fmt::Debug for Horloge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Horloge").field("fixee", &self.fixee).field("fuseau", &self.fuseau).finish()
    }
}

/// Un fuseau que la machine ne connaît pas se lit en temps universel, plutôt que d'arrêter le service.
fn lire_fuseau(nom: &str) -> TimeZone {
    TimeZone::get(nom).unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ccapex::profil::Profil;
    use jiff::civil::date;

    use super::Horloge;

    #[test]
    fn chaque_territoire_finit_son_jour_a_son_minuit() {
        let a = |fuseau: &str, instant: &str| {
            let instant = instant.parse().unwrap();
            let mut profil = Profil::integre("62").unwrap();
            profil.fuseau = fuseau.to_owned();
            let horloge = Horloge::d_essai(move || instant).du_territoire(&profil);
            let jour = horloge.aujourd_hui();
            (jour, horloge.jusqu_au_lendemain(jour).as_secs())
        };
        // Un soir d'hiver, un soir d'été, les deux nuits où l'heure change, l'océan Indien, l'Atlantique.
        #[rustfmt::skip]
        let cas = [
            ("Europe/Paris", "2026-11-21T22:59:30Z", date(2026, 11, 21), 30),
            ("Europe/Paris", "2026-11-21T23:00:00Z", date(2026, 11, 22), 3_600),
            ("Europe/Paris", "2026-07-14T21:59:59Z", date(2026, 7, 14), 1),
            ("Europe/Paris", "2026-07-14T22:00:00Z", date(2026, 7, 15), 3_600),
            ("Europe/Paris", "2026-03-28T22:30:00Z", date(2026, 3, 28), 1_800),
            ("Europe/Paris", "2026-03-29T21:45:00Z", date(2026, 3, 29), 900),
            ("Europe/Paris", "2026-10-25T22:30:00Z", date(2026, 10, 25), 1_800),
            ("Indian/Reunion", "2026-11-21T19:59:00Z", date(2026, 11, 21), 60),
            ("Indian/Reunion", "2026-11-21T20:00:00Z", date(2026, 11, 22), 3_600),
            ("America/Martinique", "2026-11-22T03:50:00Z", date(2026, 11, 21), 600),
        ];
        for (fuseau, instant, jour, secondes) in cas {
            assert_eq!(a(fuseau, instant), (jour, secondes), "{fuseau} {instant}");
        }
    }

    #[test]
    fn un_jour_fixe_ne_finit_pas_et_un_jour_deja_fini_ne_fait_pas_attendre() {
        let fixe = Horloge::new(Some(date(2026, 1, 15)), "62");
        assert_eq!(fixe.aujourd_hui(), date(2026, 1, 15));
        assert_eq!(fixe.jusqu_au_lendemain(date(2026, 1, 15)), Duration::from_hours(1));
        let instant = "2026-11-22T08:00:00Z".parse().unwrap();
        let horloge = Horloge::d_essai(move || instant);
        assert_eq!(horloge.jusqu_au_lendemain(date(2026, 11, 21)), Duration::from_secs(1));
    }
}
