//! Lire une valeur : une source, un jour, un délai, comme on les écrit dans un profil.

use droit::delai::Delai;
use droit::source::{Certitude, Source};
use jiff::civil::Date;
use toml::Value;

use super::champs::CHOIX_DU_PROFIL;

pub(super) const SOURCE_ATTENDUE: &str = "« choix du profil, sans source », ou { texte = \"…\", article = \"…\", certitude = \"A\", \"B\", \"C\" ou \"?\" }";

/// Un texte seul est rapporté, sauf s'il avoue être un choix.
pub(super) fn source(valeur: &Value) -> Option<Source> {
    let nouvelle = |texte: &str, article: &str, certitude| Source {
        texte: texte.to_owned().into(),
        article: article.to_owned().into(),
        certitude,
    };
    match valeur {
        Value::String(texte) if texte.trim().is_empty() => None,
        Value::String(texte) if texte == CHOIX_DU_PROFIL => {
            Some(nouvelle(texte, "", Certitude::Incertain))
        }
        Value::String(texte) => Some(nouvelle(texte, "", Certitude::Rapporte)),
        Value::Table(table) => {
            if table.keys().any(|cle| !["texte", "article", "certitude"].contains(&cle.as_str())) {
                return None;
            }
            let champ = |cle: &str| table.get(cle).map_or(Some(""), Value::as_str);
            let certitude = match champ("certitude")? {
                "A" => Certitude::TexteLu,
                "B" | "" => Certitude::Rapporte,
                "C" => Certitude::AVerifier,
                "?" => Certitude::Incertain,
                _ => return None,
            };
            let texte = champ("texte")?;
            (!texte.is_empty())
                .then(|| champ("article").map(|article| nouvelle(texte, article, certitude)))?
        }
        Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::Array(_) => None,
    }
}

pub(super) fn jour(ecrit: &toml::value::Datetime) -> Option<Date> {
    let date = ecrit.date.filter(|_| ecrit.time.is_none())?;
    Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()
}

/// « 15 jours », « 10 jours ouvrés », « 6 semaines », « 1 mois », « 2 ans ».
pub(super) fn delai(ecrit: &str) -> Option<Delai> {
    let (nombre, unite) = ecrit.trim().split_once(' ')?;
    let nombre: u16 = nombre.parse().ok().filter(|n| *n > 0)?;
    match unite.trim() {
        "jour" | "jours" => Some(Delai::Jours(nombre)),
        "jour ouvré" | "jours ouvrés" => Some(Delai::JoursOuvres(nombre)),
        "semaine" | "semaines" => Some(Delai::Semaines(nombre)),
        "mois" => Some(Delai::Mois(nombre)),
        "an" | "ans" => Some(Delai::Annees(nombre)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_delai_s_ecrit_en_francais() {
        #[rustfmt::skip]
        let cas = [
            ("15 jours",        Some(Delai::Jours(15))),
            ("1 jour",          Some(Delai::Jours(1))),
            ("10 jours ouvrés", Some(Delai::JoursOuvres(10))),
            ("6 semaines",      Some(Delai::Semaines(6))),
            ("3 mois",          Some(Delai::Mois(3))),
            ("2 ans",           Some(Delai::Annees(2))),
            ("0 jours",         None),
            ("trois mois",      None),
            ("3",               None),
            ("3 lunes",         None),
        ];
        for (ecrit, lu) in cas {
            assert_eq!(delai(ecrit), lu, "{ecrit}");
        }
    }
}
