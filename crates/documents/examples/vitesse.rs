//! Mesure la composition : lettres par seconde, et mémoire la plus haute du processus.
//!
//! `cargo run --release -p documents --example vitesse -- 1000 [lettres|liasse]`

use std::time::Instant;

use documents::composition::{fusionner, rendre_tout};
use documents::exemples;
use documents::lettre::Lettre;
use documents::modeles::Modeles;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let nombre: usize = arguments.next().unwrap_or_else(|| "1000".to_owned()).parse()?;
    let mode = arguments.next().unwrap_or_else(|| "lettres".to_owned());
    let modeles = Modeles::integres();
    let lettres: Vec<Lettre> = exemples::toutes().into_iter().cycle().take(nombre).collect();

    let debut = Instant::now();
    let octets = if mode == "liasse" {
        fusionner(&modeles, &lettres)?.len()
    } else {
        let rendues: Result<Vec<_>, _> = rendre_tout(&modeles, &lettres).into_iter().collect();
        rendues?.iter().map(|pdf| pdf.octets.len()).sum()
    };
    let duree = debut.elapsed();
    let par_seconde = nombre as u128 * 1_000 / duree.as_millis().max(1);
    eprintln!("{mode} : {nombre} en {duree:?}, {par_seconde} par seconde, {} Ko", octets / 1_024);
    eprintln!("{}", memoire_la_plus_haute());
    Ok(())
}

/// Sous Linux seulement.
fn memoire_la_plus_haute() -> String {
    let statut = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    statut.lines().filter(|l| l.starts_with("VmHWM")).collect()
}
