use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Minuscules, sans accents, les mots séparés par une espace : « N° d'acte (€) » devient « n d acte ».
pub(crate) fn aplatir(texte: &str) -> String {
    let mut plat = String::with_capacity(texte.len());
    let mut espace = false;
    let mut pousser = |c: char| {
        if c.is_alphanumeric() {
            if espace && !plat.is_empty() {
                plat.push(' ');
            }
            espace = false;
            plat.extend(c.to_lowercase());
        } else {
            espace = true;
        }
    };
    if texte.is_ascii() {
        texte.chars().for_each(&mut pousser);
    } else {
        // « º » et « ª » sont des lettres pour Unicode, des ornements ici.
        let sans_ornement =
            texte.chars().map(|c| if matches!(c, 'º' | 'ª' | '°') { ' ' } else { c });
        for c in sans_ornement.nfkd().filter(|c| !is_combining_mark(*c)) {
            match c {
                'œ' | 'Œ' => "oe".chars().for_each(&mut pousser),
                'æ' | 'Æ' => "ae".chars().for_each(&mut pousser),
                _ => pousser(c),
            }
        }
    }
    plat
}

/// Les mots de `phrase` se suivent dans `texte`. Les deux sont déjà aplatis.
pub(crate) fn contient_les_mots(texte: &str, phrase: &str) -> bool {
    texte.match_indices(phrase).any(|(debut, _)| {
        let fin = debut + phrase.len();
        (debut == 0 || texte.as_bytes().get(debut - 1) == Some(&b' '))
            && (fin == texte.len() || texte.as_bytes().get(fin) == Some(&b' '))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_aplat_oublie_casse_accents_et_ponctuation() {
        #[rustfmt::skip]
        let cas = [
            ("N° acte",              "n acte"),
            ("Nº  acte",             "n acte"),
            ("Dette locative (€)",   "dette locative"),
            ("APL/AL (O/N)",         "apl al o n"),
            ("Né(e) le",             "ne e le"),
            ("LOCATAIRE_NOM",        "locataire nom"),
            ("Cœur\u{a0}de l’acte ", "coeur de l acte"),
            ("Pre\u{301}nom",        "prenom"),
            ("  ",                   ""),
        ];
        for (texte, plat) in cas {
            assert_eq!(aplatir(texte), plat, "{texte}");
        }
    }

    #[test]
    fn une_phrase_se_cherche_par_mots_entiers() {
        assert!(contient_les_mots("liste des cql 2026", "cql"));
        assert!(!contient_les_mots("cqlx", "cql"));
        assert!(!contient_les_mots("macaf", "caf"));
    }
}
