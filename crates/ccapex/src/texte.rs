//! Ramener un texte saisi par des gens à ce qui permet de le comparer.

use unicode_normalization::UnicodeNormalization;

/// Ce qui s'écrit avec un nom et n'en est pas un.
pub(crate) const CIVILITES: [&str; 12] = [
    "m",
    "mr",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "mademoiselle",
    "epouse",
    "ep",
    "nee",
    "veuve",
    "vve",
];

/// Le texte sans casse, sans accents, sans ponctuation, mots séparés par une espace.
///
/// ```
/// # use ccapex::texte::cle;
/// assert_eq!(cle("  Œuvrard-d'Été, S/MER "), "oeuvrard d ete s mer");
/// ```
#[must_use]
pub fn cle(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    let mut ajoute = |c: char| match c {
        'a'..='z' | '0'..='9' => sortie.push(c),
        'A'..='Z' => sortie.push(c.to_ascii_lowercase()),
        'œ' | 'Œ' => sortie.push_str("oe"),
        'æ' | 'Æ' => sortie.push_str("ae"),
        'ß' => sortie.push_str("ss"),
        'ø' | 'Ø' => sortie.push('o'),
        'ł' | 'Ł' => sortie.push('l'),
        '\u{300}'..='\u{36f}' => {}
        c if c.is_alphanumeric() => sortie.extend(c.to_lowercase()),
        _ if !sortie.is_empty() && !sortie.ends_with(' ') => sortie.push(' '),
        _ => {}
    };
    if texte.is_ascii() {
        texte.chars().for_each(ajoute);
    } else {
        texte.nfd().for_each(&mut ajoute);
    }
    if sortie.ends_with(' ') {
        sortie.pop();
    }
    sortie
}
