use std::sync::Arc;
use std::time::Instant;

use tableur::lecture::{Options, ouvrir};

use crate::octets;

/// Un garde-fou contre un emballement, non une mesure : la machine peut être occupée.
///
/// Mesuré en version optimisée : plus de 250 000 lignes par seconde de processeur.
#[test]
fn un_long_csv_se_lit_vite() {
    let source = String::from_utf8(octets("cdp-etude.csv")).unwrap();
    let (entete, corps) = source.split_once("\r\n").unwrap();
    let mut texte = format!("{entete}\r\n");
    let (mut lignes, voulues) = (0, if cfg!(debug_assertions) { 10_000 } else { 100_000 });
    while lignes < voulues {
        texte.push_str(corps);
        lignes += corps.lines().count();
    }
    let octets: Arc<[u8]> = texte.into_bytes().into();
    let meilleure = (0..3)
        .map(|_| {
            let depart = Instant::now();
            let classeur = ouvrir("banc.csv", Arc::clone(&octets), &Options::default()).unwrap();
            let lues = classeur.lignes().filter(|ligne| ligne.champs.len() > 10).count();
            assert_eq!(lues, lignes);
            depart.elapsed()
        })
        .min()
        .unwrap();
    let par_seconde = lignes as u128 * 1_000_000 / meilleure.as_micros().max(1);
    eprintln!("{lignes} lignes en {meilleure:?} : {par_seconde} lignes par seconde");
    let plancher = if cfg!(debug_assertions) { 2_000 } else { 40_000 };
    assert!(par_seconde >= plancher, "{par_seconde} lignes par seconde, {plancher} attendues");
}
