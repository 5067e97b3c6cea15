//! Signifier un acte : les jours interdits.

use jiff::civil::{Date, Weekday, date};

use crate::calendrier::{Calendrier, Territoire, lendemain};
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::Motif;
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, Version};
use crate::resultat::{Resultat, dire, selon_la_version, signaler_fete_incertaine};
use crate::source::Source;

use super::computation::avant;

/// Pourquoi un acte ne pouvait pas être signifié ce jour-là, sauf permission du juge.
///
/// Sont interdits le dimanche et les jours fériés ou chômés. Le samedi est permis.
/// Ne connaît pas l'heure : avant 6 heures et après 21 heures, la signification est interdite aussi.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::regles::signification::jour_interdit;
/// use jiff::civil::date;
///
/// assert!(jour_interdit(date(2026, 3, 1), Territoire::Metropole).is_some()); // dimanche
/// assert!(jour_interdit(date(2026, 2, 28), Territoire::Metropole).is_none()); // samedi
/// ```
pub fn jour_interdit(jour: Date, territoire: Territoire) -> Option<Motif> {
    let ferie = territoire.ferie(jour);
    if ferie.is_none() && jour.weekday() != Weekday::Sunday {
        return None;
    }
    let quoi = ferie.unwrap_or("dimanche");
    Some(Motif::new(
        format!("le {} est un jour interdit ({quoi}), sauf permission du juge", Jour(jour)),
        Source::lue("CPC", "664"),
    ))
}

const CODE_DE_1976: Date = date(1976, 1, 1);

static JOURS_ET_HEURES: Parametre<Enonce> = Parametre {
    nom: "signification_jours_heures",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_1976,
        Enonce::oui("entre 6 heures et 21 heures, sauf le dimanche et les jours fériés ou chômés"),
        Source::lue("CPC", "664"),
    )],
    lacunes: &[Lacune::jusqu_au(
        date(1975, 12, 31),
        "le code de procédure civile n'était pas en vigueur",
    )],
};

static EXECUTION: Parametre<Enonce> = Parametre {
    nom: "execution_jours_heures",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2012, 6, 1),
        Enonce::oui("entre 6 heures et 21 heures, sauf le dimanche et les jours fériés"),
        Source::lue("CPCE", "L. 141-1"),
    )],
    lacunes: &[avant(date(2012, 5, 31))],
};

static DATE_DE_SIGNIFICATION: Parametre<Enonce> = Parametre {
    nom: "date_signification",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("la date qui compte").avec(&[
            "remise à personne, à domicile ou à résidence : le jour de la remise",
            "procès-verbal de recherches (art. 659) : le jour du procès-verbal",
            "voie électronique : le jour de l'envoi",
        ]),
        Source::lue("CPC", "664-1"),
    )],
    lacunes: &[],
};

static NOTIFICATION_POSTALE: Parametre<Enonce> = Parametre {
    nom: "date_notification_postale",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("lettre recommandée avec avis de réception").avec(&[
            "pour l'expéditeur : le jour de l'expédition",
            "pour le destinataire : le jour de la réception",
        ]),
        Source::lue("CPC", "668, 669"),
    )],
    lacunes: &[],
};

const CALENDRIERS: &[&str] = &["saint_martin", "vendredi_saint"];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&JOURS_ET_HEURES, signification)
        .titre("Jours et heures de signification", "peut-on signifier un acte ce jour-là")
        .rattachee_a("le jour de l'acte").faits(&["jour"]).options(CALENDRIERS)
        .exemple("--fait jour=2026-03-01 --commune 62041"),
    Regle::propre(&EXECUTION, execution)
        .titre("Jours et heures d'exécution", "peut-on expulser ce jour-là (la trêve est une autre règle)")
        .rattachee_a("le jour de l'expulsion").faits(&["jour"]).options(CALENDRIERS)
        .exemple("--fait jour=2027-04-04 --commune 62041"),
    Regle::enonce(&DATE_DE_SIGNIFICATION)
        .titre("Date d'une signification", "le jour auquel un acte signifié est réputé fait"),
    Regle::enonce(&NOTIFICATION_POSTALE)
        .titre("Date d'une notification postale", "le jour auquel une lettre recommandée est réputée reçue"),
];

fn signification(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    Ok(permettre(demande, &JOURS_ET_HEURES, ", sauf permission du juge"))
}

fn execution(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    Ok(permettre(demande, &EXECUTION, ""))
}

fn permettre(demande: &Demande<'_>, regle: &'static Parametre<Enonce>, reserve: &str) -> Resultat {
    let (jour, territoire) = (demande.jour(), demande.territoire());
    selon_la_version(demande, regle, jour, |resultat, version| {
        let interdit = jour_interdit(jour, territoire).is_some();
        let premier = premier_jour_permis(jour, territoire);
        let constat = if interdit {
            format!("{} : interdit{reserve} ; possible le {}", dire(jour), dire(premier))
        } else {
            format!("{} : permis, entre 6 heures et 21 heures", dire(jour))
        };
        let resultat = resultat.conclut(!interdit).motif(constat, &version.source);
        signaler_fete_incertaine(
            Resultat { premier_jour_possible: Some(premier), ..resultat },
            demande,
            jour,
        )
    })
}

/// Ce jour, ou le premier qui suit où un acte peut être signifié ou exécuté.
pub(super) fn premier_jour_permis(jour: Date, territoire: Territoire) -> Date {
    let mut permis = jour;
    while (permis.weekday() == Weekday::Sunday || territoire.ferie(permis).is_some())
        && permis < Date::MAX
    {
        permis = lendemain(permis);
    }
    permis
}
