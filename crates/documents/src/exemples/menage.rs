//! Les lettres qui suivent un ménage d'un stade à l'autre, et l'avis de la commission.

use jiff::civil::date;

use super::{entete, guichet, reponse_avant};
use crate::lettre::accompagnement_maire::AccompagnementMaire;
use crate::lettre::accompagnement_menage::{AccompagnementMenage, Voie};
use crate::lettre::avis_commission::{AvisCommission, Rendu};
use crate::lettre::commun::{DateExpliquee, EnTete, Moment};
use crate::lettre::information_menage::{Annonce, Conseil, InformationMenage, Porte};

/// Mme Bruneau a reçu un commandement de quitter les lieux.
pub fn information_menage() -> InformationMenage {
    InformationMenage {
        entete: chez_elle(),
        titre: "Vous avez reçu un commandement de quitter les lieux".to_owned(),
        ou_en_est_on: textes(&[
            "Un commissaire de justice vous a remis un commandement de quitter les lieux. Il vous laisse un délai, en général deux mois.",
            "Pendant ce délai, personne ne peut vous faire partir de force.",
            "Après ce délai, votre propriétaire peut demander au préfet l’aide de la police.",
        ]),
        conseils: vec![
            conseil(
                "Demander du temps au juge de l’exécution.",
                "Il peut accorder d’un mois à un an, renouvelable, pour préparer un relogement. Montrez-lui vos recherches et vos paiements.",
            ),
            conseil(
                "Chercher un relogement par toutes les voies.",
                "Demande de logement social, recours DALO, demande au SIAO : un travailleur social peut les faire avec vous.",
            ),
            conseil(
                "Payer chaque mois l’indemnité d’occupation.",
                "Le juge, le préfet et les bailleurs sociaux regardent ces paiements.",
            ),
            conseil(
                "Proposer un accord.",
                "Même à ce moment, un plan ou un protocole de cohésion sociale peut tout arrêter.",
            ),
        ],
        dates: vec![Annonce {
            annonce: "Le délai pour quitter le logement prend fin le".to_owned(),
            date: DateExpliquee {
                jour: "12 juillet 2026".to_owned(),
                explication: textes(&[
                    "deux mois à compter de la remise du commandement, le 12 mai 2026 (code des procédures civiles d’exécution, art. L. 412-1)",
                ]),
                moment: Moment::AVenir,
            },
        }],
        calcul: true,
        en_general: vec![],
        portes: vec![
            porte(
                "un travailleur social vous accompagne",
                "Maison des solidarités de l’Arrageois",
                "03 53 01 00 20",
            ),
            porte(
                "vos droits, gratuitement",
                "ADIL du Nord et du Pas-de-Calais",
                "03 53 01 00 30 (appel gratuit)",
            ),
            porte("une solution d’hébergement", "SIAO", "115"),
        ],
        ce_qui_ne_change_pas: textes(&[
            "Une expulsion ne se fait ni un dimanche, ni un jour férié, ni la nuit. Seul un commissaire de justice peut y procéder.",
            "Du 1er novembre au 31 mars, la trêve hivernale protège la plupart des ménages : l’expulsion n’a pas lieu.",
        ]),
    }
}

/// La commission s'adresse à un bailleur social.
pub fn avis_commission() -> AvisCommission {
    AvisCommission {
        entete: entete(&[
            "Habitat du Ternois",
            "Service contentieux",
            "4, rue des Peupliers",
            "62130 SAINT-POL-SUR-TERNOISE",
        ]),
        menage: "Madame Inès Bruneau".to_owned(),
        logement: "64, boulevard Lemoine, 62217 Beaurains".to_owned(),
        rendu: Rendu::EnSeance { le: "12 mai 2026".to_owned() },
        avis: textes(&[
            "La commission vous invite à proposer un protocole de cohésion sociale, le loyer courant étant de nouveau payé depuis trois mois.",
            "Elle vous demande de suspendre l’exécution du jugement pendant sa négociation.",
        ]),
        suite_attendue_avant: reponse_avant(),
    }
}

/// Une expulsion peut avoir lieu : Mme Bruneau n'est pas laissée seule.
pub fn accompagnement_menage() -> AccompagnementMenage {
    AccompagnementMenage {
        entete: chez_elle(),
        a_partir_du: Some("15 juin 2026".to_owned()),
        service: service(),
        voies: vec![
            Voie::Hebergement { demandee: true },
            Voie::Dalo { depose: false },
            Voie::Contingent { demandee: true },
        ],
    }
}

/// La même situation, dite à la mairie.
pub fn accompagnement_maire() -> AccompagnementMaire {
    AccompagnementMaire {
        entete: entete(&[
            "Mairie de Beaurains",
            "À l’attention du maire",
            "1, place de la République",
            "62217 BEAURAINS",
        ]),
        menage: "Madame Inès Bruneau".to_owned(),
        logement: "64, boulevard Lemoine, 62217 Beaurains".to_owned(),
        service: service(),
        voies: accompagnement_menage().voies,
        reponse_avant: reponse_avant(),
    }
}

fn chez_elle() -> EnTete {
    let mut entete = entete(&[
        "Madame Inès Bruneau",
        "Appartement 12",
        "64, boulevard Lemoine",
        "62217 BEAURAINS",
    ]);
    entete.date = date(2026, 5, 21);
    entete
}

fn service() -> crate::lettre::commun::Guichet {
    guichet("Maison des solidarités de l’Arrageois", "03 53 01 00 20")
}

fn conseil(quoi: &str, comment: &str) -> Conseil {
    Conseil { quoi: quoi.to_owned(), comment: comment.to_owned() }
}

fn porte(role: &str, nom: &str, joindre: &str) -> Porte {
    Porte { role: role.to_owned(), guichet: guichet(nom, joindre) }
}

fn textes(textes: &[&str]) -> Vec<String> {
    textes.iter().map(|&t| t.to_owned()).collect()
}
