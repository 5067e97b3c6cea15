//! L'agenda d'une période : ce que chaque jour a, compté, et les premiers dossiers.

use std::collections::BTreeMap;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use stockage::agenda::{Fenetre, Rendezvous};
use stockage::dossier::VueDossier;

use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qu'un jour a d'une sorte : le nombre, et les premiers dossiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Ce que c'est.
    pub quoi: Rendezvous,
    /// Combien ce jour en a.
    pub nombre: i64,
    /// Les premiers ; le reste est dans la liste du jour.
    pub dossiers: Vec<VueDossier>,
}

/// Les jours qui ont quelque chose, avec leurs premiers dossiers : `par_jour` au plus de chaque sorte.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn agenda(
    maison: &Maison,
    agent: &Agent,
    fenetre: &Fenetre,
    sortes: &[Rendezvous],
    par_jour: i64,
) -> Result<BTreeMap<Date, Vec<Part>>, Echec> {
    let perimetre = agent.perimetre().en_entier();
    let mut jours: BTreeMap<Date, Vec<Part>> = BTreeMap::new();
    for quoi in sortes.iter().copied() {
        for (jour, nombre) in maison.stockage.agenda(&perimetre, fenetre, quoi).await? {
            let ce_jour = Fenetre { du: jour, au: jour, ..fenetre.clone() };
            let dossiers = match par_jour {
                0 => Vec::new(),
                limite => {
                    maison.stockage.a_l_agenda(&perimetre, &ce_jour, quoi, None, limite).await?
                }
            };
            jours.entry(jour).or_default().push(Part { quoi, nombre, dossiers });
        }
    }
    Ok(jours)
}

/// Une page d'un jour : les dossiers après celui-ci, et s'il en reste.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn du_jour(
    maison: &Maison,
    agent: &Agent,
    fenetre: &Fenetre,
    quoi: Rendezvous,
    apres: Option<DossierId>,
    limite: usize,
) -> Result<(Vec<VueDossier>, bool), Echec> {
    let apres = apres.map(|dossier| (fenetre.du, dossier));
    let une_de_plus = i64::try_from(limite).unwrap_or(i64::MAX - 1) + 1;
    let mut dossiers = maison
        .stockage
        .a_l_agenda(&agent.perimetre().en_entier(), fenetre, quoi, apres, une_de_plus)
        .await?;
    let encore = dossiers.len() > limite;
    dossiers.truncate(limite);
    Ok((dossiers, encore))
}
