//! Les suppléances : désigner qui supplée une personne absente, la lire à sa place pour un temps, y mettre fin.
//!
//! Rien ne tourne pour qu'une suppléance commence ou finisse : on regarde le jour chaque fois qu'une personne
//! se fait reconnaître.

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::suppleance::Designation;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use stockage::base::Stockage;
use stockage::geste::Geste;
use stockage::suppleance::{MotifDeSuppleance, Suppleance};

use crate::echec::Echec;

/// Une suppléance à décider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NouvelleSuppleance {
    /// Qui supplée.
    pub suppleant: AgentId,
    /// Le premier jour, compris.
    pub du: Date,
    /// Le dernier jour, compris.
    pub au: Date,
    /// Pourquoi.
    pub motif: MotifDeSuppleance,
}

/// Les suppléances d'une personne, et de quoi en décider une autre.
#[derive(Clone, Debug)]
pub struct SuppleancesLues {
    /// La personne absente.
    pub absent: Agent,
    /// Celles où elle est absente ou supplée, la dernière d'abord.
    pub suppleances: Vec<SuppleanceLue>,
    /// Qui peut la suppléer.
    pub candidats: Vec<Agent>,
}

/// Une suppléance et les noms de ceux qu'elle concerne.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuppleanceLue {
    /// La suppléance.
    pub suppleance: Suppleance,
    /// Le nom de la personne absente.
    pub absent: String,
    /// Le nom de qui la supplée.
    pub suppleant: String,
}

/// La plus longue suppléance : au-delà, c'est un poste à confier, non une absence.
const MOIS_AU_PLUS: i64 = 6;

/// Cette personne, avec ceux qu'elle supplée ce jour-là.
///
/// # Erreurs
///
/// Si la base ne répond pas.
pub async fn avec_ceux_qu_elle_supplee(
    stockage: &Stockage,
    agent: Agent,
    jour: Date,
) -> Result<Agent, Echec> {
    let suppleances = stockage.supplees(agent.id, jour).await?;
    Ok(Agent { suppleances, ..agent })
}

/// Les suppléances de cette personne.
///
/// # Erreurs
///
/// Introuvable pour qui n'en décide pas.
pub async fn lire(
    stockage: &Stockage,
    qui: &Agent,
    absent: AgentId,
    aujourd_hui: Date,
) -> Result<SuppleancesLues, Echec> {
    let (absent, _) = designer(stockage, qui, absent).await?;
    let comptes = stockage.comptes_de_l_organisme(&absent).await?;
    let candidats = comptes
        .into_iter()
        .filter(|c| c.actif && c.fin.is_none_or(|fin| fin >= aujourd_hui))
        .map(|c| c.agent)
        .filter(|agent| agent.peut_suppleer(&absent).is_ok())
        .collect();
    let mut suppleances = Vec::new();
    for suppleance in stockage.suppleances_du_compte(absent.id).await? {
        suppleances.push(SuppleanceLue {
            absent: stockage.compte(suppleance.absent).await?.agent.nom,
            suppleant: stockage.compte(suppleance.suppleant).await?.agent.nom,
            suppleance,
        });
    }
    Ok(SuppleancesLues { absent, suppleances, candidats })
}

/// Décide qui supplée cette personne, de tel jour à tel jour compris.
///
/// # Erreurs
///
/// Introuvable pour qui n'en décide pas ; [`Echec::Refus`] si les jours ne se suivent pas, si la personne
/// choisie ne peut pas suppléer celle-ci, ou si elle la supplée déjà ces jours-là.
pub async fn decider(
    stockage: &Stockage,
    qui: &Agent,
    absent: AgentId,
    nouvelle: NouvelleSuppleance,
    aujourd_hui: Date,
    quand: Timestamp,
) -> Result<i64, Echec> {
    let (absent, designation) = designer(stockage, qui, absent).await?;
    let refus = |texte: String| Err(Echec::Refus(texte));
    let NouvelleSuppleance { suppleant, du, au, motif } = nouvelle;
    if au < du {
        return refus(
            "Le dernier jour est avant le premier : la suppléance ne vaudrait jamais. Corrigez les deux jours."
                .to_owned(),
        );
    }
    if du < aujourd_hui {
        return refus(
            "Le premier jour est passé : une suppléance ne vaut pas en arrière, ce qui a été lu l'a été sans elle. \
             Choisissez aujourd'hui ou un jour à venir."
                .to_owned(),
        );
    }
    if au > du.saturating_add(MOIS_AU_PLUS.months()) {
        return refus(format!(
            "Une suppléance dure {MOIS_AU_PLUS} mois au plus : au-delà, c'est un poste à confier. \
             Choisissez un dernier jour plus proche ; vous pourrez en décider une autre ensuite."
        ));
    }
    let compte = stockage.compte(suppleant).await.map_err(|_| {
        Echec::Refus(
            "La personne qui supplée n'est pas choisie : la suppléance ne serait à personne. \
             Choisissez-la dans la liste."
                .to_owned(),
        )
    })?;
    compte.agent.peut_suppleer(&absent).map_err(|e| Echec::Refus(e.to_string()))?;
    if !compte.actif || compte.fin.is_some_and(|fin| fin < du) {
        return refus(
            "Le compte de cette personne ne servira pas ces jours-là : la suppléance ne serait à personne. \
             Choisissez quelqu'un d'autre, ou faites prolonger son compte."
                .to_owned(),
        );
    }
    let deja = stockage.suppleances_du_compte(absent.id).await?.into_iter().any(|s| {
        s.absent == absent.id
            && s.suppleant == suppleant
            && s.finie_le.is_none()
            && s.du <= au
            && du <= s.au
    });
    if deja {
        return refus(format!(
            "{} supplée déjà cette personne ces jours-là : une seconde suppléance ne donnerait rien de plus. \
             Mettez fin à la première pour en changer les jours.",
            compte.agent.nom
        ));
    }
    let suppleance = Suppleance {
        id: 0,
        absent: absent.id,
        suppleant,
        du,
        au,
        motif,
        par: qui.id,
        cree_le: quand,
        finie_le: None,
        finie_par: None,
    };
    let id = stockage.inscrire_suppleance(&designation, &suppleance).await?;
    // Le résumé du jour de l'absent part aussi à qui le supplée : encore faut-il savoir où.
    let reglage = stockage.reglage_de_notification(suppleant).await?;
    if let (true, Some(courriel)) =
        (reglage.courriel.is_empty(), stockage.courriel_du_compte(suppleant).await?)
    {
        stockage.regler_les_notifications(suppleant, &courriel, reglage.resume).await?;
    }
    for compte in [absent.id, suppleant] {
        stockage.noter_geste(compte, Geste::SuppleanceDecidee, qui.id, "", quand).await?;
    }
    Ok(id)
}

/// Met fin à une suppléance avant l'heure : l'absent, qui en décide pour lui, ou celui qui supplée.
///
/// # Erreurs
///
/// Introuvable pour les autres ; [`Echec::Refus`] si elle l'est déjà.
pub async fn finir(
    stockage: &Stockage,
    qui: &Agent,
    id: i64,
    aujourd_hui: Date,
    quand: Timestamp,
) -> Result<Suppleance, Echec> {
    let suppleance = stockage.suppleance(id).await?;
    if suppleance.suppleant != qui.id {
        designer(stockage, qui, suppleance.absent).await?;
    }
    if suppleance.au < aujourd_hui || !stockage.finir_suppleance(id, qui.id, quand).await? {
        return Err(Echec::Refus(
            "Cette suppléance est déjà finie : elle n'ouvre plus rien, et il n'y a rien à faire."
                .to_owned(),
        ));
    }
    for compte in [suppleance.absent, suppleance.suppleant] {
        stockage.noter_geste(compte, Geste::SuppleanceFinie, qui.id, "", quand).await?;
    }
    Ok(suppleance)
}

/// La personne, et la preuve qu'on désigne qui la supplée. Une autre n'existe pas pour qui n'en répond pas.
async fn designer(
    stockage: &Stockage,
    qui: &Agent,
    absent: AgentId,
) -> Result<(Agent, Designation), Echec> {
    let absent = stockage.compte(absent).await?.agent;
    match qui.designe_pour(&absent) {
        Some(designation) => Ok((absent, designation)),
        None => Err(stockage::echec::Echec::Introuvable.into()),
    }
}
