//! Ce qui est dû, le retard d'abord.

use ccapex::partenaires::agent::Agent;
use jiff::ToSpan as _;
use jiff::civil::Date;
use stockage::liste::{Curseur, Etendue, Filtre, Tri};

use crate::dossiers::lister::{Liste, lister};
use crate::echec::Echec;
use crate::maison::Maison;

/// Les dossiers dont la prochaine étape est due ce jour-là au plus tard, compris.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn echeances(
    maison: &Maison,
    agent: &Agent,
    jusqu_au: Date,
    service: Option<String>,
    apres: Option<Curseur>,
    aujourd_hui: Date,
) -> Result<Liste, Echec> {
    let filtre = Filtre {
        service,
        echeance_avant: Some(jusqu_au.saturating_add(1.day())),
        apres,
        ..tout(Tri::Echeance)
    };
    lister(maison, agent, &filtre, aujourd_hui).await
}

/// Un filtre qui retient tous les dossiers ouverts.
#[must_use]
pub fn tout(tri: Tri) -> Filtre {
    Filtre {
        etendue: Etendue::Ouverts,
        file: None,
        sous_commission: None,
        service: None,
        statut: None,
        stade: None,
        commune: None,
        texte: None,
        echeance_avant: None,
        echeance_apres: None,
        tri,
        apres: None,
        limite: 50,
    }
}
