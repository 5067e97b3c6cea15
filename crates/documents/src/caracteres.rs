//! Ce que la police sait écrire. Un nom reçu peut contenir n'importe quoi ; la lettre part quand même.

use std::sync::LazyLock;

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::Font;
use unicode_normalization::UnicodeNormalization as _;

/// Liberation Sans, quatre graisses, embarquées (voir `polices/LICENCE.txt`).
pub(crate) static POLICES: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let fichiers: [&'static [u8]; 4] = [
        include_bytes!("../polices/LiberationSans-Regular.ttf"),
        include_bytes!("../polices/LiberationSans-Bold.ttf"),
        include_bytes!("../polices/LiberationSans-Italic.ttf"),
        include_bytes!("../polices/LiberationSans-BoldItalic.ttf"),
    ];
    fichiers.into_iter().filter_map(|octets| Font::new(Bytes::new(octets), 0)).collect()
});

/// Écrit à la place d'un caractère que la police ne connaît pas.
const INCONNU: char = '□';
/// Au-delà, un texte n'est plus une donnée de lettre.
const LONGUEUR_MAX: usize = 4_000;
/// Suite sans espace au-delà de laquelle la ligne doit pouvoir se couper.
const SUITE_MAX: usize = 40;
const COUPURE: char = '\u{200b}';

/// Rend chaque texte imprimable, à tous les niveaux.
pub(crate) fn rendre_imprimable(valeur: &mut Value) {
    match valeur {
        Value::String(texte) => *texte = insecable(&imprimable(texte)),
        Value::Array(valeurs) => valeurs.iter_mut().for_each(rendre_imprimable),
        Value::Object(champs) => champs.values_mut().for_each(rendre_imprimable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Le même texte, composé (NFC), sans caractère invisible, et sans glyphe que la police ignore :
/// PDF/A et PDF/UA refusent un caractère sans glyphe.
pub(crate) fn imprimable(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    let mut suite = 0;
    for (rang, c) in texte.nfc().filter_map(caractere).enumerate() {
        if rang == LONGUEUR_MAX {
            sortie.push('…');
            break;
        }
        suite = if c == ' ' { 0 } else { suite + 1 };
        if suite > SUITE_MAX {
            sortie.push(COUPURE);
            suite = 1;
        }
        sortie.push(c);
    }
    sortie
}

/// Les espaces qu'une ligne française ne coupe pas : avant « : ; ! ? » % € », après « «, art., n° », dans un
/// numéro de téléphone.
fn insecable(texte: &str) -> String {
    const AVANT: [char; 7] = [':', ';', '!', '?', '»', '%', '€'];
    const APRES: [&str; 4] = ["«", "art.", "n°", "L."];
    let mut sortie = String::with_capacity(texte.len());
    let mut suite = texte.chars().peekable();
    while let Some(c) = suite.next() {
        let avant = suite.peek().is_some_and(|suivant| AVANT.contains(suivant));
        let apres = APRES.iter().any(|mot| sortie.ends_with(mot));
        let nombre = suite.peek().is_some_and(char::is_ascii_digit)
            && sortie.ends_with(|precedent: char| precedent.is_ascii_digit());
        let tient = c == ' ' && (avant || apres || nombre);
        sortie.push(if tient { '\u{a0}' } else { c });
    }
    sortie
}

fn caractere(c: char) -> Option<char> {
    match c {
        ' '..='~' => Some(c),
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ if c.is_whitespace() && c.is_control() => Some(' '),
        _ if c.is_control() || est_invisible(c) => None,
        _ if est_a_usage_prive(c) || !est_dessine(c) => Some(INCONNU),
        _ => Some(c),
    }
}

/// Caractères de mise en forme : ils changeraient le sens de lecture du reste de la ligne, ou
/// n'ont rien à dessiner.
fn est_invisible(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F
        | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F
        | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
        | 0xE0000..=0xE0FFF)
}

fn est_a_usage_prive(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0x10FFFF)
}

fn est_dessine(c: char) -> bool {
    POLICES.iter().all(|police| police.info().coverage.contains(u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_texte_recu_devient_imprimable_sans_changer_de_sens() {
        #[rustfmt::skip]
        let cas = [
            // libellé                        reçu                          imprimé
            ("un nom français est intact",    "Hélène Lefèvre-Œuvrard",     "Hélène Lefèvre-Œuvrard"),
            ("un accent séparé est composé",  "He\u{301}le\u{300}ne",       "Hélène"),
            ("un saut de ligne est un espace","Lef\nèvre",                  "Lef èvre"),
            ("un emoji est un carré",         "Léa 🙂",                     "Léa □"),
            ("un mot arabe est en carrés",    "\u{202E}علي",                 "□□□"),
            ("le balisage reste du texte",    "#read(\"x\") <b> *a* $x$",   "#read(\"x\") <b> *a* $x$"),
            ("le vide reste vide",            "",                           ""),
            ("le sens de lecture est rétabli","a\u{202E}b\u{200B}c",        "abc"),
            ("un caractère privé est un carré","a\u{E000}",                 "a□"),
        ];
        for (libelle, recu, imprime) in cas {
            assert_eq!(imprimable(recu), imprime, "{libelle}");
        }
    }

    #[test]
    fn la_ponctuation_francaise_ne_commence_pas_une_ligne() {
        assert_eq!(
            insecable("« a » : art. 24, n° 3"),
            "«\u{a0}a\u{a0}»\u{a0}: art.\u{a0}24, n°\u{a0}3"
        );
        assert_eq!(insecable("12 rue de Lens"), "12 rue de Lens");
        assert_eq!(insecable("au 03 53"), "au 03\u{a0}53");
    }

    #[test]
    fn un_texte_demesure_est_coupe_et_le_dit() {
        let imprime = imprimable(&"x".repeat(1_000_000));
        assert!(imprime.ends_with('…'));
        assert_eq!(imprime.chars().filter(|c| *c == 'x').count(), LONGUEUR_MAX);
        assert!(imprime.contains(COUPURE));
    }

    #[test]
    fn les_quatre_polices_sont_lues() {
        assert_eq!(POLICES.len(), 4);
    }
}
