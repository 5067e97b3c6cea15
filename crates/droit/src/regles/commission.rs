//! La commission : le plafond de ses délais de réponse, et ce qu'elle est.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Regle};
use crate::delai::Delai;
use crate::parametre::{ETUDE_DU, Lacune, Parametre, Version};
use crate::resultat::Article642;
use crate::source::Source;

use super::computation::avant;

pub(crate) static DELAI_DE_REPONSE: Parametre<Delai> = Parametre {
    nom: "ccapex_delai_reponse",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        date(2015, 11, 1),
        date(2026, 2, 13),
        Delai::Mois(3),
        Source::rapportee("décret n° 2015-1384", ""),
    )],
    lacunes: &[
        Lacune::jusqu_au(date(2015, 10, 31), "le décret du 30 octobre 2015 n'était pas en vigueur"),
        Lacune::depuis(date(2026, 2, 14), "la valeur du décret n° 2026-83 n'a pas été trouvée"),
    ],
};

/// Le plus long délai de réponse qu'un règlement intérieur pouvait se donner ce jour-là.
///
/// Rien depuis le 14 février 2026 : la valeur du décret n° 2026-83 n'a pas été trouvée (doute n° 21).
pub fn delai_reponse_plafond(jour: Date) -> Option<Version<Delai>> {
    DELAI_DE_REPONSE.en_vigueur(jour).ok().cloned()
}

const DECRET_DE_2015: Date = date(2015, 11, 1);
const DERNIER_JOUR_DU_DECRET: Date = date(2026, 2, 13);
const DECRET_DE_2026: Date = date(2026, 2, 14);
const DECRET: &str = "décret n° 2015-1384";
const AVANT_LE_DECRET: Lacune = avant(date(2015, 10, 31));
const NON_LU_EN_2026: Lacune = Lacune::depuis(
    DECRET_DE_2026,
    "le décret n° 2026-83, qui refond la commission, n'a pas été lu sur ce point",
);

static EXISTENCE: Parametre<Enonce> = Parametre {
    nom: "ccapex_existence",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2006, 7, 16),
            date(2010, 2, 28),
            Enonce::non("la commission est facultative"),
            Source::a_verifier("loi portant engagement national pour le logement", ""),
        ),
        Version::depuis(
            date(2010, 3, 1),
            Enonce::oui("une commission dans chaque département"),
            Source::rapportee("loi portant engagement national pour le logement, modifiée", ""),
        ),
    ],
    lacunes: &[Lacune::jusqu_au(date(2006, 7, 15), "la commission n'existait pas")],
};

static PRESIDENCE: Parametre<Enonce> = Parametre {
    nom: "ccapex_presidence",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2015,
            date(2023, 7, 28),
            Enonce::oui("le préfet et le président du conseil départemental"),
            Source::rapportee(DECRET, ""),
        ),
        Version::depuis(
            date(2023, 7, 29),
            Enonce::oui(
                "le préfet et le président du conseil départemental, et le président de la métropole qui gère un FSL",
            ),
            Source::rapportee("loi n° 90-449", "7-2"),
        ),
    ],
    lacunes: &[AVANT_LE_DECRET],
};

static MISSIONS: Parametre<Enonce> = Parametre {
    nom: "ccapex_missions",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            date(2015, 1, 1),
            date(2023, 7, 28),
            Enonce::oui("missions")
                .avec(&["coordonner et évaluer", "rendre avis et recommandations"]),
            Source::rapportee("loi n° 2014-366", ""),
        ),
        Version::depuis(
            date(2023, 7, 29),
            Enonce::oui("missions").avec(&[
                "coordonner et évaluer",
                "décider du maintien de l'aide au logement",
                "orienter et répartir les signalements entre ses membres",
                "rendre avis et recommandations",
            ]),
            Source::rapportee("loi n° 90-449", "7-2"),
        ),
    ],
    lacunes: &[avant(date(2014, 12, 31))],
};

static VOIX_DELIBERATIVES: Parametre<Enonce> = Parametre {
    nom: "ccapex_membres_deliberatifs",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DECRET_DE_2015,
        DERNIER_JOUR_DU_DECRET,
        Enonce::oui("voix délibératives").avec(&[
            "préfet", "président du conseil départemental", "métropole", "chaque organisme payeur",
            "un membre par sous-commission",
            "EPCI délégataire (CCH, art. L. 301-5-1) ou doté d'un programme de l'habitat exécutoire",
        ]),
        Source::rapportee(DECRET, "3"),
    )],
    lacunes: &[AVANT_LE_DECRET, NON_LU_EN_2026],
};

static VOIX_CONSULTATIVES: Parametre<Enonce> = Parametre {
    nom: "ccapex_membres_consultatifs",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        DECRET_DE_2015,
        DERNIER_JOUR_DU_DECRET,
        Enonce::oui("voix consultatives, à leur demande").avec(&[
            "commission de surendettement",
            "bailleurs sociaux et privés",
            "Action Logement",
            "CCAS",
            "associations de locataires et autres",
            "UDAF",
            "ADIL",
            "commissaires de justice",
            "SIAO",
        ]),
        Source::rapportee(DECRET, "4"),
    )],
    lacunes: &[AVANT_LE_DECRET, NON_LU_EN_2026],
};

static ORGANISATION: Parametre<Enonce> = Parametre {
    nom: "ccapex_organisation",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2015,
            DERNIER_JOUR_DU_DECRET,
            Enonce::oui("une commission et des sous-commissions"),
            Source::rapportee(DECRET, ""),
        ),
        Version::depuis(
            DECRET_DE_2026,
            Enonce::oui(
                "une commission centrale, des commissions locales au choix, et des sous-commissions territoriales pour les signalements",
            ),
            Source::a_verifier("décret n° 2026-83", ""),
        ),
    ],
    lacunes: &[AVANT_LE_DECRET],
};

static REGLEMENT: Parametre<Enonce> = Parametre {
    nom: "ccapex_reglement_interieur",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2015,
        Enonce::oui("le règlement intérieur, publié, fixe").avec(&[
            "l'organisation territoriale",
            "les modes de saisine et d'alerte",
            "l'examen des situations",
        ]),
        Source::rapportee(DECRET, "9"),
    )],
    lacunes: &[AVANT_LE_DECRET],
};

static BILAN: Parametre<Enonce> = Parametre {
    nom: "ccapex_bilan_annuel",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2015,
        Enonce::oui("chaque année, au comité responsable du plan").avec(&[
            "procédures",
            "activité, avis et suites",
            "propositions",
        ]),
        Source::rapportee(DECRET, "1"),
    )],
    lacunes: &[AVANT_LE_DECRET],
};

static SUITES: Parametre<Enonce> = Parametre {
    nom: "ccapex_suites",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            DECRET_DE_2015,
            DERNIER_JOUR_DU_DECRET,
            SUITES_DUES,
            Source::rapportee(DECRET, ""),
        ),
        Version::depuis(DECRET_DE_2026, SUITES_DUES, Source::a_verifier("décret n° 2026-83", "")),
    ],
    lacunes: &[AVANT_LE_DECRET],
};

const SUITES_DUES: Enonce =
    Enonce::oui("le destinataire d'un avis dit à la commission ce qu'il en a fait");

const DANS_LE_PROFIL: Enonce = Enonce::inconnu("donnée locale : voir le profil du territoire");

static FREQUENCE: Parametre<Enonce> = Parametre {
    nom: "ccapex_frequence_locale",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2017, 1, 1),
        DANS_LE_PROFIL,
        Source::rapportee("règlement intérieur de chaque commission", ""),
    )],
    lacunes: &[avant(date(2016, 12, 31))],
};

static SUIVI: Parametre<Enonce> = Parametre {
    nom: "suivi_post_commission",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2017, 1, 1),
        DANS_LE_PROFIL,
        Source::rapportee("charte de chaque département", ""),
    )],
    lacunes: &[avant(date(2016, 12, 31))],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::enonce(&EXISTENCE).titre("Existence de la commission", "la commission est-elle obligatoire"),
    Regle::enonce(&PRESIDENCE).titre("Présidence de la commission", "qui préside"),
    Regle::enonce(&MISSIONS).titre("Missions de la commission", "ce que fait la commission"),
    Regle::enonce(&VOIX_DELIBERATIVES).titre("Membres à voix délibérative", "qui vote"),
    Regle::enonce(&VOIX_CONSULTATIVES).titre("Membres à voix consultative", "qui donne son avis"),
    Regle::enonce(&ORGANISATION).titre("Organisation de la commission", "commission et sous-commissions"),
    Regle::enonce(&REGLEMENT).titre("Règlement intérieur", "ce que fixe le règlement intérieur"),
    Regle::delai(&DELAI_DE_REPONSE, Article642::EcartePeutEtre)
        .titre("Délai de réponse de la commission", "plafond du délai que le règlement intérieur fixe pour répondre à une alerte")
        .rattachee_a("la date de l'alerte").exemple("--depuis 2025-03-03"),
    Regle::enonce(&BILAN).titre("Bilan annuel", "ce que la commission rapporte chaque année"),
    Regle::enonce(&SUITES).titre("Suites des avis", "ce que devient un avis"),
    Regle::enonce(&FREQUENCE).titre("Fréquence des séances", "donnée du règlement intérieur de chaque territoire"),
    Regle::enonce(&SUIVI).titre("Suivi après la commission", "donnée de la charte de chaque territoire"),
];
