use proptest::prelude::*;
use tableur::lecture::{Limites, Options, ouvrir};
use tableur::nature::Nature;

use crate::octets;

/// Lit tout ce qui peut l'être ; ne doit jamais paniquer ni s'emballer.
fn tout_lire(octets: Vec<u8>) -> usize {
    let limites = Limites { cellules: 200_000, decompresse: 32 << 20, ..Limites::default() };
    let options = Options { nature: Some(Nature::Cdp), limites, ..Options::default() };
    ouvrir("essai", octets, &options).map_or(0, |classeur| classeur.lignes().count())
}

const FICHIERS: [&str; 12] = [
    "cdp-etude.csv",
    "cdp-export-tableur.csv",
    "cdp-unicode.txt",
    "cdp-logiciel.json",
    "cdp-listing.xlsx",
    "cdp-liste.ods",
    "variantes/cdp-titres-et-totaux.csv",
    "variantes/cdp-cellules-multilignes.csv",
    "variantes/natures-melees.json",
    "variantes/cdp-une-notice-par-ligne.ndjson",
    "variantes/assignations-deux-feuilles.ods",
    "variantes/cdp-formules-et-numeros-de-jour.xlsx",
];

/// Change l'intérieur d'un classeur, puis le referme proprement : l'XML abîmé doit être atteint.
fn rezippe(octets: &[u8], mutations: &[(usize, u8)]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut source = zip::ZipArchive::new(Cursor::new(octets)).unwrap();
    let mut cible = zip::ZipWriter::new(Cursor::new(vec![]));
    for rang in 0..source.len() {
        let (mut contenu, mut entree) = (vec![], source.by_index(rang).unwrap());
        let nom = entree.name().unwrap().into_owned();
        entree.read_to_end(&mut contenu).unwrap();
        muter(&mut contenu, mutations);
        cible.start_file(nom, zip::write::SimpleFileOptions::default()).unwrap();
        cible.write_all(&contenu).unwrap();
    }
    cible.finish().unwrap().into_inner()
}

fn muter(octets: &mut Vec<u8>, mutations: &[(usize, u8)]) {
    for (ou, quoi) in mutations {
        if octets.is_empty() {
            return;
        }
        let ou = ou % octets.len();
        match quoi % 4 {
            0 => octets[ou] = *quoi,
            1 => octets.insert(ou, *quoi),
            2 => drop(octets.remove(ou)),
            _ => octets[ou] = b"\"<;[{\n\r,>]"[usize::from(*quoi) % 10],
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn aucune_suite_d_octets_ne_fait_paniquer(octets in prop::collection::vec(any::<u8>(), 0..2000)) {
        tout_lire(octets);
    }

    #[test]
    fn aucun_debut_connu_suivi_de_n_importe_quoi_ne_fait_paniquer(
        debut in prop::sample::select(vec!["PK\u{3}\u{4}", "[", "{", "{\"notices\":[", "[{\"a\":", "sep=;\n", "\u{feff}", "a;b;\"", "nom;ville;date\n"]),
        suite in "[\\PC\n\r\"]{0,200}",
    ) {
        tout_lire(format!("{debut}{suite}").into_bytes());
    }

    #[test]
    fn aucun_fichier_abime_ne_fait_paniquer(
        fichier in prop::sample::select(FICHIERS.to_vec()),
        mutations in prop::collection::vec((any::<usize>(), any::<u8>()), 1..30),
    ) {
        let mut abime = octets(fichier);
        muter(&mut abime, &mutations);
        tout_lire(abime);
    }

    #[test]
    fn aucun_classeur_au_contenu_abime_ne_fait_paniquer(
        fichier in prop::sample::select(FICHIERS.iter().filter(|f| f.ends_with('s') || f.ends_with('x')).copied().collect::<Vec<_>>()),
        mutations in prop::collection::vec((any::<usize>(), any::<u8>()), 1..6),
    ) {
        tout_lire(rezippe(&octets(fichier), &mutations));
    }
}
