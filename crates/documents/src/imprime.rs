//! Les imprimés : ce qui se lit, se signe ou s'emporte, sans être une lettre.
//!
//! Comme une lettre, un imprimé ne contient que ce que sa structure porte.

pub mod chronologie;
pub mod decision_aide;
pub mod decision_cfp;
pub mod diagnostic;
pub mod donnees_menage;
pub mod feuille_de_route;

use droit::jour::Jour;
use jiff::civil::Date;
use serde_json::{Value, json};

use self::chronologie::Chronologie;
use self::decision_aide::DecisionAide;
use self::decision_cfp::DecisionCfp;
use self::diagnostic::Diagnostic;
use self::donnees_menage::DonneesDuMenage;
use self::feuille_de_route::FeuilleDeRoute;

/// Un imprimé prêt à composer.
#[derive(Clone, Debug, PartialEq)]
pub enum Imprime {
    Chronologie(Chronologie),
    DecisionAide(DecisionAide),
    DecisionCfp(DecisionCfp),
    Diagnostic(Diagnostic),
    DonneesDuMenage(DonneesDuMenage),
    FeuilleDeRoute(FeuilleDeRoute),
}

/// Ce que tout imprimé porte en tête et en pied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tete {
    /// L'autorité ou le service dont il émane.
    pub emetteur: Vec<String>,
    /// La référence rappelée au bas de chaque page.
    pub reference: String,
    /// Le jour de l'imprimé.
    pub date: Date,
}

impl Imprime {
    /// Nom du modèle : celui de son dossier sous `modeles/`, et de la surcharge d'un profil.
    pub fn modele(&self) -> &'static str {
        match self {
            Self::Chronologie(_) => "chronologie",
            Self::DecisionAide(_) => "decision_aide",
            Self::DecisionCfp(_) => "decision_cfp",
            Self::Diagnostic(_) => "diagnostic",
            Self::DonneesDuMenage(_) => "donnees_menage",
            Self::FeuilleDeRoute(_) => "feuille_de_route",
        }
    }

    pub fn titre(&self) -> String {
        self.contenu().titre()
    }

    pub fn reference(&self) -> &str {
        &self.contenu().tete().reference
    }

    pub fn date(&self) -> Date {
        self.contenu().tete().date
    }

    fn contenu(&self) -> &dyn Contenu {
        match self {
            Self::Chronologie(imprime) => imprime,
            Self::DecisionAide(imprime) => imprime,
            Self::DecisionCfp(imprime) => imprime,
            Self::Diagnostic(imprime) => imprime,
            Self::DonneesDuMenage(imprime) => imprime,
            Self::FeuilleDeRoute(imprime) => imprime,
        }
    }

    pub(crate) fn donnees(&self) -> Value {
        let contenu = self.contenu();
        let tete = contenu.tete();
        let mut donnees = json!({
            "titre": contenu.titre(),
            "emetteur": tete.emetteur,
            "reference": tete.reference,
            "date": Jour(tete.date).to_string(),
        });
        if let (Some(tout), Value::Object(propres)) = (donnees.as_object_mut(), contenu.donnees()) {
            tout.extend(propres);
        }
        donnees
    }
}

/// Ce que chaque imprimé sait dire de lui-même.
pub(crate) trait Contenu {
    fn tete(&self) -> &Tete;
    fn titre(&self) -> String;
    fn donnees(&self) -> Value;
}

/// Un texte long, en paragraphes qu'une page sait porter.
///
/// Le compositeur coupe un texte démesuré : un diagnostic, lui, se lit en entier.
pub(crate) fn paragraphes(texte: &str) -> Vec<String> {
    const LONGUEUR: usize = 3_000;
    let mut coupes = Vec::new();
    for ligne in texte.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let mut courant = String::new();
        let mut longueur = 0;
        for mot in ligne.split_inclusive(' ') {
            let mots: Vec<char> = mot.chars().collect();
            for morceau in mots.chunks(LONGUEUR) {
                if longueur > 0 && longueur + morceau.len() > LONGUEUR {
                    coupes.push(std::mem::take(&mut courant).trim_end().to_owned());
                    longueur = 0;
                }
                courant.extend(morceau);
                longueur += morceau.len();
            }
        }
        coupes.push(courant.trim_end().to_owned());
    }
    coupes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_texte_long_se_coupe_sans_rien_perdre() {
        let texte = "mot ".repeat(5_000);
        let coupes = paragraphes(&texte);
        assert!(coupes.iter().all(|p| p.chars().count() <= 3_000));
        assert_eq!(coupes.join(" "), texte.trim_end());
        let bloc = "x".repeat(7_000);
        assert_eq!(paragraphes(&bloc).concat(), bloc);
        assert_eq!(paragraphes("un\n\n deux \n"), ["un", "deux"]);
    }
}
