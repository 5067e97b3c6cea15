//! Un imprimé vraisemblable de chaque sorte.

use jiff::civil::date;

use crate::imprime::chronologie::{Chronologie, Jalon, Sorte, Suspension};
use crate::imprime::decision_aide::{self, DecisionAide};
use crate::imprime::decision_cfp::{Constat, Controle, DecisionCfp, Piece, Sens};
use crate::imprime::diagnostic::{Champ, Diagnostic, Envoi, Rubrique};
use crate::imprime::donnees_menage::{Acces, DonneesDuMenage, Ligne, Recue};
use crate::imprime::feuille_de_route::{FeuilleDeRoute, Visite};
use crate::imprime::{Imprime, Tete};

/// Un imprimé de chaque sorte, dans l'ordre des variantes.
pub fn imprimes() -> Vec<Imprime> {
    vec![
        Imprime::Chronologie(chronologie()),
        Imprime::DecisionAide(decision_aide()),
        Imprime::DecisionCfp(decision_cfp()),
        Imprime::Diagnostic(diagnostic()),
        Imprime::DonneesDuMenage(donnees_du_menage()),
        Imprime::FeuilleDeRoute(feuille_de_route()),
    ]
}

/// Un commandement, une assignation trop proche de l'audience, une trêve à venir.
pub fn chronologie() -> Chronologie {
    Chronologie {
        tete: tete("Sous-commission d’Arras"),
        menage: "BRUNEAU Inès".to_owned(),
        logement: LOGEMENT.to_owned(),
        stade: "Assignation délivrée".to_owned(),
        jalons: vec![
            jalon("18 mai 2026", "Commandement de payer", Sorte::Passe),
            Jalon {
                motifs: textes(&["six semaines à compter de l’acte (loi n° 89-462, art. 24, I)"]),
                ..jalon("29 juin 2026", "Fin du délai pour payer", Sorte::Calcule)
            },
            Jalon {
                anomalies: textes(&["notifiée au préfet moins de six semaines avant l’audience : la demande peut être déclarée irrecevable"]),
                ..jalon("20 octobre 2026", "Assignation", Sorte::Passe)
            },
            Jalon {
                motifs: textes(&["cinq jours ouvrés avant l’audience (décret n° 2021-8)"]),
                pendant: textes(&["Trêve hivernale"]),
                ..jalon("9 novembre 2026", "Dernier jour pour transmettre le diagnostic", Sorte::Calcule)
            },
            Jalon {
                pendant: textes(&["Trêve hivernale"]),
                ..jalon("17 novembre 2026", "Audience", Sorte::Annonce)
            },
        ],
        suspensions: vec![Suspension {
            quoi: "Trêve hivernale".to_owned(),
            du: "1er novembre 2026".to_owned(),
            au: "31 mars 2027".to_owned(),
            motif: "suspend l’expulsion seule : actes, audiences et délais continuent (code des procédures civiles d’exécution, art. L. 412-6)".to_owned(),
        }],
    }
}

/// L'aide est suspendue à compter de juillet 2027.
pub fn decision_aide() -> DecisionAide {
    DecisionAide {
        tete: tete("Commission centrale"),
        organisme: "Caisse d’allocations familiales du Pas-de-Calais".to_owned(),
        menage: "BRUNEAU Inès".to_owned(),
        logement: LOGEMENT.to_owned(),
        sens: decision_aide::Sens::Suspension {
            effet: Some(("1er juin 2027".to_owned(), "1er juillet 2027".to_owned())),
        },
        decidee_le: "25 mai 2027".to_owned(),
        motivation: "Le loyer n’est pas repris depuis dix mois. Les trois rendez-vous proposés par l’organisme payeur et par le service social sont restés sans réponse.\nLe ménage, invité à s’exprimer le 3 mai 2027, n’a pas fait connaître sa situation.".to_owned(),
        courriel: "ccapex@example.org".to_owned(),
    }
}

/// Un refus, faute de commandement notifié au préfet.
pub fn decision_cfp() -> DecisionCfp {
    DecisionCfp {
        tete: tete("Bureau de la prévention des expulsions"),
        autorite: "Le préfet du Pas-de-Calais".to_owned(),
        menage: "BRUNEAU Inès".to_owned(),
        logement: LOGEMENT.to_owned(),
        bailleur: "WAGNER Franck".to_owned(),
        sens: Sens::Refus,
        motivation: "Considérant que la commission recommande un protocole de cohésion sociale, que le loyer courant est de nouveau payé et que le ménage compte un enfant scolarisé dans la commune ;\nConsidérant qu’un relogement est proposé par le bailleur à brève échéance.".to_owned(),
        visas: textes(&[
            "la décision de justice du 4 mars 2026, signifiée le 20 mars 2026",
            "le commandement de quitter les lieux du 2 avril 2026",
            "la demande de concours reçue le 15 juin 2026",
        ]),
        pieces: vec![
            piece("Avis du maire", Some("22 juin 2026"), Some("réservé")),
            piece("Entretien de la dernière chance", Some("30 juin 2026"), Some("fait")),
            piece("Renseignement de la police ou de la gendarmerie", None, None),
            piece("Enquête sociale", Some("3 juillet 2026"), Some("défavorable au concours")),
            piece("Place du SIAO", Some("6 juillet 2026"), Some("demandée, en attente")),
        ],
        controles: vec![
            controle("Commandement de quitter les lieux", Constat::Regulier, "deux mois écoulés le 2 juin 2026"),
            controle("Notification au préfet", Constat::AVerifier, "la date de notification n’est pas au dossier"),
            controle("Demande de concours", Constat::Irregulier, "déposée par courrier : la voie électronique est la seule qui produise effet"),
        ],
    }
}

/// Un diagnostic complet, transmis à temps.
pub fn diagnostic() -> Diagnostic {
    Diagnostic {
        tete: tete("Association Le Toit partagé"),
        menage: "BRUNEAU Inès".to_owned(),
        logement: LOGEMENT.to_owned(),
        audience: Some("17 novembre 2026".to_owned()),
        envoi: Envoi {
            avant_le: Some((
                "9 novembre 2026".to_owned(),
                textes(&[
                    "audience du 17 novembre 2026 : diagnostic transmis cinq jours ouvrés avant, le 9 novembre 2026 au plus tard",
                ]),
            )),
            transmis_le: Some((
                "5 novembre 2026".to_owned(),
                "acte n° 14 du dossier, consigné le 5 novembre 2026".to_owned(),
            )),
            tardif: false,
        },
        rubriques: vec![
            rubrique(
                "Le rédacteur",
                &[
                    ("Organisme", "Association Le Toit partagé"),
                    ("Nom et prénom", "Delmotte Rachid"),
                    ("Diagnostic rédigé le", "4 novembre 2026"),
                ],
                &[],
            ),
            rubrique(
                "La présence du locataire",
                &[
                    ("Le locataire a été rencontré", "Oui"),
                    ("Entretien du", "28 octobre 2026"),
                    ("Comment", "Au domicile"),
                ],
                &[],
            ),
            rubrique(
                "La dette",
                &[("Montant de la dette", "3 120,00 €"), ("Arrêtée au", "31 octobre 2026")],
                &[(
                    "Causes de l’impayé",
                    "Perte d’un emploi en février.\nDroits au chômage ouverts en juin seulement.",
                )],
            ),
            rubrique(
                "Les préconisations",
                &[("Orientation proposée", "Maintien dans le logement")],
                &[(
                    "Préconisations",
                    "Délais de paiement sur vingt-quatre mois, accompagnement social lié au logement.",
                )],
            ),
            rubrique(
                "Les observations du bailleur",
                &[("Observations", "Demandées, restées sans réponse")],
                &[],
            ),
            rubrique("Les démarches de relogement", &[], &[]),
        ],
        manques: vec![],
    }
}

/// Trois visites dans deux communes.
pub fn feuille_de_route() -> FeuilleDeRoute {
    FeuilleDeRoute {
        tete: Tete {
            reference: "Visites du 27 octobre 2026".to_owned(),
            ..tete("Association Le Toit partagé")
        },
        jour: "27 octobre 2026".to_owned(),
        visites: vec![
            visite(
                "Arras",
                "62-2026-000101",
                "LAUNAY Jérôme",
                "8, rue du Saumon, 62000 Arras",
                None,
                &[],
            ),
            visite(
                "Arras",
                "62-2026-000117",
                "NGUYEN Linh",
                "31, rue d’Amiens, 62000 Arras",
                Some("06 39 98 11 22"),
                &["12 octobre 2026 : porte close", "5 octobre 2026 : sans réponse"],
            ),
            visite(
                "Beaurains",
                "62-2026-000123",
                "BRUNEAU Inès",
                LOGEMENT,
                Some("06 39 98 44 55"),
                &["14 octobre 2026 : porte close"],
            ),
        ],
    }
}

const LOGEMENT: &str = "64, boulevard Lemoine, 62217 Beaurains";

/// Une notice, un contact, une lettre, deux consultations.
pub fn donnees_du_menage() -> DonneesDuMenage {
    let champ = |nom: &str, valeur: &str| (nom.to_owned(), valeur.to_owned());
    let ligne = |jour: &str, quoi: &str| Ligne { jour: jour.to_owned(), quoi: quoi.to_owned() };
    let acces = |quand: &str, organisme: &str| Acces {
        quand: quand.to_owned(),
        organisme: organisme.to_owned(),
        geste: "a ouvert le dossier".to_owned(),
        finalite: "suivre les ménages menacés d’expulsion".to_owned(),
    };
    DonneesDuMenage {
        tete: tete("Délégué à la protection des données"),
        efface: String::new(),
        notices: vec![Recue {
            titre: "Commandement de payer, reçue le 18/05/2026".to_owned(),
            champs: vec![
                champ("Nom", "BRUNEAU"),
                champ("Prénom", "Inès"),
                champ("Adresse", LOGEMENT),
                champ("Bailleur", "SCI des Tilleuls"),
            ],
        }],
        actes: vec![ligne("02/06/2026", "Tentative de contact — le ménage a rappelé")],
        lettres: vec![ligne("18/05/2026", "Intervention de la commission, au locataire")],
        acces: vec![
            acces("19/05/2026 à 09 h 14", "Sous-commission d’Arras"),
            acces("02/06/2026 à 15 h 40", "Maison des solidarités de l’Artois"),
        ],
    }
}

fn tete(service: &str) -> Tete {
    Tete {
        emetteur: textes(&[
            "Commission de coordination des actions de prévention des expulsions locatives",
            service,
        ]),
        reference: "62-2026-000123".to_owned(),
        date: date(2026, 11, 5),
    }
}

fn jalon(jour: &str, titre: &str, sorte: Sorte) -> Jalon {
    Jalon {
        jour: jour.to_owned(),
        titre: titre.to_owned(),
        sorte,
        motifs: vec![],
        anomalies: vec![],
        pendant: vec![],
    }
}

fn piece(nom: &str, recue_le: Option<&str>, conclusion: Option<&str>) -> Piece {
    Piece {
        nom: nom.to_owned(),
        recue_le: recue_le.map(str::to_owned),
        conclusion: conclusion.map(str::to_owned),
    }
}

fn controle(etape: &str, constat: Constat, pourquoi: &str) -> Controle {
    Controle { etape: etape.to_owned(), constat, pourquoi: pourquoi.to_owned() }
}

fn rubrique(titre: &str, lignes: &[(&str, &str)], textes: &[(&str, &str)]) -> Rubrique {
    let champ = |texte: bool| {
        move |(libelle, valeur): &(&str, &str)| Champ {
            libelle: (*libelle).to_owned(),
            valeur: (*valeur).to_owned(),
            texte,
        }
    };
    Rubrique {
        titre: titre.to_owned(),
        champs: lignes.iter().map(champ(false)).chain(textes.iter().map(champ(true))).collect(),
    }
}

fn visite(
    commune: &str,
    reference: &str,
    menage: &str,
    adresse: &str,
    telephone: Option<&str>,
    tentatives: &[&str],
) -> Visite {
    Visite {
        commune: commune.to_owned(),
        reference: reference.to_owned(),
        menage: menage.to_owned(),
        adresse: adresse.to_owned(),
        telephone: telephone.map(str::to_owned),
        audience: Some("17 novembre 2026".to_owned()),
        tentatives: textes(tentatives),
    }
}

fn textes(textes: &[&str]) -> Vec<String> {
    textes.iter().map(|&t| t.to_owned()).collect()
}
