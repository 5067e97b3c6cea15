//! Le programme, lancé comme une personne le lance, jusqu'au bout.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Ce que la commande a dit, et son code.
#[derive(Debug)]
pub(crate) struct Execution {
    pub(crate) code: i32,
    pub(crate) sortie: String,
    pub(crate) messages: String,
}

/// Exécute `seuil ARGUMENTS`.
pub(crate) fn executer<A: AsRef<str>>(arguments: &[A]) -> Execution {
    let sortie = Command::new(env!("CARGO_BIN_EXE_seuil"))
        .args(arguments.iter().map(AsRef::as_ref))
        .stdin(Stdio::null())
        .output()
        .expect("seuil se lance");
    Execution {
        code: sortie.status.code().unwrap_or(-1),
        sortie: String::from_utf8_lossy(&sortie.stdout).into_owned(),
        messages: String::from_utf8_lossy(&sortie.stderr).into_owned(),
    }
}

/// Exécute `seuil ARGUMENTS`, ce texte sur son entrée.
pub(crate) fn executer_avec(arguments: &[&str], entree: &str) -> Execution {
    let mut programme = Command::new(env!("CARGO_BIN_EXE_seuil"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("seuil se lance");
    programme
        .stdin
        .take()
        .expect("une entrée")
        .write_all(entree.as_bytes())
        .expect("l'entrée se lit");
    let sortie = programme.wait_with_output().expect("seuil finit");
    Execution {
        code: sortie.status.code().unwrap_or(-1),
        sortie: String::from_utf8_lossy(&sortie.stdout).into_owned(),
        messages: String::from_utf8_lossy(&sortie.stderr).into_owned(),
    }
}

/// Les objets JSON d'une sortie, un par ligne.
pub(crate) fn lignes_json(sortie: &str) -> Vec<Value> {
    sortie.lines().map(|ligne| serde_json::from_str(ligne).expect("un objet par ligne")).collect()
}

/// Un fichier du dépôt.
pub(crate) fn du_depot(chemin: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(chemin)
}
