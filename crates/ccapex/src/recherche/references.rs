//! Les références : celle d'un dossier, dictée ou recopiée ; celle d'un acte, telle que chacun l'écrit.

use std::collections::BTreeSet;

/// Ce qu'une personne a tapé d'une référence de dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dossier {
    /// Les références entières que cela peut être.
    pub entieres: Vec<String>,
    /// Le début d'une référence, quand la fin manque encore.
    pub debut: Option<String>,
}

/// Les dernières années dont on essaie le numéro quand l'année n'est pas dite.
const ANNEES: i16 = 12;

/// Ce que ce texte désigne comme dossiers, avec ou sans zéros, tirets et préfixe.
///
/// ```
/// # use ccapex::recherche::references::dossier;
/// assert_eq!(dossier("62 2026 123", "62", 2026).entieres, ["62-2026-000123"]);
/// assert_eq!(dossier("2026-123", "62", 2026).entieres, ["62-2026-000123"]);
/// ```
#[must_use]
pub fn dossier(saisi: &str, profil: &str, annee: i16) -> Dossier {
    let separe = |c: char| " -_/.\u{a0}".contains(c);
    let saisi = saisi.trim().trim_start_matches(['n', 'N', '°', 'º', '#', ' ']);
    let groupes: Vec<&str> = saisi.split(separe).filter(|g| !g.is_empty()).collect();
    let chiffres = |g: &&str| g.bytes().all(|b| b.is_ascii_digit());
    let ecrite = |annee: &str, numero: &str| {
        let numero = numero.trim_start_matches('0');
        format!("{profil}-{annee}-{numero:0>6}")
    };
    let numero = |g: &str| g.len() <= 9;
    let an = |g: &str| g.len() == 4 && g.starts_with("20");
    let profil_dit = |g: &str| g.eq_ignore_ascii_case(profil);
    match groupes.as_slice() {
        [p, a, n] if profil_dit(p) && an(a) && chiffres(n) && numero(n) => {
            let debut = (n.len() < 6).then(|| format!("{profil}-{a}-{n}"));
            Dossier { entieres: vec![ecrite(a, n)], debut }
        }
        [p, a] if profil_dit(p) && an(a) => {
            Dossier { entieres: vec![], debut: Some(format!("{profil}-{a}-")) }
        }
        [a, n] if an(a) && chiffres(n) && numero(n) => {
            Dossier { entieres: vec![ecrite(a, n)], debut: None }
        }
        [seul] if chiffres(seul) && seul.len() <= 6 => Dossier {
            entieres: (0..ANNEES).map(|i| ecrite(&(annee - i).to_string(), seul)).collect(),
            debut: None,
        },
        [colle] => match colle.get(..profil.len()).filter(|p| profil_dit(p)) {
            Some(_) => match colle[profil.len()..].split_at_checked(4) {
                Some((a, n)) if an(a) && !n.is_empty() && chiffres(&n) && numero(n) => {
                    Dossier { entieres: vec![ecrite(a, n)], debut: None }
                }
                Some(_) | None => Dossier::default(),
            },
            None => Dossier::default(),
        },
        _ => Dossier::default(),
    }
}

/// Ce qui annonce une référence et n'en fait pas partie.
const ANNONCES: [&str; 8] = ["rg", "n", "no", "num", "numero", "ref", "reference", "exploc"];

/// La référence d'un acte, sous les formes qui la retrouvent : sans séparateurs, avec et sans ses zéros.
///
/// ```
/// # use ccapex::recherche::references::acte;
/// assert!(!acte("RG n° 26/01234").is_disjoint(&acte("26/1234")));
/// ```
#[must_use]
pub fn acte(texte: &str) -> BTreeSet<String> {
    let cle = crate::texte::cle(texte);
    let mut groupes: Vec<&str> = Vec::new();
    for mot in cle.split(' ') {
        groupes.extend(coupe(mot));
    }
    while groupes.len() > 1 && ANNONCES.contains(&groupes[0]) {
        groupes.remove(0);
    }
    let sans_zeros = |g: &&str| g.trim_start_matches('0').to_owned();
    [groupes.concat(), groupes.iter().map(sans_zeros).collect()]
        .into_iter()
        .filter(|forme: &String| forme.len() >= 2 && forme.bytes().any(|b| b.is_ascii_digit()))
        .collect()
}

/// Un mot coupé entre lettres et chiffres : « ex62 » fait « ex » et « 62 ».
fn coupe(mot: &str) -> Vec<&str> {
    let mut morceaux = Vec::new();
    let mut debut = 0;
    let mut avant = None;
    for (place, c) in mot.char_indices() {
        let chiffre = c.is_ascii_digit();
        if avant.is_some_and(|avant| avant != chiffre) {
            morceaux.push(&mot[debut..place]);
            debut = place;
        }
        avant = Some(chiffre);
    }
    if debut < mot.len() {
        morceaux.push(&mot[debut..]);
    }
    morceaux
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_reference_de_dossier_se_dicte_de_bien_des_facons() {
        for saisi in [
            "62-2026-000123",
            "62 2026 123",
            "62-2026-123",
            "2026-123",
            "2026 000123",
            "622026000123",
            "n° 62-2026-000123",
            "62/2026/123",
        ] {
            assert_eq!(dossier(saisi, "62", 2026).entieres, ["62-2026-000123"], "{saisi}");
        }
        let seul = dossier("123", "62", 2026);
        assert!(seul.entieres.contains(&"62-2026-000123".to_owned()));
        assert!(seul.entieres.contains(&"62-2020-000123".to_owned()));
        assert_eq!(dossier("62-2026", "62", 2026).debut.as_deref(), Some("62-2026-"));
        assert_eq!(dossier("62-2026-0001", "62", 2026).debut.as_deref(), Some("62-2026-0001"));
    }

    #[test]
    fn un_nom_une_rue_ou_un_telephone_ne_sont_pas_une_reference_de_dossier() {
        for saisi in
            ["martin", "12 rue Pasteur", "06 12 34 56 78", "", "62-1826-1", "75-2026-000123", "é62"]
        {
            assert_eq!(dossier(saisi, "62", 2026), Dossier::default(), "{saisi}");
        }
    }

    #[test]
    fn une_reference_d_acte_se_retrouve_sans_ses_separateurs_ni_ses_zeros() {
        #[rustfmt::skip]
        let cas = [
            ("26/01234", "26/1234"), ("26/01234", "RG 26/01234"), ("26/01234", "RG n° 26 01234"),
            ("EX-62-0001", "ex620001"), ("EX-62-0001", "EX 62 1"), ("N-2026.045", "n2026045"), ("P-1601", "p1601"),
        ];
        for (ecrite, saisie) in cas {
            assert!(
                !acte(ecrite).is_disjoint(&acte(saisie)),
                "{ecrite} {:?} / {saisie} {:?}",
                acte(ecrite),
                acte(saisie)
            );
        }
        for (ecrite, saisie) in [("26/01234", "26/01235"), ("EX-62-0001", "EX-62-0002")] {
            assert!(acte(ecrite).is_disjoint(&acte(saisie)), "{ecrite} / {saisie}");
        }
        assert!(acte("martin").is_empty());
    }
}
