//! Au ménage : où en est la procédure, ce qu'il peut faire, avec qui, avant quand.
//!
//! Un seul modèle pour tous les stades : le texte est celui de la page publique, avec les dates du
//! dossier.

use serde::Serialize;
use serde_json::{Value, json};

use super::Contenu;
use super::commun::{DateExpliquee, EnTete, Guichet};
use super::ineligibilite_commissaire::mention_de_calcul;
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InformationMenage {
    pub entete: EnTete,
    /// Le titre du stade, adressé au ménage.
    pub titre: String,
    pub ou_en_est_on: Vec<String>,
    pub conseils: Vec<Conseil>,
    /// Les dates que le dossier connaît.
    pub dates: Vec<Annonce>,
    /// Une de ces dates est comptée par le programme : la lettre le dit (CRPA, art. L. 311-3-1).
    pub calcul: bool,
    /// Ce qu'on dit d'une date sans la connaître.
    pub en_general: Vec<String>,
    pub portes: Vec<Porte>,
    pub ce_qui_ne_change_pas: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conseil {
    pub quoi: String,
    pub comment: String,
}

/// Une date et la phrase qui la précède.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Annonce {
    pub annonce: String,
    pub date: DateExpliquee,
}

/// Un guichet et ce qu'on y trouve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Porte {
    pub role: String,
    pub guichet: Guichet,
}

impl InformationMenage {
    fn mention(&self) -> Option<String> {
        self.calcul.then(|| {
            mention_de_calcul(
                "dire à un ménage les dates utiles de sa situation",
                &self.entete.expediteur.courriel,
            )
        })
    }
}

impl Contenu for InformationMenage {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    /// Toujours le même : il se lit dans une liste de messages, par d'autres que le ménage.
    fn objet(&self) -> String {
        "Votre logement : où en est la situation et ce que vous pouvez faire".to_owned()
    }

    fn donnees(&self) -> Value {
        json!({
            "titre": self.titre,
            "ou_en_est_on": self.ou_en_est_on,
            "conseils": self.conseils,
            "dates": self.dates,
            "en_general": self.en_general,
            "portes": self.portes,
            "ce_qui_ne_change_pas": self.ce_qui_ne_change_pas,
            "mention": self.mention(),
        })
    }

    fn courriel(&self) -> String {
        Corps::new(Formule::MadameMonsieur)
            .paragraphe("Nous vous écrivons au sujet de votre logement. La lettre jointe explique où en est la situation, ce que vous pouvez faire et les dates utiles. Aucune réponse n’est attendue.")
            .guichets("Qui peut vous aider :", self.portes.iter().map(|p| &p.guichet))
            .signe(&self.entete)
    }
}
