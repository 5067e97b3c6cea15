//! Un mot de passe se devine-t-il ? Il ne doit pas tenir en un mot courant et une suite.
//!
//! `mots_courants.txt` : les mots les plus fréquents de la liste de mots de passe courants que publie le
//! projet Django (licence BSD), et des mots français qui s'y ajoutent.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static MOTS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| include_str!("mots_courants.txt").lines().collect());

/// Les suites qu'on tape sans y penser, dans les deux sens.
const SUITES: [&str; 8] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
];

/// Ce que vaut un mot courant : autant que trois lettres au hasard.
const UN_MOT: usize = 3;
/// Ce qu'il faut au moins, en lettres au hasard.
const ASSEZ: usize = 9;

/// Le mot de passe est fait de si peu de mots courants, de suites et de mots personnels qu'un programme
/// le trouve vite.
pub(super) fn se_devine(texte: &str, personnels: &[&str]) -> bool {
    let lettres: Vec<char> = texte.chars().flat_map(char::to_lowercase).map(sans_accent).collect();
    let personnels: BTreeSet<String> = personnels
        .iter()
        .flat_map(|p| p.split(|c: char| !c.is_alphanumeric()))
        .filter(|mot| mot.chars().count() >= 3)
        .map(|mot| mot.to_lowercase().chars().map(sans_accent).collect())
        .collect();
    repete(&lettres) || valeur(&lettres, &personnels) < ASSEZ
}

/// Le même morceau, de quatre lettres au plus, plusieurs fois.
fn repete(lettres: &[char]) -> bool {
    (1..=4).any(|n| lettres.iter().zip(lettres.iter().skip(n)).all(|(a, b)| a == b))
}

fn valeur(lettres: &[char], personnels: &BTreeSet<String>) -> usize {
    let (mut place, mut valeur, mut vus) = (0, 0, BTreeSet::new());
    while let Some(reste) = lettres.get(place..).filter(|r| !r.is_empty()) {
        if let Some(mot) = mot_au_debut(reste, personnels) {
            place += mot.chars().count();
            valeur += if vus.insert(mot) { UN_MOT } else { 1 };
        } else {
            place += suite_au_debut(reste).unwrap_or(1);
            valeur += 1;
        }
    }
    valeur
}

/// Le plus long mot connu par lequel commence ce texte, lu tel quel ou avec ses chiffres pris pour des lettres.
fn mot_au_debut(reste: &[char], personnels: &BTreeSet<String>) -> Option<String> {
    (3..=reste.len().min(20)).rev().find_map(|n| {
        let tel_quel: String = reste.iter().take(n).collect();
        let deguise: String = reste.iter().take(n).copied().map(sans_deguisement).collect();
        [tel_quel, deguise]
            .into_iter()
            .find(|m| personnels.contains(m) || (n > 3 && MOTS.contains(m.as_str())))
    })
}

/// La longueur d'une suite, d'une répétition ou d'une année par lesquelles commence ce texte.
fn suite_au_debut(reste: &[char]) -> Option<usize> {
    let meme = reste.iter().take_while(|c| Some(*c) == reste.first()).count();
    let annee: String = reste.iter().take(4).collect();
    let annee = (annee.len() == 4
        && annee.bytes().all(|b| b.is_ascii_digit())
        && (annee.starts_with("19") || annee.starts_with("20")))
    .then_some(4);
    let suite = (3..=reste.len().min(26)).rev().find(|n| {
        let texte: String = reste.iter().take(*n).collect();
        let envers: String = texte.chars().rev().collect();
        SUITES.iter().any(|suite| suite.contains(&texte) || suite.contains(&envers))
    });
    suite.max(annee).max(Some(meme).filter(|n| *n >= 3))
}

fn sans_accent(lettre: char) -> char {
    match lettre {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        autre => autre,
    }
}

fn sans_deguisement(lettre: char) -> char {
    match lettre {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        autre => autre,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ce_qui_tient_en_un_mot_et_une_suite_se_devine() {
        for texte in [
            "motdepasse1234",
            "M0tdep4sse!2026",
            "azertyuiop123",
            "Soleil2024!!",
            "aaaaaaaaaaaa",
            "123456789012",
            "abcabcabcabc",
            "xk7xk7xk7xk7",
            "password-password",
            "Préfecture2026",
            "delattre-2026!",
            "AlixDelattre62",
        ] {
            assert!(se_devine(texte, &["Alix Delattre", "adelattre", "62"]), "{texte}");
        }
    }

    #[test]
    fn une_phrase_ou_des_lettres_au_hasard_ne_se_devinent_pas() {
        for texte in [
            "cheval agrafe pile correcte",
            "soleil bateau maison girafe",
            "k7mp-x3dt-9hwq-r2vn",
            "le mot de passe des essais",
            "Trois mésanges au portail",
            "vK2#pq9!zLw4",
        ] {
            assert!(!se_devine(texte, &["Alix Delattre"]), "{texte}");
        }
    }
}
