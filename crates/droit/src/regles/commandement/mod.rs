//! Le commandement de payer : le délai laissé au locataire avant que la clause résolutoire joue.

use jiff::civil::{Date, date};

use crate::calendrier::Territoire;
use crate::conclusion::{Conclusion, Motif};
use crate::delai::{Delai, Echeance, Report};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::source::Source;

mod fiches;

pub(super) use fiches::{REGLES, en_pratique};

/// Ce qui, dans un bail, décide de son délai.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bail {
    /// Signature du bail.
    pub conclu_le: Date,
    /// Dernier renouvellement ou dernière reconduction tacite.
    pub reconduit_le: Option<Date>,
}

/// Question ouverte : quel délai pour un bail ancien, reconduit depuis le 29 juillet 2023 ?
///
/// L'avis de la Cour de cassation du 13 juin 2024 (n° 24-70.002) ne le dit pas.
/// Voir `docs/doutes.md`, doute n° 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BailReconduit {
    /// Le bail garde les deux mois sous lesquels il a été conclu. Lecture par défaut, prudente.
    DeuxMois,
    /// Le bail reconduit prend les six semaines de la loi nouvelle.
    SixSemaines,
}

/// Premier jour de la loi n° 2023-668 du 27 juillet 2023.
pub(crate) const LOI_DE_2023: Date = date(2023, 7, 29);
const LOI_DE_1989: Date = date(1989, 7, 8);

pub(crate) static DELAI: Parametre<Delai> = Parametre {
    nom: "delai_commandement_de_payer",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            LOI_DE_1989,
            date(2023, 7, 28),
            Delai::Mois(2),
            Source::rapportee("loi n° 89-462", "24, ancien ; Cass. 3e civ., avis n° 24-70.002"),
        ),
        Version::depuis(LOI_DE_2023, Delai::Semaines(6), Source::rapportee("loi n° 89-462", "24")),
    ],
    lacunes: &[Lacune::jusqu_au(date(1989, 7, 7), "la loi du 6 juillet 1989 n'existait pas")],
};

/// La version du délai qui s'applique à un bail.
///
/// C'est la date du **bail** qui choisit, non celle de l'acte. Un bail plus ancien que la loi de
/// 1989 suit la plus ancienne version : il s'est reconduit sous elle depuis (doute n° 4).
///
/// # Erreurs
///
/// Ne manque jamais de version tant que la dernière reste en vigueur.
pub fn delai(bail: &Bail, lecture: BailReconduit) -> Result<&'static Version<Delai>, SansVersion> {
    let date_du_bail = match lecture {
        BailReconduit::DeuxMois => bail.conclu_le,
        BailReconduit::SixSemaines => bail
            .reconduit_le
            .map_or(bail.conclu_le, |reconduit_le| reconduit_le.max(bail.conclu_le)),
    };
    DELAI.en_vigueur(date_du_bail.max(LOI_DE_1989))
}

/// La lecture choisie pour les baux reconduits change-t-elle le délai de celui-ci ?
pub fn lecture_decisive(bail: &Bail) -> bool {
    bail.conclu_le < LOI_DE_2023 && bail.reconduit_le.is_some_and(|le| le >= LOI_DE_2023)
}

/// Dernier jour laissé au locataire pour payer, et premier jour où l'on peut assigner.
///
/// Les semaines se comptent en jours ; le jour de la signification ne compte pas. Le report de
/// l'article 642 est un choix (doute n° 2) : la lecture par défaut de l'étude est
/// [`Report::JourOuvrable`], prudente pour le bailleur.
///
/// Ne traite ni la clause qui prévoit un délai plus long, ni les baux hors loi de 1989.
///
/// # Erreurs
///
/// [`SansVersion`] pour un acte antérieur à la loi de 1989.
///
/// ```
/// use droit::calendrier::Territoire;
/// use droit::delai::Report;
/// use droit::regles::commandement::{Bail, BailReconduit, fin_du_delai};
/// use jiff::civil::date;
///
/// let bail = Bail { conclu_le: date(2024, 5, 1), reconduit_le: None };
/// let fin = fin_du_delai(
///     date(2026, 1, 15),
///     &bail,
///     BailReconduit::DeuxMois,
///     Report::JourOuvrable,
///     Territoire::Metropole,
/// )
/// .unwrap();
/// assert_eq!(fin.valeur.retenue, date(2026, 2, 26));
/// assert_eq!(fin.valeur.premier_jour_possible, date(2026, 2, 27));
/// ```
pub fn fin_du_delai(
    signifie_le: Date,
    bail: &Bail,
    lecture: BailReconduit,
    report: Report,
    territoire: Territoire,
) -> Result<Conclusion<Echeance>, SansVersion> {
    DELAI.en_vigueur(signifie_le)?;
    let version = delai(bail, lecture)?;
    let echeance = version.valeur.echeance(signifie_le, report, &territoire);
    let mut motifs = Vec::with_capacity(4);
    motifs.push(Motif::new(
        format!("bail conclu le {} : {} pour payer", Jour(bail.conclu_le), version.valeur),
        version.source.clone(),
    ));
    if lecture_decisive(bail) {
        motifs.push(Motif::new(
            match lecture {
                BailReconduit::DeuxMois => {
                    "bail reconduit depuis la loi de 2023 : il garde deux mois"
                }
                BailReconduit::SixSemaines => {
                    "bail reconduit depuis la loi de 2023 : il prend les six semaines"
                }
            },
            Source::incertaine(
                "Cass. 3e civ., avis n° 24-70.002, qui laisse la question ouverte",
                "",
            ),
        ));
    }
    motifs.push(terme(signifie_le, version.valeur, echeance.brute));
    if echeance.brute != echeance.prorogee {
        motifs.push(report_motive(&echeance, report));
    }
    Ok(Conclusion { valeur: echeance, motifs })
}

fn terme(signifie_le: Date, delai: Delai, brute: Date) -> Motif {
    Motif::new(
        format!(
            "commandement signifié le {}, jour non compté : le délai finit le {}",
            Jour(signifie_le),
            Jour(brute)
        ),
        match delai {
            Delai::Semaines(_) => Source::a_verifier(
                "Cass. 3e civ., avis n° 25-70.018, par analogie ; CPC",
                "640, 641 al. 1",
            ),
            Delai::Mois(_)
            | Delai::Jours(_)
            | Delai::JoursOuvres(_)
            | Delai::Annees(_)
            | Delai::Mixte { .. } => Source::lue("CPC", "640, 641 al. 2"),
        },
    )
}

fn report_motive(echeance: &Echeance, report: Report) -> Motif {
    let brute = Jour(echeance.brute);
    let constat = match report {
        Report::JourOuvrable => format!(
            "le {} {brute} n'est pas ouvrable : le délai finit le {} {}",
            brute.de_la_semaine(),
            Jour(echeance.prorogee).de_la_semaine(),
            Jour(echeance.prorogee)
        ),
        Report::Aucun => {
            format!(
                "le {} {brute} n'est pas ouvrable, mais l'option écarte le report",
                brute.de_la_semaine()
            )
        }
    };
    Motif::new(constat, Source::a_verifier("CPC", "642 al. 2"))
}
