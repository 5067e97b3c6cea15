//! Les mots de passe qui viennent d'être vérifiés, le temps de quelques minutes, en mémoire.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::secret::Secret;

/// Un mot de passe changé n'est plus reconnu aussitôt : la clé tient au haché gardé. Ce temps borne
/// seulement ce qui reste en mémoire.
const GARDE: SignedDuration = SignedDuration::from_mins(5);
/// Autant de programmes qui se nomment en même temps.
const AU_PLUS: usize = 1_000;

/// Ce qui vient d'être vérifié. Ni mot de passe ni haché n'y sont lisibles.
#[derive(Debug, Default)]
pub struct Reconnus(Mutex<BTreeMap<[u8; 32], Timestamp>>);

impl Reconnus {
    pub(super) fn connait(&self, hache: &str, secret: &Secret, maintenant: Timestamp) -> bool {
        let vus = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        vus.get(&cle(hache, secret)).is_some_and(|jusqu_a| maintenant < *jusqu_a)
    }

    pub(super) fn retenir(&self, hache: &str, secret: &Secret, maintenant: Timestamp) {
        let mut vus = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        vus.retain(|_, jusqu_a| maintenant < *jusqu_a);
        if vus.len() < AU_PLUS {
            vus.insert(cle(hache, secret), maintenant + GARDE);
        }
    }
}

fn cle(hache: &str, secret: &Secret) -> [u8; 32] {
    Sha256::digest(format!("{hache}\0{}", secret.en_clair())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_mot_de_passe_verifie_se_reconnait_cinq_minutes_et_pas_un_autre() {
        let reconnus = Reconnus::default();
        let (juste, faux) = (Secret::saisi("le bon"), Secret::saisi("un autre"));
        let quand: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
        reconnus.retenir("haché", &juste, quand);
        for (hache, secret, minutes, attendu) in [
            ("haché", &juste, 0, true),
            ("haché", &juste, 4, true),
            ("haché", &juste, 5, false),
            ("haché", &faux, 0, false),
            ("haché depuis changé", &juste, 0, false),
        ] {
            let vu = reconnus.connait(hache, secret, quand + SignedDuration::from_mins(minutes));
            assert_eq!(vu, attendu, "{hache}, {minutes} min");
        }
    }

    #[test]
    fn la_memoire_est_bornee() {
        let reconnus = Reconnus::default();
        let quand: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
        for n in 0..=AU_PLUS {
            reconnus.retenir(&n.to_string(), &Secret::saisi("x"), quand);
        }
        assert!(!reconnus.connait(&AU_PLUS.to_string(), &Secret::saisi("x"), quand));
        let plus_tard = quand + GARDE;
        reconnus.retenir("neuf", &Secret::saisi("x"), plus_tard);
        assert!(reconnus.connait("neuf", &Secret::saisi("x"), plus_tard));
    }
}
