//! Les noms écrits en raccourci : « BULLY », « TOUQUET PARIS PLAGE », « CHALON S/S ».

use super::saisie::{Saisie, est_article};
use crate::Commune;
use crate::donnees::{Donnees, Nature, donnees};
use crate::texte::{developper, plier};

/// En deçà, le raccourci ne désigne rien (« ST », « LE B »).
const LETTRES_AU_MOINS: usize = 4;

/// Les communes, parmi celles-ci, dont le nom commence comme la saisie.
pub(super) fn reconnaitre(saisie: &Saisie, parmi: &[&'static Commune]) -> Vec<&'static Commune> {
    parmi.iter().copied().filter(|c| abrege(&saisie.mots, c.nom)).collect()
}

/// De même, parmi celles d'un département.
pub(super) fn reconnaitre_dans(saisie: &Saisie, departement: &str) -> Vec<&'static Commune> {
    let Some(premier) = saisie.mots.first() else {
        return vec![];
    };
    let Donnees { noms, communes, .. } = donnees();
    let mut reconnues: Vec<&'static Commune> = ["", "LE", "LA", "LES", "L"]
        .into_iter()
        .flat_map(|article| {
            let debut_de_cle = format!("{article}{premier}");
            let debut = noms.partition_point(|nom| nom.cle < debut_de_cle);
            noms[debut..].iter().take_while(move |nom| nom.cle.starts_with(&debut_de_cle))
        })
        .filter(|nom| nom.nature == Nature::Actuelle)
        .map(|nom| &communes[nom.commune])
        .filter(|commune| commune.departement == departement)
        .filter(|commune| abrege(&saisie.mots, commune.nom))
        .collect();
    reconnues.sort_unstable();
    reconnues.dedup();
    reconnues
}

/// Chaque mot écrit commence le mot officiel de même rang, et le premier est entier.
/// L'article de tête peut manquer.
fn abrege(ecrits: &[&str], nom: &str) -> bool {
    let generique = |mot: &&&str| !est_article(mot) && !matches!(**mot, "SAINT" | "SAINTE");
    if ecrits.iter().filter(generique).map(|mot| mot.len()).sum::<usize>() < LETTRES_AU_MOINS {
        return false;
    }
    let plie = plier(nom);
    let officiels: Vec<&str> = plie.split_ascii_whitespace().map(developper).collect();
    let commence = |officiels: &[&str]| {
        ecrits.len() <= officiels.len()
            && ecrits.first() == officiels.first()
            && ecrits.iter().zip(officiels).all(|(ecrit, officiel)| officiel.starts_with(ecrit))
    };
    commence(&officiels)
        || officiels.first().is_some_and(|mot| est_article(mot)) && commence(&officiels[1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_raccourci_commence_comme_le_nom() {
        #[rustfmt::skip]
        let cas = [
            ("BULLY",         "Bully-les-Mines",          true),
            ("TOUQUET",       "Le Touquet-Paris-Plage",   true),
            ("LE TOUQUET",    "Le Touquet-Paris-Plage",   true),
            ("CHALON S S",    "Chalon-sur-Saône",         true),
            ("BULL",          "Bully-les-Mines",          false),
            ("SAINT",         "Saint-Omer",               false),
            ("LES MINES",     "Bully-les-Mines",          false),
            ("LENS CENTRE",   "Lens",                     false),
        ];
        for (ecrit, nom, attendu) in cas {
            assert_eq!(abrege(&Saisie::lire(ecrit).mots, nom), attendu, "{ecrit} / {nom}");
        }
    }
}
