use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::texte::aplatir;

/// À quel siècle appartient une année écrite sur deux chiffres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Siecle {
    /// Acte ou bail : de 1951 à 2050.
    Acte,
    /// Naissance : siècle passé, sauf 00 à 10 ; les locataires en titre sont majeurs.
    Naissance,
}

impl Siecle {
    fn annee(self, deux_chiffres: i16) -> i16 {
        let dernier_du_siecle = match self {
            Siecle::Acte => 50,
            Siecle::Naissance => 10,
        };
        if deux_chiffres <= dernier_du_siecle { 2000 + deux_chiffres } else { 1900 + deux_chiffres }
    }
}

const FORMES: &str = "écrivez par exemple 15/01/2026";

/// Lit une date écrite : `15/01/2026`, `15-01-26`, `15.01.2026`, `2026-01-15`, `15 janvier 2026`,
/// ou le numéro de jour d'un tableur. Une heure à la suite est oubliée.
pub(super) fn lire(texte: &str, siecle: Siecle) -> Result<Date, String> {
    if let Some(date) = forme_courante(texte.as_bytes()) {
        return date;
    }
    let morceaux = morceaux(texte);
    let utiles: Vec<&str> =
        morceaux.iter().map(String::as_str).skip_while(|m| avant_la_date(m)).collect();
    match utiles.as_slice() {
        [seul] => du_seul_nombre(seul),
        [jour, "er", mois, annee, reste @ ..] | [jour, mois, annee, reste @ ..] => {
            if !reste.iter().all(|m| est_une_heure(m)) {
                return Err(format!("ce n'est pas une date : {FORMES}"));
            }
            if jour.len() == 4 {
                return compose(nombre(jour)?, numero_du_mois(mois)?, nombre(annee)?);
            }
            let annee = match annee.len() {
                4 => nombre(annee)?,
                2 => siecle.annee(nombre(annee)?),
                _ => return Err(format!("l'année ne se lit pas : {FORMES}")),
            };
            compose(annee, numero_du_mois(mois)?, nombre(jour)?)
        }
        _ => Err(format!("ce n'est pas une date : {FORMES}")),
    }
}

/// « 15/01/2026 », de loin la forme la plus fréquente, sans rien allouer.
fn forme_courante(octets: &[u8]) -> Option<Result<Date, String>> {
    let &[j1, j2, s1, m1, m2, s2, a1, a2, a3, a4] = octets else { return None };
    if s1 != s2 || !matches!(s1, b'/' | b'-' | b'.') {
        return None;
    }
    let chiffre = |b: u8| b.is_ascii_digit().then(|| i16::from(b - b'0'));
    let jour = chiffre(j1)? * 10 + chiffre(j2)?;
    let mois = chiffre(m1)? * 10 + chiffre(m2)?;
    let annee = chiffre(a1)? * 1000 + chiffre(a2)? * 100 + chiffre(a3)? * 10 + chiffre(a4)?;
    Some(compose(annee, mois, jour))
}

/// Suites de chiffres et suites de lettres, le reste sépare.
fn morceaux(texte: &str) -> Vec<String> {
    let mut morceaux: Vec<String> = vec![];
    let mut precedent = ' ';
    for c in aplatir(texte).chars() {
        if c == ' ' {
            precedent = c;
            continue;
        }
        let suite = precedent != ' ' && precedent.is_ascii_digit() == c.is_ascii_digit();
        match morceaux.last_mut() {
            Some(dernier) if suite => dernier.push(c),
            _ => morceaux.push(c.to_string()),
        }
        precedent = c;
    }
    morceaux
}

fn avant_la_date(morceau: &str) -> bool {
    matches!(
        morceau,
        "le" | "du"
            | "lundi"
            | "mardi"
            | "mercredi"
            | "jeudi"
            | "vendredi"
            | "samedi"
            | "dimanche"
            | "lun"
            | "mer"
            | "jeu"
            | "ven"
            | "sam"
            | "dim"
    )
}

fn est_une_heure(morceau: &str) -> bool {
    morceau.bytes().all(|b| b.is_ascii_digit())
        || matches!(morceau, "t" | "h" | "z" | "a" | "min" | "s" | "utc")
}

fn nombre(texte: &str) -> Result<i16, String> {
    texte.parse().map_err(|_| format!("ce n'est pas une date : {FORMES}"))
}

fn numero_du_mois(texte: &str) -> Result<i16, String> {
    Ok(match texte {
        "janvier" | "janv" | "jan" => 1,
        "fevrier" | "fevr" | "fev" => 2,
        "mars" | "mar" => 3,
        "avril" | "avr" => 4,
        "mai" => 5,
        "juin" => 6,
        "juillet" | "juil" => 7,
        "aout" => 8,
        "septembre" | "sept" | "sep" => 9,
        "octobre" | "oct" => 10,
        "novembre" | "nov" => 11,
        "decembre" | "dec" => 12,
        _ => nombre(texte)?,
    })
}

fn compose(annee: i16, mois: i16, jour: i16) -> Result<Date, String> {
    if annee < 1000 {
        return Err(format!("l'année {annee} ne peut pas être celle d'un acte : {FORMES}"));
    }
    let etroit = |n: i16| i8::try_from(n).unwrap_or(0);
    if !(1..=12).contains(&mois) {
        return Err(format!(
            "le mois {mois} n'existe pas (le jour, puis le mois, puis l'année) : {FORMES}"
        ));
    }
    Date::new(annee, etroit(mois), etroit(jour)).map_err(|_| {
        format!("le {jour:02}/{mois:02}/{annee} n'existe pas au calendrier : {FORMES}")
    })
}

/// « 20260115 », « 15012026 », ou le numéro de jour d'un tableur, « 46037 ».
fn du_seul_nombre(texte: &str) -> Result<Date, String> {
    let pas_une_date = || format!("ce n'est pas une date : {FORMES}");
    if !texte.bytes().all(|b| b.is_ascii_digit()) {
        return Err(pas_une_date());
    }
    match texte.len() {
        5 => du_nombre(texte.parse().map_err(|_| pas_une_date())?),
        8 => {
            let (debut, fin) = texte.split_at(4);
            let (jour, mois) = debut.split_at(2);
            let (fin_mois, fin_jour) = fin.split_at(2);
            let annee_d_abord = compose(nombre(debut)?, nombre(fin_mois)?, nombre(fin_jour)?);
            annee_d_abord.or_else(|_| compose(nombre(fin)?, nombre(mois)?, nombre(jour)?))
        }
        _ => Err(pas_une_date()),
    }
}

/// Nombre d'une cellule de tableur qui n'a pas la forme d'une date.
pub(super) fn du_nombre(numero: f64) -> Result<Date, String> {
    if (10_000_000.0..100_000_000.0).contains(&numero) {
        return du_seul_nombre(&format!("{}", numero.trunc()));
    }
    // Sous 10 000, une année seule est plus probable qu'un jour d'avant 1927.
    if !(10_000.0..100_000.0).contains(&numero) {
        return Err(format!("ce nombre n'est pas une date : {FORMES}"));
    }
    jour_du_numero(numero, false).ok_or_else(|| format!("ce nombre n'est pas une date : {FORMES}"))
}

/// Date d'un numéro de jour de tableur ; `None` pour 0 et les jours qui n'ont jamais existé.
pub(crate) fn jour_du_numero(numero: f64, depuis_1904: bool) -> Option<Date> {
    if !(0.0..2_958_466.0).contains(&numero) {
        return None;
    }
    let jours = numero.trunc() as i64;
    let origine = match (depuis_1904, jours) {
        (true, _) => date(1904, 1, 1),
        // Les tableurs croient que 1900 était bissextile : le jour 60 n'existe pas.
        (false, 0 | 60) => return None,
        (false, 1..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    origine.checked_add(jours.days()).ok()
}
