//! Le système d'information national (EXPLOC) : sa base légale, ses accès.

use jiff::civil::{Date, date};

use crate::catalogue::{Enonce, Regle};
use crate::parametre::{DEBUT_NON_DATE, ETUDE_DU, Lacune, Parametre, Version};
use crate::source::Source;

use super::computation::avant;

const ARRETE_DE_2016: Date = date(2016, 7, 6);
const DECRET_DE_2025: Date = date(2025, 4, 18);
const DERNIER_JOUR_DE_L_ARRETE: Date = date(2025, 4, 17);
const DECRET: &str = "décret n° 2025-348";
const AVANT_2016: Lacune = Lacune::jusqu_au(date(2016, 7, 5), "le traitement n'existait pas");

static BASE: Parametre<Enonce> = Parametre {
    nom: "exploc_base",
    verifie_le: ETUDE_DU,
    versions: &[
        Version::entre(
            ARRETE_DE_2016,
            DERNIER_JOUR_DE_L_ARRETE,
            Enonce::oui(
                "arrêté du 23 juin 2016, délibération n° 2016-015 de la CNIL ; responsable : ministère de l'intérieur",
            ),
            Source::rapportee("loi n° 90-449, art. 7-2 ; arrêté du 23 juin 2016", ""),
        ),
        Version::depuis(
            DECRET_DE_2025,
            Enonce::oui("décret du 16 avril 2025 ; responsable : ministère du logement (DIHAL)"),
            Source::rapportee(DECRET, ""),
        ),
    ],
    lacunes: &[AVANT_2016],
};

static ACCES: Parametre<Enonce> = Parametre {
    nom: "exploc_acces",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2025,
        Enonce::oui("habilitation individuelle, selon le besoin d'en connaître").avec(&[
            "services déconcentrés de l'État",
            "collectivités et leurs établissements",
            "police et gendarmerie",
            "maîtrise d'ouvrage (DIHAL, DNUM)",
        ]),
        Source::rapportee(DECRET, "3, I"),
    )],
    lacunes: &[avant(DERNIER_JOUR_DE_L_ARRETE)],
};

static DESTINATAIRES: Parametre<Enonce> = Parametre {
    nom: "exploc_destinataires",
    verifie_le: ETUDE_DU,
    versions: &[Version::depuis(
        DECRET_DE_2025,
        Enonce::oui("liste incomplète dans la source")
            .avec(&["commissaires de justice mandatés", "Banque de France (surendettement)"]),
        Source::rapportee(DECRET, "3, II"),
    )],
    lacunes: &[avant(DERNIER_JOUR_DE_L_ARRETE)],
};

static CONSERVATION: Parametre<Enonce> = Parametre {
    nom: "exploc_conservation",
    verifie_le: ETUDE_DU,
    versions: &[],
    lacunes: &[Lacune {
        du: DEBUT_NON_DATE,
        au: None,
        raison: "la durée de conservation (décret n° 2025-348, art. 4 s.) n'a pas été trouvée",
    }],
};

static JOURNALISATION: Parametre<Enonce> = Parametre {
    nom: "exploc_journalisation",
    verifie_le: ETUDE_DU,
    versions: &[],
    lacunes: &[Lacune {
        du: DEBUT_NON_DATE,
        au: None,
        raison: "la durée de garde des journaux d'accès (décret n° 2025-348) n'a pas été trouvée",
    }],
};

static FINALITES: Parametre<Enonce> = Parametre {
    nom: "exploc_finalites_2016",
    verifie_le: ETUDE_DU,
    versions: &[Version::entre(
        ARRETE_DE_2016,
        DERNIER_JOUR_DE_L_ARRETE,
        Enonce::oui("finalités").avec(&[
            "vue partagée en temps réel",
            "suivi des délais légaux",
            "archives pour les situations répétées",
            "calcul des indemnités",
        ]),
        Source::rapportee("arrêté du 23 juin 2016", ""),
    )],
    lacunes: &[
        AVANT_2016,
        Lacune::depuis(DECRET_DE_2025, "les finalités du décret n° 2025-348 n'ont pas été lues"),
    ],
};

#[rustfmt::skip]
pub(super) const REGLES: &[Regle] = &[
    Regle::enonce(&BASE).titre("Base légale d'EXPLOC", "quel texte crée le traitement, et qui en répond"),
    Regle::enonce(&ACCES).titre("Accès à EXPLOC", "qui lit et écrit"),
    Regle::enonce(&DESTINATAIRES).titre("Destinataires d'EXPLOC", "qui reçoit"),
    Regle::enonce(&CONSERVATION).titre("Conservation dans EXPLOC", "combien de temps les données sont gardées"),
    Regle::enonce(&JOURNALISATION).titre("Journaux d'EXPLOC", "combien de temps les accès sont tracés"),
    Regle::enonce(&FINALITES).titre("Finalités d'EXPLOC en 2016", "à quoi servait le traitement"),
];
