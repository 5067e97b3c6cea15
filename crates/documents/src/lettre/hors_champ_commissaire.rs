//! Au commissaire de justice : la notice est hors du champ de la commission, et où s'adresser.

use serde_json::{Value, json};

use super::Contenu;
use super::commun::EnTete;
use super::ineligibilite_commissaire::{Notice, mention_algorithmique};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HorsChampCommissaire {
    pub entete: EnTete,
    pub notice: Notice,
    pub motif: MotifHorsChamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MotifHorsChamp {
    HorsDepartement {
        commune: String,
    },
    ProprietaireOccupant,
    /// Hors de l'obligation du commissaire ; le ménage, lui, reste suivi.
    BailleurPersonneMorale,
    HorsImpaye,
}

impl MotifHorsChamp {
    /// Clé stable, pour qu'un modèle choisisse ses propres phrases.
    fn cle(&self) -> &'static str {
        match self {
            MotifHorsChamp::HorsDepartement { .. } => "hors_departement",
            MotifHorsChamp::ProprietaireOccupant => "proprietaire_occupant",
            MotifHorsChamp::BailleurPersonneMorale => "bailleur_personne_morale",
            MotifHorsChamp::HorsImpaye => "hors_impaye",
        }
    }

    fn conclusion(&self) -> &'static str {
        match self {
            MotifHorsChamp::HorsDepartement { .. }
            | MotifHorsChamp::ProprietaireOccupant
            | MotifHorsChamp::HorsImpaye => {
                "Il est hors du champ de la commission : nous ne pouvons pas le traiter."
            }
            MotifHorsChamp::BailleurPersonneMorale => {
                "Il n’est pas de ceux que le commissaire de justice adresse à la commission : c’est au bailleur de la saisir."
            }
        }
    }

    fn pourquoi(&self) -> String {
        match self {
            MotifHorsChamp::HorsDepartement { commune } => format!(
                "Le logement se trouve à {commune}, hors du département. Chaque commission est compétente pour les logements de son département."
            ),
            MotifHorsChamp::ProprietaireOccupant => {
                "D’après votre notice, l’occupant est propriétaire de son logement. La commission agit pour les locataires et les occupants assimilés ; elle n’est pas compétente pour les propriétaires occupants ni pour les accédants à la propriété."
                    .to_owned()
            }
            MotifHorsChamp::BailleurPersonneMorale => {
                "D’après votre notice, le bailleur est une personne morale autre qu’une société civile immobilière familiale. Le signalement par le commissaire de justice concerne les bailleurs personnes physiques et les sociétés civiles immobilières familiales (loi n° 89-462 du 6 juillet 1989, art. 24, I)."
                    .to_owned()
            }
            MotifHorsChamp::HorsImpaye => {
                "Le motif indiqué n’est pas un impayé de loyer ou de charges. Le règlement intérieur de la commission ne lui confie que les impayés."
                    .to_owned()
            }
        }
    }

    fn que_faire(&self) -> Vec<&'static str> {
        match self {
            MotifHorsChamp::HorsDepartement { .. } => vec![
                "Adressez ce signalement à la commission du département où se trouve le logement.",
                "Si l’adresse que nous avons lue est inexacte, indiquez-nous l’adresse du logement : la notice sera examinée de nouveau.",
            ],
            MotifHorsChamp::ProprietaireOccupant => vec![
                "Aucune autre démarche n’est attendue de vous auprès de la commission.",
                "L’occupant peut se faire conseiller gratuitement par l’agence départementale d’information sur le logement (ADIL, www.anil.org) et, s’il est surendetté, saisir la Banque de France.",
                "Si l’occupant est en réalité locataire, indiquez-le-nous : la notice sera examinée de nouveau.",
            ],
            MotifHorsChamp::BailleurPersonneMorale => vec![
                "Rappelez à votre mandant qu’il doit saisir lui-même la commission, au moins deux mois avant de faire délivrer une assignation, à peine d’irrecevabilité de sa demande (même loi, art. 24, II). La saisine est réputée faite si l’impayé a déjà été signalé à l’organisme qui verse l’aide au logement et qu’il persiste.",
                "Si le bailleur est une personne physique ou une société civile immobilière familiale, indiquez-le-nous : la notice sera examinée de nouveau.",
            ],
            MotifHorsChamp::HorsImpaye => vec![
                "Orientez votre mandant vers l’agence départementale d’information sur le logement (ADIL, www.anil.org) ou vers un conciliateur de justice.",
                "S’il existe aussi un impayé, signalez-le-nous avec son montant et sa date de début.",
            ],
        }
    }
}

impl HorsChampCommissaire {
    fn mention(&self) -> String {
        mention_algorithmique(
            "vérifier si un signalement relève de la commission",
            &self.entete.expediteur.courriel,
        )
    }
}

impl Contenu for HorsChampCommissaire {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        format!("Votre signalement {} : hors du champ du signalement", self.notice.reference)
    }

    fn donnees(&self) -> Value {
        json!({
            "notice": self.notice,
            "motif": self.motif.cle(),
            "conclusion": self.motif.conclusion(),
            "pourquoi": self.motif.pourquoi(),
            "que_faire": self.motif.que_faire(),
            "mention": self.mention(),
        })
    }

    fn courriel(&self) -> String {
        Corps::new(Formule::Maitre)
            .paragraphe(format!(
                "Vous nous avez signalé un acte du {} (votre référence : {}). {}",
                self.notice.date_acte,
                self.notice.reference,
                self.motif.conclusion()
            ))
            .paragraphe(self.motif.pourquoi())
            .liste("Ce que vous pouvez faire :", self.motif.que_faire())
            .paragraphe(self.mention())
            .signe(&self.entete)
    }
}
