//! Les diagnostics qu'un organisme est mandaté pour écrire.

use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Portee;
use stockage::dossier::VueDossier;

use crate::dossiers::charger::Lu;
use crate::echec::Echec;
use crate::maison::Maison;

/// Les dossiers ouverts que cette personne doit écrire sur mandat, l'audience la plus proche d'abord. Un
/// secrétariat, qui les voit tous, a ses propres listes.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn mandats(
    maison: &Maison,
    agent: &Agent,
    limite: i64,
) -> Result<Vec<VueDossier>, Echec> {
    if agent.tient_le_secretariat() || !agent.role.consigne("dsf_redige") {
        return Ok(Vec::new());
    }
    Ok(maison.stockage.mandats(&agent.perimetre(), limite).await?)
}

/// Un diagnostic se lit de qui lit tout le dossier, ou est mandaté pour l'écrire.
pub(super) fn le_lit(agent: &Agent, lu: &Lu) -> bool {
    lu.lecture.portee() == Portee::Entier || agent.est_mandate(&lu.vue.situation())
}
