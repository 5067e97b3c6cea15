//! Sous quels noms les champs arrivent : une table de données, et ce qu'on en déduit.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::champ::Champ;
use crate::nature::Nature;
use crate::texte::{aplatir, contient_les_mots};

#[derive(Deserialize)]
struct Donnees {
    champs: BTreeMap<Champ, Vec<String>>,
    natures: BTreeMap<Nature, Indices>,
}

#[derive(Deserialize)]
struct Indices {
    entetes: Vec<String>,
    titres: Vec<String>,
}

struct Table {
    champs: BTreeMap<String, Champ>,
    entetes: BTreeMap<String, Nature>,
    titres: Vec<(String, Nature)>,
}

#[expect(
    clippy::expect_used,
    reason = "la table est embarquée ; un test la lit à chaque construction"
)]
static TABLE: LazyLock<Table> =
    LazyLock::new(|| lire(include_str!("synonymes.toml")).expect("synonymes.toml se lit"));

fn lire(texte: &str) -> Result<Table, toml::de::Error> {
    let donnees: Donnees = toml::from_str(texte)?;
    let mut champs: BTreeMap<String, Champ> =
        Champ::TOUS.iter().map(|champ| (aplatir(champ.nom()), *champ)).collect();
    for (champ, formes) in donnees.champs {
        champs.extend(formes.iter().map(|forme| (aplatir(forme), champ)));
    }
    let (mut entetes, mut titres) = (BTreeMap::new(), vec![]);
    for (nature, indices) in donnees.natures {
        entetes.extend(indices.entetes.iter().map(|entete| (aplatir(entete), nature)));
        titres.extend(indices.titres.iter().map(|titre| (aplatir(titre), nature)));
    }
    // « commandement de quitter les lieux » se cherche avant « commandement ».
    titres.sort_by_key(|(titre, _)| std::cmp::Reverse(titre.len()));
    Ok(Table { champs, entetes, titres })
}

/// Le champ que désigne un en-tête.
pub fn champ(entete: &str) -> Option<Champ> {
    TABLE.champs.get(&aplatir(entete)).copied()
}

/// Le champ que désigne un en-tête sous un titre de groupe : « Locataire » au-dessus de « Nom ».
pub fn champ_dans_groupe(groupe: &str, entete: &str) -> Option<Champ> {
    let (groupe, entete) = (aplatir(groupe), aplatir(entete));
    [format!("{groupe} {entete}"), format!("{entete} {groupe}"), format!("{entete} du {groupe}")]
        .iter()
        .find_map(|forme| TABLE.champs.get(forme).copied())
}

/// Les champs dont un nom ressemble le plus à cet en-tête, le meilleur d'abord, trois au plus.
pub fn proches(entete: &str) -> Vec<Champ> {
    let plat = aplatir(entete);
    if plat.is_empty() {
        return vec![];
    }
    let mut meilleurs: BTreeMap<Champ, u32> = BTreeMap::new();
    for (forme, champ) in &TABLE.champs {
        let note = ressemblance(&plat, forme);
        let meilleure = meilleurs.entry(*champ).or_default();
        *meilleure = note.max(*meilleure);
    }
    let mut classes: Vec<(Champ, u32)> =
        meilleurs.into_iter().filter(|(_, note)| *note >= 450).collect();
    classes.sort_by_key(|(champ, note)| (std::cmp::Reverse(*note), *champ));
    classes.into_iter().take(3).map(|(champ, _)| champ).collect()
}

/// Ressemblance de deux textes aplatis, en millièmes : la meilleure des lettres et des mots communs.
fn ressemblance(a: &str, b: &str) -> u32 {
    let (longueur_a, longueur_b) = (a.chars().count(), b.chars().count());
    let longueur = longueur_a.max(longueur_b).max(1);
    if longueur > 200 {
        return 0;
    }
    let lettres = 1000 * longueur.saturating_sub(strsim::osa_distance(a, b)) / longueur;
    let utiles = |texte: &'_ str| -> Vec<String> {
        let vides = ["de", "du", "la", "le", "l", "d", "des", "n", "et", "au", "a", "en"];
        texte.split(' ').filter(|mot| !vides.contains(mot)).map(str::to_owned).collect()
    };
    let (mots_a, mots_b) = (utiles(a), utiles(b));
    let communs = mots_a.iter().filter(|mot| mots_b.contains(mot)).count();
    let mots = 1000 * 2 * communs / (mots_a.len() + mots_b.len()).max(1);
    u32::try_from(lettres.max(mots)).unwrap_or_default()
}

/// La nature que trahissent les en-têtes d'un tableau ; aucune si deux sont à égalité.
pub(crate) fn nature_des_entetes<'a>(entetes: impl Iterator<Item = &'a str>) -> Option<Nature> {
    let mut voix: BTreeMap<Nature, usize> = BTreeMap::new();
    for entete in entetes {
        if let Some(nature) = TABLE.entetes.get(&aplatir(entete)) {
            *voix.entry(*nature).or_default() += 1;
        }
    }
    let meilleure = voix.values().max().copied()?;
    let mut gagnantes = voix.into_iter().filter(|(_, n)| *n == meilleure).map(|(nature, _)| nature);
    match (gagnantes.next(), gagnantes.next()) {
        (Some(nature), None) => Some(nature),
        _ => None,
    }
}

/// La nature que dit un titre : une ligne au-dessus du tableau, le nom d'une feuille ou d'un fichier.
pub(crate) fn nature_du_titre(titre: &str) -> Option<Nature> {
    let plat = aplatir(titre);
    TABLE
        .titres
        .iter()
        .find(|(forme, _)| contient_les_mots(&plat, forme))
        .map(|(_, nature)| *nature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_forme_ne_designe_qu_un_champ() {
        let donnees: Donnees = toml::from_str(include_str!("synonymes.toml")).unwrap();
        let mut vues: BTreeMap<String, Champ> =
            Champ::TOUS.iter().map(|champ| (aplatir(champ.nom()), *champ)).collect();
        for (champ, formes) in &donnees.champs {
            for forme in formes {
                let autre = vues.insert(aplatir(forme), *champ);
                assert!(
                    autre.is_none_or(|autre| autre == *champ),
                    "« {forme} » désigne {champ} et {autre:?}"
                );
            }
        }
        let mut natures: BTreeMap<String, Nature> = BTreeMap::new();
        for (nature, indices) in &donnees.natures {
            for entete in &indices.entetes {
                assert!(
                    vues.contains_key(&aplatir(entete)),
                    "« {entete} » n'est l'en-tête d'aucun champ"
                );
                let autre = natures.insert(aplatir(entete), *nature);
                assert!(autre.is_none_or(|a| a == *nature), "« {entete} » : {nature} et {autre:?}");
            }
        }
        assert_eq!(donnees.natures.len(), Nature::TOUTES.len());
    }

    #[test]
    fn les_en_tetes_se_reconnaissent_sous_leurs_noms() {
        #[rustfmt::skip]
        let cas = [
            ("locataire_nom",        Some(Champ::LocataireNom)),
            ("NOM LOCATAIRE",        Some(Champ::LocataireNom)),
            ("  Né(e)  le ",         Some(Champ::LocataireDateNaissance)),
            ("Tel",                  Some(Champ::Telephone)),
            ("Dette locative (€)",   Some(Champ::MontantDette)),
            ("APL/AL (O/N)",         Some(Champ::AideLogement)),
            ("N\u{ba} acte",         Some(Champ::ReferenceActe)),
            ("Code  Postal",         Some(Champ::CodePostal)),
            ("Gestionnaire",         None),
            ("",                     None),
        ];
        for (entete, attendu) in cas {
            assert_eq!(champ(entete), attendu, "{entete}");
        }
    }

    #[test]
    fn un_groupe_au_dessus_precise_l_en_tete() {
        assert_eq!(champ_dans_groupe("BAILLEUR", "Nom"), Some(Champ::BailleurNom));
        assert_eq!(champ_dans_groupe("Locataire", "Nom"), Some(Champ::LocataireNom));
        assert_eq!(champ_dans_groupe("Bailleur", "Adresse"), Some(Champ::BailleurAdresse));
        assert_eq!(champ_dans_groupe("Divers", "Note"), None);
    }

    #[test]
    fn un_en_tete_inconnu_a_ses_plus_proches() {
        #[rustfmt::skip]
        let cas = [
            ("Nom du locatiare",          Champ::LocataireNom),
            ("Date signif. du commandement", Champ::DateSignification),
            ("Loyer mens. HC",            Champ::LoyerHorsCharges),
            ("Montant dû de la dette",    Champ::MontantDette),
        ];
        for (entete, attendu) in cas {
            assert_eq!(proches(entete).first(), Some(&attendu), "{entete} : {:?}", proches(entete));
        }
        assert_eq!(proches("xqzk"), []);
    }

    #[test]
    fn la_nature_se_devine() {
        assert_eq!(nature_des_entetes(["Date du CDP", "Nom"].into_iter()), Some(Nature::Cdp));
        assert_eq!(
            nature_des_entetes(["date_assignation", "date_audience"].into_iter()),
            Some(Nature::Assignation)
        );
        assert_eq!(
            nature_des_entetes(["Date du jugement", "Date d'audience", "issue"].into_iter()),
            Some(Nature::Decision)
        );
        assert_eq!(nature_des_entetes(["Nom", "Prénom", "Tél."].into_iter()), None);
        assert_eq!(
            nature_du_titre("Liste des commandements de payer signifiés"),
            Some(Nature::Cdp)
        );
        assert_eq!(nature_du_titre("Commandements de quitter les lieux 2026"), Some(Nature::Cql));
        assert_eq!(nature_du_titre("export_cql-2026.xlsx"), Some(Nature::Cql));
        assert_eq!(nature_du_titre("Feuille1"), None);
    }
}
