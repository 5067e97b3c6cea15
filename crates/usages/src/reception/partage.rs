//! Ce qu'une réponse montre à qui a déposé : pas plus que la page de son fichier.

use std::collections::BTreeMap;

use ccapex::partenaires::agent::Agent;
use stockage::echec::Echec as Base;

use crate::echec::Echec;
use crate::maison::Maison;
use crate::reception::resultat::Reponse;

/// Les réponses, sans ce que cette personne ne peut pas lire : le dossier d'un autre territoire, ce qui
/// s'en déduit, et les ménages qui ressemblent.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn pour(
    maison: &Maison,
    agent: &Agent,
    mut reponses: Vec<Reponse>,
) -> Result<Vec<Reponse>, Echec> {
    let mut lisibles = BTreeMap::new();
    for reponse in &mut reponses {
        let mut candidats = std::mem::take(&mut reponse.candidats);
        if !agent.tient_le_secretariat() {
            candidats.clear();
        }
        for candidat in candidats {
            if lisible(maison, agent, &candidat.dossier, &mut lisibles).await? {
                reponse.candidats.push(candidat);
            }
        }
        let Some(dossier) = reponse.dossier.clone() else { continue };
        if !lisible(maison, agent, &dossier, &mut lisibles).await? {
            reponse.dossier = None;
            reponse.rapprochement = None;
            reponse.service = None;
            reponse.service_provisoire = false;
            reponse.fin_delai = None;
            reponse.explication.clear();
            reponse.anomalies.clear();
            reponse.a_completer.clear();
        }
    }
    Ok(reponses)
}

async fn lisible(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    deja: &mut BTreeMap<String, bool>,
) -> Result<bool, Echec> {
    if let Some(connu) = deja.get(reference) {
        return Ok(*connu);
    }
    let oui = match maison.stockage.situation(reference).await {
        Ok(situation) => agent.peut_lire(&situation.situation()).is_ok(),
        Err(Base::Introuvable) => false,
        Err(echec) => return Err(echec.into()),
    };
    deja.insert(reference.to_owned(), oui);
    Ok(oui)
}
