//! La recherche : une boîte dans l'en-tête de chaque page, sa page de réponses, et ce qu'elle propose
//! pendant la frappe.

use ccapex::partenaires::agent::Agent;
use ccapex::recherche::accord::Pourquoi;
use usages::dossiers::lister::stade_au;
use usages::formes::Trouve;

use crate::composants::Badge;
use crate::dossiers::liste::voit_la_suite;
use crate::{mots, noms, urls};
use jiff::civil::Date;

pub mod page;
pub mod propositions;

/// Une réponse, prête à lire.
pub struct LigneTrouvee {
    pub reference: String,
    pub vers: String,
    pub menage: String,
    pub lieu: String,
    /// Où en est la procédure, pour qui la suit.
    pub stade: Option<Badge>,
    /// « Clos le 3/10/2026 », ou rien.
    pub clos: String,
    /// « nom proche, adresse ».
    pub pourquoi: String,
}

fn ligne(trouve: &Trouve, pourquoi: &[Pourquoi], agent: &Agent, aujourd_hui: Date) -> LigneTrouvee {
    let raisons: Vec<&str> = pourquoi.iter().map(|p| p.libelle()).collect();
    LigneTrouvee {
        reference: trouve.reference.clone(),
        vers: urls::dossier(&trouve.reference),
        menage: if trouve.nom.is_empty() {
            "Ménage sans nom".to_owned()
        } else {
            trouve.nom.clone()
        },
        lieu: trouve.adresse.clone(),
        stade: if !voit_la_suite(agent) {
            Some(noms::statut_de(&trouve.statut)).filter(|_| !trouve.statut.is_empty())
        } else if trouve.stade.is_empty() {
            None
        } else {
            Some(noms::stade(stade_au(&trouve.stade, trouve.fin_delai, aujourd_hui)))
        },
        clos: trouve
            .clos_le
            .map(|jour| format!("Clos le {}", mots::jour(jour)))
            .unwrap_or_default(),
        pourquoi: mots::capitale(&raisons.join(", ")),
    }
}
