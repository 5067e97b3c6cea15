//! Les règles de la maison sont des tests : une règle qu'aucun test ne garde est un souhait.

mod fleches;
mod lexique;
mod licences;
mod liens;
mod mots;
mod purete;
mod secrets;
mod securite;
mod taille;
mod utilises;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// La racine du dépôt.
fn racine() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Un fichier du dépôt, et son chemin depuis la racine : « crates/droit/src/lib.rs ».
struct Fichier {
    chemin: String,
    texte: String,
}

/// Les fichiers de texte d'un dossier du dépôt qui portent une de ces extensions, triés.
///
/// Une extension vide désigne les fichiers qui n'en ont pas.
fn fichiers(dossier: &str, extensions: &[&str]) -> Vec<Fichier> {
    let mut trouves = vec![];
    parcourir(&racine().join(dossier), &mut |chemin: PathBuf| {
        let extension = chemin.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if extensions.contains(&extension) {
            // Certains exemples sont mal codés exprès.
            let octets = fs::read(&chemin).expect("le fichier se lit");
            let texte = String::from_utf8_lossy(&octets).into_owned();
            let court = chemin.strip_prefix(racine()).expect("sous la racine");
            trouves.push(Fichier { chemin: court.display().to_string(), texte });
        }
    });
    trouves.sort_by(|a, b| a.chemin.cmp(&b.chemin));
    trouves
}

/// Les sources Rust de tous les crates, tests compris.
fn sources() -> Vec<Fichier> {
    fichiers("crates", &["rs"])
}

/// Ce qui n'est pas écrit ici : produit par la compilation, ou installé par les essais.
const AILLEURS: [&str; 4] = [".git", ".outils", "target", "node_modules"];

fn parcourir(dossier: &Path, visiter: &mut dyn FnMut(PathBuf)) {
    for entree in fs::read_dir(dossier).expect("le dossier se lit") {
        let chemin = entree.expect("l'entrée se lit").path();
        let nom = chemin.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if chemin.is_dir() && !AILLEURS.contains(&nom) {
            parcourir(&chemin, visiter);
        } else if chemin.is_file() {
            visiter(chemin);
        }
    }
}

/// Échoue avec la liste complète : tout se corrige en une fois.
#[track_caller]
fn aucun(defauts: &[String]) {
    assert!(defauts.is_empty(), "\n- {}", defauts.join("\n- "));
}
