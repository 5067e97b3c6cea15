//! Dates et durées, comme les pages les écrivent.

use ccapex::partenaires::agent::Supplee;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use usages::formes::{Geste, MotifDeSuppleance};

/// « 21/11/2026 ».
#[must_use]
pub fn jour(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// « 21/11/2026 à 09 h 14 », à l'heure du territoire.
#[must_use]
pub fn instant(instant: Timestamp, fuseau: &TimeZone) -> String {
    format!("{} à {}", jour(instant.to_zoned(fuseau.clone()).date()), heure(instant, fuseau))
}

/// « 09 h 14 », à l'heure du territoire.
#[must_use]
pub fn heure(instant: Timestamp, fuseau: &TimeZone) -> String {
    let local = instant.to_zoned(fuseau.clone());
    format!("{:02}\u{a0}h\u{a0}{:02}", local.hour(), local.minute())
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

/// Un jour tel qu'une personne ou un navigateur l'écrit : « 21/11/2026 » ou « 2026-11-21 ».
#[must_use]
pub fn lire_jour(texte: &str) -> Option<Date> {
    let texte = texte.trim();
    let jour = texte.parse::<Date>().ok().filter(|_| texte.len() == 10).or_else(|| {
        let mut morceaux = texte.split(['/', '.', '-', ' ']).map(str::parse::<i16>);
        let (jour, mois, annee) = (morceaux.next()?, morceaux.next()?, morceaux.next()?);
        if morceaux.next().is_some() {
            return None;
        }
        let (jour, mois) = (i8::try_from(jour.ok()?).ok()?, i8::try_from(mois.ok()?).ok()?);
        Date::new(annee.ok()?, mois, jour).ok()
    })?;
    // Une année à deux chiffres, ou d'un autre siècle, est une faute de frappe.
    (1950..=2100).contains(&jour.year()).then_some(jour)
}

/// Une somme telle qu'on l'écrit : « 1 234,56 », « 1234.5 € », « 800 ». En centimes.
#[must_use]
pub fn lire_euros(texte: &str) -> Option<i64> {
    let sans_espace: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    let nu = sans_espace.trim_end_matches('€').trim_end_matches("euros");
    let (entier, decimales) = nu.split_once([',', '.']).unwrap_or((nu, ""));
    let chiffres = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let lisible = !entier.is_empty()
        && entier.len() <= 9
        && chiffres(entier)
        && decimales.len() <= 2
        && chiffres(decimales);
    if !lisible {
        return None;
    }
    let centimes: i64 = format!("{decimales:0<2}").parse().ok()?;
    Some(entier.parse::<i64>().ok()? * 100 + centimes)
}

/// La première lettre en capitale.
#[must_use]
pub fn capitale(texte: &str) -> String {
    let mut lettres = texte.chars();
    lettres
        .next()
        .map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

/// « Vous suppléez Camille Morel jusqu'au 30/11/2026 ».
#[must_use]
pub fn supplee(supplee: &Supplee) -> String {
    format!("Vous suppléez {} jusqu'au {}", supplee.nom, jour(supplee.au))
}

/// Pourquoi une personne est suppléée.
#[must_use]
pub fn motif_de_suppleance(motif: MotifDeSuppleance) -> &'static str {
    match motif {
        MotifDeSuppleance::Conges => "Congés",
        MotifDeSuppleance::Absence => "Absence",
        MotifDeSuppleance::Formation => "Formation, ou mission ailleurs",
        MotifDeSuppleance::PosteVacant => "Poste vacant",
    }
}

/// Ce qui est arrivé à un compte, en mots.
#[must_use]
pub fn geste_de_compte(geste: Geste) -> &'static str {
    match geste {
        Geste::Connexion => "Connexion",
        Geste::ConnexionDeSecours => "Connexion par un code de secours",
        Geste::ConnexionFournie => "Connexion par le fournisseur d'identité",
        Geste::Attente => "Trop d'essais manqués : la connexion a attendu",
        Geste::Deconnexion => "Déconnexion",
        Geste::SessionsFermees => "Sessions fermées",
        Geste::MotDePasse => "Nouveau mot de passe",
        Geste::FacteurActive => "Second facteur choisi",
        Geste::FacteurRetire => "Second facteur retiré",
        Geste::CodesRemplaces => "Codes de secours remplacés",
        Geste::AppareilAjoute => "Appareil de confiance ajouté",
        Geste::AppareilsOublies => "Appareils de confiance oubliés",
        Geste::Invite => "Invitation",
        Geste::InvitationAnnulee => "Invitation annulée",
        Geste::InvitationAcceptee => "Invitation acceptée",
        Geste::IdentiteLiee => "Reconnu par le fournisseur d'identité",
        Geste::SuppleanceDecidee => "Suppléance décidée",
        Geste::SuppleanceFinie => "Suppléance finie avant l'heure",
        Geste::ResponsabiliteDonnee => "Répond désormais de l'organisme",
        Geste::ResponsabiliteRetiree => "Ne répond plus de l'organisme",
        Geste::Revu => "Compte revu et confirmé",
        Geste::Ferme => "Compte fermé par une personne qui en répond",
    }
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
    fn un_jour_se_lit_comme_on_l_ecrit() {
        for (ecrit, lu) in [
            ("2026-11-21", Some(date(2026, 11, 21))),
            ("21/11/2026", Some(date(2026, 11, 21))),
            (" 1/3/2026 ", Some(date(2026, 3, 1))),
            ("01.03.2026", Some(date(2026, 3, 1))),
            ("31/02/2026", None),
            ("21/11/26", None),
            ("0202-11-21", None),
            ("hier", None),
            ("", None),
        ] {
            assert_eq!(lire_jour(ecrit), lu, "{ecrit}");
        }
    }

    #[test]
    fn une_somme_se_lit_comme_on_l_ecrit() {
        for (ecrite, centimes) in [
            ("1 234,56", Some(123_456)),
            ("1\u{202f}234,56\u{a0}€", Some(123_456)),
            ("1234.5", Some(123_450)),
            ("800", Some(80_000)),
            ("0", Some(0)),
            ("1.234,56", None),
            ("12,345", None),
            ("-5", None),
            ("beaucoup", None),
            (",50", None),
        ] {
            assert_eq!(lire_euros(ecrite), centimes, "{ecrite}");
        }
    }

    #[test]
    fn un_compte_s_accorde() {
        assert_eq!(compte(0, "dossier", "dossiers"), "0 dossier");
        assert_eq!(compte(1, "dossier", "dossiers"), "1 dossier");
        assert_eq!(compte(12345, "dossier", "dossiers"), "12\u{202f}345 dossiers");
    }
}
