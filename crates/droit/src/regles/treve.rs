//! La trêve hivernale : pas d'expulsion, saison par saison.

use std::fmt;

use jiff::civil::{Date, date};

use crate::calendrier::{Calendrier, Territoire, lendemain};
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::Motif;
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Parametre, SansVersion, Version};
use crate::resultat::{Resultat, dire, selon_la_version};
use crate::source::Source;

use super::computation::avant;
use super::signification::premier_jour_permis;

/// Quand finit la trêve. Elle commence toujours le 1er novembre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinDeTreve {
    /// Chaque année ce jour-là de mars, compris.
    Mars(i8),
    /// Cette année-là seulement, ce jour compris.
    Exception(Date),
}

impl fmt::Display for FinDeTreve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mars(jour) => write!(f, "du 1er novembre au {jour} mars compris"),
            Self::Exception(fin) => write!(f, "prolongée jusqu'au {} compris", Jour(*fin)),
        }
    }
}

impl FinDeTreve {
    fn couvre(self, jour: Date) -> bool {
        match self {
            Self::Mars(fin) => jour.month() >= 11 || (jour.month(), jour.day()) <= (3, fin),
            Self::Exception(fin) => jour <= fin,
        }
    }

    fn dernier_jour(self, jour: Date) -> Date {
        match self {
            Self::Mars(fin) if jour.month() >= 11 => {
                date(jour.year().saturating_add(1).min(9999), 3, fin)
            }
            Self::Mars(fin) => date(jour.year(), 3, fin),
            Self::Exception(fin) => fin,
        }
    }
}

static TREVE: Parametre<FinDeTreve> = Parametre {
    nom: "treve_hivernale",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2012, 6, 1),
            date(2014, 3, 26),
            FinDeTreve::Mars(15),
            Source::lue("CPCE", "L. 412-6, ancien"),
        ),
        Version::entre(
            date(2014, 3, 27),
            date(2020, 3, 26),
            FinDeTreve::Mars(31),
            Source::lue("CPCE", "L. 412-6"),
        ),
        Version::entre(
            date(2020, 3, 27),
            date(2020, 5, 11),
            FinDeTreve::Exception(date(2020, 5, 31)),
            Source::rapportee("ordonnance n° 2020-331", ""),
        ),
        Version::entre(
            date(2020, 5, 12),
            date(2020, 7, 10),
            FinDeTreve::Exception(date(2020, 7, 10)),
            Source::rapportee("loi n° 2020-546", "10"),
        ),
        Version::entre(
            date(2020, 7, 11),
            date(2021, 2, 11),
            FinDeTreve::Mars(31),
            Source::lue("CPCE", "L. 412-6"),
        ),
        Version::entre(
            date(2021, 2, 12),
            date(2021, 5, 31),
            FinDeTreve::Exception(date(2021, 5, 31)),
            Source::rapportee("ordonnance n° 2021-141", ""),
        ),
        Version::depuis(date(2021, 6, 1), FinDeTreve::Mars(31), Source::lue("CPCE", "L. 412-6")),
    ],
    lacunes: &[avant(date(2012, 5, 31))],
};

/// La trêve protège-t-elle ce jour-là ?
///
/// Ne connaît pas les exceptions (relogement assuré, squat) : elles dépendent du dossier.
///
/// # Erreurs
///
/// [`SansVersion`] avant la codification du 1er juin 2012.
///
/// ```
/// use droit::regles::treve::protege;
/// use jiff::civil::date;
///
/// assert!(protege(date(2027, 3, 31)).unwrap());
/// assert!(!protege(date(2027, 4, 1)).unwrap());
/// assert!(protege(date(2021, 5, 31)).unwrap()); // prolongée cette année-là
/// ```
pub fn protege(jour: Date) -> Result<bool, SansVersion> {
    Ok(TREVE.en_vigueur(jour)?.valeur.couvre(jour))
}

/// Dernier jour de la trêve en cours ce jour-là, prolongations comprises ; rien hors trêve.
///
/// # Erreurs
///
/// [`SansVersion`] avant la codification du 1er juin 2012.
pub fn fin_de_la_treve(jour: Date) -> Result<Option<Date>, SansVersion> {
    let mut fin = None;
    let mut examine = jour;
    while protege(examine)? && examine < date(9999, 1, 1) {
        let dernier = TREVE.en_vigueur(examine)?.valeur.dernier_jour(examine);
        fin = Some(dernier);
        examine = lendemain(dernier);
    }
    Ok(fin)
}

/// Ce jour, ou le premier qui suit où une expulsion peut être exécutée : ni en trêve, ni un
/// dimanche, ni un jour férié.
///
/// # Erreurs
///
/// [`SansVersion`] avant la codification du 1er juin 2012.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::regles::treve::premier_jour_d_expulsion;
/// use jiff::civil::date;
///
/// let premier = premier_jour_d_expulsion(date(2026, 11, 11), Territoire::Metropole).unwrap();
/// assert_eq!(premier, date(2027, 4, 1));
/// ```
pub fn premier_jour_d_expulsion(
    a_partir_du: Date,
    territoire: Territoire,
) -> Result<Date, SansVersion> {
    let mut jour = a_partir_du;
    loop {
        let hors_treve = fin_de_la_treve(jour)?.map_or(jour, lendemain);
        let permis = premier_jour_permis(hors_treve, territoire);
        if permis == jour || permis == Date::MAX {
            return Ok(permis);
        }
        jour = permis;
    }
}

/// Ce qui repousse une expulsion possible en droit dès `possible` jusqu'à `execution`.
pub(super) fn motifs_du_recul(
    possible: Date,
    execution: Date,
    territoire: Territoire,
) -> Vec<Motif> {
    let mut motifs = Vec::new();
    if possible == execution {
        return motifs;
    }
    if let Ok(Some(fin)) = fin_de_la_treve(possible) {
        let source = TREVE
            .en_vigueur(fin)
            .map_or_else(|_| Source::lue("CPCE", "L. 412-6"), |v| v.source.clone());
        motifs.push(Motif::new(format!("trêve hivernale jusqu'au {} compris", Jour(fin)), source));
    }
    let hors_treve = fin_de_la_treve(possible).ok().flatten().map_or(possible, lendemain);
    if hors_treve != execution {
        let pourquoi = territoire.ferie(hors_treve).unwrap_or("dimanche");
        motifs.push(Motif::new(
            format!("pas d'expulsion le {} ({pourquoi})", dire(hors_treve)),
            Source::lue("CPCE", "L. 141-1"),
        ));
    }
    motifs
}

static RELOGEMENT: Parametre<Enonce> = Parametre {
    nom: "treve_exception_relogement",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui(
            "la trêve ne protège pas le ménage dont le relogement est assuré, dans le respect de l'unité et des besoins de la famille",
        ),
        Source::lue("CPCE", "L. 412-6"),
    )],
    lacunes: &[],
};

static SQUAT: Parametre<Enonce> = Parametre {
    nom: "treve_exception_squat",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2014, 3, 27),
            date(2018, 11, 24),
            Enonce::oui("entrée par voie de fait : le juge peut supprimer la trêve"),
            Source::lue("CPCE", "L. 412-6"),
        ),
        Version::entre(
            date(2018, 11, 25),
            date(2023, 7, 28),
            DOMICILE_D_AUTRUI,
            Source::lue("CPCE", "L. 412-6"),
        ),
        Version::depuis(
            date(2023, 7, 29),
            DOMICILE_D_AUTRUI,
            Source::lue("CPCE", "L. 412-6, élargi par la loi n° 2023-668"),
        ),
    ],
    lacunes: &[avant(date(2014, 3, 26))],
};

const DOMICILE_D_AUTRUI: Enonce = Enonce::oui(
    "entrée dans le domicile d'autrui : pas de trêve ; dans tout autre lieu, le juge peut la supprimer ou la réduire",
);

static PORTEE: Parametre<Enonce> = Parametre {
    nom: "treve_portee",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("la trêve suspend l'exécution seule : actes, audiences et délais continuent"),
        Source::a_verifier("CPCE", "L. 412-6"),
    )],
    lacunes: &[],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&TREVE, treve_hivernale)
        .titre("Trêve hivernale", "ce jour est-il dans la trêve, et quand peut-on expulser")
        .rattachee_a("le jour de l'expulsion").faits(&["jour"])
        .exemple("--fait jour=2026-11-21"),
    Regle::enonce(&RELOGEMENT).titre("Trêve et relogement", "le ménage relogé est-il protégé"),
    Regle::enonce(&SQUAT).titre("Trêve et squat", "l'occupant entré par voie de fait est-il protégé"),
    Regle::enonce(&PORTEE).titre("Portée de la trêve", "ce que la trêve suspend"),
];

fn treve_hivernale(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let (jour, territoire) = (demande.jour(), demande.territoire());
    Ok(selon_la_version(demande, &TREVE, jour, |resultat, version| {
        let resultat = resultat
            .motif(format!("trêve {}", version.valeur), &version.source)
            .conclut(version.valeur.couvre(jour));
        let execution = premier_jour_d_expulsion(jour, territoire).unwrap_or(jour);
        let resultat = resultat.motifs(&motifs_du_recul(jour, execution, territoire));
        match fin_de_la_treve(jour) {
            Ok(Some(fin)) => {
                Resultat { premier_jour_possible: Some(execution), ..resultat.date_fixe(fin) }
            }
            _ => {
                let derniere = date(jour.year(), 10, 31);
                let resultat = resultat.motif(
                    format!("{} : hors trêve, jusqu'au {} compris", dire(jour), Jour(derniere)),
                    &version.source,
                );
                Resultat {
                    dernier_jour_utile: Some(derniere),
                    premier_jour_possible: Some(execution),
                    ..resultat
                }
            }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_treve_finit_saison_par_saison() {
        #[rustfmt::skip]
        let cas = [
            // jour                dernier jour de la trêve
            (date(2012, 12, 25),   Some(date(2013, 3, 15))),
            (date(2014, 3, 16),    None),
            (date(2014, 3, 27),    Some(date(2014, 3, 31))),
            (date(2014, 11, 1),    Some(date(2015, 3, 31))),
            (date(2020, 2, 1),     Some(date(2020, 7, 10))),
            (date(2020, 7, 10),    Some(date(2020, 7, 10))),
            (date(2020, 7, 11),    None),
            (date(2020, 12, 1),    Some(date(2021, 5, 31))),
            (date(2021, 5, 31),    Some(date(2021, 5, 31))),
            (date(2021, 6, 1),     None),
            (date(2026, 10, 31),   None),
            (date(2026, 11, 1),    Some(date(2027, 3, 31))),
        ];
        for (jour, fin) in cas {
            assert_eq!(fin_de_la_treve(jour), Ok(fin), "{jour}");
        }
        assert!(protege(date(2012, 1, 1)).is_err());
    }

    #[test]
    fn on_n_expulse_ni_en_treve_ni_un_dimanche_ni_un_jour_ferie() {
        #[rustfmt::skip]
        let cas = [
            (date(2026, 9, 15),  date(2026, 9, 15)),
            (date(2026, 11, 1),  date(2027, 4, 1)),
            (date(2027, 4, 4),   date(2027, 4, 5)),
            // Le 1er avril 2029 est le dimanche de Pâques.
            (date(2028, 11, 1),  date(2029, 4, 3)),
        ];
        for (a_partir_du, premier) in cas {
            assert_eq!(premier_jour_d_expulsion(a_partir_du, Territoire::Metropole), Ok(premier));
        }
    }
}
