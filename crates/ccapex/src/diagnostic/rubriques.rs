//! Les rubriques, dans l'ordre du formulaire national (décret n° 2021-8 du 5 janvier 2021 ; arrêté
//! du 23 août 2022).
//!
//! DOUTE : les libellés sont les nôtres. L'arrêté n'a pas été lu mot à mot : seules ses rubriques
//! sont rapportées. Aucun champ ne demande l'état de santé.

use super::Exigence::{Facultatif, SiAbsent, SiRencontre, Toujours};
use super::Genre::{Choix, Jour, Ligne, Montant, Nombre, OuiNon, Texte};
use super::{Champ, Exigence, Genre, Rubrique};
use crate::acte::codes::{Adhesion, NatureDeProtection};

const fn champ(
    code: &'static str,
    libelle: &'static str,
    genre: Genre,
    exigence: Exigence,
) -> Champ {
    Champ { code, libelle, genre, exigence, prerempli: false }
}

/// Un champ que le dossier sait souvent remplir.
const fn su(code: &'static str, libelle: &'static str, genre: Genre, exigence: Exigence) -> Champ {
    Champ { code, libelle, genre, exigence, prerempli: true }
}

const MODES: Genre = Choix(&[
    ("domicile", "Au domicile"),
    ("bureau", "Dans un service"),
    ("telephone", "Par téléphone"),
    ("visio", "En visioconférence"),
]);
const DEMARCHE: Genre = Choix(&[
    ("non", "Non engagée"),
    ("a_engager", "À engager"),
    ("depose", "Dossier déposé"),
    ("accord", "Accordée ou recevable"),
    ("refus", "Refusée ou irrecevable"),
]);
const OBSERVATIONS: Genre = Choix(&[
    ("ecrites", "Recueillies par écrit"),
    ("orales", "Recueillies de vive voix"),
    ("aucune", "Aucune observation"),
    ("sans_reponse", "Demandées, restées sans réponse"),
]);

/// Les rubriques, dans l'ordre.
#[rustfmt::skip]
pub static RUBRIQUES: &[Rubrique] = &[
    Rubrique {
        code: "redacteur", titre: "Le rédacteur",
        aide: "Qui établit ce diagnostic, et pour quel organisme.",
        champs: &[
            su("organisme",     "Organisme",                              Ligne, Toujours),
            champ("nom",        "Nom et prénom",                          Ligne, Toujours),
            champ("fonction",   "Fonction",                               Ligne, Facultatif),
            champ("telephone",  "Téléphone professionnel",                Ligne, Facultatif),
            champ("courriel",   "Courriel professionnel",                 Ligne, Facultatif),
            su("saisi_le",      "Organisme saisi le",                     Jour,  Facultatif),
            champ("redige_le",  "Diagnostic rédigé le",                   Jour,  Toujours),
        ],
    },
    Rubrique {
        code: "presence", titre: "La présence du locataire",
        aide: "Le locataire a-t-il été rencontré ? Sinon, dites chaque tentative : le juge y voit ce qui a été fait pour le joindre.",
        champs: &[
            champ("rencontre",  "Le locataire a été rencontré",           OuiNon, Toujours),
            champ("entretien_le", "Entretien du",                         Jour,   SiRencontre),
            champ("mode",       "Comment",                                MODES,  SiRencontre),
            su("tentatives",    "Tentatives de contact : dates et moyens", Texte, SiAbsent),
        ],
    },
    Rubrique {
        code: "identite", titre: "L’identité du locataire",
        aide: "Le titulaire du bail, et les autres titulaires s’il y en a.",
        champs: &[
            su("nom",           "Nom et prénom",                          Ligne, Toujours),
            su("naissance",     "Date de naissance",                      Jour,  Facultatif),
            su("adresse",       "Adresse du logement",                    Ligne, Toujours),
            su("telephone",     "Téléphone",                              Ligne, Facultatif),
            su("courriel",      "Courriel",                               Ligne, Facultatif),
            champ("cotitulaires", "Autres titulaires du bail",            Ligne, Facultatif),
            su("protection",    "Mesure de protection",                   Choix(NatureDeProtection::CHOIX), Facultatif),
        ],
    },
    Rubrique {
        code: "famille", titre: "La composition familiale",
        aide: "Toutes les personnes qui vivent dans le logement. N’écrivez ni maladie, ni handicap, ni condamnation.",
        champs: &[
            su("adultes",       "Adultes",                                Nombre { min: 0, max: 30 }, SiRencontre),
            su("enfants",       "Enfants à charge",                       Nombre { min: 0, max: 30 }, SiRencontre),
            champ("situation",  "Situation du foyer",                     Choix(&[
                ("seul", "Personne seule"), ("monoparentale", "Famille monoparentale"),
                ("couple", "Couple"), ("famille", "Couple avec enfants"), ("autre", "Autre"),
            ]), Facultatif),
            champ("emploi",     "Situation professionnelle de chacun",    Texte, Facultatif),
            champ("autres",     "Autres occupants, garde alternée",       Texte, Facultatif),
        ],
    },
    Rubrique {
        code: "accompagnement", titre: "L’accompagnement social",
        aide: "Qui accompagne déjà le ménage, et s’il le souhaite.",
        champs: &[
            champ("suivi",      "Le ménage est accompagné",               OuiNon, SiRencontre),
            su("service",       "Service qui l’accompagne",               Ligne,  Facultatif),
            su("adhesion",      "Ce qu’en dit le ménage",                 Choix(Adhesion::CHOIX), Facultatif),
            champ("mesures",    "Mesures en cours ou proposées",          Texte,  Facultatif),
        ],
    },
    Rubrique {
        code: "bail", titre: "Le bail",
        aide: "Le logement, le bailleur, ce qui est payé chaque mois.",
        champs: &[
            su("date",          "Date du bail",                           Jour,    Facultatif),
            champ("type",       "Type de location",                       Choix(&[
                ("vide", "Logement vide"), ("meuble", "Logement meublé"), ("hlm", "Logement social"),
                ("foyer", "Logement-foyer ou résidence"), ("autre", "Autre"),
            ]), Facultatif),
            su("bailleur",      "Bailleur",                               Ligne,   Toujours),
            su("bailleur_type", "Type de bailleur",                       Ligne,   Facultatif),
            su("loyer",         "Loyer mensuel hors charges",             Montant, Toujours),
            su("charges",       "Charges mensuelles",                     Montant, Facultatif),
            su("aide",          "Le ménage a une aide au logement",       OuiNon,  Facultatif),
            champ("aide_montant", "Aide au logement, par mois",           Montant, Facultatif),
            champ("aide_versee", "Versée à",                              Choix(&[
                ("bailleur", "Au bailleur"), ("locataire", "Au locataire"),
            ]), Facultatif),
            champ("etat",       "État du logement, adaptation au ménage", Texte,   Facultatif),
        ],
    },
    Rubrique {
        code: "dette", titre: "La dette",
        aide: "Combien, à quelle date, depuis quand et pourquoi.",
        champs: &[
            su("montant",       "Montant de la dette",                    Montant, Toujours),
            su("arretee_le",    "Arrêtée au",                             Jour,    Toujours),
            su("depuis",        "Impayé depuis le",                       Jour,    Facultatif),
            champ("causes",     "Causes de l’impayé",                     Texte,   SiRencontre),
            champ("contestee",  "Le locataire conteste la dette",         OuiNon,  Facultatif),
        ],
    },
    Rubrique {
        code: "dispositifs", titre: "Les dispositifs mobilisés",
        aide: "Ce qui a été essayé pour régler la dette, et ce que cela a donné.",
        champs: &[
            su("plan",          "Plan d’apurement",                       Ligne,    Facultatif),
            su("fsl",           "Fonds de solidarité pour le logement",   DEMARCHE, SiRencontre),
            su("surendettement", "Surendettement",                        DEMARCHE, SiRencontre),
            champ("garantie",   "Garantie (Visale, Loca-Pass, caution)",  Ligne,    Facultatif),
            champ("autres",     "Autres dispositifs",                     Texte,    Facultatif),
        ],
    },
    Rubrique {
        code: "reprise", titre: "La reprise du paiement du loyer",
        aide: "Depuis le 29 juillet 2023, le juge n’accorde de délais que si le loyer courant est repris en entier avant l’audience.",
        champs: &[
            champ("reprise",    "Le loyer courant est payé en entier",    OuiNon,  SiRencontre),
            champ("depuis",     "Depuis le",                              Jour,    Facultatif),
            champ("versements", "Derniers versements, dates et montants", Texte,   Facultatif),
        ],
    },
    Rubrique {
        code: "capacite", titre: "La capacité à apurer la dette",
        aide: "Les ressources et les charges du foyer, et ce qu’il peut rembourser chaque mois.",
        champs: &[
            champ("ressources", "Ressources mensuelles du foyer",         Montant, SiRencontre),
            champ("nature",     "Nature des ressources",                  Texte,   Facultatif),
            champ("charges",    "Charges mensuelles, hors loyer",         Montant, SiRencontre),
            champ("credits",    "Crédits et autres dettes, par mois",     Montant, Facultatif),
            champ("mensualite", "Remboursement possible, par mois",       Montant, Facultatif),
            champ("mois",       "Pendant combien de mois",                Nombre { min: 1, max: 36 }, Facultatif),
            champ("analyse",    "Ce que le rédacteur en pense",           Texte,   SiRencontre),
        ],
    },
    Rubrique {
        code: "preconisations", titre: "Les préconisations",
        aide: "Ce qui est proposé au juge et aux partenaires : maintien avec délais, relogement, accompagnement.",
        champs: &[
            champ("orientation", "Orientation proposée",                  Choix(&[
                ("maintien", "Maintien dans le logement"), ("relogement", "Relogement"),
                ("hebergement", "Hébergement"), ("aucune", "Aucune, faute d’éléments"),
            ]), Toujours),
            champ("texte",      "Préconisations",                         Texte, Toujours),
        ],
    },
    Rubrique {
        code: "observations_locataire", titre: "Les observations du locataire",
        aide: "Ses mots, par écrit ou de vive voix. Il reçoit ce diagnostic.",
        champs: &[
            champ("etat",       "Observations",                           OBSERVATIONS, Toujours),
            champ("texte",      "Ce qu’il dit",                           Texte,        Facultatif),
            champ("le",         "Recueillies le",                         Jour,         Facultatif),
        ],
    },
    Rubrique {
        code: "observations_bailleur", titre: "Les observations du bailleur",
        aide: "Ses mots, par écrit ou de vive voix. Il reçoit ce diagnostic.",
        champs: &[
            champ("etat",       "Observations",                           OBSERVATIONS, Toujours),
            champ("texte",      "Ce qu’il dit",                           Texte,        Facultatif),
            champ("le",         "Recueillies le",                         Jour,         Facultatif),
        ],
    },
    Rubrique {
        code: "relogement", titre: "Les démarches de relogement",
        aide: "Demande de logement social, recours DALO, demande au SIAO.",
        champs: &[
            champ("demande",    "Demande de logement social déposée",     OuiNon,   SiRencontre),
            su("dalo",          "Recours DALO",                           DEMARCHE, Facultatif),
            champ("siao",       "Demande au SIAO",                        OuiNon,   Facultatif),
            champ("texte",      "Démarches et obstacles",                 Texte,    Facultatif),
        ],
    },
    Rubrique {
        code: "ccapex", titre: "La commission de prévention des expulsions",
        aide: "Si la commission est saisie, et ce qu’elle recommande.",
        champs: &[
            su("saisie",        "La commission est saisie",               OuiNon, Toujours),
            su("avis",          "Avis et recommandations",                Texte,  Facultatif),
        ],
    },
];
