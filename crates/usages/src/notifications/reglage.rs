//! Ce qu'une personne veut recevoir : le résumé du jour, et à quelle adresse.

use ccapex::partenaires::agent::Agent;
use lettre::Address;
use stockage::notification::Reglage;

use crate::echec::Echec;
use crate::maison::Maison;

/// Le réglage d'une personne.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn reglage(maison: &Maison, agent: &Agent) -> Result<Reglage, Echec> {
    Ok(maison.stockage.reglage_de_notification(agent.id).await?)
}

/// Garde le réglage d'une personne.
///
/// # Erreurs
///
/// [`Echec::Refus`] quand l'adresse manque ou ne se lit pas.
pub async fn regler(
    maison: &Maison,
    agent: &Agent,
    courriel: &str,
    resume: bool,
) -> Result<(), Echec> {
    let courriel = courriel.trim();
    if courriel.is_empty() && resume {
        return Err(Echec::Refus(
            "L'adresse manque : le résumé ne saurait où partir. Écrivez-la, ou ne demandez pas le résumé."
                .to_owned(),
        ));
    }
    if !courriel.is_empty() && courriel.parse::<Address>().is_err() {
        return Err(Echec::Refus(
            "Cette adresse ne se lit pas : il y faut un nom, une arobase et un domaine. Exemple : prenom.nom@exemple.fr"
                .to_owned(),
        ));
    }
    Ok(maison.stockage.regler_les_notifications(agent.id, courriel, resume).await?)
}
