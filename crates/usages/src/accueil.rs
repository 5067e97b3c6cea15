//! L'accueil : ce qui attend cette personne, compté.

use ccapex::partenaires::agent::Agent;
use jiff::ToSpan as _;
use jiff::civil::Date;
use stockage::compteurs::Nombres;

use crate::echec::Echec;
use crate::maison::Maison;

/// Le dernier jour de la semaine qui commence aujourd'hui : dans six jours, compris.
#[must_use]
pub fn fin_de_semaine(aujourd_hui: Date) -> Date {
    aujourd_hui.saturating_add(6.days())
}

/// Les files de travail d'une personne.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn accueil(maison: &Maison, agent: &Agent, aujourd_hui: Date) -> Result<Nombres, Echec> {
    Ok(maison
        .stockage
        .compteurs(&agent.perimetre(), aujourd_hui, fin_de_semaine(aujourd_hui))
        .await?)
}
