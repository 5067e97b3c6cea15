//! Suivre ce qui change : chaque fait des dossiers qu'on voit, dans l'ordre, depuis une place du flux.

use std::collections::BTreeMap;

use ccapex::fait::{Acte, Fait};
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::{Portee, cle_emetteur};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::dossiers::en_json::nom;
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::relire;

/// Un fait ajouté à un dossier : de quoi savoir qu'il faut le relire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangementVu {
    /// La référence du dossier.
    pub dossier: String,
    /// L'identifiant du fait.
    pub id: String,
    /// L'acte, dans les mots de qui l'a consigné.
    pub acte: &'static str,
    /// Le jour où il a eu lieu.
    pub date: Date,
    /// L'instant où il a été enregistré.
    pub enregistre_le: Timestamp,
}

/// Une page du flux.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageVue {
    /// Les changements, dans l'ordre.
    pub changements: Vec<ChangementVu>,
    /// La place où reprendre.
    pub suivant: String,
    /// Il y a encore à lire tout de suite.
    pub encore: bool,
}

/// Les changements d'après une place, dans les dossiers que cette personne voit aujourd'hui.
///
/// Qui ne voit d'un dossier que ce qu'il a envoyé n'apprend que ses propres notices.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn depuis(
    maison: &Maison,
    agent: &Agent,
    apres: i64,
    limite: i64,
) -> Result<PageVue, Echec> {
    let page = maison.stockage.changements(&agent.perimetre(), apres, limite).await?;
    let siennes = cle_emetteur(&agent.organisme);
    let mut entiers: BTreeMap<DossierId, bool> = BTreeMap::new();
    let mut changements = Vec::with_capacity(page.changements.len());
    for changement in page.changements {
        let dossier = changement.fait.dossier;
        let entier = match entiers.get(&dossier) {
            Some(entier) => *entier,
            None => {
                let situation = maison.stockage.situation_par_id(dossier).await?;
                let entier = agent
                    .peut_lire(&situation.situation())
                    .is_ok_and(|lecture| lecture.portee() == Portee::Entier);
                entiers.insert(dossier, entier);
                entier
            }
        };
        let numero = changement.reference;
        changements.extend(
            relire(std::slice::from_ref(&changement.fait))?
                .iter()
                .filter(|fait| entier || est_sa_notice(fait, &siennes))
                .map(|fait| vu(fait, &numero)),
        );
    }
    Ok(PageVue { changements, suivant: page.jusqu_a.to_string(), encore: page.encore })
}

/// La place où commence ce qui n'est pas encore arrivé.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn maintenant(maison: &Maison) -> Result<PageVue, Echec> {
    let fin = maison.stockage.dernier_changement().await?;
    Ok(PageVue { changements: Vec::new(), suivant: fin.to_string(), encore: false })
}

fn est_sa_notice(fait: &Fait, siennes: &str) -> bool {
    matches!(&fait.acte, Acte::NoticeRecue(recue) if !siennes.is_empty() && recue.emetteur == siennes)
}

fn vu(fait: &Fait, dossier: &str) -> ChangementVu {
    ChangementVu {
        dossier: dossier.to_owned(),
        id: fait.id.clone(),
        acte: nom(fait),
        date: fait.acte.jour(),
        enregistre_le: fait.ecrit_le,
    }
}
