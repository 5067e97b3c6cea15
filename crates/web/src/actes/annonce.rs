//! Ce qu'un acte qu'on vient de consigner change : ses irrégularités, et l'étape qui vient.

use askama::Template;
use askama::filters::HtmlSafe;
use ccapex::signalement::anomalies::Anomalie;

use crate::composants::Lien;
use crate::{mots, urls};

/// Le message en haut de la page, après un acte consigné ou corrigé.
#[derive(Clone, Debug, Template)]
#[template(path = "actes/annonce.html")]
pub struct Annonce {
    pub titre: String,
    pub irregularites: Vec<Irregularite>,
    /// Le stade où le dossier en est maintenant.
    pub stade: &'static str,
    /// L'étape qui vient maintenant, et avant quand.
    pub prochaine: String,
}

impl HtmlSafe for Annonce {}

/// Une irrégularité : ce qui ne va pas et d'après quel texte, ce qui en suit, la règle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Irregularite {
    pub motif: String,
    pub consequence: String,
    pub regle: Option<Lien>,
}

impl Irregularite {
    pub(crate) fn de(anomalie: &Anomalie) -> Self {
        Self {
            motif: mots::capitale(&anomalie.motif),
            consequence: anomalie.consequence.to_owned(),
            regle: lien_de_regle(anomalie.regle),
        }
    }
}

/// Le lien vers une règle du catalogue ; rien quand la règle est celle du territoire.
pub(crate) fn lien_de_regle(nom: &str) -> Option<Lien> {
    droit::catalogue::regle(nom)
        .map(|r| Lien::nouveau("La règle et son histoire", urls::regle(r.nom)))
}
