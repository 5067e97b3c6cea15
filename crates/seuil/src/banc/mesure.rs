//! Un chiffre, son unité, son but ; une durée en microsecondes, un rapport en pour cent : aucun flottant.

use std::time::Duration;

use serde::Serialize;

use super::machine::{Machine, charge};
use crate::sortie;

/// Ce qu'on attend d'un chiffre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum But {
    Aucun,
    AuMoins(u64),
    AuPlus(u64),
}

impl But {
    fn atteint(self, valeur: u64) -> Option<bool> {
        match self {
            Self::Aucun => None,
            Self::AuMoins(but) => Some(valeur >= but),
            Self::AuPlus(but) => Some(valeur <= but),
        }
    }
}

/// Où les chiffres s'écrivent, et ce qui les accompagne.
pub(crate) struct Rapport {
    machine: Machine,
    pour_une_machine: bool,
}

#[derive(Serialize)]
struct Objet<'a> {
    banc: &'static str,
    mesure: &'a str,
    valeur: u64,
    unite: &'static str,
    but: Option<String>,
    atteint: Option<bool>,
    moteur: &'static str,
    machine: &'a Machine,
    charge: String,
    version: &'static str,
}

impl Rapport {
    pub(crate) fn ouvrir(pour_une_machine: bool) -> Self {
        let rapport = Self { machine: Machine::celle_ci(), pour_une_machine };
        if !pour_une_machine {
            sortie::ligne(&format!(
                "Seuil {}, {} cœurs, {} Mo de mémoire, {}, charge {}, base SQLite embarquée",
                env!("CARGO_PKG_VERSION"),
                rapport.machine.coeurs,
                rapport.machine.memoire_mo,
                rapport.machine.systeme,
                charge(),
            ));
        }
        rapport
    }

    /// Un titre, pour une personne seulement.
    pub(crate) fn titre(&self, texte: &str) {
        if !self.pour_une_machine {
            sortie::ligne(&format!("\n{texte}"));
        }
    }

    pub(crate) fn note(
        &self,
        banc: &'static str,
        mesure: &str,
        valeur: u64,
        unite: &'static str,
        but: But,
    ) {
        let atteint = but.atteint(valeur);
        let but = match but {
            But::Aucun => None,
            But::AuMoins(but) => Some(format!("≥ {but}")),
            But::AuPlus(but) => Some(format!("≤ {but}")),
        };
        if self.pour_une_machine {
            let objet = Objet {
                banc,
                mesure,
                valeur,
                unite,
                but,
                atteint,
                moteur: "sqlite",
                machine: &self.machine,
                charge: charge(),
                version: env!("CARGO_PKG_VERSION"),
            };
            // Ces champs s'écrivent toujours en JSON.
            sortie::json(&objet).ok();
            return;
        }
        let verdict = match (but, atteint) {
            (Some(but), Some(true)) => format!("  but {but} : atteint"),
            (Some(but), _) => format!("  but {but} : MANQUÉ"),
            (None, _) => String::new(),
        };
        sortie::ligne(&format!("  {mesure:<58} {valeur:>10} {unite}{verdict}"));
    }
}

pub(crate) fn micros(duree: Duration) -> u64 {
    u64::try_from(duree.as_micros()).unwrap_or(u64::MAX)
}

pub(crate) fn millis(duree: Duration) -> u64 {
    u64::try_from(duree.as_millis()).unwrap_or(u64::MAX)
}

/// Combien par seconde.
pub(crate) fn par_seconde(nombre: u64, duree: Duration) -> u64 {
    nombre.saturating_mul(1_000_000) / micros(duree).max(1)
}

/// Combien pour cent.
pub(crate) fn pour_cent(part: u64, entier: u64) -> u64 {
    part.saturating_mul(100) / entier.max(1)
}

/// La valeur que tant de millièmes des mesures ne dépassent pas : la plus petite de celles qui y suffisent.
pub(crate) fn centile(mesures: &mut [u64], milliemes: usize) -> u64 {
    mesures.sort_unstable();
    let rang = (mesures.len() * milliemes).div_ceil(1_000).max(1);
    mesures.get(rang - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{But, centile, par_seconde, pour_cent};

    #[test]
    fn un_centile_est_une_des_mesures() {
        let mut mesures: Vec<u64> = (1..=200).rev().collect();
        assert_eq!(centile(&mut mesures, 500), 100);
        assert_eq!(centile(&mut mesures, 990), 198);
        assert_eq!(centile(&mut mesures, 1_000), 200);
        assert_eq!(centile(&mut [7], 500), 7);
        assert_eq!(centile(&mut [], 500), 0);
    }

    #[test]
    fn un_debit_et_un_rapport_ne_divisent_jamais_par_zero() {
        assert_eq!(par_seconde(10_000, Duration::from_millis(2_500)), 4_000);
        assert_eq!(par_seconde(3, Duration::ZERO), 3_000_000);
        assert_eq!(pour_cent(1, 4), 25);
        assert_eq!(pour_cent(1, 0), 100);
    }

    #[test]
    fn un_but_se_lit_bord_compris() {
        assert_eq!(But::AuMoins(5_000).atteint(5_000), Some(true));
        assert_eq!(But::AuMoins(5_000).atteint(4_999), Some(false));
        assert_eq!(But::AuPlus(30).atteint(30), Some(true));
        assert_eq!(But::AuPlus(30).atteint(31), Some(false));
        assert_eq!(But::Aucun.atteint(1), None);
    }
}
