//! Un numéro de téléphone, quelle que soit sa façon d'être écrit.

use std::collections::BTreeSet;

/// Les indicatifs de la métropole et des départements dont les numéros ont neuf chiffres après le zéro.
const INDICATIFS: [&str; 5] = ["33", "262", "590", "594", "596"];

/// Les indicatifs d'outre-mer sans zéro de tête, et la longueur de leurs numéros.
const SANS_ZERO: [(&str, usize); 4] = [("508", 6), ("681", 6), ("687", 6), ("689", 8)];

/// Les numéros d'un champ, chacun ramené à ses chiffres utiles : « 612345678 » pour « +33 (0)6 12 34 56 78 ».
///
/// ```
/// # use ccapex::recherche::telephone::numeros;
/// assert_eq!(numeros("06.12.34.56.78"), numeros("+33 6 12 34 56 78"));
/// assert_eq!(numeros("0692 12 34 56"), numeros("+262 692 12 34 56"));
/// ```
#[must_use]
pub fn numeros(texte: &str) -> BTreeSet<String> {
    let sans_ou = texte.replace(" ou ", "/").replace(" et ", "/");
    sans_ou.split(['/', ';', ',', '|', '\n']).flat_map(du_morceau).collect()
}

/// Le début d'un numéro, tel qu'on le tape : les chiffres seulement, l'indicatif et le zéro ôtés.
///
/// Rien si ce qui est tapé n'a pas l'air d'un numéro : d'autres signes, ou moins de quatre chiffres.
#[must_use]
pub fn debut(saisi: &str) -> Option<String> {
    let admis = |c: char| c.is_ascii_digit() || " +.-()/\u{a0}\u{202f}".contains(c);
    let saisi = saisi.trim();
    if !saisi.chars().all(admis) || !saisi.starts_with(|c: char| "+0(".contains(c)) {
        return None;
    }
    Some(utile(saisi)).filter(|chiffres| chiffres.len() >= 4)
}

fn du_morceau(morceau: &str) -> Vec<String> {
    let chiffres: String = morceau.chars().filter(char::is_ascii_digit).collect();
    // Deux numéros à la suite, sans rien entre eux.
    if chiffres.len() == 20 && chiffres.starts_with('0') && chiffres[10..].starts_with('0') {
        return vec![chiffres[1..10].to_owned(), chiffres[11..].to_owned()];
    }
    Some(utile(morceau)).filter(|numero| numero.len() >= 6).into_iter().collect()
}

fn utile(ecrit: &str) -> String {
    let ecrit = ecrit.trim();
    let chiffres: String = ecrit.chars().filter(char::is_ascii_digit).collect();
    let international = match chiffres.strip_prefix("00") {
        Some(suite) => Some(suite),
        None if ecrit.starts_with('+') => Some(chiffres.as_str()),
        None => None,
    };
    let Some(international) = international else {
        // Un tableur a pu manger le zéro : « 612345678 » est déjà la forme utile.
        return chiffres.trim_start_matches('0').to_owned();
    };
    for indicatif in INDICATIFS {
        if let Some(suite) = international.strip_prefix(indicatif) {
            return suite.trim_start_matches('0').to_owned();
        }
    }
    for (indicatif, longueur) in SANS_ZERO {
        if let Some(suite) = international.strip_prefix(indicatif)
            && suite.len() <= longueur
        {
            return suite.to_owned();
        }
    }
    international.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_numero_se_reconnait_sous_toutes_ses_ecritures() {
        #[rustfmt::skip]
        let cas = [
            ("0612345678", "612345678"), ("06 12 34 56 78", "612345678"), ("06-12-34-56-78", "612345678"),
            ("+33612345678", "612345678"), ("+33 (0)6 12 34 56 78", "612345678"), ("0033 6 12 34 56 78", "612345678"),
            ("612345678", "612345678"), ("tél. 06 12 34 56 78", "612345678"),
            ("+262 692 12 34 56", "692123456"), ("0692123456", "692123456"), ("+590690123456", "690123456"),
            ("+596 696 12 34 56", "696123456"), ("+594 694 12 34 56", "694123456"),
            ("+687 12 34 56", "123456"), ("+689 87 12 34 56", "87123456"), ("+508 41 12 34", "411234"),
            ("+32 470 12 34 56", "32470123456"),
        ];
        for (ecrit, attendu) in cas {
            assert_eq!(numeros(ecrit).into_iter().collect::<Vec<_>>(), [attendu], "{ecrit}");
        }
    }

    #[test]
    fn deux_numeros_dans_un_champ_font_deux_numeros() {
        for ecrit in
            ["06 12 34 56 78 / 03 21 00 00 01", "0612345678 ou 0321000001", "0612345678 0321000001"]
        {
            assert_eq!(numeros(ecrit).len(), 2, "{ecrit}");
        }
        for ecrit in ["", "néant", "12", "zorglub 06"] {
            assert!(numeros(ecrit).is_empty(), "{ecrit}");
        }
    }

    #[test]
    fn un_debut_de_numero_n_est_ni_un_nom_ni_une_reference() {
        assert_eq!(debut("06 12 3").as_deref(), Some("6123"));
        assert_eq!(debut("+33 6 12 34").as_deref(), Some("61234"));
        for saisi in ["martin", "62-2026-000123", "06", "26/01234", "12 rue Pasteur"] {
            assert_eq!(debut(saisi), None, "{saisi}");
        }
    }
}
