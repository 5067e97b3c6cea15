//! Compter : à partir d'un acte, ou à rebours depuis une audience.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use crate::calendrier::{Calendrier, lendemain};

/// La longueur d'un délai, telle que le texte l'écrit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delai {
    /// Des jours, tous comptés.
    Jours(u16),
    /// Des jours travaillés : du lundi au vendredi, hors fêtes légales.
    JoursOuvres(u16),
    /// Des semaines de sept jours.
    Semaines(u16),
    /// Des mois, de quantième à quantième.
    Mois(u16),
    /// Des années, de quantième à quantième.
    Annees(u16),
    /// Des mois, puis des jours (CPC, art. 641, al. 3).
    Mixte {
        /// Comptés d'abord.
        mois: u16,
        /// Comptés ensuite.
        jours: u16,
    },
}

/// Que devient une échéance qui tombe un jour non ouvrable ? Dit par chaque règle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// Au premier jour ouvrable qui suit (CPC, art. 642, al. 2).
    JourOuvrable,
    /// Nulle part : le délai expire le jour dit.
    Aucun,
}

/// La fin d'un délai. Les deux lectures sont données, la règle en retient une.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echeance {
    /// Dernier jour du délai, sans report.
    pub brute: Date,
    /// Dernier jour du délai, reporté au premier jour ouvrable.
    pub prorogee: Date,
    /// Dernier jour utile : le délai expire ce jour-là à 24 heures.
    pub retenue: Date,
    /// Premier jour où la suite est possible.
    pub premier_jour_possible: Date,
}

impl Echeance {
    /// Une fin de délai connue, à laquelle on applique ou non le report.
    pub fn nouvelle(brute: Date, report: Report, calendrier: &impl Calendrier) -> Self {
        let prorogee = calendrier.ouvrable_a_partir_de(brute);
        let retenue = match report {
            Report::JourOuvrable => prorogee,
            Report::Aucun => brute,
        };
        Self { brute, prorogee, retenue, premier_jour_possible: lendemain(retenue) }
    }
}

/// Comment finit un délai compté à rebours (« au moins quinze jours avant l'audience »).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rebours {
    /// Il finit à 0 heure de son dernier jour : l'acte doit être de la veille au plus tard.
    Strict,
    /// Son dernier jour est encore utile.
    Inclus,
}

impl Delai {
    /// Dernier jour d'un délai qui court à compter d'un acte, sans report.
    ///
    /// - Le jour de l'acte ne compte pas (CPC, art. 641, al. 1).
    /// - En mois ou en années, le délai expire au même quantième ou, à défaut, le dernier jour du
    ///   mois (art. 641, al. 2). Acte du 31 janvier 2024, un mois : 29 février.
    /// - Le calendrier ne sert qu'aux jours ouvrés.
    ///
    /// Au-delà de l'an 9999, rend le dernier jour représentable.
    pub fn terme(self, acte: Date, calendrier: &impl Calendrier) -> Date {
        match self {
            Self::JoursOuvres(nombre) => jours_ouvres(acte, nombre, calendrier, lendemain),
            Self::Jours(_)
            | Self::Semaines(_)
            | Self::Mois(_)
            | Self::Annees(_)
            | Self::Mixte { .. } => acte.saturating_add(self.duree()),
        }
    }

    /// Échéance d'un délai qui court à compter d'un acte : voir [`Delai::terme`].
    ///
    /// Ne traite ni les délais à rebours ([`Delai::dernier_jour_utile`]), ni l'augmentation à
    /// raison de la distance ([`Delai::augmente`]).
    ///
    /// ```
    /// use droit::calendrier::Territoire;
    /// use droit::delai::{Delai, Report};
    /// use jiff::civil::date;
    ///
    /// let fin = Delai::Semaines(6).echeance(
    ///     date(2026, 3, 20),
    ///     Report::JourOuvrable,
    ///     &Territoire::Metropole,
    /// );
    /// assert_eq!(fin.brute, date(2026, 5, 1)); // fête du travail
    /// assert_eq!(fin.retenue, date(2026, 5, 4)); // lundi
    /// ```
    pub fn echeance(self, acte: Date, report: Report, calendrier: &impl Calendrier) -> Echeance {
        Echeance::nouvelle(self.terme(acte, calendrier), report, calendrier)
    }

    /// Dernier jour où un acte est fait à temps avant une audience.
    ///
    /// L'audience ne compte pas ; le premier jour compté est la veille ; l'article 642 ne joue
    /// jamais (Cass. 3e civ., avis du 6 novembre 2025, n° 25-70.018). Le sort du dernier jour
    /// dépend de `rebours`. En mois, on remonte au même quantième ou, à défaut, au dernier jour
    /// du mois.
    ///
    /// ```
    /// use droit::calendrier::Territoire;
    /// use droit::delai::{Delai, Rebours};
    /// use jiff::civil::date;
    ///
    /// let audience = date(2025, 5, 12);
    /// let limite =
    ///     Delai::Semaines(6).dernier_jour_utile(audience, Rebours::Strict, &Territoire::Metropole);
    /// assert_eq!(limite, date(2025, 3, 30)); // un dimanche, sans report
    /// ```
    pub fn dernier_jour_utile(
        self,
        audience: Date,
        rebours: Rebours,
        calendrier: &impl Calendrier,
    ) -> Date {
        let dernier_compte = match self {
            Self::JoursOuvres(nombre) => jours_ouvres(audience, nombre, calendrier, veille),
            Self::Jours(_)
            | Self::Semaines(_)
            | Self::Mois(_)
            | Self::Annees(_)
            | Self::Mixte { .. } => audience.saturating_sub(self.duree()),
        };
        match (rebours, self) {
            (Rebours::Inclus, _) => dernier_compte,
            (Rebours::Strict, Self::JoursOuvres(_)) => {
                jours_ouvres(dernier_compte, 1, calendrier, veille)
            }
            (Rebours::Strict, _) => veille(dernier_compte),
        }
    }

    /// Première audience pour laquelle un acte de ce jour est fait à temps.
    ///
    /// Le jour rendu peut être un samedi ou une fête : c'est à l'appelant de chercher un jour
    /// d'audience.
    pub fn premiere_audience(
        self,
        acte: Date,
        rebours: Rebours,
        calendrier: &impl Calendrier,
    ) -> Date {
        let a_temps = |audience| self.dernier_jour_utile(audience, rebours, calendrier) >= acte;
        let mut audience = self.terme(acte, calendrier);
        while a_temps(veille(audience)) && audience > Date::MIN {
            audience = veille(audience);
        }
        while !a_temps(audience) && audience < Date::MAX {
            audience = lendemain(audience);
        }
        audience
    }

    /// Le délai augmenté de mois, à raison de la distance (CPC, art. 643 et 644).
    ///
    /// Un délai en jours ouvrés n'est jamais augmenté : il est rendu tel quel.
    pub const fn augmente(self, de_mois: u16) -> Self {
        if de_mois == 0 {
            return self;
        }
        match self {
            Self::Jours(jours) => Self::Mixte { mois: de_mois, jours },
            Self::Semaines(semaines) => {
                Self::Mixte { mois: de_mois, jours: semaines.saturating_mul(7) }
            }
            Self::Mois(mois) => Self::Mois(mois.saturating_add(de_mois)),
            Self::Annees(annees) => Self::Mois(annees.saturating_mul(12).saturating_add(de_mois)),
            Self::Mixte { mois, jours } => {
                Self::Mixte { mois: mois.saturating_add(de_mois), jours }
            }
            Self::JoursOuvres(_) => self,
        }
    }

    fn duree(self) -> Span {
        match self {
            Self::Jours(jours) | Self::JoursOuvres(jours) => i64::from(jours).days(),
            Self::Semaines(semaines) => (7 * i64::from(semaines)).days(),
            Self::Mois(mois) => i64::from(mois).months(),
            // Un nombre de mois, parce que 9999 ans est le plus long que la bibliothèque accepte.
            Self::Annees(annees) => (12 * i64::from(annees.min(9_998))).months(),
            Self::Mixte { mois, jours } => i64::from(mois).months().days(i64::from(jours)),
        }
    }
}

/// La veille d'un jour.
pub fn veille(jour: Date) -> Date {
    jour.saturating_sub(1.day())
}

fn jours_ouvres(
    depart: Date,
    nombre: u16,
    calendrier: &impl Calendrier,
    suivant: impl Fn(Date) -> Date,
) -> Date {
    let mut jour = depart;
    let mut restants = nombre;
    while restants > 0 && jour != suivant(jour) {
        jour = suivant(jour);
        if calendrier.jour_ouvre(jour) {
            restants -= 1;
        }
    }
    jour
}

impl fmt::Display for Delai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pluriel = |nombre: u16| if nombre > 1 { "s" } else { "" };
        match *self {
            Self::Jours(n) => write!(f, "{n} jour{}", pluriel(n)),
            Self::JoursOuvres(n) => write!(f, "{n} jour{0} ouvré{0}", pluriel(n)),
            Self::Semaines(n) => write!(f, "{n} semaine{}", pluriel(n)),
            Self::Mois(n) => write!(f, "{n} mois"),
            Self::Annees(n) => write!(f, "{n} an{}", pluriel(n)),
            Self::Mixte { mois, jours } => {
                write!(f, "{mois} mois et {jours} jour{}", pluriel(jours))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendrier::Territoire::Metropole;

    #[test]
    fn echeances_des_articles_641_et_642() {
        use Delai::{Annees, Jours, JoursOuvres, Mixte, Mois, Semaines};

        #[rustfmt::skip]
        let cas = [
            // libellé                             acte                délai                       brute              retenue            article
            ("le jour de l'acte ne compte pas",    date(2026, 3, 2),   Jours(10),                  date(2026, 3, 12), date(2026, 3, 12), "641 al. 1"),
            ("six semaines",                       date(2026, 3, 2),   Semaines(6),                date(2026, 4, 13), date(2026, 4, 13), "641 al. 1"),
            ("même quantième",                     date(2026, 1, 13),  Mois(2),                    date(2026, 3, 13), date(2026, 3, 13), "641 al. 2"),
            ("pas de 31 : dernier jour du mois",   date(2024, 1, 31),  Mois(1),                    date(2024, 2, 29), date(2024, 2, 29), "641 al. 2"),
            ("pas de 29 février",                  date(2024, 2, 29),  Annees(2),                  date(2026, 2, 28), date(2026, 3, 2),  "641 al. 2"),
            ("les mois d'abord, puis les jours",   date(2026, 1, 31),  Mixte { mois: 1, jours: 2 }, date(2026, 3, 2), date(2026, 3, 2),  "641 al. 3"),
            ("samedi : lundi",                     date(2026, 3, 4),   Jours(10),                  date(2026, 3, 14), date(2026, 3, 16), "642 al. 2"),
            ("1er mai férié, puis fin de semaine", date(2026, 3, 20),  Semaines(6),                date(2026, 5, 1),  date(2026, 5, 4),  "642 al. 2"),
            ("lundi de Pentecôte",                 date(2026, 3, 25),  Mois(2),                    date(2026, 5, 25), date(2026, 5, 26), "642 al. 2"),
            ("jours ouvrés, 11 novembre sauté",    date(2026, 10, 30), JoursOuvres(15),            date(2026, 11, 23), date(2026, 11, 23), "—"),
        ];
        for (libelle, acte, delai, brute, retenue, article) in cas {
            let calculee = delai.echeance(acte, Report::JourOuvrable, &Metropole);
            assert_eq!(
                (calculee.brute, calculee.prorogee, calculee.retenue),
                (brute, retenue, retenue),
                "{libelle} (CPC, art. {article})"
            );
            let sans_report = delai.echeance(acte, Report::Aucun, &Metropole);
            assert_eq!((sans_report.brute, sans_report.retenue), (brute, brute), "{libelle}");
        }
    }

    #[test]
    fn un_delai_a_rebours_laisse_la_veille_de_son_dernier_jour() {
        use Delai::{Jours, JoursOuvres, Mois, Semaines};
        use Rebours::{Inclus, Strict};

        #[rustfmt::skip]
        let cas = [
            // audience            délai            lecture  dernier jour utile
            (date(2025, 5, 12),    Semaines(6),     Strict,  date(2025, 3, 30)),
            (date(2026, 12, 15),   Semaines(6),     Strict,  date(2026, 11, 2)),
            (date(2023, 4, 30),    Mois(2),         Strict,  date(2023, 2, 27)),
            (date(2026, 6, 30),    Jours(15),       Strict,  date(2026, 6, 14)),
            (date(2026, 11, 17),   JoursOuvres(5),  Inclus,  date(2026, 11, 9)),
            (date(2026, 11, 17),   JoursOuvres(5),  Strict,  date(2026, 11, 6)),
        ];
        for (audience, delai, rebours, limite) in cas {
            assert_eq!(delai.dernier_jour_utile(audience, rebours, &Metropole), limite, "{delai}");
            let premiere = delai.premiere_audience(limite, rebours, &Metropole);
            assert!(premiere <= audience, "{delai} depuis le {limite} : {premiere}");
            assert!(delai.dernier_jour_utile(premiere, rebours, &Metropole) >= limite);
        }
    }

    #[test]
    fn la_premiere_audience_n_est_jamais_plus_tard_qu_il_ne_faut() {
        // Trouvé par les essais au hasard : acte du vendredi, audience possible dès le samedi.
        let premiere =
            Delai::JoursOuvres(1).premiere_audience(date(1986, 4, 25), Rebours::Inclus, &Metropole);
        assert_eq!(premiere, date(1986, 4, 26));
    }

    #[test]
    fn la_distance_ajoute_des_mois() {
        assert_eq!(Delai::Mois(1).augmente(2), Delai::Mois(3));
        assert_eq!(Delai::Jours(15).augmente(1), Delai::Mixte { mois: 1, jours: 15 });
        assert_eq!(Delai::Semaines(6).augmente(0), Delai::Semaines(6));
    }

    #[test]
    fn aucun_delai_ne_sort_du_calendrier() {
        for delai in [
            Delai::Jours(u16::MAX),
            Delai::Semaines(u16::MAX),
            Delai::Mois(u16::MAX),
            Delai::Annees(u16::MAX),
            Delai::JoursOuvres(300),
            Delai::Mixte { mois: u16::MAX, jours: u16::MAX },
        ] {
            let fin = delai.echeance(date(9999, 6, 1), Report::JourOuvrable, &Metropole);
            assert!(fin.brute > date(9999, 6, 1));
            let _ = delai.dernier_jour_utile(date(-9999, 6, 1), Rebours::Strict, &Metropole);
            let _ = delai.premiere_audience(date(9999, 12, 1), Rebours::Strict, &Metropole);
        }
    }

    #[test]
    fn un_delai_se_dit_en_francais() {
        assert_eq!(Delai::Semaines(6).to_string(), "6 semaines");
        assert_eq!(Delai::JoursOuvres(15).to_string(), "15 jours ouvrés");
        assert_eq!(Delai::Annees(1).to_string(), "1 an");
        assert_eq!(Delai::Mixte { mois: 1, jours: 15 }.to_string(), "1 mois et 15 jours");
    }
}
