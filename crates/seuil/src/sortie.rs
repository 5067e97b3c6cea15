//! Écrire pour une personne ou pour une machine. Une sortie fermée n'est pas une erreur.

use std::io::Write as _;

use serde::Serialize;

/// Écrit une ligne sur la sortie.
pub(crate) fn ligne(texte: &str) {
    // Le lecteur a fermé le tube (`| head`) : il a ce qu'il voulait.
    drop(writeln!(std::io::stdout().lock(), "{texte}"));
}

/// Écrit un objet JSON sur une ligne.
pub(crate) fn json(objet: &impl Serialize) -> anyhow::Result<()> {
    ligne(&serde_json::to_string(objet)?);
    Ok(())
}

/// Écrit un message à la personne, hors de la sortie de données.
pub(crate) fn message(texte: &str) {
    drop(writeln!(std::io::stderr().lock(), "{texte}"));
}

/// Écrit ce qui n'a pas marché.
pub(crate) fn erreur(texte: &str) {
    message(&format!("seuil : {texte}"));
}
