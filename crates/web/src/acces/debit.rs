//! Combien de demandes chacun peut faire : un seau par demandeur, qui se remplit avec le temps.
//!
//! En mémoire : chaque serveur compte les siennes. Une limite sert à ce qu'un programme emballé n'arrête
//! pas les autres, non à les compter au demandeur près.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// Au-delà, les seaux pleins s'oublient : un seau plein est un seau neuf.
const SEAUX_AU_PLUS: usize = 10_000;

/// Les seaux.
#[derive(Debug)]
pub struct Debit {
    par_minute: u32,
    seaux: Mutex<BTreeMap<String, Seau>>,
}

/// Ce qui reste à un demandeur, en millièmes de demande, à cet instant.
#[derive(Clone, Copy, Debug)]
struct Seau {
    reste: i64,
    le: Timestamp,
}

/// Où en est un demandeur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// La demande passe.
    pub passe: bool,
    /// Les demandes d'une minute.
    pub limite: u32,
    /// Celles qui restent tout de suite.
    pub reste: i64,
    /// Dans combien de secondes le seau sera plein ; refusée, dans combien une demande passera.
    pub secondes: i64,
}

impl Debit {
    #[must_use]
    pub fn par_minute(par_minute: u32) -> Self {
        Self { par_minute: par_minute.max(1), seaux: Mutex::default() }
    }

    /// Les demandes d'une minute.
    #[must_use]
    pub fn limite(&self) -> u32 {
        self.par_minute
    }

    /// Prend une demande au seau de ce demandeur.
    pub fn prendre(&self, qui: &str, maintenant: Timestamp) -> Passage {
        let plein = i64::from(self.par_minute) * 1000;
        let mut seaux = self.seaux.lock().unwrap_or_else(PoisonError::into_inner);
        if seaux.len() > SEAUX_AU_PLUS {
            seaux.retain(|_, seau| self.rempli(*seau, maintenant) < plein);
        }
        let avant = seaux.get(qui).map_or(plein, |seau| self.rempli(*seau, maintenant));
        let passe = avant >= 1000;
        let reste = if passe { avant - 1000 } else { avant };
        seaux.insert(qui.to_owned(), Seau { reste, le: maintenant });
        let manque = if passe { plein - reste } else { 1000 - reste };
        // Le seau gagne « par_minute » demandes, donc mille fois plus de millièmes, en soixante secondes.
        let par_minute = i64::from(self.par_minute) * 1000;
        let secondes = (manque * 60 + par_minute - 1) / par_minute;
        Passage { passe, limite: self.par_minute, reste: reste / 1000, secondes }
    }

    fn rempli(&self, seau: Seau, maintenant: Timestamp) -> i64 {
        let ecoule = i64::try_from(maintenant.duration_since(seau.le).as_millis());
        let gagne = ecoule.unwrap_or_default().clamp(0, 60_000) * i64::from(self.par_minute) / 60;
        (seau.reste + gagne).min(i64::from(self.par_minute) * 1000)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn a(secondes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(secondes)
    }

    #[test]
    fn un_seau_vide_se_remplit_avec_le_temps_et_chacun_a_le_sien() {
        let debit = Debit::par_minute(60);
        for n in 1..=60 {
            let passage = debit.prendre("a", a(0));
            assert!(passage.passe, "{n}");
            assert_eq!(passage.reste, 60 - n);
        }
        let refusee = debit.prendre("a", a(0));
        assert_eq!((refusee.passe, refusee.reste, refusee.secondes), (false, 0, 1));
        assert!(debit.prendre("b", a(0)).passe, "un autre n'attend pas");
        assert!(debit.prendre("a", a(1)).passe, "une seconde en rend une");
        assert!(!debit.prendre("a", a(1)).passe);
        assert_eq!(debit.prendre("a", a(3600)).reste, 59, "le seau ne déborde pas");
    }

    #[test]
    fn une_horloge_qui_recule_ne_remplit_rien() {
        let debit = Debit::par_minute(1);
        assert!(debit.prendre("a", a(100)).passe);
        assert!(!debit.prendre("a", a(0)).passe);
    }
}
