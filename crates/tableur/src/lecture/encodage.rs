use std::borrow::Cow;
use std::fmt;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Encodage d'un fichier de texte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encodage {
    /// UTF-8, avec ou sans marque.
    Utf8,
    /// UTF-16, petit-boutiste.
    Utf16Le,
    /// UTF-16, gros-boutiste.
    Utf16Be,
    /// Windows-1252, à défaut de mieux.
    Windows1252,
}

impl fmt::Display for Encodage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encodage::Utf8 => "UTF-8",
            Encodage::Utf16Le => "UTF-16 LE",
            Encodage::Utf16Be => "UTF-16 BE",
            Encodage::Windows1252 => "Windows-1252",
        })
    }
}

/// Devine l'encodage. Rend aussi la longueur de la marque d'ordre à sauter.
pub(super) fn deviner(octets: &[u8]) -> (Encodage, usize) {
    if let Some(corps) = octets.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return (utf8_ou_1252(corps), 3);
    }
    if octets.starts_with(&[0xFF, 0xFE]) {
        return (Encodage::Utf16Le, 2);
    }
    if octets.starts_with(&[0xFE, 0xFF]) {
        return (Encodage::Utf16Be, 2);
    }
    // Sans marque, un texte latin en UTF-16 a un octet nul sur deux.
    let debut = octets.get(..2048).unwrap_or(octets);
    let nuls = |rang: usize| debut.iter().skip(rang).step_by(2).filter(|b| **b == 0).count();
    let (pairs, impairs) = (nuls(0), nuls(1));
    if impairs * 10 > debut.len() * 3 && pairs * 20 < debut.len() {
        return (Encodage::Utf16Le, 0);
    }
    if pairs * 10 > debut.len() * 3 && impairs * 20 < debut.len() {
        return (Encodage::Utf16Be, 0);
    }
    (utf8_ou_1252(octets), 0)
}

fn utf8_ou_1252(octets: &[u8]) -> Encodage {
    match std::str::from_utf8(octets) {
        Ok(_) => Encodage::Utf8,
        // Une lettre coupée en fin de fichier : un envoi interrompu, non un autre encodage.
        Err(erreur) if erreur.error_len().is_none() => Encodage::Utf8,
        Err(_) => Encodage::Windows1252,
    }
}

/// Le texte entier en UTF-8 ; emprunté quand il l'est déjà.
pub(super) fn en_utf8(octets: &[u8], encodage: Encodage) -> Cow<'_, str> {
    match encodage {
        Encodage::Utf8 => String::from_utf8_lossy(octets),
        Encodage::Utf16Le => UTF_16LE.decode_without_bom_handling(octets).0,
        Encodage::Utf16Be => UTF_16BE.decode_without_bom_handling(octets).0,
        Encodage::Windows1252 => WINDOWS_1252.decode_without_bom_handling(octets).0,
    }
}
