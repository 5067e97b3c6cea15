//! L'assignation : sa notification au préfet, à temps avant l'audience.

use jiff::civil::{Date, date};

use crate::calendrier::Territoire;
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Rebours};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::regles::commandement::LOI_DE_2023;
use crate::source::Source;

const LOI_DE_1998: Date = date(1998, 8, 1);

pub(crate) static NOTIFICATION_AU_PREFET: Parametre<Delai> = Parametre {
    nom: "delai_notification_prefet",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            LOI_DE_1998,
            date(2014, 12, 31),
            Delai::Mois(2),
            Source::a_verifier("loi n° 98-657", "114"),
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
