//! Les jours : fins de semaine, fêtes légales de chaque territoire, Pâques.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

use crate::reponse::Reponse;

/// Jours où un délai ne peut pas expirer, un acte ne peut pas être délivré.
pub trait Calendrier {
    /// Le nom de la fête légale qui tombe ce jour-là.
    fn ferie(&self, jour: Date) -> Option<&'static str>;

    /// Samedi, dimanche, ou jour férié ou chômé (CPC, art. 642, al. 2).
    fn non_ouvrable(&self, jour: Date) -> bool {
        est_fin_de_semaine(jour) || self.ferie(jour).is_some()
    }

    /// Jour travaillé : du lundi au vendredi, hors fêtes légales.
    fn jour_ouvre(&self, jour: Date) -> bool {
        !self.non_ouvrable(jour)
    }

    /// Ce jour s'il est ouvrable, sinon le premier jour ouvrable qui suit (CPC, art. 642, al. 2).
    fn ouvrable_a_partir_de(&self, jour: Date) -> Date {
        let mut ouvrable = jour;
        while self.non_ouvrable(ouvrable) && ouvrable < Date::MAX {
            ouvrable = lendemain(ouvrable);
        }
        ouvrable
    }
}

/// Le jour d'après.
pub fn lendemain(jour: Date) -> Date {
    jour.saturating_add(1.day())
}

fn est_fin_de_semaine(jour: Date) -> bool {
    matches!(jour.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Où l'acte se fait : ce qui décide des fêtes légales et des distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Territoire {
    /// La métropole, hors Alsace et Moselle.
    Metropole,
    /// Moselle, Bas-Rhin et Haut-Rhin.
    AlsaceMoselle {
        /// La commune a un temple protestant ou une église mixte : le vendredi saint y est férié.
        temple: Reponse,
    },
    /// La Guadeloupe.
    Guadeloupe,
    /// La Martinique.
    Martinique,
    /// La Guyane.
    Guyane,
    /// La Réunion.
    Reunion,
    /// Mayotte.
    Mayotte,
    /// Saint-Barthélemy.
    SaintBarthelemy,
    /// Saint-Martin.
    SaintMartin {
        /// Le jour qui y commémore l'abolition de l'esclavage.
        abolition: AbolitionSaintMartin,
    },
    /// Saint-Pierre-et-Miquelon.
    SaintPierreEtMiquelon,
    /// La Polynésie française. Ses fêtes locales ne sont pas connues ici.
    Polynesie,
    /// Wallis-et-Futuna. Ses fêtes locales ne sont pas connues ici.
    WallisEtFutuna,
    /// La Nouvelle-Calédonie. Ses fêtes locales ne sont pas connues ici.
    NouvelleCaledonie,
    /// Les Terres australes et antarctiques françaises.
    TerresAustrales,
}

/// Question ouverte : l'article dit le 27 mai, l'usage suit le 28 depuis 2018 ou 2019.
///
/// Voir `docs/doutes.md`, doute n° 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AbolitionSaintMartin {
    /// Le 27 mai, comme l'écrit l'article.
    #[serde(rename = "27_mai")]
    Mai27,
    /// Le 28 mai, comme on le pratique.
    #[serde(rename = "28_mai")]
    Mai28,
}

impl Territoire {
    /// Le territoire d'une commune, d'après son code officiel géographique.
    ///
    /// Un code inconnu vaut la métropole. En Alsace et en Moselle, la présence d'un temple est
    /// inconnue tant que [`Territoire::avec_temple`] ne l'a pas dite.
    ///
    /// ```
    /// use droit::calendrier::Territoire;
    /// use droit::reponse::Reponse;
    ///
    /// assert_eq!(Territoire::de_commune("62041"), Territoire::Metropole);
    /// assert_eq!(Territoire::de_commune("97209"), Territoire::Martinique);
    /// assert_eq!(
    ///     Territoire::de_commune("67482"),
    ///     Territoire::AlsaceMoselle { temple: Reponse::Inconnue }
    /// );
    /// ```
    pub fn de_commune(code_insee: &str) -> Self {
        let saint_martin = Self::SaintMartin { abolition: AbolitionSaintMartin::Mai27 };
        // Avant leur érection en collectivités, en 2007, elles étaient communes de la Guadeloupe.
        match code_insee {
            "97123" => return Self::SaintBarthelemy,
            "97127" => return saint_martin,
            _ => {}
        }
        match code_insee.get(..3) {
            Some("971") => Self::Guadeloupe,
            Some("972") => Self::Martinique,
            Some("973") => Self::Guyane,
            Some("974") => Self::Reunion,
            Some("975") => Self::SaintPierreEtMiquelon,
            Some("976") => Self::Mayotte,
            Some("977") => Self::SaintBarthelemy,
            Some("978") => saint_martin,
            Some("984") => Self::TerresAustrales,
            Some("986") => Self::WallisEtFutuna,
            Some("987") => Self::Polynesie,
            Some("988") => Self::NouvelleCaledonie,
            _ => match code_insee.get(..2) {
                Some("57" | "67" | "68") => Self::AlsaceMoselle { temple: Reponse::Inconnue },
                _ => Self::Metropole,
            },
        }
    }

    /// Le même territoire, sachant si la commune a un temple. Sans effet hors d'Alsace-Moselle.
    pub fn avec_temple(self, temple: Reponse) -> Self {
        if matches!(self, Self::AlsaceMoselle { .. }) {
            return Self::AlsaceMoselle { temple };
        }
        self
    }

    /// Le même territoire, avec une lecture de la fête de Saint-Martin. Sans effet ailleurs.
    pub fn avec_abolition(self, abolition: AbolitionSaintMartin) -> Self {
        if matches!(self, Self::SaintMartin { .. }) {
            return Self::SaintMartin { abolition };
        }
        self
    }

    /// Le territoire est hors de la métropole (Alsace et Moselle en font partie).
    pub const fn est_outre_mer(self) -> bool {
        !matches!(self, Self::Metropole | Self::AlsaceMoselle { .. })
    }

    /// Ce jour est peut-être férié, mais on ne sait pas tout de la commune : le nom de la fête.
    ///
    /// [`Calendrier::ferie`] ne compte pas une telle fête ; l'appelant doit poser la question.
    pub fn ferie_incertain(self, jour: Date) -> Option<&'static str> {
        let temple_inconnu = self == Self::AlsaceMoselle { temple: Reponse::Inconnue };
        (temple_inconnu && est_vendredi_saint(jour)).then_some(VENDREDI_SAINT)
    }

    /// Les fêtes propres au territoire (C. trav., art. L. 3134-13 et L. 3422-2).
    fn ferie_local(self, jour: Date) -> Option<&'static str> {
        use AbolitionSaintMartin::{Mai27, Mai28};

        let abolition = match self {
            Self::AlsaceMoselle { temple } => {
                return match (jour.month(), jour.day()) {
                    (12, 26) => Some("lendemain de Noël"),
                    (3 | 4, _) if temple == Reponse::Oui && est_vendredi_saint(jour) => {
                        Some(VENDREDI_SAINT)
                    }
                    _ => None,
                };
            }
            Self::Mayotte => (4, 27),
            Self::Martinique => (5, 22),
            Self::Guadeloupe | Self::SaintMartin { abolition: Mai27 } => (5, 27),
            Self::SaintMartin { abolition: Mai28 } => (5, 28),
            Self::Guyane => (6, 10),
            Self::SaintBarthelemy => (10, 9),
            Self::Reunion => (12, 20),
            Self::Metropole
            | Self::SaintPierreEtMiquelon
            | Self::Polynesie
            | Self::WallisEtFutuna
            | Self::NouvelleCaledonie
            | Self::TerresAustrales => return None,
        };
        ((jour.month(), jour.day()) == abolition).then_some("abolition de l'esclavage")
    }
}

impl Calendrier for Territoire {
    /// Les onze fêtes légales (C. trav., art. L. 3133-1), puis celles du territoire.
    ///
    /// La liste est celle de l'étude, appliquée à toute année : les fêtes créées au XXe siècle
    /// (8 mai, abolition de l'esclavage) ne sont pas datées.
    fn ferie(&self, jour: Date) -> Option<&'static str> {
        ferie_national(jour).or_else(|| self.ferie_local(jour))
    }
}

const VENDREDI_SAINT: &str = "vendredi saint";

fn ferie_national(jour: Date) -> Option<&'static str> {
    match (jour.month(), jour.day()) {
        (1, 1) => Some("jour de l'an"),
        (5, 1) => Some("fête du travail"),
        (5, 8) => Some("victoire de 1945"),
        (7, 14) => Some("fête nationale"),
        (8, 15) => Some("Assomption"),
        (11, 1) => Some("Toussaint"),
        (11, 11) => Some("armistice de 1918"),
        (12, 25) => Some("Noël"),
        (3..=6, _) => fete_mobile(jour),
        _ => None,
    }
}

fn fete_mobile(jour: Date) -> Option<&'static str> {
    match jours_depuis_paques(jour) {
        1 => Some("lundi de Pâques"),
        39 => Some("Ascension"),
        50 => Some("lundi de Pentecôte"),
        _ => None,
    }
}

fn est_vendredi_saint(jour: Date) -> bool {
    matches!(jour.month(), 3 | 4) && jours_depuis_paques(jour) == -2
}

fn jours_depuis_paques(jour: Date) -> i16 {
    jour.day_of_year() - paques(jour.year()).day_of_year()
}

/// Le dimanche de Pâques d'une année, dans le calendrier grégorien (algorithme de Meeus et Butcher).
///
/// ```
/// use droit::calendrier::paques;
/// use jiff::civil::date;
///
/// assert_eq!(paques(2026), date(2026, 4, 5));
/// ```
pub fn paques(annee: i16) -> Date {
    let an = i32::from(annee);
    let a = an.rem_euclid(19);
    let (b, c) = (an.div_euclid(100), an.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    // Depuis le 22 mars, première date possible : l'addition évite un mois et un jour à valider.
    date(annee, 3, 22).saturating_add((h + l - 7 * m).days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paques_tombe_aux_dates_de_l_etude() {
        #[rustfmt::skip]
        let cas = [
            date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28),
            date(2028, 4, 16), date(2029, 4, 1), date(2030, 4, 21),
        ];
        for jour in cas {
            assert_eq!(paques(jour.year()), jour);
        }
    }

    #[test]
    fn paques_est_un_dimanche_entre_le_22_mars_et_le_25_avril() {
        for annee in 1583..=9999 {
            let jour = paques(annee);
            assert_eq!(jour.weekday(), Weekday::Sunday, "{annee}");
            assert!((date(annee, 3, 22)..=date(annee, 4, 25)).contains(&jour), "{annee}");
        }
    }

    #[test]
    fn la_metropole_a_onze_fetes_par_an() {
        for annee in [2023, 2024, 2026, 2027, 2030] {
            let fetes = date(annee, 1, 1)
                .series(1.day())
                .take_while(|jour| jour.year() == annee)
                .filter(|jour| Territoire::Metropole.ferie(*jour).is_some())
                .count();
            assert_eq!(fetes, 11, "{annee}");
        }
    }

    #[test]
    fn chaque_territoire_a_ses_fetes() {
        let saint_martin = Territoire::de_commune("97801");
        let strasbourg = Territoire::de_commune("67482");
        #[rustfmt::skip]
        let cas = [
            // territoire                                       jour               férié
            (Territoire::Metropole,                             date(2026, 4, 3),  false),
            (strasbourg,                                        date(2026, 4, 3),  false),
            (strasbourg.avec_temple(Reponse::Non),              date(2026, 4, 3),  false),
            (strasbourg.avec_temple(Reponse::Oui),              date(2026, 4, 3),  true),
            (strasbourg,                                        date(2026, 12, 26), true),
            (Territoire::Metropole,                             date(2026, 12, 26), false),
            (Territoire::de_commune("97608"),                   date(2026, 4, 27), true),
            (Territoire::de_commune("97209"),                   date(2026, 5, 22), true),
            (Territoire::de_commune("97105"),                   date(2026, 5, 27), true),
            (Territoire::de_commune("97302"),                   date(2026, 6, 10), true),
            (Territoire::de_commune("97411"),                   date(2026, 12, 20), true),
            (Territoire::de_commune("97701"),                   date(2026, 10, 9), true),
            (saint_martin,                                      date(2026, 5, 27), true),
            (saint_martin,                                      date(2026, 5, 28), false),
            (saint_martin.avec_abolition(AbolitionSaintMartin::Mai28), date(2026, 5, 28), true),
            (saint_martin.avec_abolition(AbolitionSaintMartin::Mai28), date(2026, 5, 27), false),
        ];
        for (territoire, jour, ferie) in cas {
            assert_eq!(territoire.ferie(jour).is_some(), ferie, "{territoire:?} {jour}");
        }
    }

    #[test]
    fn le_vendredi_saint_est_une_question_tant_que_le_temple_est_inconnu() {
        let colmar = Territoire::de_commune("68066");
        assert_eq!(colmar.ferie_incertain(date(2026, 4, 3)), Some("vendredi saint"));
        assert_eq!(colmar.avec_temple(Reponse::Non).ferie_incertain(date(2026, 4, 3)), None);
        assert_eq!(Territoire::Metropole.ferie_incertain(date(2026, 4, 3)), None);
    }
}
