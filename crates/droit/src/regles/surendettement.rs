//! Le surendettement : ses délais, et ce qu'il suspend.

use jiff::civil::date;

use crate::catalogue::{Enonce, Regle};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Parametre, Version};
use crate::resultat::{Article642, Resultat};
use crate::source::Source;

use super::computation::avant;
use super::duree::{self, Fourchette};

const CODE: &str = "C. conso.";

static ORIENTATION: Parametre<Delai> = Parametre {
    nom: "surendettement_orientation",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(DEBUT_NON_DATE, Delai::Mois(3), Source::lue(CODE, "R. 721-4"))],
    lacunes: &[],
};

static RECOURS: Parametre<Delai> = Parametre {
    nom: "surendettement_recours_recevabilite",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(DEBUT_NON_DATE, Delai::Jours(15), Source::lue(CODE, "R. 722-1"))],
    lacunes: &[],
};

static EXECUTIONS: Parametre<Fourchette> = Parametre {
    nom: "surendettement_suspension_executions",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Fourchette::au_plus(Delai::Annees(2)),
        Source::lue(CODE, "L. 722-2, L. 722-3"),
    )],
    lacunes: &[],
};

static EXPULSION: Parametre<Fourchette> = Parametre {
    nom: "surendettement_suspension_expulsion",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2014, 1, 1),
        Fourchette::au_plus(Delai::Annees(2)),
        Source::lue(CODE, "L. 722-6 à L. 722-9"),
    )],
    lacunes: &[avant(date(2013, 12, 31))],
};

static AVANT_RECEVABILITE: Parametre<Enonce> = Parametre {
    nom: "surendettement_avant_recevabilite",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui(
            "la commission peut demander au juge de suspendre les poursuites sur les biens",
        ),
        Source::lue(CODE, "L. 721-4"),
    )],
    lacunes: &[],
};

static AIDE: Parametre<Enonce> = Parametre {
    nom: "surendettement_aide_logement",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui(
            "la recevabilité rétablit l'aide au logement ; elle est notifiée à la CAF ou à la MSA",
        ),
        Source::lue(CODE, "L. 722-10, R. 722-1"),
    )],
    lacunes: &[],
};

static PAIEMENT: Parametre<Enonce> = Parametre {
    nom: "surendettement_paiement_dette",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2019, 1, 1),
        Enonce::non(
            "l'interdiction de payer les dettes anciennes ne vise pas la dette de loyer sous délais du juge",
        ),
        Source::lue(CODE, "L. 722-5 al. 3"),
    )],
    lacunes: &[avant(date(2018, 12, 31))],
};

const FAITS: &[&str] = &["mois"];
const OPTIONS: &[&str] = &["report_642"];

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::delai(&ORIENTATION, Article642::EcartePeutEtre)
        .titre("Orientation du dossier de surendettement", "du dépôt à la recevabilité et à l'orientation")
        .rattachee_a("la date du dépôt"),
    Regle::delai(&RECOURS, Article642::Joue)
        .titre("Recours contre la recevabilité", "de la notification de la recevabilité à la fin du recours")
        .rattachee_a("la date de la notification"),
    Regle::propre(&EXECUTIONS, executions)
        .titre("Suspension des poursuites sur les biens", "de plein droit dès la recevabilité ; n'arrête pas une expulsion")
        .rattachee_a("la date de la recevabilité").faits(FAITS).options(OPTIONS).exemple("--depuis 2026-03-02"),
    Regle::propre(&EXPULSION, expulsion)
        .titre("Suspension de l'expulsion", "seulement si le juge l'ordonne, après la recevabilité ; finit au plan, aux mesures ou à l'effacement")
        .rattachee_a("la date de l'ordonnance").faits(FAITS).options(OPTIONS).exemple("--depuis 2028-02-29"),
    Regle::enonce(&AVANT_RECEVABILITE)
        .titre("Avant la recevabilité", "ce qui peut être suspendu avant la recevabilité"),
    Regle::enonce(&AIDE).titre("Recevabilité et aide au logement", "effet de la recevabilité sur l'aide"),
    Regle::enonce(&PAIEMENT)
        .titre("Interdiction de payer et délais du juge", "la dette de loyer sous délais du juge est-elle gelée"),
];

fn executions(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    duree::appliquer(demande, &EXECUTIONS, Article642::EcartePeutEtre)
}

fn expulsion(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    duree::appliquer(demande, &EXPULSION, Article642::EcartePeutEtre)
}
