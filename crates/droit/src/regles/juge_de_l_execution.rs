//! Le juge de l'exécution : les délais pour quitter les lieux.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Regle};
use crate::conclusion::Conclusion;
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::reponse::Reponse;
use crate::resultat::{Article642, Resultat};
use crate::source::Source;

use super::computation::avant;
use super::duree::{self, Fourchette};

const CODE_DE_2012: Date = date(2012, 6, 1);
const AVANT_LE_CODE: Lacune = avant(date(2012, 5, 31));

static DELAIS: Parametre<Fourchette> = Parametre {
    nom: "delais_jex",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            CODE_DE_2012,
            date(2014, 3, 26),
            Fourchette::entre(Delai::Mois(1), Delai::Annees(1)),
            Source::lue("CPCE", "L. 412-4"),
        ),
        Version::entre(
            date(2014, 3, 27),
            date(2023, 7, 28),
            Fourchette::entre(Delai::Mois(3), Delai::Annees(3)),
            Source::lue("CPCE", "L. 412-4"),
        ),
        Version::depuis(
            date(2023, 7, 29),
            Fourchette::entre(Delai::Mois(1), Delai::Annees(1)),
            Source::lue("CPCE", "L. 412-3, L. 412-4"),
        ),
    ],
    lacunes: &[AVANT_LE_CODE],
};

/// Un délai de tant de mois pour quitter les lieux est-il permis, et quand finit-il ?
///
/// # Erreurs
///
/// [`SansVersion`] avant la codification du 1er juin 2012.
///
/// ```
/// use droit::regles::juge_de_l_execution::delai_pour_partir;
/// use droit::reponse::Reponse;
/// use jiff::civil::date;
///
/// let ancien = delai_pour_partir(date(2021, 2, 10), 36).unwrap();
/// assert_eq!(ancien.valeur, (Reponse::Oui, date(2024, 2, 10)));
/// assert_eq!(delai_pour_partir(date(2026, 2, 10), 36).unwrap().valeur.0, Reponse::Non);
/// ```
pub fn delai_pour_partir(
    decide_le: Date,
    mois: u16,
) -> Result<Conclusion<(Reponse, Date)>, SansVersion> {
    duree::accordee(&DELAIS, decide_le, mois)
}

static EXCLUSION: Parametre<Enonce> = Parametre {
    nom: "delais_jex_exclusion",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DEBUT_NON_DATE,
            date(2023, 7, 28),
            Enonce::oui("pas de délais").avec(&[
                "droit de reprise de la loi de 1948",
                "relogement de l'article L. 442-4-1 du CCH refusé",
            ]),
            Source::lue("CPCE", "L. 412-3"),
        ),
        Version::depuis(
            date(2023, 7, 29),
            Enonce::oui("pas de délais").avec(&[
                "droit de reprise de la loi de 1948",
                "relogement de l'article L. 442-4-1 du CCH refusé",
                "locataire de mauvaise foi",
                "entrée par manœuvres, menaces, voies de fait ou contrainte",
            ]),
            Source::lue("CPCE", "L. 412-3"),
        ),
    ],
    lacunes: &[],
};

static COMPETENCE: Parametre<Enonce> = Parametre {
    nom: "competence_delais",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Enonce::oui(
            "le juge qui ordonne l'expulsion ; dès le commandement de quitter les lieux, le juge de l'exécution du lieu",
        ),
        Source::lue("CPCE", "L. 412-3, R. 412-4, R. 442-1"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

static ETUDIANT: Parametre<Enonce> = Parametre {
    nom: "exclusion_logement_etudiant",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Enonce::oui(
            "logement étudiant dont l'occupant ne remplit plus les conditions : les articles L. 412-3 à L. 412-6 ne s'appliquent pas",
        ),
        Source::lue("CPCE", "L. 412-7"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

static CONJOINT: Parametre<Enonce> = Parametre {
    nom: "exclusion_conjoint_violent",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        CODE_DE_2012,
        Enonce::oui(
            "expulsion du conjoint violent ordonnée par le juge aux affaires familiales : les articles L. 412-1 à L. 412-7 ne s'appliquent pas",
        ),
        Source::lue("CPCE", "L. 412-8"),
    )],
    lacunes: &[AVANT_LE_CODE],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::propre(&DELAIS, delais_jex)
        .titre("Délais pour quitter les lieux", "ce que le juge peut accorder à l'occupant dont le relogement est difficile")
        .rattachee_a("la date de la décision").faits(&["mois"]).options(&["report_642"])
        .exemple("--depuis 2026-02-10 --fait mois=6"),
    Regle::enonce(&EXCLUSION)
        .titre("Exclusion des délais", "qui ne peut pas obtenir de délais")
        .rattachee_a("la date de la décision"),
    Regle::enonce(&COMPETENCE).titre("Juge compétent pour les délais", "à qui demander des délais"),
    Regle::enonce(&ETUDIANT).titre("Logement étudiant", "l'étudiant qui perd son droit au logement est-il protégé"),
    Regle::enonce(&CONJOINT).titre("Conjoint violent", "le conjoint violent évincé est-il protégé"),
];

fn delais_jex(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    duree::appliquer(demande, &DELAIS, Article642::EcartePeutEtre)
}
