//! Dates et durées, comme les pages les écrivent.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// « 21/11/2026 ».
#[must_use]
pub fn jour(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// « 21/11/2026 à 09 h 14 », à l'heure du territoire.
#[must_use]
pub fn instant(instant: Timestamp, fuseau: &TimeZone) -> String {
    let local = instant.to_zoned(fuseau.clone());
    format!("{} à {:02}\u{a0}h\u{a0}{:02}", jour(local.date()), local.hour(), local.minute())
}

/// « aujourd'hui », « demain », « dans 12 jours », « depuis 3 jours ».
#[must_use]
pub fn distance(date: Date, aujourd_hui: Date) -> String {
    match aujourd_hui.until(date).map_or(0, |duree| duree.get_days()) {
        0 => "aujourd'hui".to_owned(),
        1 => "demain".to_owned(),
        -1 => "depuis hier".to_owned(),
        jours if jours > 0 => format!("dans {jours} jours"),
        jours => format!("depuis {} jours", jours.unsigned_abs()),
    }
}

/// « 1 dossier », « 1 234 dossiers » : le nombre, groupé par milliers, et le mot accordé.
#[must_use]
pub fn compte(nombre: u64, un: &str, plusieurs: &str) -> String {
    let mot = if nombre < 2 { un } else { plusieurs };
    format!("{} {mot}", milliers(nombre))
}

/// « 1 234 », avec des espaces fines insécables.
#[must_use]
pub fn milliers(nombre: u64) -> String {
    let chiffres = nombre.to_string();
    let mut ecrit = String::with_capacity(chiffres.len() + 4);
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            ecrit.push('\u{202f}');
        }
        ecrit.push(chiffre);
    }
    ecrit
}

/// La première lettre en capitale.
#[must_use]
pub fn capitale(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres
        .next()
        .map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn les_dates_s_ecrivent_a_la_francaise() {
        assert_eq!(jour(date(2026, 3, 1)), "01/03/2026");
        let paris = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let midi = "2026-07-01T10:05:00Z".parse().unwrap();
        assert_eq!(instant(midi, &paris), "01/07/2026 à 12\u{a0}h\u{a0}05");
    }

    #[test]
    fn la_distance_dit_de_quel_cote_on_est() {
        let jeudi = date(2026, 11, 19);
        for (date, attendu) in [
            (jeudi, "aujourd'hui"),
            (date(2026, 11, 20), "demain"),
            (date(2026, 12, 1), "dans 12 jours"),
            (date(2026, 11, 18), "depuis hier"),
            (date(2026, 10, 19), "depuis 31 jours"),
        ] {
            assert_eq!(distance(date, jeudi), attendu);
        }
    }

    #[test]
    fn un_compte_s_accorde() {
        assert_eq!(compte(0, "dossier", "dossiers"), "0 dossier");
        assert_eq!(compte(1, "dossier", "dossiers"), "1 dossier");
        assert_eq!(compte(12345, "dossier", "dossiers"), "12\u{202f}345 dossiers");
    }
}
