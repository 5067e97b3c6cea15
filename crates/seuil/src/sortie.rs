//! Écrire pour une personne ou pour une machine. Une sortie fermée n'est pas une erreur.

use std::io::{IsTerminal as _, Write as _};

use indicatif::{ProgressBar, ProgressStyle};
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

/// Où en est un long travail, sur un terminal ; rien ailleurs.
pub(crate) fn barre(nom: &str, unite: &str) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let barre = ProgressBar::new_spinner();
    let modele = format!("{{spinner}} {{msg}} : {{human_pos}} {unite}, {{per_sec}}");
    if let Ok(style) = ProgressStyle::with_template(&modele) {
        barre.set_style(style);
    }
    barre.with_message(nom.to_owned())
}
