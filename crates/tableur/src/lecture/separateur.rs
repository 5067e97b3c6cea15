use crate::synonymes;

use super::encodage::Encodage;
use super::entete::Haut;
use super::{LIGNES_DU_HAUT, Limites, Options, csv};

const CANDIDATS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// Devine le séparateur : celui qui fait reconnaître le plus d'en-têtes, puis le plus régulier.
pub(super) fn deviner(octets: &[u8], encodage: Encodage, options: &Options) -> u8 {
    if let Some(dit) = csv::separateur_indique(octets) {
        return dit;
    }
    let note = |separateur: u8| {
        let hauts = hauts(octets, encodage, separateur, &options.limites);
        let reconnus = hauts.iter().map(|haut| reconnus(haut, options)).max().unwrap_or(0);
        (reconnus, regularite(&hauts))
    };
    CANDIDATS
        .into_iter()
        .rev()
        .map(|separateur| (note(separateur), separateur))
        .max_by_key(|(note, _)| *note)
        .map_or(b';', |(_, separateur)| separateur)
}

fn reconnus(haut: &Haut, options: &Options) -> usize {
    let dit = |texte: &str| {
        options
            .correspondance
            .as_ref()
            .and_then(|c| c.champ(texte))
            .is_some_and(|champ| champ.is_some())
    };
    haut.cellules
        .iter()
        .filter(|c| c.len() <= 200 && (dit(c) || synonymes::champ(c).is_some()))
        .count()
}

/// Nombre de lignes qui ont la largeur la plus fréquente, si elle dépasse une colonne.
fn regularite(hauts: &[Haut]) -> (usize, usize) {
    hauts
        .iter()
        .map(|haut| {
            let largeur = haut.cellules.len();
            let pareilles = hauts.iter().filter(|autre| autre.cellules.len() == largeur).count();
            if largeur > 1 { (pareilles, largeur) } else { (0, 0) }
        })
        .max()
        .unwrap_or_default()
}

/// Les premières lignes remplies. Une erreur de découpage arrête là : elle se dira à la lecture.
pub(super) fn hauts(
    octets: &[u8],
    encodage: Encodage,
    separateur: u8,
    limites: &Limites,
) -> Vec<Haut> {
    let mut lecteur = csv::Lecteur::nouveau(octets, separateur, limites);
    let (mut hauts, mut enregistrement) = (vec![], csv::Enregistrement::default());
    // Autant de lignes blanches peuvent s'intercaler.
    for _ in 0..LIGNES_DU_HAUT * 4 {
        if hauts.len() == LIGNES_DU_HAUT || !lecteur.suivant(&mut enregistrement).unwrap_or(false) {
            break;
        }
        let cellules: Vec<String> =
            enregistrement.texte(encodage).iter().map(str::to_owned).collect();
        if cellules.iter().any(|cellule| !cellule.trim().is_empty()) {
            hauts.push(Haut { ligne: enregistrement.ligne, cellules, dites: None });
        }
    }
    hauts
}
