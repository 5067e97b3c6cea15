//! Écrire un calendrier au format iCalendar (RFC 5545).
//!
//! Le format tient en quelques règles : lignes finies par CRLF, pliées à 75 octets, textes échappés.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

/// Un événement d'une journée entière.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evenement {
    /// Ce qui le distingue, toujours le même : un agenda le remplace au lieu de le répéter.
    pub uid: String,
    /// Son dernier changement.
    pub change_le: Timestamp,
    /// Le jour.
    pub jour: Date,
    /// Ce que c'est.
    pub titre: String,
    /// Où ; vide s'il n'y en a pas.
    pub lieu: String,
    /// Où l'ouvrir.
    pub lien: String,
}

/// La longueur d'une ligne, en octets, sans sa fin.
const LIGNE: usize = 75;

/// Le calendrier, prêt à servir. Les mêmes événements donnent le même texte.
#[must_use]
pub fn ecrire(nom: &str, evenements: &[Evenement]) -> String {
    let mut ics = String::new();
    for (cle, valeur) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Seuil//Calendrier//FR"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        ligne(&mut ics, cle, valeur);
    }
    ligne(&mut ics, "X-WR-CALNAME", &echappe(nom));
    ligne(&mut ics, "REFRESH-INTERVAL;VALUE=DURATION", "PT4H");
    for e in evenements {
        ligne(&mut ics, "BEGIN", "VEVENT");
        ligne(&mut ics, "UID", &echappe(&e.uid));
        ligne(&mut ics, "DTSTAMP", &e.change_le.strftime("%Y%m%dT%H%M%SZ").to_string());
        ligne(&mut ics, "DTSTART;VALUE=DATE", &jour(e.jour));
        ligne(&mut ics, "DTEND;VALUE=DATE", &jour(e.jour.saturating_add(1.day())));
        ligne(&mut ics, "SUMMARY", &echappe(&e.titre));
        if !e.lieu.is_empty() {
            ligne(&mut ics, "LOCATION", &echappe(&e.lieu));
        }
        ligne(&mut ics, "URL", &e.lien);
        // La journée reste libre : une échéance n'occupe personne.
        ligne(&mut ics, "TRANSP", "TRANSPARENT");
        ligne(&mut ics, "END", "VEVENT");
    }
    ligne(&mut ics, "END", "VCALENDAR");
    ics
}

fn jour(jour: Date) -> String {
    format!("{:04}{:02}{:02}", jour.year(), jour.month(), jour.day())
}

/// Une ligne, pliée sans couper un caractère : la suite commence par une espace, qui compte.
fn ligne(ics: &mut String, cle: &str, valeur: &str) {
    let mut place = 0;
    for caractere in cle.chars().chain([':']).chain(valeur.chars()) {
        if place + caractere.len_utf8() > LIGNE {
            ics.push_str("\r\n ");
            place = 1;
        }
        ics.push(caractere);
        place += caractere.len_utf8();
    }
    ics.push_str("\r\n");
}

/// Un texte : virgules, points-virgules et barres obliques inverses s'échappent, une fin de ligne aussi.
fn echappe(texte: &str) -> String {
    let mut ecrit = String::with_capacity(texte.len());
    for caractere in texte.chars() {
        match caractere {
            '\\' | ',' | ';' => ecrit.extend(['\\', caractere]),
            '\n' => ecrit.push_str("\\n"),
            c if c.is_control() => {}
            c => ecrit.push(c),
        }
    }
    ecrit
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn audience(lieu: &str) -> Evenement {
        Evenement {
            uid: "audience-62-2026-000001@seuil".to_owned(),
            change_le: "2026-11-21T08:00:00.5Z".parse().unwrap(),
            jour: date(2026, 12, 31),
            titre: "Audience – 62-2026-000001".to_owned(),
            lieu: lieu.to_owned(),
            lien: "https://seuil.exemple/dossiers/62-2026-000001".to_owned(),
        }
    }

    /// Relit ce qu'un agenda relirait : lignes dépliées, clé et valeur sans échappement.
    fn relu(ics: &str) -> Vec<(String, String)> {
        assert!(ics.ends_with("\r\n"));
        assert!(!ics.replace("\r\n", "").contains(['\r', '\n']), "chaque fin de ligne est CRLF");
        ics.replace("\r\n ", "")
            .split_terminator("\r\n")
            .map(|ligne| {
                let (cle, valeur) = ligne.split_once(':').expect("clé : valeur");
                let valeur = valeur.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";");
                (cle.to_owned(), valeur.replace("\\\\", "\\"))
            })
            .collect()
    }

    #[test]
    fn un_agenda_relit_ce_qui_est_ecrit() {
        let lu = relu(&ecrire("Seuil, audiences", &[audience("Béthune ; place, 1\nhall \\ A")]));
        let valeur =
            |cle: &str| lu.iter().find(|(c, _)| c == cle).map_or("", |(_, valeur)| valeur.as_str());
        assert_eq!(lu.first().unwrap(), &("BEGIN".to_owned(), "VCALENDAR".to_owned()));
        assert_eq!(lu.last().unwrap(), &("END".to_owned(), "VCALENDAR".to_owned()));
        assert_eq!(valeur("X-WR-CALNAME"), "Seuil, audiences");
        assert_eq!(valeur("UID"), "audience-62-2026-000001@seuil");
        assert_eq!(valeur("DTSTAMP"), "20261121T080000Z");
        assert_eq!(valeur("DTSTART;VALUE=DATE"), "20261231");
        assert_eq!(valeur("DTEND;VALUE=DATE"), "20270101", "la fin est le lendemain");
        assert_eq!(valeur("LOCATION"), "Béthune ; place, 1\nhall \\ A");
        assert_eq!(valeur("URL"), "https://seuil.exemple/dossiers/62-2026-000001");
    }

    #[test]
    fn une_ligne_se_plie_a_soixante_quinze_octets_sans_couper_un_caractere() {
        let long = "é€".repeat(100);
        let ics = ecrire("Seuil", &[audience(&long)]);
        assert!(ics.split("\r\n").all(|ligne| ligne.len() <= LIGNE));
        let lu = relu(&ics);
        assert!(lu.contains(&("LOCATION".to_owned(), long)));
    }

    #[test]
    fn un_calendrier_sans_evenement_reste_un_calendrier() {
        let lu = relu(&ecrire("Seuil", &[]));
        assert!(!lu.iter().any(|(_, valeur)| valeur == "VEVENT"));
        assert_eq!(lu.len(), 7);
    }
}
