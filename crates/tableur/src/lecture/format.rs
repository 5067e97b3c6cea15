use std::fmt;

use super::refus::{Cause, RefusFichier};

/// Forme d'un fichier lisible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Texte à séparateurs.
    Csv,
    /// Classeur Office Open XML.
    Xlsx,
    /// Classeur OpenDocument.
    Ods,
    /// JSON : un tableau, un objet `notices`, ou un objet par ligne.
    Json,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Csv => "CSV",
            Format::Xlsx => "XLSX",
            Format::Ods => "ODS",
            Format::Json => "JSON",
        })
    }
}

/// Ce que les premiers octets annoncent. Le nom du fichier ne décide de rien : il ment trop souvent.
pub(super) enum Annonce {
    Archive,
    TexteOuJson,
}

/// Reconnaît le contenu, ou dit à quoi il ressemble.
pub(super) fn annonce(octets: &[u8]) -> Result<Annonce, RefusFichier> {
    if octets.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(RefusFichier::nouveau(
            "",
            Cause::Vide,
            "Le fichier est vide : il ne contient aucun caractère. L'envoi a pu être interrompu ; renvoyez-le.",
        ));
    }
    if octets.starts_with(b"PK\x03\x04") || octets.starts_with(b"PK\x05\x06") {
        return Ok(Annonce::Archive);
    }
    if octets.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Err(classeur_ole(octets));
    }
    #[rustfmt::skip]
    let signatures: [(&[u8], &str); 14] = [
        (b"%PDF",                 "un document PDF"),
        (b"\x89PNG",              "une image PNG"),
        (b"\xFF\xD8\xFF",         "une image JPEG"),
        (b"GIF8",                 "une image GIF"),
        (b"II*\0",                "une image TIFF"),
        (b"MM\0*",                "une image TIFF"),
        (b"\x1F\x8B",             "une archive GZIP"),
        (b"7z\xBC\xAF\x27\x1C",   "une archive 7z"),
        (b"Rar!",                 "une archive RAR"),
        (b"BZh",                  "une archive BZIP2"),
        (b"{\\rtf",               "un document RTF"),
        (b"SQLite format 3",      "une base SQLite"),
        (b"\x7FELF",              "un programme"),
        (b"MZ",                   "un programme"),
    ];
    for (signature, quoi) in signatures {
        if octets.starts_with(signature) && !(signature == b"MZ" && est_du_texte(octets)) {
            return Err(etranger(quoi));
        }
    }
    let debut = debut_en_minuscules(octets);
    if ["<!doctype html", "<html", "<table", "<head"].iter().any(|balise| debut.starts_with(balise))
    {
        return Err(etranger("une page web (souvent enregistrée sous le nom « .xls »)"));
    }
    if debut.starts_with("<?xml") || debut.starts_with("<office:document") {
        return Err(etranger("un document XML"));
    }
    Ok(Annonce::TexteOuJson)
}

/// Ce qui s'exécuterait si une personne l'ouvrait : un programme, un script, une page, des macros. Décidé sur le
/// contenu : le nom n'y change rien.
#[must_use]
pub fn dangereux(octets: &[u8]) -> Option<&'static str> {
    #[rustfmt::skip]
    const SIGNATURES: [(&[u8], &str); 10] = [
        (b"\x7FELF",             "un programme"),
        (b"\xFE\xED\xFA\xCE",   "un programme"),
        (b"\xFE\xED\xFA\xCF",   "un programme"),
        (b"\xCE\xFA\xED\xFE",   "un programme"),
        (b"\xCF\xFA\xED\xFE",   "un programme"),
        (b"\xCA\xFE\xBA\xBE",   "un programme"),
        (b"\0asm",              "un programme"),
        (b"dex\n",              "un programme"),
        (b"L\0\0\0\x01\x14\x02\0", "un raccourci qui lance un programme"),
        (b"#!",                 "un script"),
    ];
    if let Some((_, quoi)) = SIGNATURES.iter().find(|(signe, _)| octets.starts_with(signe)) {
        return Some(quoi);
    }
    if octets.starts_with(b"MZ") && !est_du_texte(octets) {
        return Some("un programme");
    }
    let debut = debut_en_minuscules(octets);
    let pages = ["<!doctype html", "<html", "<head", "<body", "<script", "<svg", "<iframe"];
    if pages.iter().any(|balise| debut.starts_with(balise)) {
        return Some("une page web (souvent enregistrée sous le nom « .xls »)");
    }
    let archive = octets.starts_with(b"PK\x03\x04");
    (archive && octets.windows(MACROS.len()).any(|nom| nom == MACROS))
        .then_some("un document avec des macros")
}

/// Le nom, en clair dans l'archive, de ce qui porte les macros d'un document.
const MACROS: &[u8] = b"vbaProject.bin";

fn classeur_ole(octets: &[u8]) -> RefusFichier {
    let contient = |mot: &str| {
        let utf16: Vec<u8> = mot.encode_utf16().flat_map(u16::to_le_bytes).collect();
        octets.windows(utf16.len()).any(|fenetre| fenetre == utf16)
    };
    if contient("EncryptedPackage") {
        return chiffre();
    }
    if contient("WordDocument") {
        return etranger("un document Word (.doc)");
    }
    if contient("__properties_version1") || contient("__nameid_version1") {
        return etranger("un message Outlook (.msg) : enregistrez la pièce jointe");
    }
    etranger("un classeur Excel d'avant 2007 (.xls)")
}

/// Classeur protégé par un mot de passe.
pub(super) fn chiffre() -> RefusFichier {
    RefusFichier::nouveau(
        "",
        Cause::Chiffre,
        "Le classeur est protégé par un mot de passe : son contenu ne peut pas se lire. \
         Retirez le mot de passe (Enregistrer sous, Outils, Options générales), puis renvoyez-le.",
    )
}

/// Autre chose qu'un tableau.
pub(super) fn etranger(quoi: &str) -> RefusFichier {
    RefusFichier::nouveau(
        "",
        Cause::FormatEtranger,
        format!(
            "Le contenu est {quoi}, non un tableau, quel que soit le nom du fichier. \
             Les tableaux se reçoivent en CSV, XLSX, ODS ou JSON : depuis le logiciel ou le tableur d'origine, \
             exportez ou « enregistrez sous » l'un de ces formats."
        ),
    )
}

/// Ni archive, ni document connu : du texte, ou des octets quelconques.
pub(super) fn est_du_texte(octets: &[u8]) -> bool {
    let debut = octets.get(..8192).unwrap_or(octets);
    let etranges = debut
        .iter()
        .filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a))
        .count();
    etranges * 50 <= debut.len()
}

fn debut_en_minuscules(octets: &[u8]) -> String {
    let debut = octets.get(..64).unwrap_or(octets);
    let texte = String::from_utf8_lossy(debut.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(debut));
    texte.trim_start().to_ascii_lowercase()
}
