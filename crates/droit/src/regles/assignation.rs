//! L'assignation : sa notification au préfet, à temps avant l'audience.

use jiff::civil::{Date, date};

use crate::calendrier::{Calendrier, Territoire};
use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Rebours};
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::regles::commandement::LOI_DE_2023;
use crate::resultat::{Resultat, dire, selon_la_version};
use crate::source::Source;

use super::computation::{avant, remonter};

const LOI_DE_1998: Date = date(1998, 8, 1);

pub(crate) static NOTIFICATION_AU_PREFET: Parametre<Delai> = Parametre {
    nom: "delai_notification_prefet",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            LOI_DE_1998,
            date(2014, 12, 31),
            Delai::Mois(2),
            Source::a_verifier("loi n° 98-657", ""),
        ),
        Version::entre(
            date(2015, 1, 1),
            date(2023, 7, 28),
            Delai::Mois(2),
            Source::rapportee("loi n° 89-462", "24, III, ancien"),
        ),
        Version::depuis(
            LOI_DE_2023,
            Delai::Semaines(6),
            Source::rapportee("loi n° 89-462", "24, III ; Cass. 3e civ., avis n° 25-70.018"),
        ),
    ],
    lacunes: &[Lacune::jusqu_au(
        date(1998, 7, 31),
        "la loi du 29 juillet 1998 contre les exclusions n'existait pas",
    )],
};

/// Dernier jour où l'assignation peut être notifiée au préfet, à peine d'irrecevabilité.
///
/// La version est celle du jour de l'**assignation**. Le délai se compte à rebours depuis la veille
/// de l'audience, finit à 0 heure de son dernier jour et n'est jamais reporté.
///
/// # Erreurs
///
/// [`SansVersion`] pour une assignation antérieure à la loi du 29 juillet 1998.
///
/// ```
/// use droit::regles::assignation::dernier_jour_notification_prefet;
/// use jiff::civil::date;
///
/// let limite = dernier_jour_notification_prefet(date(2026, 10, 27), date(2026, 9, 10)).unwrap();
/// assert_eq!(limite.valeur, date(2026, 9, 14));
/// ```
pub fn dernier_jour_notification_prefet(
    audience: Date,
    assignee_le: Date,
) -> Result<Conclusion<Date>, SansVersion> {
    let version = NOTIFICATION_AU_PREFET.en_vigueur(assignee_le)?;
    let limite = limite(version.valeur, audience);
    let motifs = vec![
        Motif::new(
            format!(
                "assignation du {} : {} au moins avant l'audience",
                Jour(assignee_le),
                version.valeur
            ),
            version.source.clone(),
        ),
        Motif::new(
            format!(
                "compté à rebours depuis la veille de l'audience du {}, sans report : dernier jour utile le {}",
                Jour(audience),
                Jour(limite)
            ),
            computation(version.valeur),
        ),
    ];
    Ok(Conclusion { valeur: limite, motifs })
}

/// Première audience que peut viser une assignation notifiée au préfet ce jour-là.
///
/// Le jour rendu est le premier que le délai permet, même un samedi ou une fête.
///
/// # Erreurs
///
/// [`SansVersion`] pour une assignation antérieure à la loi du 29 juillet 1998.
pub fn premiere_audience(notifiee_le: Date, assignee_le: Date) -> Result<Date, SansVersion> {
    let version = NOTIFICATION_AU_PREFET.en_vigueur(assignee_le)?;
    Ok(version.valeur.premiere_audience(notifiee_le, Rebours::Strict, &Territoire::Metropole))
}

/// Un délai en jours ou en mois à rebours ne dépend d'aucun calendrier.
fn limite(delai: Delai, audience: Date) -> Date {
    delai.dernier_jour_utile(audience, Rebours::Strict, &Territoire::Metropole)
}

fn computation(delai: Delai) -> Source {
    match delai {
        Delai::Mois(_) => Source::a_verifier("Cass. 3e civ., avis n° 25-70.018, par analogie", ""),
        Delai::Semaines(_)
        | Delai::Jours(_)
        | Delai::JoursOuvres(_)
        | Delai::Annees(_)
        | Delai::Mixte { .. } => Source::rapportee("Cass. 3e civ., avis n° 25-70.018", ""),
    }
}

static CHAMP: Parametre<Enonce> = Parametre {
    nom: "notification_prefet_champ",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2015, 1, 1),
        Enonce::oui("constat et prononcé de la résiliation pour dette de loyer").avec(&[
            "demande principale : le commissaire de justice notifie",
            "demande additionnelle ou reconventionnelle : le bailleur notifie lui-même",
        ]),
        Source::rapportee("loi n° 89-462", "24, IV"),
    )],
    lacunes: &[avant(date(2014, 12, 31))],
};

static REMISE_AU_GREFFE: Parametre<Delai> = Parametre {
    nom: "remise_assignation_greffe",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(date(2020, 1, 1), Delai::Jours(15), Source::lue("CPC", "754"))],
    lacunes: &[avant(date(2019, 12, 31))],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&NOTIFICATION_AU_PREFET, notification_au_prefet)
        .titre("Notification de l'assignation au préfet", "avant l'audience, à peine d'irrecevabilité ; avec --depuis (la notification) dit si elle est à temps, ou sans audience quelle est la première possible")
        .rattachee_a("la date de l'assignation").faits(&["date_assignation"])
        .exemple("--audience 2026-10-27 --fait date_assignation=2026-09-10"),
    Regle::enonce(&CHAMP)
        .titre("Champ de la notification au préfet", "quelles demandes sont notifiées, et par qui")
        .rattachee_a("la date de l'assignation").faits(&["date_assignation"]),
    Regle::propre(&REMISE_AU_GREFFE, remise_au_greffe)
        .titre("Remise de l'assignation au greffe", "avant l'audience, à peine de caducité, quand sa date a été donnée plus de quinze jours avant")
        .rattachee_a("la date de l'assignation, à défaut le jour de l'audience").faits(&["date_assignation"])
        .exemple("--audience 2026-10-27"),
];

/// Les audiences pour lesquelles l'un ou l'autre régime peut jouer, faute de connaître l'assignation.
const REGIME_INCERTAIN: std::ops::RangeInclusive<Date> = LOI_DE_2023..=date(2023, 12, 31);

fn notification_au_prefet(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let notifiee_le = demande.entree.depuis;
    let connue = demande.date("date_assignation").or(notifiee_le);
    let audience = match (demande.audience(), notifiee_le) {
        (Ok(audience), _) => audience,
        (Err(_), Some(notifiee_le)) => {
            return Ok(prochaine_audience(demande, notifiee_le, connue.unwrap_or(notifiee_le)));
        }
        (Err(refus), None) => return Err(refus),
    };
    let assignee_le = match connue {
        Some(connue) => connue,
        None if REGIME_INCERTAIN.contains(&audience) => {
            return Err(demande.fait_manquant("date_assignation"));
        }
        None => audience,
    };
    Ok(selon_la_version(demande, &NOTIFICATION_AU_PREFET, assignee_le, |resultat, version| {
        let resultat = if connue.is_none() {
            resultat.motif(
                "date de l'assignation non donnée : version choisie au jour de l'audience",
                &version.source,
            )
        } else {
            resultat
        };
        let source = computation(version.valeur);
        remonter(
            resultat.motif(
                format!("{} au moins entre la notification et l'audience", version.valeur),
                &version.source,
            ),
            demande,
            (audience, version.valeur, Rebours::Strict),
            &source,
        )
        .au_mieux(source.certitude)
    }))
}

fn prochaine_audience(demande: &Demande<'_>, notifiee_le: Date, assignee_le: Date) -> Resultat {
    selon_la_version(demande, &NOTIFICATION_AU_PREFET, assignee_le, |resultat, version| {
        let territoire = demande.territoire();
        let au_plus_tot =
            version.valeur.premiere_audience(notifiee_le, Rebours::Strict, &territoire);
        let jour_d_audience = territoire.ouvrable_a_partir_de(au_plus_tot);
        let source = computation(version.valeur);
        let resultat = resultat.motif(
            format!(
                "notifiée le {}, {} comptées à rebours : audience le {} au plus tôt, en pratique le {}",
                Jour(notifiee_le),
                version.valeur,
                dire(au_plus_tot),
                dire(jour_d_audience)
            ),
            &source,
        );
        Resultat {
            brute: Some(au_plus_tot),
            premier_jour_possible: Some(jour_d_audience),
            ..resultat.au_mieux(source.certitude)
        }
    })
}

fn remise_au_greffe(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let audience = demande.audience()?;
    let jour = demande.date("date_assignation").unwrap_or(audience);
    Ok(selon_la_version(demande, &REMISE_AU_GREFFE, jour, |resultat, version| {
        remonter(resultat, demande, (audience, version.valeur, Rebours::Strict), &version.source)
    }))
}
