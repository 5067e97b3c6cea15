//! À l'expéditeur d'une notice : ce qui manque, pourquoi, comment répondre.

use serde::Serialize;
use serde_json::{Value, json};

use super::Contenu;
use super::commun::{DateExpliquee, EnTete};
use crate::courriel::{Corps, Formule};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandeComplement {
    pub entete: EnTete,
    /// Toutes les notices de cet expéditeur qui attendent, en une seule lettre.
    pub notices: Vec<NoticeACompleter>,
    pub reponse_avant: DateExpliquee,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeACompleter {
    pub reference: String,
    /// Absente quand c'est elle qui manque ou ne se lit pas.
    pub date_acte: Option<String>,
    pub locataire: Option<String>,
    pub manques: Vec<Manque>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manque {
    pub quoi: String,
    pub pourquoi: String,
}

/// Comment répondre.
pub(crate) const COMMENT_REPONDRE: [&str; 3] = [
    "Par courriel ou par lettre au secrétariat, en rappelant la référence de chaque notice et l’information demandée.",
    "Ou dans Seuil, si votre étude y a un compte : ouvrez « À compléter », donnez ce qui manque, et le traitement reprend aussitôt.",
    "Ou en renvoyant votre fichier complété : les lignes déjà reçues ne sont pas comptées deux fois.",
];

impl Contenu for DemandeComplement {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        match self.notices.as_slice() {
            [notice] => format!("Votre signalement {} : information à compléter", notice.reference),
            notices => format!("{} signalements à compléter", notices.len()),
        }
    }

    fn donnees(&self) -> Value {
        json!({
            "notices": self.notices,
            "comment_repondre": COMMENT_REPONDRE,
            "reponse_avant": self.reponse_avant,
        })
    }

    fn courriel(&self) -> String {
        let manques = self.notices.iter().flat_map(|notice| {
            notice
                .manques
                .iter()
                .map(move |m| format!("{} : {} — {}", notice.reference, m.quoi, m.pourquoi))
        });
        Corps::new(Formule::MadameMonsieur)
            .paragraphe("Nous avons reçu vos signalements. Il manque une information pour traiter les suivants ; ils sont conservés en attendant.")
            .liste("Par référence, ce qui manque et pourquoi :", manques)
            .liste("Comment répondre :", COMMENT_REPONDRE)
            .date("Réponse souhaitée au plus tard le", &self.reponse_avant)
            .signe(&self.entete)
    }
}
