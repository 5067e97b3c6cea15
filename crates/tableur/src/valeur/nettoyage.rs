use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::champ::Champ;

/// Espaces ramenées à une, caractères de contrôle retirés, ruses de tableur (`="062"`, `'062`) défaites.
pub(super) fn nettoyer(texte: &str) -> Cow<'_, str> {
    let rogne = texte.trim_matches(est_blanc);
    let rogne = defaire_la_ruse(rogne);
    let propre = rogne.is_ascii()
        && !rogne.bytes().any(|b| b.is_ascii_control())
        && !rogne.as_bytes().windows(2).any(|deux| deux == b"  ");
    if propre {
        return Cow::Borrowed(rogne);
    }
    let mut net = String::with_capacity(rogne.len());
    let mut espace = false;
    for c in rogne.chars() {
        if est_blanc(c) {
            espace = true;
        } else {
            if espace && !net.is_empty() {
                net.push(' ');
            }
            espace = false;
            net.push(c);
        }
    }
    if is_nfc(&net) { Cow::Owned(net) } else { Cow::Owned(net.nfc().collect()) }
}

fn est_blanc(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

fn defaire_la_ruse(texte: &str) -> &str {
    if let Some(dedans) = texte.strip_prefix("=\"").and_then(|reste| reste.strip_suffix('"')) {
        return dedans.trim_matches(est_blanc);
    }
    match texte.strip_prefix('\'') {
        Some(reste)
            if reste.starts_with(|c: char| {
                c.is_ascii_digit() || matches!(c, '+' | '-' | '=' | '@')
            }) =>
        {
            reste
        }
        _ => texte,
    }
}

/// La cellule dit elle-même qu'elle ne sait pas : c'est une absence, non un mot illisible.
pub(super) fn dit_qu_on_ne_sait_pas(propre: &str) -> bool {
    const FORMES: [&str; 17] = [
        "-",
        "--",
        "—",
        "–",
        "?",
        "??",
        "n/a",
        "#n/a",
        "nc",
        "n/c",
        "n.c.",
        "nr",
        "néant",
        "inconnu",
        "inconnue",
        "non renseigné",
        "non communiqué",
    ];
    propre.is_empty()
        || (propre.len() <= 17
            && propre.starts_with(['-', '—', '–', '?', '#', 'n', 'N', 'i', 'I'])
            && FORMES.contains(&propre.to_lowercase().as_str()))
}

/// Répare un texte UTF-8 relu en Windows-1252 (« BÃ©thune »), et le dit.
pub(super) fn reparer<'a>(
    propre: Cow<'a, str>,
    champ: Champ,
    defauts: &mut Vec<String>,
) -> Cow<'a, str> {
    if propre.is_ascii() {
        return propre;
    }
    if propre.contains('\u{fffd}') {
        defauts.push(format!(
            "{} : des lettres ont été perdues avant l'envoi (« {propre} »)",
            champ.libelle()
        ));
        return propre;
    }
    if !propre.contains(['Ã', 'Â', 'Å']) {
        return propre;
    }
    let (octets, _, perte) = encoding_rs::WINDOWS_1252.encode(&propre);
    if perte {
        return propre;
    }
    match std::str::from_utf8(&octets) {
        Ok(repare) if repare.chars().count() < propre.chars().count() => {
            defauts.push(format!("{} : accents mal encodés, lus « {repare} »", champ.libelle()));
            Cow::Owned(repare.to_owned())
        }
        _ => propre,
    }
}
