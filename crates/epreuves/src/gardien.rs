//! Un processus qui survit juste assez pour ranger derrière les tests.
//!
//! Le lanceur de tests se termine sans détruire ses variables globales, et un test peut être tué.
//! Le gardien est un shell qui tient l'outil partagé et attend la fin d'un tube dont les tests ont
//! l'autre bout : quoi qu'il leur arrive, le tube se ferme, et le gardien arrête l'outil.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{ChildStdin, Command, Stdio},
};

/// Tient l'outil en vie. À garder dans une variable globale.
#[derive(Debug)]
pub(crate) struct Gardien {
    _tube: ChildStdin,
}

impl Gardien {
    /// Lance le script et rend la ligne qu'il écrit quand l'outil est prêt.
    ///
    /// Le script écrit `pret …`, ou `absent` quand l'outil n'est pas installé ; toute autre ligne
    /// est un défaut, montré tel quel.
    #[expect(clippy::zombie_processes, reason = "il finit après les tests : personne ne l'attend")]
    pub(crate) fn lancer(outil: &str, script: &str) -> (Self, String) {
        let mut gardien = Command::new("sh")
            .args(["-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // À part : une interruption au clavier arrête les tests, et lui laisse ranger.
            .process_group(0)
            .spawn()
            .unwrap_or_else(|cause| panic!("le shell « sh » ne se lance pas : {cause}"));
        let (Some(tube), Some(sortie)) = (gardien.stdin.take(), gardien.stdout.take()) else {
            panic!("le shell « sh » n'a pas donné ses tubes");
        };
        let mut ligne = String::new();
        let lue = BufReader::new(sortie).read_line(&mut ligne);
        match (lue, ligne.trim().split_once(' ')) {
            (Ok(_), Some(("pret", suite))) => (Self { _tube: tube }, suite.to_owned()),
            (Ok(_), _) if ligne.trim() == "absent" => {
                panic!("{outil} n'est pas installé : lancez scripts/essais.")
            }
            _ => panic!("{outil} n'a pas démarré : {ligne}"),
        }
    }
}
