//! Ce qu'on doit à la personne : dire qu'on a calculé, expliquer, motiver.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Regle};
use crate::delai::Delai;
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, Version};
use crate::resultat::Article642;
use crate::source::Source;

const LOI_DE_2016: Date = date(2016, 10, 9);
const AVANT_2016: Lacune =
    Lacune::jusqu_au(date(2016, 10, 8), "la loi du 7 octobre 2016 n'était pas en vigueur");

static MENTION: Parametre<Enonce> = Parametre {
    nom: "mention_algorithmique",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            LOI_DE_2016,
            date(2017, 8, 31),
            Enonce::oui(
                "mention explicite sur toute décision individuelle fondée sur un algorithme",
            ),
            Source::lue("CRPA", "L. 311-3-1"),
        ),
        Version::depuis(
            date(2017, 9, 1),
            Enonce::oui(
                "mention explicite sur toute décision individuelle fondée sur un algorithme",
            )
            .avec(&[
                "la finalité du traitement",
                "le droit d'obtenir les règles",
                "comment les demander",
                "le recours à la CADA",
            ]),
            Source::lue("CRPA", "L. 311-3-1, R. 311-3-1-1"),
        ),
    ],
    lacunes: &[AVANT_2016],
};

static EXPLICATION: Parametre<Enonce> = Parametre {
    nom: "explication_algorithmique",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2017, 9, 1),
        Enonce::oui("sur demande").avec(&[
            "le degré et le mode de contribution du calcul à la décision",
            "les données et leurs sources",
            "les paramètres appliqués à la personne",
            "les opérations effectuées",
        ]),
        Source::lue("CRPA", "R. 311-3-1-2"),
    )],
    lacunes: &[Lacune::jusqu_au(
        date(2017, 8, 31),
        "le décret d'application n'était pas en vigueur",
    )],
};

static PUBLICATION: Parametre<Enonce> = Parametre {
    nom: "publication_regles",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        LOI_DE_2016,
        Enonce::oui("les règles des principaux traitements algorithmiques sont publiées en ligne"),
        Source::lue("CRPA", "L. 312-1-3"),
    )],
    lacunes: &[AVANT_2016],
};

static DECISION_AUTOMATISEE: Parametre<Enonce> = Parametre {
    nom: "decision_automatisee",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        date(2018, 5, 25),
        Enonce::non(
            "le logiciel ne décide jamais seul de suspendre une aide ni du concours de la force publique",
        ),
        Source::a_verifier("RGPD, art. 22 ; loi n° 78-17", "47"),
    )],
    lacunes: &[Lacune::jusqu_au(date(2018, 5, 24), "le RGPD n'était pas applicable")],
};

static MOTIVATION: Parametre<Enonce> = Parametre {
    nom: "motivation_decision",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DEBUT_NON_DATE,
        Enonce::oui(
            "toute décision individuelle défavorable est motivée : refus du concours, suspension de l'aide",
        ),
        Source::lue("CRPA, art. L. 211-2 ; CPCE", "R. 153-1"),
    )],
    lacunes: &[],
};

static REFUS_IMPLICITE: Parametre<Delai> = Parametre {
    nom: "motifs_refus_implicite",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(DEBUT_NON_DATE, Delai::Mois(1), Source::lue("CRPA", "L. 232-4"))],
    lacunes: &[],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::enonce(&MENTION).titre("Mention d'un algorithme", "ce qu'une décision fondée sur un calcul doit dire"),
    Regle::enonce(&EXPLICATION).titre("Explication d'un algorithme", "ce que la personne peut demander"),
    Regle::enonce(&PUBLICATION).titre("Publication des règles", "ce qui est publié en ligne"),
    Regle::enonce(&DECISION_AUTOMATISEE).titre("Décision automatisée", "le logiciel peut-il décider seul"),
    Regle::enonce(&MOTIVATION).titre("Motivation des décisions", "quelles décisions sont motivées"),
    Regle::delai(&REFUS_IMPLICITE, Article642::EcartePeutEtre)
        .titre("Motifs d'un refus implicite", "de la demande de motifs à leur communication")
        .rattachee_a("la date de la demande de motifs"),
];
