//! Une notice qu'on n'a pas finie de saisir : gardée étape par étape, pour soi seul, et pour un temps.

use std::collections::BTreeMap;

use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Depot;
use jiff::{SignedDuration, Timestamp};
use stockage::brouillon::Brouillon as Garde;

use crate::echec::Echec;
use crate::maison::Maison;

/// Une notice en cours de saisie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brouillon {
    /// Son numéro.
    pub id: i64,
    /// Ce qu'elle sera.
    pub nature: Nature,
    /// Les champs remplis, tels qu'écrits.
    pub champs: BTreeMap<String, String>,
    /// Quand elle a été touchée pour la dernière fois.
    pub maj_le: Timestamp,
}

/// Une notice que personne n'a reprise en trente jours n'est plus attendue : elle nomme un ménage.
pub const GARDE_EN_JOURS: i64 = 30;

impl Brouillon {
    fn de(garde: Garde) -> Option<Self> {
        Some(Self {
            id: garde.id,
            nature: Nature::de_code(&garde.nature)?,
            champs: serde_json::from_str(&garde.contenu).unwrap_or_default(),
            maj_le: garde.maj_le,
        })
    }
}

/// Commence une notice. Rend son numéro.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne dépose pas.
pub async fn commencer(
    maison: &Maison,
    agent: &Agent,
    nature: Nature,
    champs: &BTreeMap<String, String>,
    maintenant: Timestamp,
) -> Result<i64, Echec> {
    let depot = agent.peut_deposer()?;
    let trop_vieux = maintenant - SignedDuration::from_hours(24 * GARDE_EN_JOURS);
    maison.stockage.oublier_les_vieux_brouillons(trop_vieux).await?;
    let contenu = ecrit(champs);
    Ok(maison.stockage.creer_brouillon(&depot, nature.code(), &contenu, maintenant).await?)
}

/// Une notice en cours de cette personne.
///
/// # Erreurs
///
/// [`Echec`] quand elle n'existe plus, ou qu'elle est d'un autre.
pub async fn reprendre(maison: &Maison, agent: &Agent, id: i64) -> Result<Brouillon, Echec> {
    lire(maison, &agent.peut_deposer()?, id).await
}

async fn lire(maison: &Maison, depot: &Depot, id: i64) -> Result<Brouillon, Echec> {
    Brouillon::de(maison.stockage.brouillon(depot, id).await?)
        .ok_or_else(|| stockage::echec::Echec::Introuvable.into())
}

/// Remplace les champs d'une étape ; les autres restent. Rend la notice.
///
/// # Erreurs
///
/// [`Echec`] quand elle n'existe plus, ou qu'elle est d'un autre.
pub async fn garder(
    maison: &Maison,
    agent: &Agent,
    id: i64,
    etape: &[&str],
    saisis: &BTreeMap<String, String>,
    maintenant: Timestamp,
) -> Result<Brouillon, Echec> {
    let depot = agent.peut_deposer()?;
    let mut brouillon = lire(maison, &depot, id).await?;
    for nom in etape {
        match saisis.get(*nom) {
            Some(texte) => brouillon.champs.insert((*nom).to_owned(), texte.clone()),
            None => brouillon.champs.remove(*nom),
        };
    }
    let contenu = ecrit(&brouillon.champs);
    maison.stockage.garder_brouillon(&depot, id, &contenu, maintenant).await?;
    Ok(brouillon)
}

/// Les notices que cette personne n'a pas finies, la dernière touchée d'abord ; aucune pour qui ne
/// dépose pas.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn les_miens(maison: &Maison, agent: &Agent) -> Result<Vec<Brouillon>, Echec> {
    let Ok(depot) = agent.peut_deposer() else { return Ok(Vec::new()) };
    let gardes = maison.stockage.brouillons(&depot).await?;
    Ok(gardes.into_iter().filter_map(Brouillon::de).collect())
}

/// Efface une notice en cours : enregistrée, ou abandonnée.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn oublier(maison: &Maison, agent: &Agent, id: i64) -> Result<(), Echec> {
    Ok(maison.stockage.oublier_brouillon(&agent.peut_deposer()?, id).await?)
}

fn ecrit(champs: &BTreeMap<String, String>) -> String {
    serde_json::to_string(champs).unwrap_or_default()
}
