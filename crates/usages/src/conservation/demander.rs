//! Une demande d'effacement, ou un report : une personne décide, avec sa raison, et cela se voit.

use ccapex::conservation::{Sujet, echeance};
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;

use super::lister::{Due, du_dossier};
use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'une personne décide de la conservation d'un dossier clos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Le ménage demande l'effacement, et rien ne s'y oppose.
    Effacer,
    /// Garder jusqu'à ce jour : un recours, une indemnisation en cours.
    Prolonger(Date),
}

/// Décide, et rend le jour où l'identité partira au plus tôt.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne contrôle pas les accès ; [`Echec::Refus`] sans raison, pour un
/// dossier ouvert, déjà effacé, ou un report qui n'en est pas un.
pub async fn decider(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    decision: Decision,
    motif: &str,
    jour: Date,
    maintenant: Timestamp,
) -> Result<Date, Echec> {
    agent.controle_les_acces()?;
    let situation = maison.stockage.situation(reference.trim()).await?;
    let controle = agent.peut_controler(&situation.situation())?;
    let profil = maison.profil(controle.profil())?;
    let motif = motif.trim();
    if motif.is_empty() {
        return Err(Echec::Refus(
            "La raison manque : elle reste avec la décision, et le ménage peut la demander. Écrivez-la sans \
             nommer personne."
                .to_owned(),
        ));
    }
    let due = du_dossier(maison, &profil, controle.dossier()).await?.ok_or_else(|| {
        Echec::Refus(format!(
            "Le dossier {reference} est ouvert, suivi dans un autre, ou déjà effacé : la commission a encore \
             besoin de ces données pour sa mission, ou elles sont parties (règlement (UE) 2016/679, art. 17, \
             3, b). Répondez-le au ménage ; l'effacement se demande une fois le dossier clos."
        ))
    })?;
    let (geste, fin) = match decision {
        Decision::Effacer => ("demander", echeance(jour, profil.conservation.sur_demande.valeur)),
        Decision::Prolonger(au) => {
            if au <= due.echeance {
                return Err(Echec::Refus(format!(
                    "La conservation va déjà jusqu'au {} : un report donne un jour d'après.",
                    droit::jour::Jour(due.echeance)
                )));
            }
            ("prolonger", au)
        }
    };
    let par = (profil.code.as_str(), agent.id, jour, maintenant);
    let trace = Due::trace(&due, geste, fin, motif, par);
    let depot = Agent::programme(&profil.code).peut_deposer()?;
    let mut transaction = maison.stockage.ecriture(&depot).await?;
    transaction.tracer_la_conservation(vec![trace]).await?;
    transaction.valider().await?;
    Ok(fin)
}

/// L'effacement d'un dossier, s'il a eu lieu : le jour, et pourquoi.
pub(crate) async fn effacement(
    maison: &Maison,
    dossier: ccapex::identifiants::DossierId,
) -> Result<Option<(Date, String)>, Echec> {
    let mut traces = maison.stockage.traces_de_conservation(Sujet::Dossier, &[dossier.0]).await?;
    let effacee = traces
        .remove(&dossier.0)
        .unwrap_or_default()
        .into_iter()
        .rfind(|trace| trace.geste == "effacer");
    Ok(effacee.map(|trace| (trace.jour, trace.motif)))
}
