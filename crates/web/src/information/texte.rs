//! Une explication, prête à lire.

use ccapex::menage::{Conseil, Explication, Guichet};
use ccapex::profil::Profil;

/// Une explication, prête à lire.
pub struct Texte {
    pub titre: &'static str,
    pub ou: &'static [&'static str],
    pub faire: &'static [Conseil],
    pub quand: Vec<String>,
    pub avec: Vec<Porte>,
    pub reste: &'static [&'static str],
}

/// Une porte où trouver de l'aide, et ses coordonnées quand le territoire les donne.
pub struct Porte {
    pub nom: String,
    pub role: &'static str,
    pub coordonnees: Vec<String>,
}

impl Texte {
    /// Le texte de tout le monde.
    pub(super) fn general(dit: &Explication, profil: Option<&Profil>) -> Self {
        let quand = dit.avant_quand.iter().map(|a| a.en_general.to_owned()).collect();
        Self::avec(dit, quand, profil)
    }

    /// Le même, avec ce qu'on sait des dates.
    pub(super) fn avec(dit: &Explication, quand: Vec<String>, profil: Option<&Profil>) -> Self {
        Self {
            titre: dit.titre,
            ou: dit.ou_en_est_on,
            faire: dit.ce_que_vous_pouvez_faire,
            quand,
            avec: dit.avec_qui.iter().map(|guichet| porte(*guichet, profil)).collect(),
            reste: dit.ce_qui_ne_change_pas,
        }
    }
}

fn porte(guichet: Guichet, profil: Option<&Profil>) -> Porte {
    let contact = profil.and_then(|p| p.contact(guichet.code()));
    let coordonnees = contact.map_or_else(Vec::new, |c| {
        [
            c.telephone.as_ref().map(|t| format!("téléphone : {t}")),
            c.courriel.as_ref().map(|m| format!("courriel : {m}")),
            c.adresse.clone(),
            c.site.clone(),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    Porte {
        nom: contact.map_or_else(|| guichet.nom().to_owned(), |c| c.nom.clone()),
        role: guichet.role(),
        coordonnees,
    }
}
