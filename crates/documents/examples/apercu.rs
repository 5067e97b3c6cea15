//! Écrit une lettre et un imprimé de chaque sorte en PDF et en texte, pour les regarder.
//!
//! `cargo run -p documents --example apercu -- DOSSIER`

use std::path::PathBuf;
use std::time::Instant;

use documents::composition::{fusionner, imprimer, rendre};
use documents::courriel::texte;
use documents::exemples;
use documents::modeles::Modeles;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dossier = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let modeles = Modeles::integres();
    let lettres = exemples::toutes();
    for lettre in &lettres {
        let debut = Instant::now();
        let pdf = rendre(&modeles, lettre)?;
        eprintln!("{} : {} page(s), {:?}", pdf.modele, pdf.pages, debut.elapsed());
        std::fs::write(dossier.join(pdf.modele).with_extension("pdf"), pdf.octets)?;
        let courriel = texte(lettre);
        let message = format!("{}\n\n{}", courriel.objet, courriel.corps);
        std::fs::write(dossier.join(pdf.modele).with_extension("txt"), message)?;
    }
    for imprime in exemples::imprimes::imprimes() {
        let pdf = imprimer(&modeles, &imprime)?;
        eprintln!("{} : {} page(s)", pdf.modele, pdf.pages);
        std::fs::write(dossier.join(pdf.modele).with_extension("pdf"), pdf.octets)?;
    }
    std::fs::write(dossier.join("liasse.pdf"), fusionner(&modeles, &lettres)?)?;
    Ok(())
}
