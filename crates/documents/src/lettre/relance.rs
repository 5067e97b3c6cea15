//! Rappel à qui n'a pas répondu. Le rappel ne dit rien de plus que la première lettre.

use serde_json::{Value, json};

use super::Contenu;
use super::commun::{DateExpliquee, EnTete, Guichet};
use super::demande_complement::DemandeComplement;
use super::intervention_bailleur::InterventionBailleur;
use super::intervention_ccas::InterventionCcas;
use super::intervention_locataire::InterventionLocataire;
use super::intervention_maire::InterventionMaire;
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relance {
    pub premiere_lettre_du: String,
    /// La lettre sans réponse, avec l'en-tête et le délai du rappel.
    pub rappel: Rappel,
}

/// La lettre restée sans réponse. Son type borne ce que le rappel peut dire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rappel {
    Bailleur(InterventionBailleur),
    Locataire(InterventionLocataire),
    Maire(InterventionMaire),
    Ccas(InterventionCcas),
    Expediteur(DemandeComplement),
}

impl Rappel {
    fn public(&self) -> &'static str {
        match self {
            Rappel::Bailleur(_) => "bailleur",
            Rappel::Locataire(_) => "locataire",
            Rappel::Maire(_) => "maire",
            Rappel::Ccas(_) => "ccas",
            Rappel::Expediteur(_) => "expediteur",
        }
    }

    fn formule(&self) -> Formule {
        match self {
            Rappel::Maire(_) => Formule::Maire,
            Rappel::Bailleur(_)
            | Rappel::Locataire(_)
            | Rappel::Ccas(_)
            | Rappel::Expediteur(_) => Formule::MadameMonsieur,
        }
    }

    /// Ce que la première lettre nommait, libellé et valeur.
    fn concerne(&self) -> Vec<[&str; 2]> {
        match self {
            Rappel::Bailleur(lettre) => {
                vec![["Logement", &lettre.logement], ["Locataire", &lettre.locataire]]
            }
            Rappel::Maire(lettre) => {
                vec![["Ménage", &lettre.menage], ["Adresse", &lettre.logement]]
            }
            Rappel::Ccas(lettre) => vec![["Ménage", &lettre.menage], ["Adresse", &lettre.logement]],
            Rappel::Locataire(_) | Rappel::Expediteur(_) => vec![],
        }
    }

    fn demandes(&self) -> Vec<String> {
        match self {
            Rappel::Bailleur(lettre) => en_phrases(&lettre.demandes, |d| d.phrase()),
            Rappel::Locataire(lettre) => en_phrases(&lettre.demandes, |d| d.phrase()),
            Rappel::Maire(lettre) => en_phrases(&lettre.demandes, |d| d.phrase()),
            Rappel::Ccas(lettre) => en_phrases(&lettre.demandes, |d| d.phrase()),
            Rappel::Expediteur(lettre) => lettre
                .notices
                .iter()
                .flat_map(|n| n.manques.iter().map(|m| format!("{} : {}", n.reference, m.quoi)))
                .collect(),
        }
    }

    fn reponse_avant(&self) -> &DateExpliquee {
        match self {
            Rappel::Bailleur(lettre) => &lettre.reponse_avant,
            Rappel::Locataire(lettre) => &lettre.reponse_avant,
            Rappel::Maire(lettre) => &lettre.reponse_avant,
            Rappel::Ccas(lettre) => &lettre.reponse_avant,
            Rappel::Expediteur(lettre) => &lettre.reponse_avant,
        }
    }

    fn aides(&self) -> Vec<&Guichet> {
        match self {
            Rappel::Bailleur(lettre) => vec![&lettre.adil],
            Rappel::Locataire(lettre) => {
                let autres = lettre.aide.guichets().filter(|g| **g != lettre.service);
                [&lettre.service].into_iter().chain(autres).collect()
            }
            Rappel::Maire(lettre) => lettre.aide.guichets().collect(),
            Rappel::Ccas(lettre) => lettre.aide.guichets().collect(),
            Rappel::Expediteur(_) => vec![],
        }
    }

    /// Ce qui se passe sans réponse : la même chose pour tous, sans menace.
    fn sans_reponse(&self) -> &'static str {
        match self {
            Rappel::Locataire(_) => {
                "Rien ne vous oblige à répondre. Sans réponse, la commission cherchera une solution avec ce qu’elle sait ; avec votre aide, elle en trouvera plus facilement. Il n’est pas trop tard pour prendre contact."
            }
            Rappel::Expediteur(_) => {
                "Sans réponse, ces notices restent en attente : la commission ne peut pas les traiter."
            }
            Rappel::Bailleur(_) | Rappel::Maire(_) | Rappel::Ccas(_) => {
                "Sans réponse, la commission poursuivra l’examen avec les éléments dont elle dispose."
            }
        }
    }
}

fn en_phrases<T: Copy>(demandes: &[T], phrase: impl Fn(T) -> &'static str) -> Vec<String> {
    demandes.iter().map(|d| phrase(*d).to_owned()).collect()
}

impl Contenu for Relance {
    fn entete(&self) -> &EnTete {
        match &self.rappel {
            Rappel::Bailleur(lettre) => &lettre.entete,
            Rappel::Locataire(lettre) => &lettre.entete,
            Rappel::Maire(lettre) => &lettre.entete,
            Rappel::Ccas(lettre) => &lettre.entete,
            Rappel::Expediteur(lettre) => &lettre.entete,
        }
    }

    fn objet(&self) -> String {
        match &self.rappel {
            Rappel::Locataire(_) => "Votre logement : nous restons à votre disposition".to_owned(),
            Rappel::Bailleur(_) | Rappel::Maire(_) | Rappel::Ccas(_) | Rappel::Expediteur(_) => {
                format!("Rappel de notre lettre du {}", self.premiere_lettre_du)
            }
        }
    }

    fn donnees(&self) -> Value {
        json!({
            "premiere_lettre_du": self.premiere_lettre_du,
            "public": self.rappel.public(),
            "concerne": self.rappel.concerne(),
            "demandes": self.rappel.demandes(),
            "reponse_avant": self.rappel.reponse_avant(),
            "aides": self.rappel.aides(),
            "sans_reponse": self.rappel.sans_reponse(),
        })
    }

    fn courriel(&self) -> String {
        let mut corps = Corps::new(self.rappel.formule())
            .paragraphe(format!(
                "Nous vous avons écrit le {}. Sauf erreur, nous n’avons pas reçu de réponse. Si vous avez répondu entre-temps, ne tenez pas compte de ce rappel.",
                self.premiere_lettre_du
            ))
            .liste("Rappel de ce qui vous était demandé :", self.rappel.demandes())
            .date("Réponse souhaitée au plus tard le", self.rappel.reponse_avant())
            .paragraphe(self.rappel.sans_reponse());
        if !self.rappel.aides().is_empty() {
            corps = corps.guichets("Qui peut vous renseigner :", self.rappel.aides());
        }
        corps.signe(self.entete())
    }
}
