//! L'échelle de la frise : une date devient une place, deux dates proches deux hauteurs.

use jiff::civil::Date;

/// Les deux bouts de la frise.
pub(super) struct Echelle {
    pub(super) debut: Date,
    pub(super) fin: Date,
}

/// La largeur d'une cible qu'un doigt atteint, sur la frise la plus étroite, en millièmes.
const ECART: i64 = 100;

impl Echelle {
    /// Rien à dessiner sans deux dates.
    pub(super) fn de(jours: impl Iterator<Item = Date> + Clone) -> Option<Self> {
        let (debut, fin) = (jours.clone().min()?, jours.max()?);
        (debut < fin).then_some(Self { debut, fin })
    }

    /// Une place en millièmes de la largeur.
    pub(super) fn place(&self, jour: Date) -> i64 {
        self.jours(self.debut, jour) * 1_000 / self.jours(self.debut, self.fin).max(1)
    }

    /// Une largeur en millièmes ; une période d'un jour se voit encore.
    pub(super) fn largeur(&self, du: Date, au: Date) -> i64 {
        (self.jours(du, au) * 1_000 / self.jours(self.debut, self.fin).max(1)).max(10)
    }

    fn jours(&self, du: Date, au: Date) -> i64 {
        let borne = |jour: Date| jour.clamp(self.debut, self.fin);
        borne(du).until(borne(au)).map_or(0, |duree| i64::from(duree.get_days()))
    }
}

/// « 42.5% ».
pub(super) fn pour_cent(milliemes: i64) -> String {
    format!("{}.{}%", milliemes / 10, milliemes % 10)
}

/// La hauteur de chaque point, dans l'ordre des places : deux points trop proches ne se couvrent pas.
pub(super) fn hauteurs(places: &[i64]) -> Vec<usize> {
    ranger(places.iter().map(|place| (*place, *place + ECART)))
}

/// La hauteur de chaque intervalle (début, fin) : la première où il n'en touche aucun autre.
pub(super) fn ranger(intervalles: impl Iterator<Item = (i64, i64)>) -> Vec<usize> {
    let mut fins: Vec<i64> = Vec::new();
    intervalles
        .map(|(debut, fin)| {
            let libre = fins.iter().position(|occupee| *occupee <= debut);
            let hauteur = libre.unwrap_or_else(|| {
                fins.push(0);
                fins.len() - 1
            });
            fins[hauteur] = fin;
            hauteur
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn deux_points_proches_prennent_deux_hauteurs_et_un_lointain_redescend() {
        assert_eq!(hauteurs(&[0, 10, 99, 100, 500]), [0, 1, 2, 0, 0]);
    }

    #[test]
    fn des_suspensions_qui_se_chevauchent_s_empilent() {
        let periodes = [(0, 400), (100, 200), (200, 300), (400, 500)];
        assert_eq!(ranger(periodes.into_iter()), [0, 1, 1, 0]);
    }

    #[test]
    fn l_echelle_va_du_premier_au_dernier_jour() {
        let jours = [date(2026, 1, 1), date(2026, 1, 11)];
        let echelle = Echelle::de(jours.into_iter()).unwrap();
        assert_eq!(pour_cent(echelle.place(date(2026, 1, 6))), "50.0%");
        assert_eq!(echelle.place(date(2027, 1, 1)), 1_000);
        assert_eq!(echelle.largeur(date(2026, 1, 1), date(2026, 1, 1)), 10);
        assert!(Echelle::de([date(2026, 1, 1)].into_iter()).is_none());
    }
}
