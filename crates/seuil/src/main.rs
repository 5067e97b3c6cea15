//! Le programme : commandes, configuration, horloge. Rien d'autre n'y est décidé.

mod banc;
mod commandes;
mod horloge;
mod ligne;
mod refus;
mod sortie;

use std::process::ExitCode;

use clap::Parser as _;

/// Recevoir un fichier alloue des millions de petits textes.
#[global_allocator]
static MEMOIRE: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let ligne = match ligne::Ligne::try_parse() {
        Ok(ligne) => ligne,
        Err(refus) => {
            let Some(dit) = refus::en_francais(&refus) else { refus.exit() };
            sortie::erreur(&dit);
            return ExitCode::from(2);
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(&ligne.commun.journal))
        .with_writer(std::io::stderr)
        .init();
    let moteur = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(moteur) => moteur,
        Err(erreur) => {
            sortie::erreur(&format!(
                "Le programme n'a pas pu démarrer : {erreur}. Libérez de la mémoire, puis recommencez."
            ));
            return ExitCode::FAILURE;
        }
    };
    match moteur.block_on(commandes::executer(ligne)) {
        Ok(code) => code,
        Err(erreur) => {
            sortie::erreur(&format!("{erreur:#}"));
            ExitCode::FAILURE
        }
    }
}
