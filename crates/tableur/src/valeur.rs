//! Ce qu'une cellule veut dire pour un champ : date, somme, code… ou illisible, et pourquoi.

use jiff::civil::Date;

use crate::champ::{Champ, Genre, ListeDeCodes};
use crate::texte::aplatir;

mod codes;
mod date;
mod montant;
mod nettoyage;

pub(crate) use date::jour_du_numero;

/// Une cellule comprise. Une cellule vide n'est pas une valeur : elle est absente de la ligne.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Valeur {
    /// Texte nettoyé, ou code canonique.
    Texte(String),
    /// Date, même improbable : la juger n'est pas l'affaire de la lecture.
    Date(Date),
    /// Somme en centimes.
    Montant(i64),
    /// Nombre entier.
    Entier(i64),
    /// Oui ou non.
    OuiNon(bool),
    /// La cellule est remplie, et ne se comprend pas.
    Illisible {
        /// Ce que la cellule contient.
        brut: String,
        /// Pourquoi elle ne se lit pas, et quoi écrire à la place.
        pourquoi: String,
    },
}

/// Une cellule telle que le fichier la donne.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Brute<'a> {
    Vide,
    Texte(&'a str),
    /// Nombre d'un tableur : des euros, un numéro de jour, un code postal.
    Nombre(f64),
    /// Nombre entier d'un JSON : des centimes pour une somme.
    Entier(i64),
    /// Nombre à virgule d'un JSON : jamais une somme.
    Decimal(f64),
    Jour(Date),
    Booleen(bool),
    /// Erreur de formule (« #N/A »), durée, objet imbriqué : remplie, jamais lisible.
    Inattendue {
        brut: &'a str,
        pourquoi: &'static str,
    },
    /// Formule que le tableur n'a pas calculée avant d'enregistrer.
    SansValeur,
}

/// Une formule sans valeur enregistrée, dans les mots de l'expéditeur.
pub(crate) const FORMULE_SANS_VALEUR: &str = "la formule n'a pas de valeur enregistrée : ouvrez le classeur dans un tableur, laissez-le calculer, puis enregistrez-le";

impl Brute<'_> {
    pub(crate) fn est_vide(self) -> bool {
        match self {
            Brute::Vide => true,
            Brute::Texte(texte) => texte.trim().is_empty(),
            Brute::Nombre(_)
            | Brute::Entier(_)
            | Brute::Decimal(_)
            | Brute::Jour(_)
            | Brute::Booleen(_)
            | Brute::Inattendue { .. }
            | Brute::SansValeur => false,
        }
    }
}

/// Lit un texte saisi pour un champ. `None` quand il est vide ou dit qu'on ne sait pas.
#[must_use]
pub fn lue(champ: Champ, texte: &str) -> Option<Valeur> {
    lire(champ, Brute::Texte(texte), &mut vec![])
}

/// Lit une cellule pour un champ. `None` quand elle est vide ou dit qu'on ne sait pas.
pub(crate) fn lire(champ: Champ, brute: Brute<'_>, defauts: &mut Vec<String>) -> Option<Valeur> {
    match brute {
        Brute::Vide => None,
        Brute::Texte(texte) => {
            let propre = nettoyage::nettoyer(texte);
            if nettoyage::dit_qu_on_ne_sait_pas(&propre) {
                return None;
            }
            let propre = nettoyage::reparer(propre, champ, defauts);
            Some(du_texte(champ, &propre))
        }
        Brute::Nombre(nombre) => Some(du_nombre(champ, nombre)),
        Brute::Entier(entier) => Some(de_l_entier(champ, entier)),
        Brute::Decimal(nombre) if champ.genre() == Genre::Montant => Some(illisible(
            nombre.to_string(),
            "une somme s'écrit en centimes, sans virgule : 123456 pour 1 234,56 €",
        )),
        Brute::Decimal(nombre) => Some(du_texte(champ, &nombre.to_string())),
        Brute::Jour(jour) => Some(du_jour(champ, jour)),
        Brute::Booleen(oui) => Some(du_booleen(champ, oui)),
        Brute::Inattendue { brut, pourquoi } => Some(illisible(brut, pourquoi)),
        Brute::SansValeur => {
            defauts.push(format!("{} : {FORMULE_SANS_VALEUR}", champ.libelle()));
            Some(illisible("", FORMULE_SANS_VALEUR))
        }
    }
}

fn illisible(brut: impl Into<String>, pourquoi: impl Into<String>) -> Valeur {
    Valeur::Illisible { brut: brut.into(), pourquoi: pourquoi.into() }
}

fn du_texte(champ: Champ, texte: &str) -> Valeur {
    match champ.genre() {
        Genre::Texte if champ == Champ::Telephone => Valeur::Texte(telephone(texte)),
        Genre::Texte => Valeur::Texte(texte.to_owned()),
        Genre::Date => {
            date::lire(texte, date::Siecle::Acte).map_or_else(|p| illisible(texte, p), Valeur::Date)
        }
        Genre::DateNaissance => date::lire(texte, date::Siecle::Naissance)
            .map_or_else(|p| illisible(texte, p), Valeur::Date),
        Genre::Montant => {
            montant::lire(texte).map_or_else(|p| illisible(texte, p), Valeur::Montant)
        }
        Genre::Entier => entier(texte).map_or_else(
            || illisible(texte, "ce n'est pas un nombre entier : écrivez par exemple 2"),
            Valeur::Entier,
        ),
        Genre::OuiNon => oui_non(texte).map_or_else(
            || illisible(texte, "ni oui ni non : écrivez oui, non, ou laissez vide"),
            Valeur::OuiNon,
        ),
        Genre::CodePostal => code_postal(texte).map_or_else(
            || illisible(texte, "ce n'est pas un code postal : il en faut cinq chiffres"),
            Valeur::Texte,
        ),
        Genre::Code(liste) => match codes::code(liste, texte) {
            Some(code) => Valeur::Texte(code.to_owned()),
            // La voie d'un acte n'est pas une liste fermée : un mot nouveau se garde.
            None if liste == ListeDeCodes::Canal => Valeur::Texte(texte.to_owned()),
            None => illisible(
                texte,
                format!("ce mot n'est pas connu ici : écrivez {}", codes::codes(liste).join(", ")),
            ),
        },
    }
}

/// Nombre d'une cellule de tableur.
fn du_nombre(champ: Champ, nombre: f64) -> Valeur {
    // La forme la plus courte qui redonne le même nombre, sans exposant : aucun calcul flottant.
    let texte = format!("{nombre}");
    match champ.genre() {
        Genre::Montant => {
            montant::lire_decimal(&texte).map_or_else(|p| illisible(texte, p), Valeur::Montant)
        }
        Genre::Date | Genre::DateNaissance => {
            date::du_nombre(nombre).map_or_else(|p| illisible(texte, p), Valeur::Date)
        }
        Genre::Texte | Genre::Entier | Genre::OuiNon | Genre::CodePostal | Genre::Code(_) => {
            du_texte(champ, &texte)
        }
    }
}

/// Nombre entier d'un JSON.
fn de_l_entier(champ: Champ, entier: i64) -> Valeur {
    match champ.genre() {
        Genre::Montant => Valeur::Montant(entier),
        Genre::Entier => Valeur::Entier(entier),
        Genre::Date | Genre::DateNaissance => {
            illisible(entier.to_string(), "une date s'écrit en texte, « 2026-01-15 »")
        }
        Genre::Texte | Genre::OuiNon | Genre::CodePostal | Genre::Code(_) => {
            du_texte(champ, &entier.to_string())
        }
    }
}

fn du_jour(champ: Champ, jour: Date) -> Valeur {
    match champ.genre() {
        Genre::Date | Genre::DateNaissance => Valeur::Date(jour),
        Genre::Texte => Valeur::Texte(jour.to_string()),
        Genre::Montant | Genre::Entier | Genre::OuiNon | Genre::CodePostal | Genre::Code(_) => {
            illisible(jour.to_string(), format!("une date dans la colonne « {} »", champ.libelle()))
        }
    }
}

fn du_booleen(champ: Champ, oui: bool) -> Valeur {
    let mot = if oui { "vrai" } else { "faux" };
    match champ.genre() {
        Genre::OuiNon => Valeur::OuiNon(oui),
        Genre::Texte => Valeur::Texte(mot.to_owned()),
        Genre::Date
        | Genre::DateNaissance
        | Genre::Montant
        | Genre::Entier
        | Genre::CodePostal
        | Genre::Code(_) => {
            illisible(mot, format!("vrai ou faux dans la colonne « {} »", champ.libelle()))
        }
    }
}

fn entier(texte: &str) -> Option<i64> {
    let sans_espaces: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    let (entier, decimales) = sans_espaces.split_once(['.', ',']).unwrap_or((&sans_espaces, ""));
    if !decimales.bytes().all(|b| b == b'0') {
        return None;
    }
    entier.parse().ok()
}

fn oui_non(texte: &str) -> Option<bool> {
    match texte {
        "oui" | "Oui" | "OUI" | "O" | "o" => return Some(true),
        "non" | "Non" | "NON" | "N" | "n" => return Some(false),
        _ => {}
    }
    match aplatir(texte).as_str() {
        "y" | "yes" | "vrai" | "true" | "x" | "1" | "apl" | "als" | "alf" | "al" => Some(true),
        "no" | "faux" | "false" | "0" | "aucune" | "aucun" | "sans" => Some(false),
        _ => None,
    }
}

/// Cinq chiffres ; un tableur a pu manger le zéro de tête.
fn code_postal(texte: &str) -> Option<String> {
    let serre: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    let serre = serre.split_once(['.', ',']).map_or(serre.as_str(), |(entier, _)| entier);
    let que_des_chiffres = !serre.is_empty() && serre.bytes().all(|b| b.is_ascii_digit());
    if que_des_chiffres && matches!(serre.len(), 4 | 5) {
        return Some(format!("{serre:0>5}"));
    }
    // « F-62000 », « 62000 CEDEX », « 75009 PARIS ».
    let mut series = texte.split(|c: char| !c.is_ascii_digit()).filter(|serie| serie.len() == 5);
    match (series.next(), series.next()) {
        (Some(code), None) => Some(code.to_owned()),
        _ => None,
    }
}

/// Un numéro français dont un tableur a mangé le zéro de tête le retrouve.
fn telephone(texte: &str) -> String {
    let que_des_chiffres = texte.bytes().all(|b| b.is_ascii_digit());
    if que_des_chiffres && texte.len() == 9 && !texte.starts_with('0') {
        format!("0{texte}")
    } else {
        texte.to_owned()
    }
}

#[cfg(test)]
mod tests;
