//! Lit les fichiers d'exemple du dépôt comme ils arriveraient.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "une préparation de test qui échoue doit s'arrêter là"
)]

mod bords;
mod debit;
mod exemples;
mod refus;
mod variantes;

use std::path::{Path, PathBuf};

use tableur::lecture::{Classeur, Ligne, Options, RefusFichier, ouvrir};

fn dossier() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exemples")
}

fn octets(nom: &str) -> Vec<u8> {
    std::fs::read(dossier().join(nom)).unwrap_or_else(|e| panic!("{nom} : {e}"))
}

fn lire(nom: &str) -> Result<Classeur, RefusFichier> {
    ouvrir(nom, octets(nom), &Options::default())
}

fn lignes(nom: &str) -> Vec<Ligne> {
    lire(nom).unwrap_or_else(|refus| panic!("{refus}")).lignes().collect()
}
