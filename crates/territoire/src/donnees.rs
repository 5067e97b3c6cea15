//! Le fichier embarqué : un texte tabulé, compressé, écrit par `examples/rafraichir.rs`.
//!
//! Une ligne par objet, le premier champ dit lequel : `S` source, `D` département,
//! `A` arrondissement, `E` EPCI, `C` commune, `M` arrondissement municipal,
//! `N` ancien nom, `O` ancien code. Les communes sont dans l'ordre de leurs codes.

use std::io::Read;
use std::sync::OnceLock;

use crate::decoupage::{Arrondissement, Commune, Departement, Epci, Source};
use crate::texte;

static FICHIER: &[u8] = include_bytes!("../donnees/decoupage.deflate");

/// Ce que fut une commune dont le nom ou le code n'est plus celui d'une commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nature {
    Actuelle,
    Deleguee,
    Associee,
    /// Réunie à une autre, ou renommée.
    Disparue,
}

/// Un nom sous lequel on cherche une commune.
#[derive(Debug)]
pub(crate) struct Nom {
    pub(crate) cle: String,
    pub(crate) nom: &'static str,
    pub(crate) nature: Nature,
    pub(crate) commune: usize,
}

#[derive(Debug)]
pub(crate) struct Donnees {
    pub(crate) source: Source,
    pub(crate) departements: Vec<Departement>,
    pub(crate) arrondissements: Vec<Arrondissement>,
    pub(crate) epci: Vec<Epci>,
    pub(crate) communes: Vec<Commune>,
    /// Dans l'ordre des anciens codes.
    pub(crate) anciens_codes: Vec<(&'static str, &'static str)>,
    /// Dans l'ordre des clés. Sans les arrondissements municipaux ni leurs trois villes.
    pub(crate) noms: Vec<Nom>,
    /// Dans l'ordre des codes postaux. Sans les trois villes à arrondissements.
    pub(crate) par_code_postal: Vec<(&'static str, usize)>,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Illisible {
    #[error("le fichier des communes ne se décompresse pas : {0}")]
    Compression(#[from] std::io::Error),
    #[error("ligne {ligne} du fichier des communes : {quoi}")]
    Ligne { ligne: usize, quoi: &'static str },
}

/// Les données, lues au premier appel.
#[expect(clippy::panic, reason = "le fichier est compilé dans le programme et relu par les tests")]
pub(crate) fn donnees() -> &'static Donnees {
    static DONNEES: OnceLock<Donnees> = OnceLock::new();
    DONNEES.get_or_init(|| match decompresser(FICHIER).and_then(lire) {
        Ok(donnees) => donnees,
        Err(defaut) => panic!("{defaut}"),
    })
}

/// Le texte vit autant que le programme : les communes le citent sans le recopier.
fn decompresser(fichier: &[u8]) -> Result<&'static str, Illisible> {
    let mut texte = String::with_capacity(2_200_000);
    flate2::read::DeflateDecoder::new(fichier).read_to_string(&mut texte)?;
    Ok(texte.leak())
}

fn lire(texte: &'static str) -> Result<Donnees, Illisible> {
    let mut donnees = Donnees {
        source: Source { nom: "", annee: 0, licence: "" },
        departements: Vec::with_capacity(110),
        arrondissements: Vec::with_capacity(340),
        epci: Vec::with_capacity(1_300),
        communes: Vec::with_capacity(35_100),
        anciens_codes: Vec::with_capacity(4_500),
        noms: Vec::with_capacity(42_000),
        par_code_postal: Vec::with_capacity(36_000),
    };
    let mut anciens_noms = Vec::with_capacity(7_200);
    let mut villes = Vec::with_capacity(3);

    for (rang, ligne) in texte.lines().enumerate() {
        let mut champs = ligne.split('\t');
        let manque = |quoi| Illisible::Ligne { ligne: rang + 1, quoi };
        let mut champ = || champs.next().ok_or(manque("un champ manque"));
        match champ()? {
            "S" => {
                let annee = champ()?.parse().map_err(|_| manque("année illisible"))?;
                donnees.source = Source { annee, nom: champ()?, licence: champ()? };
            }
            "D" => donnees.departements.push(Departement { code: champ()?, nom: champ()? }),
            "A" => donnees.arrondissements.push(Arrondissement {
                code: champ()?,
                departement: champ()?,
                nom: champ()?,
            }),
            "E" => donnees.epci.push(Epci { code: champ()?, nature: champ()?, nom: champ()? }),
            nature @ ("C" | "M") => {
                let commune = Commune {
                    code: champ()?,
                    nom: champ()?,
                    departement: champ()?,
                    arrondissement: non_vide(champ()?),
                    epci: non_vide(champ()?),
                    codes_postaux: liste(champ()?),
                    ville: if nature == "M" { Some(champ()?) } else { None },
                };
                villes.extend(commune.ville.filter(|ville| !villes.contains(ville)));
                donnees.communes.push(commune);
            }
            "N" => anciens_noms.push((champ()?, champ()?, champ()?)),
            "O" => donnees.anciens_codes.push((champ()?, champ()?)),
            _ => return Err(manque("nature de ligne inconnue")),
        }
    }
    indexer(&mut donnees, &villes, &anciens_noms)?;
    Ok(donnees)
}

fn indexer(
    donnees: &mut Donnees,
    villes: &[&str],
    anciens_noms: &[(&str, &str, &'static str)],
) -> Result<(), Illisible> {
    let Donnees { communes, noms, par_code_postal, .. } = donnees;
    for (rang, commune) in communes.iter().enumerate() {
        if villes.contains(&commune.code) {
            continue;
        }
        par_code_postal.extend(commune.codes_postaux.iter().map(|cp| (*cp, rang)));
        if commune.ville.is_none() {
            noms.push(Nom {
                cle: texte::cle(commune.nom),
                nom: commune.nom,
                nature: Nature::Actuelle,
                commune: rang,
            });
        }
    }
    for (nature, actuelle, nom) in anciens_noms {
        let nature = match *nature {
            "deleguee" => Nature::Deleguee,
            "associee" => Nature::Associee,
            "disparue" => Nature::Disparue,
            _ => return Err(Illisible::Ligne { ligne: 0, quoi: "nature d'ancien nom inconnue" }),
        };
        let commune = communes.binary_search_by_key(actuelle, |c| c.code).map_err(|_| {
            Illisible::Ligne { ligne: 0, quoi: "ancien nom d'une commune inconnue" }
        })?;
        // Absorbée par Paris, Lyon ou Marseille : rien ne dit dans quel arrondissement.
        if villes.contains(actuelle) {
            continue;
        }
        noms.push(Nom { cle: texte::cle(nom), nom, nature, commune });
    }
    noms.sort_unstable_by(|a, b| {
        (&a.cle, a.nature, a.commune, a.nom).cmp(&(&b.cle, b.nature, b.commune, b.nom))
    });
    par_code_postal.sort_unstable();
    Ok(())
}

fn non_vide(champ: &'static str) -> Option<&'static str> {
    (!champ.is_empty()).then_some(champ)
}

fn liste(champ: &'static str) -> &'static [&'static str] {
    if champ.is_empty() { &[] } else { champ.split(' ').collect::<Vec<_>>().leak() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_fichier_abime_est_dit_illisible_avec_sa_ligne() {
        assert!(matches!(decompresser(b"\xff\xff\xff"), Err(Illisible::Compression(_))));
        for (texte, dit) in [
            ("S\tdeux mille\tnom\tlicence", "ligne 1 du fichier des communes : année illisible"),
            (
                "D\t62\tPas-de-Calais\nZ",
                "ligne 2 du fichier des communes : nature de ligne inconnue",
            ),
            ("D\t62", "ligne 1 du fichier des communes : un champ manque"),
        ] {
            assert_eq!(lire(texte).unwrap_err().to_string(), dit);
        }
    }

    #[test]
    fn les_communes_sont_dans_l_ordre_de_leurs_codes() {
        let communes = &donnees().communes;
        assert!(communes.windows(2).all(|paire| paire[0].code < paire[1].code));
        let anciens = &donnees().anciens_codes;
        assert!(anciens.windows(2).all(|paire| paire[0].0 < paire[1].0));
    }
}
