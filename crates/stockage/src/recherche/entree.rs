//! Par quel groupe une sonde entre dans l'index, et comment elle y compare les autres.

use super::{Groupe, Sonde};

/// Les entrées d'index qu'un terme trop répandu laisse parcourir.
pub(super) const PARCOURS: i64 = 10_000;

/// Les entrées d'un autre groupe qu'on relève en une fois, plutôt que de les chercher une à une.
pub(super) const RELEVE: i64 = 40_000;

/// Chercher une entrée coûte autant qu'en relever vingt.
const CHERCHER: i64 = 20;

/// Les entrées qu'on cherche une à une dans un groupe trop répandu pour être relevé.
const UNE_A_UNE: i64 = 1_000;

/// Ce qu'une question sait déjà de la taille de ses groupes : ses sondes redemandent souvent les mêmes.
#[derive(Debug, Default)]
pub struct Tailles(Vec<Taille>);

#[derive(Debug)]
struct Taille {
    groupe: Groupe,
    communes: Vec<String>,
    jusqu_a: i64,
    n: i64,
}

impl Tailles {
    pub(super) fn connue(&self, groupe: &Groupe, communes: &[String], jusqu_a: i64) -> Option<i64> {
        let sienne = |t: &&Taille| t.groupe == *groupe && t.communes == communes;
        let connue =
            self.0.iter().filter(sienne).find(|t| t.n <= t.jusqu_a || jusqu_a <= t.jusqu_a)?;
        Some(connue.n.min(jusqu_a + 1))
    }

    pub(super) fn noter(&mut self, groupe: &Groupe, communes: &[String], jusqu_a: i64, n: i64) {
        let (groupe, communes) = (groupe.clone(), communes.to_vec());
        self.0.push(Taille { groupe, communes, jusqu_a, n });
    }
}

/// Par où l'on entre dans l'index, et de quoi choisir comment comparer.
pub(super) struct Entree {
    /// Le groupe le moins répandu.
    pub(super) place: usize,
    /// Les entrées de chaque groupe, comptées jusqu'à [`RELEVE`].
    pub(super) tailles: Vec<i64>,
}

impl Entree {
    pub(super) fn par(tailles: Vec<i64>) -> Option<Self> {
        let moindre = (0..tailles.len()).min_by_key(|place| tailles[*place]);
        moindre.map(|place| Self { place, tailles })
    }

    /// Celle d'un groupe sans autre.
    pub(super) fn seule(taille: i64) -> Self {
        Self { place: 0, tailles: vec![taille] }
    }

    pub(super) fn ajouter(&mut self, taille: i64) {
        if taille < self.taille() {
            self.place = self.tailles.len();
        }
        self.tailles.push(taille);
    }

    pub(super) fn taille(&self) -> i64 {
        self.tailles[self.place]
    }

    pub(super) fn est_releve(&self, groupe: usize) -> bool {
        let (autre, sien) = (self.tailles[groupe], self.taille());
        // Peu d'entrées se cherchent toutes ; au-delà, seul un groupe relevé les compare toutes.
        autre <= RELEVE && (sien > UNE_A_UNE || autre <= CHERCHER * sien)
    }

    /// Les entrées parcourues : moins quand chacune se cherche dans un groupe très répandu.
    pub(super) fn parcours(&self, sonde: &Sonde) -> i64 {
        let une_a_une = sonde.groupes.iter().enumerate().any(|(autre, groupe)| {
            autre != self.place && groupe.se_compare() && !self.est_releve(autre)
        });
        if une_a_une { UNE_A_UNE } else { PARCOURS }
    }
}
