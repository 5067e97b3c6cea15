//! Paris, Lyon et Marseille : la réponse est un arrondissement municipal.

use super::Trouvaille;
use super::contexte::Contexte;
use super::saisie::Saisie;
use crate::{Commune, commune};

/// Une ville à arrondissements municipaux.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ville {
    nom: &'static str,
    code: &'static str,
    /// Le code de l'arrondissement 1, moins un.
    base: u32,
    arrondissements: u32,
}

#[rustfmt::skip]
static VILLES: [Ville; 3] = [
    Ville { nom: "PARIS",     code: "75056", base: 75_100, arrondissements: 20 },
    Ville { nom: "LYON",      code: "69123", base: 69_380, arrondissements: 9 },
    Ville { nom: "MARSEILLE", code: "13055", base: 13_200, arrondissements: 16 },
];

#[rustfmt::skip]
const ROMAINS: [&str; 20] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
    "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
];

/// La ville et les arrondissements que le champ désigne en toutes lettres.
#[derive(Debug)]
pub(super) struct Designee {
    ville: &'static Ville,
    numeros: Vec<u32>,
}

/// Le champ est-il le nom d'une de ces villes, seul ou avec un numéro d'arrondissement ?
pub(super) fn reconnaitre(saisie: &Saisie) -> Option<Designee> {
    let (nom, rang) = match saisie.mots.as_slice() {
        [nom] => (nom, None),
        ["DE", nom] if !saisie.numeros.is_empty() => (nom, None),
        [nom, rang] => (nom, Some(romain(rang)?)),
        _ => return None,
    };
    let ville = VILLES.iter().find(|ville| ville.nom == *nom)?;
    let mut numeros: Vec<u32> = saisie
        .numeros
        .iter()
        .filter(|n| !ville.est_departement(n))
        .filter_map(|n| ordinal(n))
        .chain(rang)
        .collect();
    numeros.retain(|n| (1..=ville.arrondissements).contains(n));
    Some(Designee { ville, numeros })
}

/// L'arrondissement que disent ensemble le numéro écrit et le code postal.
pub(super) fn trouver(designee: Designee, contexte: &Contexte) -> Trouvaille {
    let Designee { ville, numeros } = designee;
    let des_numeros = numeros.iter().filter_map(|n| ville.arrondissement(*n));
    let des_codes = contexte.desservies.iter().copied().filter(|c| c.ville == Some(ville.code));
    let ailleurs: Vec<&'static Commune> =
        contexte.desservies.iter().copied().filter(|c| c.ville != Some(ville.code)).collect();

    let mut designes: Vec<&'static Commune> = des_numeros.chain(des_codes).collect();
    designes.sort_unstable();
    designes.dedup();
    match designes.as_slice() {
        [seul] if ailleurs.is_empty() => Trouvaille::Commune { commune: seul, motifs: vec![] },
        [] => {
            let tous = (1..=ville.arrondissements).filter_map(|n| ville.arrondissement(n));
            Trouvaille::Ambigue(tous.chain(ailleurs).collect())
        }
        _ => Trouvaille::Ambigue(designes.into_iter().chain(ailleurs).collect()),
    }
}

impl Ville {
    /// « MARSEILLE 13 » peut dire le département : ce numéro seul ne désigne rien.
    fn est_departement(&self, numero: &str) -> bool {
        self.code.starts_with(numero) && numero.len() == 2
    }

    fn arrondissement(&self, numero: u32) -> Option<&'static Commune> {
        commune(&(self.base + numero).to_string())
    }
}

/// « 9 », « 09 », « 9E », « 1ER », « 2ND », « 9EME ».
fn ordinal(ecrit: &str) -> Option<u32> {
    let chiffres = ecrit.trim_end_matches(|c: char| !c.is_ascii_digit());
    matches!(&ecrit[chiffres.len()..], "" | "E" | "ER" | "ND" | "NDE" | "EME" | "IEME")
        .then(|| chiffres.parse().ok())?
}

/// « IX », « IXE », « IER ».
fn romain(ecrit: &str) -> Option<u32> {
    let nu =
        ["IEME", "EME", "ER", "E"].iter().find_map(|fin| ecrit.strip_suffix(fin)).unwrap_or(ecrit);
    (1..).zip(ROMAINS).find_map(|(rang, chiffre)| (chiffre == nu).then_some(rang))
}
