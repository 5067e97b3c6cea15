//! Ce que les codes postaux, et à défaut le territoire, disent de la commune cherchée.

use super::saisie::Saisie;
use crate::{Commune, communes_du_code_postal, departement};

/// Où chercher. Sans code postal utilisable, seul `prefere` départage.
#[derive(Debug)]
pub(super) struct Contexte<'a> {
    /// Codes postaux lisibles, sans doublon, colonne d'abord.
    pub(super) codes_postaux: Vec<String>,
    /// Les communes qu'ils desservent ; aucune pour un CEDEX.
    pub(super) desservies: Vec<&'static Commune>,
    /// Les départements qu'ils désignent ; aucun si rien n'est lisible.
    pub(super) departements: Vec<&'static str>,
    /// Un numéro écrit à côté du nom (« BOULOGNE (62) »), ou le territoire qui reçoit.
    pub(super) prefere: Option<&'a str>,
    pub(super) cedex: bool,
}

impl<'a> Contexte<'a> {
    pub(super) fn lire(
        code_postal: Option<&str>,
        saisie: &'a Saisie<'a>,
        territoire: Option<&'a str>,
    ) -> Self {
        let mut codes_postaux: Vec<String> = code_postal.and_then(lisible).into_iter().collect();
        for code in &saisie.codes_postaux {
            if !codes_postaux.contains(code) {
                codes_postaux.push(code.clone());
            }
        }
        let mut desservies: Vec<&'static Commune> = Vec::new();
        let mut departements = Vec::new();
        for code in &codes_postaux {
            let avant = desservies.len();
            desservies.extend(communes_du_code_postal(code));
            if desservies.len() == avant {
                departements.extend(departements_du_prefixe(code));
            }
        }
        departements.extend(desservies.iter().map(|c| c.departement));
        departements.sort_unstable();
        departements.dedup();
        let ecrit = saisie.numeros.iter().copied().find(|n| departement(n).is_some());
        Contexte {
            codes_postaux,
            desservies,
            departements,
            prefere: ecrit.or(territoire),
            cedex: saisie.cedex,
        }
    }

    pub(super) fn dessert(&self, commune: &Commune) -> bool {
        self.desservies.iter().any(|c| c.code == commune.code)
    }

    /// Les codes postaux tels qu'on les cite dans un motif.
    pub(super) fn cites(&self) -> String {
        self.codes_postaux.join(" et ")
    }
}

/// Cinq chiffres, quoi qu'un tableur en ait fait : « 62 000 », « 2400 », « 62000.0 », « F-62000 ».
fn lisible(code: &str) -> Option<String> {
    let code = code.trim();
    let entier = code.strip_suffix(".0").or_else(|| code.strip_suffix(",0")).unwrap_or(code);
    let chiffres: String = entier.chars().filter(char::is_ascii_digit).collect();
    match chiffres.len() {
        5 => Some(chiffres),
        4 => Some(format!("0{chiffres}")),
        _ => None,
    }
}

/// Un CEDEX n'est pas dans les données, mais ses premiers chiffres sont ceux du département.
fn departements_du_prefixe(code: &str) -> Vec<&'static str> {
    let prefixes: &[&str] = match code.get(..2) {
        Some("20") => &["2A", "2B"],
        Some("97" | "98") => &[code.get(..3).unwrap_or("")],
        Some(deux) => &[deux],
        None => &[],
    };
    prefixes.iter().filter_map(|p| departement(p)).map(|d| d.code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_code_postal_abime_par_un_tableur_se_lit() {
        #[rustfmt::skip]
        let cas = [
            ("62000",   Some("62000")),
            (" 62 000", Some("62000")),
            ("2400",    Some("02400")),
            ("62000.0", Some("62000")),
            ("F-62000", Some("62000")),
            ("62",      None),
            ("620001",  None),
            ("",        None),
        ];
        for (ecrit, lu) in cas {
            assert_eq!(lisible(ecrit).as_deref(), lu, "{ecrit}");
        }
    }

    #[test]
    fn un_cedex_garde_son_departement() {
        assert_eq!(departements_du_prefixe("62022"), ["62"]);
        assert_eq!(departements_du_prefixe("20700"), ["2A", "2B"]);
        assert_eq!(departements_du_prefixe("97490"), ["974"]);
        assert!(departements_du_prefixe("00000").is_empty());
    }
}
