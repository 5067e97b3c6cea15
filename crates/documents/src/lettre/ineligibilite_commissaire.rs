//! Au commissaire de justice : le commandement n'atteint aucun seuil, et voici le calcul.

use serde::Serialize;
use serde_json::{Value, json};

use super::Contenu;
use super::commun::{EnTete, Motif};
use crate::courriel::{Corps, Formule};

/// Ne rappelle au commissaire que sa propre notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IneligibiliteCommissaire {
    pub entete: EnTete,
    pub notice: Notice,
    /// Ce que la notice dit de l'impayé : libellé et valeur, dans l'ordre de la notice.
    pub montants: Vec<Montant>,
    /// Chaque seuil essayé, y compris ceux qui n'ont pas pesé.
    pub calcul: Vec<Motif>,
}

/// Une notice, telle que son expéditeur l'a écrite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub reference: String,
    pub date_acte: String,
    pub locataire: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Montant {
    pub libelle: String,
    pub valeur: String,
}

pub(crate) const CONCLUSION: &str = "Ce commandement de payer n’atteint aucun des deux seuils à partir desquels la commission examine la situation d’un locataire.";

/// Ce que le commissaire peut faire de cette réponse.
pub(crate) const SUITES: [&str; 3] = [
    "Une donnée est inexacte ou manque : indiquez-la au secrétariat en rappelant la référence de l’acte. La notice sera examinée de nouveau.",
    "L’impayé s’aggrave : signalez-le de nouveau dès que l’un des deux seuils est atteint.",
    "Vous contestez ce résultat : demandez qu’une personne du secrétariat reprenne l’examen.",
];

/// Mention due quand une décision repose sur un traitement algorithmique (CRPA, art. L. 311-3-1
/// et R. 311-3-1-1) : finalité, droit d'obtenir les règles, comment, saisine de la CADA.
pub(crate) fn mention_algorithmique(finalite: &str, courriel: &str) -> String {
    mention("Ce résultat repose", finalite, courriel)
}

/// La même mention, quand l'algorithme n'a fait que compter des jours.
pub(crate) fn mention_de_calcul(finalite: &str, courriel: &str) -> String {
    mention("Les dates calculées reposent", finalite, courriel)
}

fn mention(ce_qui_repose: &str, finalite: &str, courriel: &str) -> String {
    let ou = if courriel.is_empty() { String::new() } else { format!(" ({courriel})") };
    format!(
        "{ce_qui_repose} sur un traitement algorithmique, qui a pour finalité de {finalite}. Vous pouvez obtenir communication des règles qui le définissent et des principales caractéristiques de sa mise en œuvre, en écrivant au secrétariat{ou}. En cas de refus, ou sans réponse dans un délai d’un mois, vous pouvez saisir la Commission d’accès aux documents administratifs (www.cada.fr). Textes : code des relations entre le public et l’administration, articles L. 311-3-1 et R. 311-3-1-1."
    )
}

impl IneligibiliteCommissaire {
    fn mention(&self) -> String {
        mention_algorithmique(
            "vérifier si un commandement de payer atteint les seuils de signalement à la commission",
            &self.entete.expediteur.courriel,
        )
    }
}

impl Contenu for IneligibiliteCommissaire {
    fn entete(&self) -> &EnTete {
        &self.entete
    }

    fn objet(&self) -> String {
        format!("Votre signalement {} : seuils non atteints", self.notice.reference)
    }

    fn donnees(&self) -> Value {
        json!({
            "notice": self.notice,
            "montants": self.montants,
            "calcul": self.calcul,
            "conclusion": CONCLUSION,
            "suites": SUITES,
            "mention": self.mention(),
        })
    }

    fn courriel(&self) -> String {
        let calcul = self.calcul.iter().map(|m| format!("{} ({})", m.constat, m.texte));
        Corps::new(Formule::Maitre)
            .paragraphe(format!(
                "Vous nous avez signalé un commandement de payer du {} (votre référence : {}).",
                self.notice.date_acte, self.notice.reference
            ))
            .paragraphe(CONCLUSION)
            .liste("Le calcul, au jour de l’acte :", calcul)
            .liste("Ce que vous pouvez faire :", SUITES)
            .paragraphe(self.mention())
            .signe(&self.entete)
    }
}
