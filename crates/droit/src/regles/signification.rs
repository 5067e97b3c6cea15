//! Signifier un acte : les jours interdits.

use jiff::civil::{Date, Weekday};

use crate::calendrier::{Calendrier, Territoire};
use crate::conclusion::Motif;
use crate::jour::Jour;
use crate::source::Source;

/// Pourquoi un acte ne pouvait pas être signifié ce jour-là, sauf permission du juge.
///
/// Sont interdits le dimanche et les jours fériés ou chômés. Le samedi est permis.
/// Ne connaît pas l'heure : avant 6 heures et après 21 heures, la signification est interdite aussi.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::regles::signification::jour_interdit;
/// use jiff::civil::date;
///
/// assert!(jour_interdit(date(2026, 3, 1), Territoire::Metropole).is_some()); // dimanche
/// assert!(jour_interdit(date(2026, 2, 28), Territoire::Metropole).is_none()); // samedi
/// ```
pub fn jour_interdit(jour: Date, territoire: Territoire) -> Option<Motif> {
    let ferie = territoire.ferie(jour);
    if ferie.is_none() && jour.weekday() != Weekday::Sunday {
        return None;
    }
    let quoi = ferie.unwrap_or("dimanche");
    Some(Motif::new(
        format!("le {} est un jour interdit ({quoi}), sauf permission du juge", Jour(jour)),
        Source::lue("CPC", "664"),
    ))
}
