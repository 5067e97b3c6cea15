use std::time::Instant;

use tableur::lecture::{Options, ouvrir};

use crate::octets;

/// Cent mille lignes se lisent en moins d'une demi-seconde en version optimisée.
///
/// Sans optimisation, le plafond ne sert qu'à voir un emballement.
#[test]
fn cent_mille_lignes_de_csv_se_lisent_vite() {
    let source = String::from_utf8(octets("cdp-etude.csv")).unwrap();
    let (entete, corps) = source.split_once("\r\n").unwrap();
    let mut texte = format!("{entete}\r\n");
    let mut lignes = 0;
    while lignes < 100_000 {
        texte.push_str(corps);
        lignes += corps.lines().count();
    }
    let octets = texte.into_bytes();
    let mo = octets.len() >> 20;
    let depart = Instant::now();
    let classeur = ouvrir("banc.csv", octets, &Options::default()).unwrap();
    let lues = classeur.lignes().filter(|ligne| ligne.champs.len() > 10).count();
    let duree = depart.elapsed();
    assert_eq!(lues, lignes);
    let par_seconde = lues as u128 * 1_000_000 / duree.as_micros().max(1);
    eprintln!("{lues} lignes, {mo} Mo, {duree:?} : {par_seconde} lignes par seconde");
    let plancher = if cfg!(debug_assertions) { 5_000 } else { 200_000 };
    assert!(par_seconde >= plancher, "{par_seconde} lignes par seconde, {plancher} attendues");
}
