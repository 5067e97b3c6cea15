//! Les comptes à revoir : pourquoi chacun, depuis quand, et ce qu'une personne qui en répond en décide.
//!
//! Rien n'est noté tant qu'on ne décide pas : la liste se déduit des comptes, des connexions, des clés, des
//! suppléances et des durées du profil.

use std::collections::BTreeMap;

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Borne};
use ccapex::partenaires::organisme::Comptes;
use ccapex::profil::{Profil, RevueDesComptes};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use stockage::cle_api::CleApi;
use stockage::geste::Geste;
use stockage::revue::{Decision, Revue};
use stockage::suppleance::Suppleance;

use super::comptes::{CompteVu, vus};
use super::organisme::tenir;
use super::regles::Regles;
use crate::echec::Echec;
use crate::maison::Maison;

/// Pourquoi regarder un compte, et quoi faire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Raison {
    /// Sa mission ne tient plus à rien : service, sous-commission ou commune que le profil n'a plus.
    SansOrganisme,
    /// Sa mission exige deux facteurs, et il n'en a qu'un.
    SansSecondFacteur,
    /// Son dernier jour est passé.
    Fini(Date),
    /// Son dernier jour approche.
    FinProche(Date),
    /// Personne n'y est jamais entré.
    JamaisVenu(Date),
    /// Personne n'y est entré depuis ce jour.
    Inactif(Date),
    /// Une clé de programme n'a pas servi depuis ce jour.
    CleInutile(String, Date),
    /// La personne était suppléée jusqu'à ce jour, et n'est pas revenue depuis.
    SuppleanceFinie(Date),
    /// La dernière revue, ou l'ouverture du compte, est trop ancienne.
    RevueAttendue(Date),
}

/// Un compte à revoir.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ARevoir {
    /// Le compte.
    pub compte: CompteVu,
    /// Pourquoi, le plus pressant d'abord.
    pub raisons: Vec<Raison>,
    /// La dernière revue.
    pub revue: Option<Revue>,
    /// Qui l'a faite.
    pub revu_par: String,
    /// La personne qui regarde peut en décider.
    pub tenu: bool,
}

/// Le jour et l'instant où l'on regarde, à l'heure du territoire.
#[derive(Clone, Copy, Debug)]
pub struct Regard<'a> {
    /// Le jour.
    pub jour: Date,
    /// L'instant.
    pub instant: Timestamp,
    /// Le fuseau du territoire.
    pub fuseau: &'a TimeZone,
}

/// Une raison, et le jour où elle est née : une revue faite depuis la fait taire. Sans jour, rien ne la tait.
type Datee = (Raison, Option<Date>);

/// Les comptes à revoir parmi ceux dont cette personne répond.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne répond d'aucun compte.
pub async fn a_revoir(
    maison: &Maison,
    regles: &Regles,
    qui: &Agent,
    regard: Regard<'_>,
) -> Result<Vec<ARevoir>, Echec> {
    let s = &maison.stockage;
    let comptes = match qui.repond_de_comptes()? {
        Comptes::Tous => s.comptes(&qui.peut_administrer()?).await?,
        Comptes::DeLOrganisme => s.comptes_de_l_organisme(qui).await?,
    };
    let noms: BTreeMap<AgentId, String> =
        comptes.iter().map(|c| (c.agent.id, c.agent.nom.clone())).collect();
    let siens = comptes.into_iter().filter(|c| c.actif && qui.voit_le_compte(&c.agent)).collect();
    let connexions = s.dernieres_connexions().await?;
    let revues = s.dernieres_revues().await?;
    let suppleances = s.suppleances().await?;
    let cles = s.cles_qui_servent(regard.instant).await?;
    let mut a_revoir = Vec::new();
    for compte in vus(s, siens).await? {
        let id = compte.agent.id;
        let profil = maison.profil(&compte.agent.profil).ok();
        let vu = Vu {
            regles,
            profil: profil.as_deref(),
            connexion: connexions.get(&id).copied(),
            suppleances: &suppleances,
            cles: &cles,
            regard,
        };
        let revue = revues.get(&id).cloned();
        let raisons = vu.raisons(&compte, revue.as_ref());
        if raisons.is_empty() {
            continue;
        }
        a_revoir.push(ARevoir {
            revu_par: revue
                .as_ref()
                .and_then(|r| noms.get(&r.par).cloned())
                .unwrap_or_else(|| "l'administration".to_owned()),
            tenu: qui.tient_le_compte(&compte.agent).is_some() && qui.id != id,
            compte,
            raisons,
            revue,
        });
    }
    a_revoir.sort_by(|a, b| {
        (&a.raisons, &a.compte.identifiant).cmp(&(&b.raisons, &b.compte.identifiant))
    });
    Ok(a_revoir)
}

/// Confirme qu'un compte sert toujours. Rend le jour d'y revenir.
///
/// # Erreurs
///
/// Introuvable pour un compte dont cette personne ne répond pas ; [`Echec::Refus`] pour le sien.
pub async fn confirmer(
    maison: &Maison,
    qui: &Agent,
    id: AgentId,
    jour: Date,
    quand: Timestamp,
) -> Result<Date, Echec> {
    pas_le_sien(qui, id)?;
    let (compte, tenue) = tenir(&maison.stockage, qui, id).await?;
    let mois = i64::from(maison.profil(&compte.profil)?.comptes.revue_mois.valeur.max(1));
    let revoir_le = jour.saturating_add(mois.months());
    let stockage = &maison.stockage;
    stockage.inscrire_revue(&tenue, Decision::Confirme, (jour, quand), Some(revoir_le)).await?;
    stockage.noter_geste(id, Geste::Revu, qui.id, "", quand).await?;
    Ok(revoir_le)
}

/// Met fin à un compte revu : la personne n'entre plus.
///
/// # Erreurs
///
/// Comme [`confirmer`].
pub async fn mettre_fin(
    maison: &Maison,
    qui: &Agent,
    id: AgentId,
    jour: Date,
    quand: Timestamp,
) -> Result<(), Echec> {
    pas_le_sien(qui, id)?;
    let (_, tenue) = tenir(&maison.stockage, qui, id).await?;
    super::organisme::fermer(&maison.stockage, qui, id, quand).await?;
    Ok(maison.stockage.inscrire_revue(&tenue, Decision::Ferme, (jour, quand), None).await?)
}

/// On ne se confirme pas soi-même : ce ne serait pas une revue.
fn pas_le_sien(qui: &Agent, id: AgentId) -> Result<(), Echec> {
    if qui.id != id {
        return Ok(());
    }
    Err(Echec::Refus(
        "Votre propre compte ne se revoit pas de vous : ce ne serait pas un contrôle. \
         Demandez-le à une autre personne qui administre."
            .to_owned(),
    ))
}

/// Ce qu'on sait d'un compte pour le juger.
struct Vu<'a> {
    regles: &'a Regles,
    profil: Option<&'a Profil>,
    connexion: Option<Timestamp>,
    suppleances: &'a [Suppleance],
    cles: &'a [CleApi],
    regard: Regard<'a>,
}

impl Vu<'_> {
    fn raisons(&self, compte: &CompteVu, revue: Option<&Revue>) -> Vec<Raison> {
        let confirme = revue.filter(|r| r.decision == Decision::Confirme);
        let tue = |ne: Option<Date>| {
            ne.zip(confirme).is_some_and(|(ne, r)| {
                ne <= r.le && r.revoir_le.is_some_and(|revoir| self.regard.jour < revoir)
            })
        };
        let mut raisons: Vec<Raison> = self
            .toutes(compte, confirme)
            .into_iter()
            .filter(|(_, ne)| !tue(*ne))
            .map(|(raison, _)| raison)
            .collect();
        raisons.sort();
        raisons
    }

    fn toutes(&self, compte: &CompteVu, confirme: Option<&Revue>) -> Vec<Datee> {
        let agent = &compte.agent;
        let Some(profil) = self.profil else { return vec![(Raison::SansOrganisme, None)] };
        let durees = &profil.comptes;
        let jour = self.regard.jour;
        let mut raisons = Vec::new();
        if !tient_a_quelque_chose(agent, profil) {
            raisons.push((Raison::SansOrganisme, None));
        }
        let ouvert = self.le(compte.cree_le);
        if self.regles.exige_deux_facteurs(agent) && !compte.facteur {
            raisons.push((Raison::SansSecondFacteur, Some(ouvert)));
        }
        if let Some(fin) = compte.fin {
            let bientot = fin.saturating_sub(jours(durees.fin_proche_jours.valeur).days());
            if fin < jour {
                raisons.push((Raison::Fini(fin), Some(fin.saturating_add(1.day()))));
            } else if bientot <= jour {
                raisons.push((Raison::FinProche(fin), Some(bientot)));
            }
        }
        raisons.extend(self.passage(ouvert, durees));
        raisons.extend(self.cles(agent.id, durees));
        raisons.extend(self.suppleance(agent.id));
        let mois = i64::from(durees.revue_mois.valeur.max(1));
        let revoir = match confirme.and_then(|r| r.revoir_le) {
            Some(revoir) => revoir,
            None => ouvert.saturating_add(mois.months()),
        };
        if revoir <= jour {
            raisons.push((Raison::RevueAttendue(revoir), Some(revoir)));
        }
        raisons
    }

    /// Le jour de cet instant, dans le territoire.
    fn le(&self, instant: Timestamp) -> Date {
        instant.to_zoned(self.regard.fuseau.clone()).date()
    }

    /// La personne n'est jamais venue, ou ne vient plus.
    fn passage(&self, ouvert: Date, durees: &RevueDesComptes) -> Option<Datee> {
        let (depuis, attendre) = match self.connexion {
            Some(instant) => (self.le(instant), durees.inactif_jours.valeur),
            None => (ouvert, durees.jamais_venu_jours.valeur),
        };
        let ne = depuis.saturating_add(jours(attendre).days());
        let raison = match self.connexion {
            Some(_) => Raison::Inactif(depuis),
            None => Raison::JamaisVenu(depuis),
        };
        (ne <= self.regard.jour).then_some((raison, Some(ne)))
    }

    fn cles(&self, compte: AgentId, durees: &RevueDesComptes) -> Vec<Datee> {
        let siennes = self.cles.iter().filter(|cle| cle.compte == compte);
        siennes
            .filter_map(|cle| {
                let depuis = self.le(cle.vue_le.unwrap_or(cle.cree_le));
                let ne = depuis.saturating_add(jours(durees.cle_inutile_jours.valeur).days());
                let raison = Raison::CleInutile(cle.nom.clone(), depuis);
                (ne <= self.regard.jour).then_some((raison, Some(ne)))
            })
            .collect()
    }

    /// Sa dernière suppléance est finie, et la personne n'est pas entrée depuis.
    fn suppleance(&self, compte: AgentId) -> Option<Datee> {
        let finies = self.suppleances.iter().filter(|s| s.absent == compte);
        let au = finies
            .map(|s| s.finie_le.map_or(s.au, |quand| self.le(quand)))
            .max()
            .filter(|au| *au < self.regard.jour)?;
        let revenue = self.connexion.is_some_and(|quand| self.le(quand) > au);
        (!revenue).then_some((Raison::SuppleanceFinie(au), Some(au.saturating_add(1.day()))))
    }
}

/// Le profil a encore le service, la sous-commission ou les communes qui bornent cette mission.
fn tient_a_quelque_chose(agent: &Agent, profil: &Profil) -> bool {
    let sous_commission = |code: &str| profil.sous_commissions.iter().any(|s| s.code == code);
    match agent.role.borne() {
        Borne::Aucune => true,
        Borne::SousCommission => agent.sous_commission.as_deref().is_some_and(sous_commission),
        Borne::SousCommissionFacultative => {
            agent.sous_commission.as_deref().is_none_or(sous_commission)
        }
        Borne::Service => agent
            .service
            .as_deref()
            .is_some_and(|code| profil.services.iter().any(|s| s.code == code)),
        Borne::Communes => agent.communes.iter().any(|code| territoire::commune(code).is_some()),
    }
}

fn jours(n: u8) -> i64 {
    i64::from(n)
}
