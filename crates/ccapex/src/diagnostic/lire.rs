//! Lire ce qu'une personne écrit dans une rubrique.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Champ, Genre, Rubrique, Saisie, rubrique};
use crate::acte::lire::Refus;

/// Le plus long paragraphe gardé, en caractères.
const TEXTE_MAX: usize = 20_000;
/// La plus longue ligne.
const LIGNE_MAX: usize = 500;

/// Lit les champs d'une rubrique. Un champ vide est effacé : la rubrique s'écrit en entier.
///
/// # Erreurs
///
/// Un [`Refus`] par champ fautif ; aucun pour un champ qui manque : on enregistre au fil de l'eau.
///
/// ```
/// use std::collections::BTreeMap;
/// use ccapex::diagnostic::lire::lire;
///
/// let saisie = BTreeMap::from([("montant".to_owned(), "1 300,50".to_owned())]);
/// assert_eq!(lire("dette", &saisie).unwrap()["dette.montant"], "130050");
/// ```
pub fn lire(code: &str, saisie: &BTreeMap<String, String>) -> Result<Saisie, Vec<Refus>> {
    let Some(rubrique) = rubrique(code) else {
        return Err(vec![Refus {
            champ: String::new(),
            message: format!(
                "Le diagnostic n'a pas de rubrique « {code} ». Choisissez l'une de celles du formulaire."
            ),
        }]);
    };
    let mut lus = Saisie::new();
    let mut refus = Vec::new();
    for (nom, ecrit) in saisie {
        match lire_champ(rubrique, nom, ecrit.trim()) {
            Ok(Some((cle, valeur))) => {
                lus.insert(cle, valeur);
            }
            Ok(None) => {}
            Err(message) => refus.push(Refus { champ: nom.clone(), message }),
        }
    }
    if refus.is_empty() { Ok(lus) } else { Err(refus) }
}

fn lire_champ(
    rubrique: &Rubrique,
    nom: &str,
    ecrit: &str,
) -> Result<Option<(String, String)>, String> {
    let Some(champ) = rubrique.champ(nom) else {
        return Err(format!(
            "La rubrique « {} » n'a pas de champ « {nom} ». Retirez-le, puis recommencez.",
            rubrique.titre
        ));
    };
    if ecrit.is_empty() {
        return Ok(None);
    }
    let valeur = valeur(champ, ecrit).ok_or_else(|| {
        format!(
            "« {} » ne se lit pas : il faut {}. Corrigez ce champ, puis recommencez.",
            champ.libelle,
            attendu(champ.genre)
        )
    })?;
    Ok(Some((rubrique.cle(champ), valeur)))
}

fn valeur(champ: &Champ, ecrit: &str) -> Option<String> {
    match champ.genre {
        // Un formulaire envoie « \r\n », un script « \n » : le même texte s'écrit d'une seule façon.
        Genre::Texte => court(&ecrit.replace("\r\n", "\n"), TEXTE_MAX),
        Genre::Ligne => court(ecrit, LIGNE_MAX),
        Genre::Montant => centimes(ecrit).map(|c| c.to_string()),
        Genre::Jour => jour(ecrit).map(|j| j.to_string()),
        Genre::Nombre { min, max } => {
            ecrit.parse::<u16>().ok().filter(|n| (min..=max).contains(n)).map(|n| n.to_string())
        }
        Genre::OuiNon => ["oui", "non"].contains(&ecrit).then(|| ecrit.to_owned()),
        Genre::Choix(choix) => {
            choix.iter().find(|(code, _)| *code == ecrit).map(|(code, _)| (*code).to_owned())
        }
    }
}

fn court(ecrit: &str, max: usize) -> Option<String> {
    (ecrit.chars().count() <= max).then(|| ecrit.to_owned())
}

/// « 1 300,50 € », « 1300.5 », « 1300 » : des euros, au centime.
fn centimes(ecrit: &str) -> Option<i64> {
    let chiffres: String =
        ecrit.chars().filter(|c| !c.is_whitespace() && *c != '€').collect::<String>();
    let (euros, reste) = chiffres.split_once([',', '.']).unwrap_or((&chiffres, ""));
    let que_des_chiffres = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if euros.is_empty() || reste.len() > 2 || !que_des_chiffres(euros) || !que_des_chiffres(reste) {
        return None;
    }
    let euros: i64 = euros.parse().ok()?;
    let reste: i64 = format!("{reste:0<2}").parse().ok()?;
    euros.checked_mul(100)?.checked_add(reste)
}

/// « 2026-05-12 », « 12/05/2026 ».
fn jour(ecrit: &str) -> Option<Date> {
    ecrit.parse().ok().or_else(|| {
        let mut parties = ecrit.split('/');
        let (jour, mois, annee) = (parties.next()?, parties.next()?, parties.next()?);
        if parties.next().is_some() || annee.len() != 4 {
            return None;
        }
        Date::new(annee.parse().ok()?, mois.parse().ok()?, jour.parse().ok()?).ok()
    })
}

fn attendu(genre: Genre) -> String {
    match genre {
        Genre::Ligne => format!("une ligne d'au plus {LIGNE_MAX} caractères"),
        Genre::Texte => format!("un texte d'au plus {TEXTE_MAX} caractères"),
        Genre::Montant => "une somme en euros, par exemple 450,50".to_owned(),
        Genre::Jour => "une date JJ/MM/AAAA".to_owned(),
        Genre::Nombre { min, max } => format!("un nombre entier de {min} à {max}"),
        Genre::OuiNon => "oui ou non".to_owned(),
        Genre::Choix(choix) => {
            let mots: Vec<&str> = choix.iter().map(|(_, libelle)| *libelle).collect();
            format!("l'un de ces choix : {}", mots.join(", "))
        }
    }
}
