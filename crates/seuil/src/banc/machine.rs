//! La machine et la mémoire du programme, telles que le système les donne.

use std::fs;

use serde::Serialize;

/// Ce qui distingue une machine d'une autre.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) coeurs: usize,
    pub(crate) memoire_mo: u64,
    pub(crate) systeme: &'static str,
}

impl Machine {
    pub(crate) fn celle_ci() -> Self {
        Self {
            coeurs: std::thread::available_parallelism().map_or(1, usize::from),
            memoire_mo: champ("/proc/meminfo", "MemTotal:").unwrap_or_default() / 1_024,
            systeme: std::env::consts::OS,
        }
    }
}

/// La charge de la dernière minute, telle que le système l'écrit : « 2.31 ».
pub(crate) fn charge() -> String {
    let texte = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    texte.split(' ').next().unwrap_or_default().to_owned()
}

/// Oublie le plus haut de la mémoire : le suivant ne dira que ce qui vient.
pub(crate) fn oublier_le_pic() {
    // Hors de Linux il n'y a pas de pic à oublier, et pas de pic annoncé.
    fs::write("/proc/self/clear_refs", "5").ok();
}

/// La mémoire occupée à cet instant, en mégaoctets ; rien hors de Linux.
pub(crate) fn memoire() -> Option<u64> {
    champ("/proc/self/status", "VmRSS:").map(|ko| ko / 1_024)
}

/// Le plus haut de la mémoire occupée, en mégaoctets ; rien hors de Linux.
pub(crate) fn pic_de_memoire() -> Option<u64> {
    champ("/proc/self/status", "VmHWM:").map(|ko| ko / 1_024)
}

/// Un nombre, sur la ligne d'un fichier du système qui commence ainsi.
fn champ(fichier: &str, nom: &str) -> Option<u64> {
    let texte = fs::read_to_string(fichier).ok()?;
    let ligne = texte.lines().find(|ligne| ligne.starts_with(nom))?;
    ligne.split_whitespace().nth(1)?.parse().ok()
}
