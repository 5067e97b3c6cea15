//! La période d'un calendrier : ses jours, son nom, celle d'avant et celle d'après.

use droit::jour::Jour;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::mots;

/// Comment le calendrier se regarde.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vue {
    Mois,
    Semaine,
    Jour,
}

impl Vue {
    pub(super) const TOUTES: [Self; 3] = [Self::Mois, Self::Semaine, Self::Jour];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Mois => "mois",
            Self::Semaine => "semaine",
            Self::Jour => "jour",
        }
    }

    pub(super) fn libelle(self) -> &'static str {
        match self {
            Self::Mois => "Mois",
            Self::Semaine => "Semaine",
            Self::Jour => "Jour",
        }
    }

    pub(super) fn de_code(code: &str) -> Self {
        Self::TOUTES.into_iter().find(|vue| vue.code() == code).unwrap_or(Self::Mois)
    }
}

/// Une vue, autour d'un jour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Periode {
    pub(super) vue: Vue,
    pub(super) le: Date,
}

impl Periode {
    /// Le premier et le dernier jour montrés : un mois commence un lundi et finit un dimanche.
    pub(super) fn bornes(self) -> (Date, Date) {
        match self.vue {
            Vue::Mois => (lundi(self.le.first_of_month()), dimanche(self.le.last_of_month())),
            Vue::Semaine => (lundi(self.le), dimanche(self.le)),
            Vue::Jour => (self.le, self.le),
        }
    }

    /// Les jours montrés, par semaines.
    pub(super) fn semaines(self) -> Vec<Vec<Date>> {
        let (du, au) = self.bornes();
        let jours: Vec<Date> = du.series(1.day()).take_while(|jour| *jour <= au).collect();
        jours.chunks(7).map(<[Date]>::to_vec).collect()
    }

    /// Le jour est de cette période, et non du bord d'un mois voisin.
    pub(super) fn contient(self, jour: Date) -> bool {
        self.vue != Vue::Mois || (jour.year(), jour.month()) == (self.le.year(), self.le.month())
    }

    pub(super) fn titre(self) -> String {
        let dit = Jour(self.le).to_string();
        match self.vue {
            Vue::Mois => {
                let (_, mois) = dit.split_once(' ').unwrap_or(("", &dit));
                mots::capitale(mois)
            }
            Vue::Semaine => {
                let (du, au) = self.bornes();
                format!("Semaine du {} au {}", Jour(du), Jour(au))
            }
            Vue::Jour => mots::capitale(&format!("{} {dit}", Jour(self.le).de_la_semaine())),
        }
    }

    pub(super) fn precedente(self) -> Self {
        let le = match self.vue {
            Vue::Mois => self.le.first_of_month().saturating_sub(1.month()),
            Vue::Semaine => self.le.saturating_sub(7.days()),
            Vue::Jour => self.le.saturating_sub(1.day()),
        };
        Self { le, ..self }
    }

    pub(super) fn suivante(self) -> Self {
        let le = match self.vue {
            Vue::Mois => self.le.first_of_month().saturating_add(1.month()),
            Vue::Semaine => self.le.saturating_add(7.days()),
            Vue::Jour => self.le.saturating_add(1.day()),
        };
        Self { le, ..self }
    }

    /// « Mois précédent », « Semaine suivante ».
    pub(super) fn voisine(self, adjectifs: (&str, &str)) -> String {
        let adjectif = if self.vue == Vue::Semaine { adjectifs.1 } else { adjectifs.0 };
        format!("{} {adjectif}", self.vue.libelle())
    }
}

fn lundi(jour: Date) -> Date {
    jour.saturating_sub(i64::from(jour.weekday().to_monday_zero_offset()).days())
}

fn dimanche(jour: Date) -> Date {
    lundi(jour).saturating_add(6.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn un_mois_se_montre_par_semaines_entieres() {
        let novembre = Periode { vue: Vue::Mois, le: date(2026, 11, 21) };
        assert_eq!(novembre.bornes(), (date(2026, 10, 26), date(2026, 12, 6)));
        assert_eq!(novembre.semaines().len(), 6);
        assert!(novembre.semaines().iter().all(|semaine| semaine.len() == 7));
        assert_eq!(novembre.titre(), "Novembre 2026");
        assert!(!novembre.contient(date(2026, 12, 1)));
        let fevrier = Periode { vue: Vue::Mois, le: date(2027, 2, 1) };
        assert_eq!(fevrier.semaines().len(), 4, "février 2027 commence un lundi");
    }

    #[test]
    fn le_mois_suivant_d_un_31_est_le_mois_suivant() {
        let janvier = Periode { vue: Vue::Mois, le: date(2027, 1, 31) };
        assert_eq!(janvier.suivante().titre(), "Février 2027");
        assert_eq!(janvier.precedente().titre(), "Décembre 2026");
    }

    #[test]
    fn une_semaine_va_du_lundi_au_dimanche() {
        let semaine = Periode { vue: Vue::Semaine, le: date(2026, 11, 22) };
        assert_eq!(semaine.bornes(), (date(2026, 11, 16), date(2026, 11, 22)));
        assert_eq!(semaine.titre(), "Semaine du 16 novembre 2026 au 22 novembre 2026");
        assert_eq!(semaine.voisine(("suivant", "suivante")), "Semaine suivante");
    }
}
