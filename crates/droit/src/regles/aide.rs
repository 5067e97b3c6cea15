//! Le maintien ou la suspension de l'aide au logement.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Regle};
use crate::conclusion::{Conclusion, Motif};
use crate::delai::Delai;
use crate::demande::{Demande, Refus};
use crate::jour::Jour;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, SansVersion, Version};
use crate::resultat::{Article642, Resultat, selon_la_version};
use crate::source::Source;

use super::computation::avant;
use super::impaye::{NON_LU_EN_2027, REFORME, VEILLE_DE_LA_REFORME};

const CODIFICATION: Date = date(2019, 9, 1);
const AVANT_LA_CODIFICATION: Lacune = avant(date(2019, 8, 31));
const DECRET: &str = "décret n° 2026-84";
const PAS_AVANT_2027: Lacune = Lacune::jusqu_au(
    VEILLE_DE_LA_REFORME,
    "cette règle naît avec le décret n° 2026-84, le 1er janvier 2027",
);

static EFFET: Parametre<Enonce> = Parametre {
    nom: "effet_suspension",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        REFORME,
        Enonce::oui("le premier jour du mois qui suit la notification à l'organisme payeur"),
        Source::rapportee(DECRET, ""),
    )],
    lacunes: &[PAS_AVANT_2027],
};

/// Premier jour sans aide, après une décision de suspension notifiée à l'organisme payeur.
///
/// # Erreurs
///
/// [`SansVersion`] pour une notification antérieure au 1er janvier 2027.
///
/// ```
/// use droit::regles::aide::effet_de_la_suspension;
/// use jiff::civil::date;
///
/// let effet = effet_de_la_suspension(date(2027, 6, 1)).unwrap();
/// assert_eq!(effet.valeur, date(2027, 7, 1));
/// ```
pub fn effet_de_la_suspension(notifiee_le: Date) -> Result<Conclusion<Date>, SansVersion> {
    let version = EFFET.en_vigueur(notifiee_le)?;
    let effet = Delai::Jours(1)
        .terme(notifiee_le.last_of_month(), &crate::calendrier::Territoire::Metropole);
    let motif = Motif::new(
        format!(
            "décision notifiée le {} : plus d'aide à compter du {}",
            Jour(notifiee_le),
            Jour(effet)
        ),
        version.source.clone(),
    );
    Ok(Conclusion { valeur: effet, motifs: vec![motif] })
}

static EXCEPTION: Parametre<Enonce> = Parametre {
    nom: "maintien_aide_exception",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        CODIFICATION,
        VEILLE_DE_LA_REFORME,
        Enonce::oui("aide gardée malgré l'échec du plan").avec(&[
            "si le loyer courant est payé",
            "ou, en situation sociale difficile, si la moitié au moins du loyer net d'aide l'est",
        ]),
        Source::rapportee("CCH", "R. 824-28"),
    )],
    lacunes: &[AVANT_LA_CODIFICATION, NON_LU_EN_2027],
};

static DECIDEUR: Parametre<Enonce> = Parametre {
    nom: "decideur_maintien_aide",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2011, 1, 1),
            date(2023, 7, 28),
            Enonce::oui("l'organisme payeur"),
            Source::rapportee("CCH", "L. 824-2, ancien"),
        ),
        Version::entre(
            date(2023, 7, 29),
            VEILLE_DE_LA_REFORME,
            Enonce::oui(
                "la commission selon la loi ; l'organisme payeur selon le décret, pas encore modifié",
            ),
            Source::incertaine("CCH", "L. 824-2 et R. 824-1 s."),
        ),
        Version::depuis(
            REFORME,
            Enonce::oui(
                "la commission, saisie par l'organisme payeur avec un diagnostic qu'il établit",
            ),
            Source::rapportee("CCH, art. L. 824-2 ; décret n° 2026-84", ""),
        ),
    ],
    lacunes: &[avant(date(2010, 12, 31))],
};

static PRINCIPE: Parametre<Enonce> = Parametre {
    nom: "maintien_aide_principe",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        REFORME,
        Enonce::oui(
            "l'aide est maintenue tant que la commission n'envoie pas de décision de suspension, même après la résiliation si l'indemnité d'occupation est payée",
        ),
        Source::rapportee(DECRET, ""),
    )],
    lacunes: &[PAS_AVANT_2027],
};

static TIERS_PAYANT: Parametre<Delai> = Parametre {
    nom: "tiers_payant_proposition",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            CODIFICATION,
            VEILLE_DE_LA_REFORME,
            Delai::Mois(2),
            Source::rapportee("CCH", "R. 824-20"),
        ),
        Version::depuis(REFORME, Delai::Mois(2), Source::a_verifier(DECRET, "")),
    ],
    lacunes: &[AVANT_LA_CODIFICATION],
};

static ACCOMPAGNEMENT: Parametre<Enonce> = Parametre {
    nom: "accompagnement_op",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        REFORME,
        Enonce::oui(
            "si le ménage accepte, l'organisme payeur l'oriente vers le FSL ; il peut saisir la commission de médiation (CCH, art. L. 441-2-3, II)",
        ),
        Source::rapportee(DECRET, ""),
    )],
    lacunes: &[PAS_AVANT_2027],
};

static PLAN_DU_JUGE: Parametre<Enonce> = Parametre {
    nom: "juge_plan_aide",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            CODIFICATION,
            VEILLE_DE_LA_REFORME,
            PLAN_RESPECTE,
            Source::rapportee("CCH", "R. 824-29"),
        ),
        Version::depuis(REFORME, PLAN_RESPECTE, Source::a_verifier(DECRET, "")),
    ],
    lacunes: &[AVANT_LA_CODIFICATION],
};

const PLAN_RESPECTE: Enonce = Enonce::oui(
    "l'aide est maintenue ou rétablie tant que le plan décidé par le juge est respecté",
);

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::enonce(&EXCEPTION)
        .titre("Aide maintenue par exception", "l'aide est-elle gardée malgré l'échec du plan"),
    Regle::enonce(&DECIDEUR)
        .titre("Qui décide du maintien de l'aide", "l'organisme payeur ou la commission")
        .rattachee_a("la date du signalement de l'impayé").faits(&["date_signalement"]),
    Regle::enonce(&PRINCIPE)
        .titre("Maintien de l'aide", "ce que devient l'aide sans décision")
        .rattachee_a("la date du signalement de l'impayé").faits(&["date_signalement"]),
    Regle::propre(&EFFET, suspension)
        .titre("Effet de la suspension de l'aide", "de la notification à l'organisme payeur au premier jour sans aide")
        .rattachee_a("la date de la notification").exemple("--depuis 2027-06-01"),
    Regle::delai(&TIERS_PAYANT, Article642::EcartePeutEtre)
        .titre("Proposition du versement au bailleur", "délai de réponse du bailleur à l'organisme payeur"),
    Regle::enonce(&ACCOMPAGNEMENT)
        .titre("Accompagnement par l'organisme payeur", "ce que fait l'organisme payeur quand le ménage accepte")
        .rattachee_a("la date du signalement de l'impayé").faits(&["date_signalement"]),
    Regle::enonce(&PLAN_DU_JUGE)
        .titre("Plan du juge et aide", "l'aide pendant les délais accordés par le juge"),
];

fn suspension(demande: &Demande<'_>) -> Result<Resultat, Refus> {
    let notifiee_le = demande.depuis()?;
    Ok(selon_la_version(demande, &EFFET, notifiee_le, |resultat, _| {
        match effet_de_la_suspension(notifiee_le) {
            Ok(effet) => Resultat {
                premier_jour_possible: Some(effet.valeur),
                ..resultat.date_fixe(effet.valeur).motifs(&effet.motifs)
            },
            Err(sans_version) => Resultat::inconnu(demande, &sans_version),
        }
    }))
}
