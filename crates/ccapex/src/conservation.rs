//! La fin d'une conservation : deux avis datés, puis l'effacement. Jamais l'un sans l'autre.

use droit::calendrier::Territoire;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::profil::{Choix, Conservation};
use droit::delai::Delai;

/// Ce qui s'efface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sujet {
    /// L'identité d'un ménage dont le dossier est clos.
    Dossier,
    /// L'identité d'une notice qui n'a pas ouvert de dossier.
    Notice,
    /// Les octets d'un fichier reçu.
    Piece,
}

impl Sujet {
    /// Tous.
    pub const TOUS: [Self; 3] = [Self::Dossier, Self::Notice, Self::Piece];

    /// Le nom écrit, qui ne change jamais.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Notice => "notice",
            Self::Piece => "piece",
        }
    }

    /// Combien de temps le garder ; `issue` dit ce que le ménage est devenu.
    #[must_use]
    pub fn duree<'a>(self, issue: &str, durees: &'a Conservation) -> &'a Choix<Delai> {
        match self {
            Self::Dossier => durees.apres_l_issue(issue),
            Self::Notice => &durees.notice_sans_dossier,
            Self::Piece => &durees.piece,
        }
    }
}

/// Ce que le temps, ou une demande, fait faire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Geste {
    /// Le premier avis.
    PremierAvis,
    /// Le second.
    SecondAvis,
    /// L'effacement.
    Effacer,
}

impl Geste {
    /// Le nom écrit, qui ne change jamais.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PremierAvis => "premier_avis",
            Self::SecondAvis => "second_avis",
            Self::Effacer => "effacer",
        }
    }
}

/// Les avis déjà donnés pour cette échéance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preavis {
    /// Le jour du premier.
    pub premier: Option<Date>,
    /// Le jour du second.
    pub second: Option<Date>,
}

/// Le jour où une conservation finit.
#[must_use]
pub fn echeance(depuis: Date, duree: Delai) -> Date {
    duree.terme(depuis, &Territoire::Metropole)
}

/// Le premier jour où chaque geste peut se faire. Un avis en retard repousse ce qui le suit : le temps
/// laissé entre un avis et l'effacement ne se réduit pas.
#[must_use]
pub fn jour_du_prochain(echeance: Date, avis: Preavis, durees: &Conservation) -> (Geste, Date) {
    let (premier, second) = durees.jours_d_avis();
    match avis {
        Preavis { premier: None, .. } => {
            (Geste::PremierAvis, echeance.saturating_sub(premier.days()))
        }
        Preavis { premier: Some(donne), second: None } => {
            let apres_le_premier = donne.saturating_add((premier - second).days());
            (Geste::SecondAvis, apres_le_premier.max(echeance.saturating_sub(second.days())))
        }
        Preavis { second: Some(donne), .. } => {
            (Geste::Effacer, echeance.max(donne.saturating_add(second.days())))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::profil::Profil;

    #[test]
    fn deux_avis_precedent_toujours_l_effacement() {
        let durees = Profil::integre("62").unwrap().conservation;
        let le = date(2026, 6, 30);
        let donnes = |premier, second| Preavis { premier, second };
        for (avis, geste, jour) in [
            // À l'heure : soixante jours avant, quinze jours avant, le jour même.
            (donnes(None, None), Geste::PremierAvis, date(2026, 5, 1)),
            (donnes(Some(date(2026, 5, 1)), None), Geste::SecondAvis, date(2026, 6, 15)),
            (donnes(Some(date(2026, 5, 1)), Some(date(2026, 6, 15))), Geste::Effacer, le),
            // En retard d'un an : chaque avis laisse son temps.
            (donnes(Some(date(2027, 7, 1)), None), Geste::SecondAvis, date(2027, 8, 15)),
            (
                donnes(Some(date(2027, 7, 1)), Some(date(2027, 8, 15))),
                Geste::Effacer,
                date(2027, 8, 30),
            ),
        ] {
            assert_eq!(jour_du_prochain(le, avis, &durees), (geste, jour), "{avis:?}");
        }
    }

    #[test]
    fn la_duree_depend_de_ce_que_le_menage_est_devenu() {
        let durees = Profil::integre("62").unwrap().conservation;
        let clos_le = date(2024, 2, 29);
        for (issue, jusqu_au) in [
            ("maintien", date(2026, 2, 28)),
            ("relogement", date(2026, 2, 28)),
            ("sans_nouvelles", date(2029, 2, 28)),
        ] {
            let duree = Sujet::Dossier.duree(issue, &durees).valeur;
            assert_eq!(echeance(clos_le, duree), jusqu_au, "{issue}");
        }
    }
}
