//! Les pouvoirs du juge saisi de la résiliation : délais de paiement, clause suspendue.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Regle};
use crate::conclusion::Conclusion;
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Parametre, SansVersion, Version};
use crate::reponse::Reponse;
use crate::resultat::{Article642, Resultat};
use crate::source::Source;

use super::commandement::LOI_DE_2023;
use super::computation::avant;
use super::duree::{self, Fourchette};

const LOI_ALUR: Date = date(2014, 3, 27);
const AVANT_ALUR: Date = date(2014, 3, 26);
const AVANT_2023: Date = date(2023, 7, 28);

static DELAIS_DE_PAIEMENT: Parametre<Fourchette> = Parametre {
    nom: "delais_paiement_max",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_ALUR,
        Fourchette::au_plus(Delai::Mois(36)),
        Source::rapportee("loi n° 89-462", "24, V"),
    )],
    lacunes: &[avant(AVANT_ALUR)],
};

/// Des délais de paiement de tant de mois sont-ils permis, et quand finissent-ils ?
///
/// La fin n'est jamais reportée : on lit la date du jugement.
///
/// # Erreurs
///
/// [`SansVersion`] pour un jugement antérieur à la loi du 24 mars 2014.
///
/// ```
/// use droit::regles::juge::delais_de_paiement;
/// use droit::reponse::Reponse;
/// use jiff::civil::date;
///
/// let juge = delais_de_paiement(date(2026, 9, 30), 36).unwrap();
/// assert_eq!(juge.valeur, (Reponse::Oui, date(2029, 9, 30)));
/// assert_eq!(delais_de_paiement(date(2026, 9, 30), 40).unwrap().valeur.0, Reponse::Non);
/// ```
pub fn delais_de_paiement(
    accordes_le: Date,
    mois: u16,
) -> Result<Conclusion<(Reponse, Date)>, SansVersion> {
    duree::accordee(&DELAIS_DE_PAIEMENT, accordes_le, mois)
}

static CONDITION: Parametre<Enonce> = Parametre {
    nom: "delais_paiement_condition",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            LOI_ALUR,
            AVANT_2023,
            Enonce::oui("locataire en situation de régler sa dette ; le juge peut agir d'office"),
            Source::rapportee("loi n° 89-462", "24, V, ancien"),
        ),
        Version::depuis(
            LOI_DE_2023,
            Enonce::oui(
                "locataire en situation de régler sa dette et qui a repris le paiement intégral du loyer courant avant l'audience ; à sa demande, à celle du bailleur ou d'office",
            ),
            Source::rapportee("loi n° 89-462", "24, V"),
        ),
    ],
    lacunes: &[avant(AVANT_ALUR)],
};

static SUSPENSION: Parametre<Enonce> = Parametre {
    nom: "suspension_clause_resolutoire",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            LOI_ALUR,
            AVANT_2023,
            Enonce::oui("la clause est suspendue dès que des délais sont accordés"),
            Source::a_verifier("loi n° 89-462", "24, ancien"),
        ),
        Version::depuis(
            LOI_DE_2023,
            Enonce::oui("la clause est suspendue seulement").avec(&[
                "si le bailleur ou le locataire le demande",
                "et si le loyer courant est repris avant l'audience",
                "délais respectés : la clause est réputée n'avoir pas joué",
                "échéance manquée ou loyer courant impayé : la suspension prend fin",
            ]),
            Source::a_verifier("loi n° 89-462", "24, VII"),
        ),
    ],
    lacunes: &[avant(AVANT_ALUR)],
};

static INDEMNITE: Parametre<Enonce> = Parametre {
    nom: "indemnite_occupation",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui("fixée par le juge, due de la résiliation au départ"),
        Source::a_verifier("jurisprudence", ""),
    )],
    lacunes: &[],
};

static EXECUTION_PROVISOIRE: Parametre<Enonce> = Parametre {
    nom: "execution_provisoire",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DEBUT_NON_DATE,
            date(2019, 12, 31),
            Enonce::non("seulement si le juge l'ordonne"),
            Source::a_verifier("CPC, rédaction d'avant 2020", ""),
        ),
        Version::depuis(
            date(2020, 1, 1),
            Enonce::oui(
                "de droit, sauf si le juge l'écarte ; en référé il ne le peut pas ; le premier président peut l'arrêter",
            ),
            Source::lue("CPC", "514 à 514-3"),
        ),
    ],
    lacunes: &[],
};

static SURENDETTEMENT: Parametre<Delai> = Parametre {
    nom: "substitution_delais_surendettement",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2018, 11, 25),
        Delai::Mois(3),
        Source::lue("C. conso.", "L. 714-1"),
    )],
    lacunes: &[avant(date(2018, 11, 24))],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&DELAIS_DE_PAIEMENT, delais_paiement_max)
        .titre("Délais de paiement", "la plus longue durée que le juge accorde pour payer la dette")
        .rattachee_a("la date du jugement").faits(&["mois"]).options(&["report_642"])
        .exemple("--depuis 2026-09-30 --fait mois=36"),
    Regle::enonce(&CONDITION)
        .titre("Conditions des délais de paiement", "à quelles conditions le juge accorde des délais")
        .rattachee_a("la date du jugement"),
    Regle::enonce(&SUSPENSION)
        .titre("Suspension de la clause résolutoire", "le bail survit-il pendant les délais")
        .rattachee_a("la date du jugement"),
    Regle::enonce(&INDEMNITE)
        .titre("Indemnité d'occupation", "ce que doit l'occupant après la résiliation"),
    Regle::enonce(&EXECUTION_PROVISOIRE)
        .titre("Exécution provisoire", "le jugement s'exécute-t-il malgré l'appel")
        .rattachee_a("la date de l'assignation").faits(&["date_assignation"]),
    Regle::delai(&SURENDETTEMENT, Article642::EcartePeutEtre)
        .titre("Surendettement et délais du juge", "les mesures de la commission remplacent les délais du juge ; après un moratoire, le locataire a trois mois pour en redemander")
        .rattachee_a("la fin du moratoire"),
];

fn delais_paiement_max(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    duree::appliquer(demande, &DELAIS_DE_PAIEMENT, Article642::EcartePeutEtre)
}
