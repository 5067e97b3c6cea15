//! Une lettre vraisemblable de chaque sorte, pour les tests, la documentation et l'aperçu d'un
//! modèle. Noms inventés, téléphones et courriels des plages réservées à la fiction.

pub mod imprimes;
pub mod menage;

use jiff::civil::date;

use crate::lettre::Lettre;
use crate::lettre::commun::{
    ActeRecu, Adresse, Aide, DateExpliquee, EnTete, Guichet, Moment, Motif, NatureActe, Secretariat,
};
use crate::lettre::demande_complement::{DemandeComplement, Manque, NoticeACompleter};
use crate::lettre::hors_champ_commissaire::{HorsChampCommissaire, MotifHorsChamp};
use crate::lettre::ineligibilite_commissaire::{IneligibiliteCommissaire, Montant, Notice};
use crate::lettre::intervention_bailleur::{DemandeAuBailleur, InterventionBailleur};
use crate::lettre::intervention_ccas::InterventionCcas;
use crate::lettre::intervention_locataire::{DemandeAuLocataire, InterventionLocataire};
use crate::lettre::intervention_maire::{DemandeCommune, InterventionMaire};
use crate::lettre::relance::{Rappel, Relance};
use crate::lettre::sensibilisation_locataire::SensibilisationLocataire;

/// Une lettre de chaque sorte, dans l'ordre des variantes.
pub fn toutes() -> Vec<Lettre> {
    vec![
        Lettre::IneligibiliteCommissaire(ineligibilite_commissaire()),
        Lettre::HorsChampCommissaire(hors_champ_commissaire()),
        Lettre::InterventionBailleur(intervention_bailleur()),
        Lettre::InterventionLocataire(intervention_locataire()),
        Lettre::InterventionMaire(intervention_maire()),
        Lettre::InterventionCcas(intervention_ccas()),
        Lettre::Relance(relance_bailleur()),
        Lettre::DemandeComplement(demande_complement()),
        Lettre::SensibilisationLocataire(sensibilisation_locataire()),
        Lettre::InformationMenage(menage::information_menage()),
        Lettre::AvisCommission(menage::avis_commission()),
        Lettre::AccompagnementMenage(menage::accompagnement_menage()),
        Lettre::AccompagnementMaire(menage::accompagnement_maire()),
    ]
}

/// La SELARL Lecocq a signalé une dette trop récente et trop faible.
pub fn ineligibilite_commissaire() -> IneligibiliteCommissaire {
    let texte = "loi n° 89-462 du 6 juillet 1989, art. 24, I";
    IneligibiliteCommissaire {
        entete: entete(&[
            "SELARL Lecocq",
            "Commissaires de justice",
            "3, place du Théâtre",
            "62000 ARRAS",
        ]),
        notice: notice(),
        montants: vec![
            montant("Loyer mensuel hors charges", "453,83 €"),
            montant("Dette déclarée", "642,66 €"),
            montant("Impayé depuis le", "12 avril 2026"),
        ],
        calcul: vec![
            motif(
                "impayé sans interruption depuis 1 mois, pour un seuil de 2 mois : non atteint",
                texte,
            ),
            motif(
                "dette de 642,66 €, pour un seuil de 2 loyers hors charges, soit 907,66 € : non atteint",
                texte,
            ),
        ],
    }
}

/// Le bailleur est une société commerciale : à elle de saisir la commission.
pub fn hors_champ_commissaire() -> HorsChampCommissaire {
    HorsChampCommissaire {
        entete: entete(&[
            "SELARL Lecocq",
            "Commissaires de justice",
            "3, place du Théâtre",
            "62000 ARRAS",
        ]),
        notice: notice(),
        motif: MotifHorsChamp::BailleurPersonneMorale,
    }
}

/// M. Wagner loue un appartement à Beaurains.
pub fn intervention_bailleur() -> InterventionBailleur {
    InterventionBailleur {
        entete: entete(&["Monsieur Franck Wagner", "7, chemin des Berthelots", "62217 MERCATEL"]),
        logement: "64, boulevard Lemoine, 62217 Beaurains".to_owned(),
        locataire: "Madame Inès Bruneau".to_owned(),
        acte: commandement(),
        demandes: DemandeAuBailleur::USUELLES.to_vec(),
        reponse_avant: reponse_avant(),
        adil: aide().adil,
    }
}

/// Mme Bruneau a reçu un commandement de payer ; son bail est récent.
pub fn intervention_locataire() -> InterventionLocataire {
    InterventionLocataire {
        entete: entete(&[
            "Madame Inès Bruneau",
            "Appartement 12",
            "64, boulevard Lemoine",
            "62217 BEAURAINS",
        ]),
        acte: commandement(),
        echeance: Some(fin_du_delai()),
        service: guichet("Maison des solidarités de l’Arrageois", "03 53 01 00 20"),
        demandes: DemandeAuLocataire::USUELLES.to_vec(),
        reponse_avant: reponse_avant(),
        aide: aide(),
    }
}

pub fn intervention_maire() -> InterventionMaire {
    InterventionMaire {
        entete: entete(&[
            "Mairie de Beaurains",
            "À l’attention du maire",
            "1, place de la République",
            "62217 BEAURAINS",
        ]),
        menage: "Madame Inès Bruneau".to_owned(),
        logement: "64, boulevard Lemoine, 62217 Beaurains".to_owned(),
        demandes: DemandeCommune::DE_LA_MAIRIE.to_vec(),
        reponse_avant: reponse_avant(),
        aide: aide(),
    }
}

pub fn intervention_ccas() -> InterventionCcas {
    InterventionCcas {
        entete: entete(&[
            "Centre communal d’action sociale",
            "1, place de la République",
            "62217 BEAURAINS",
        ]),
        menage: "Madame Inès Bruneau".to_owned(),
        logement: "64, boulevard Lemoine, 62217 Beaurains".to_owned(),
        demandes: DemandeCommune::DU_CCAS.to_vec(),
        reponse_avant: reponse_avant(),
        aide: aide(),
    }
}

/// M. Wagner n'a pas répondu.
pub fn relance_bailleur() -> Relance {
    let mut lettre = intervention_bailleur();
    lettre.entete.date = date(2026, 6, 24);
    lettre.reponse_avant = DateExpliquee {
        jour: "8 juillet 2026".to_owned(),
        explication: vec![
            "deux semaines après la date de cette lettre, délai fixé par la commission".to_owned(),
        ],
        moment: Moment::AVenir,
    };
    relance(Rappel::Bailleur(lettre))
}

/// Le rappel d'une lettre écrite le 21 mai 2026.
pub fn relance(rappel: Rappel) -> Relance {
    Relance { premiere_lettre_du: "21 mai 2026".to_owned(), rappel }
}

/// Deux notices d'une même étude attendent chacune autre chose.
pub fn demande_complement() -> DemandeComplement {
    DemandeComplement {
        entete: entete(&[
            "SELARL Lecocq",
            "Commissaires de justice",
            "3, place du Théâtre",
            "62000 ARRAS",
        ]),
        notices: vec![
            NoticeACompleter {
                reference: "2026-00017".to_owned(),
                date_acte: Some("18 mai 2026".to_owned()),
                locataire: Some("Madame Inès Bruneau".to_owned()),
                manques: vec![manque(
                    "montant de la dette",
                    "l’ancienneté de l’impayé n’atteint pas deux mois ; seul le montant peut dire si la commission doit examiner la situation.",
                )],
            },
            NoticeACompleter {
                reference: "2026-00021".to_owned(),
                date_acte: None,
                locataire: Some("Monsieur Jérôme Launay".to_owned()),
                manques: vec![
                    manque(
                        "date de l’acte",
                        "« 31/02/2026 » n’existe pas ; les délais se comptent à partir de cette date.",
                    ),
                    manque(
                        "commune du logement",
                        "« ST MARTIN » désigne plusieurs communes ; indiquez le code postal.",
                    ),
                ],
            },
        ],
        reponse_avant: reponse_avant(),
    }
}

pub fn sensibilisation_locataire() -> SensibilisationLocataire {
    SensibilisationLocataire {
        entete: entete(&[
            "Madame Inès Bruneau",
            "Appartement 12",
            "64, boulevard Lemoine",
            "62217 BEAURAINS",
        ]),
        commandement_du: "18 mai 2026".to_owned(),
        echeance: Some(fin_du_delai()),
        aide: aide(),
    }
}

/// L'en-tête du secrétariat d'Arras, pour ce destinataire.
pub fn entete(destinataire: &[&str]) -> EnTete {
    EnTete {
        expediteur: Secretariat {
            nom: "Secrétariat de la commission de prévention des expulsions".to_owned(),
            sous_commission: "Sous-commission d’Arras".to_owned(),
            adresse: vec!["12, rue des Tilleuls".to_owned(), "62000 Arras".to_owned()],
            courriel: "ccapex-arras@example.org".to_owned(),
            telephone: Some("03 53 01 00 10".to_owned()),
            suivi_par: Some("Camille Vasseur".to_owned()),
        },
        destinataire: Adresse { lignes: destinataire.iter().map(|&l| l.to_owned()).collect() },
        lieu: "Arras".to_owned(),
        date: date(2026, 5, 21),
        reference_dossier: "62-2026-000123".to_owned(),
    }
}

pub fn aide() -> Aide {
    Aide {
        adil: guichet("ADIL du Nord et du Pas-de-Calais", "03 53 01 00 30 (appel gratuit)"),
        fsl: guichet("FSL du Pas-de-Calais", "03 53 01 00 31"),
        service_social: guichet("Maison des solidarités de l’Arrageois", "03 53 01 00 20"),
        autres: vec![],
    }
}

fn notice() -> Notice {
    Notice {
        reference: "2026-00000".to_owned(),
        date_acte: "18 mai 2026".to_owned(),
        locataire: "Bruneau Inès".to_owned(),
    }
}

fn commandement() -> ActeRecu {
    ActeRecu { nature: NatureActe::CommandementDePayer, date: "18 mai 2026".to_owned() }
}

fn fin_du_delai() -> DateExpliquee {
    DateExpliquee {
        jour: "29 juin 2026".to_owned(),
        explication: vec![
            "le bail date du 1er septembre 2024 : le délai est de six semaines (loi n° 89-462 du 6 juillet 1989, art. 24, I)".to_owned(),
            "il court à partir du lendemain de l’acte, délivré le 18 mai 2026".to_owned(),
        ],
        moment: Moment::AVenir,
    }
}

fn reponse_avant() -> DateExpliquee {
    DateExpliquee {
        jour: "22 juin 2026".to_owned(),
        explication: vec![
            "un mois après la date de cette lettre, délai fixé par la commission (21 juin 2026)"
                .to_owned(),
            "le 21 juin 2026 est un dimanche : la date est reportée au lundi".to_owned(),
        ],
        moment: Moment::AVenir,
    }
}

fn guichet(nom: &str, joindre: &str) -> Guichet {
    Guichet { nom: nom.to_owned(), joindre: Some(joindre.to_owned()) }
}

fn montant(libelle: &str, valeur: &str) -> Montant {
    Montant { libelle: libelle.to_owned(), valeur: valeur.to_owned() }
}

fn motif(constat: &str, texte: &str) -> Motif {
    Motif { constat: constat.to_owned(), texte: texte.to_owned() }
}

fn manque(quoi: &str, pourquoi: &str) -> Manque {
    Manque { quoi: quoi.to_owned(), pourquoi: pourquoi.to_owned() }
}
