//! Les notifications d'une personne, déduites du journal de son périmètre.
//!
//! Rien n'en est gardé que ce qu'elle a lu. Le travail est borné : les derniers jours, les derniers
//! dossiers changés.

use std::collections::{BTreeMap, BTreeSet};

use ccapex::fait::Fait;
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Portee;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use stockage::agenda::{Fenetre, Rendezvous};
use stockage::dossier::VueDossier;

use super::sujet::{Sujet, du_journal};
use crate::coordination::alertes::{Quelles, file};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::vue::relire;

/// Le jour et l'instant où l'on regarde, à l'heure du territoire.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Le jour.
    pub jour: Date,
    /// L'instant.
    pub instant: Timestamp,
    /// Le fuseau du territoire.
    pub fuseau: TimeZone,
}

/// Ce qui est arrivé dans un dossier un jour donné.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groupe {
    /// Le dossier.
    pub dossier: VueDossier,
    /// Le jour.
    pub jour: Date,
    /// De quoi il s'agit, et combien de fois, le plus pressant d'abord.
    pub sujets: BTreeMap<Sujet, usize>,
    /// L'instant du dernier : le marquer lu vaut jusque-là.
    pub jusqu_a: Timestamp,
    /// Tout en est lu.
    pub lu: bool,
    /// Seule sa part de ce dossier s'ouvre à cette personne : l'alerte.
    pub alerte_seule: bool,
}

/// Au-delà, une notification n'apprend plus rien : les listes disent ce qui reste à faire.
const JOURS: i64 = 14;
/// Les derniers dossiers changés qu'on relit.
const DOSSIERS: i64 = 100;

/// Une chose arrivée.
struct Nouvelle {
    dossier: DossierId,
    quand: Timestamp,
    sujet: Sujet,
}

/// Les notifications de cette personne, le dernier jour d'abord.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn notifications(
    maison: &Maison,
    agent: &Agent,
    moment: &Moment,
) -> Result<Vec<Groupe>, Echec> {
    if !recoit_des_notifications(agent) {
        return Ok(Vec::new());
    }
    let depuis = moment.instant - SignedDuration::from_hours(24 * JOURS);
    let perimetre = agent.perimetre().en_entier();
    let changes = maison.stockage.changes_depuis(&perimetre, depuis, DOSSIERS).await?;
    let siens: BTreeSet<DossierId> = changes.iter().map(|vue| vue.id).collect();
    let alertes = file(maison, agent, Quelles::PourMoi, None, moment.jour).await?;
    let passees = echeances_passees(maison, agent, moment.jour).await?;

    let mut vues: BTreeMap<DossierId, VueDossier> =
        changes.into_iter().map(|vue| (vue.id, vue)).collect();
    for attente in &alertes.attentes {
        vues.entry(attente.dossier.id).or_insert_with(|| attente.dossier.clone());
    }
    let journaux = journaux(maison, vues.keys().copied().collect()).await?;
    let mut nouvelles: Vec<Nouvelle> = Vec::new();
    for (dossier, faits) in journaux.iter().filter(|(dossier, _)| siens.contains(*dossier)) {
        let arrivees = du_journal(faits, agent).map(|(fait, sujet)| Nouvelle {
            dossier: *dossier,
            quand: fait.ecrit_le,
            sujet,
        });
        nouvelles.extend(arrivees);
    }
    for attente in &alertes.attentes {
        let dossier = attente.dossier.id;
        let levee = journaux
            .get(&dossier)
            .and_then(|faits| faits.iter().find(|fait| fait.id == attente.attente.fait));
        let quand = if attente.en_retard {
            // Le destinataire s'est tu : l'alerte est arrivée à son relais le lendemain du terme.
            Some(matin(attente.attente.avant_le.saturating_add(1.day()), &moment.fuseau))
        } else {
            levee.filter(|fait| fait.agent != agent.id).map(|fait| fait.ecrit_le)
        };
        nouvelles.extend(quand.map(|quand| Nouvelle {
            dossier,
            quand,
            sujet: Sujet::AlertePourMoi,
        }));
    }
    for vue in passees {
        if let Some(avant_le) = vue.etape_avant_le {
            let quand = matin(avant_le.saturating_add(1.day()), &moment.fuseau);
            nouvelles.push(Nouvelle { dossier: vue.id, quand, sujet: Sujet::EcheancePassee });
        }
        vues.insert(vue.id, vue);
    }
    nouvelles.retain(|n| (depuis..=moment.instant).contains(&n.quand));
    grouper(maison, agent, moment, nouvelles, &vues).await
}

/// Cette personne suit des ménages, ou répond à des alertes.
#[must_use]
pub fn recoit_des_notifications(agent: &Agent) -> bool {
    agent.suit_des_menages() || agent.repond_aux_alertes()
}

/// Combien de groupes n'ont pas été lus : ce que dit la cloche.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn non_lues(maison: &Maison, agent: &Agent, moment: &Moment) -> Result<usize, Echec> {
    let groupes = notifications(maison, agent, moment).await?;
    Ok(groupes.iter().filter(|groupe| !groupe.lu).count())
}

/// Marque tout lu, ou ce dossier jusqu'à cet instant. Un dossier que la personne ne voit pas ne change
/// rien pour elle.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn marquer_lues(
    maison: &Maison,
    agent: &Agent,
    dossier: Option<DossierId>,
    jusqu_a: Timestamp,
) -> Result<(), Echec> {
    Ok(maison.stockage.marquer_lues(agent.id, dossier, jusqu_a).await?)
}

/// Le journal de chacun, relu. Le coffre reste fermé.
async fn journaux(
    maison: &Maison,
    dossiers: Vec<DossierId>,
) -> Result<BTreeMap<DossierId, Vec<Fait>>, Echec> {
    let ecrits = maison.stockage.relecture().await?.journaux(&dossiers).await?;
    ecrits.into_iter().map(|(dossier, faits)| Ok((dossier, relire(&faits)?))).collect()
}

/// Les étapes qui revenaient à cette personne et dont le jour est passé depuis peu.
async fn echeances_passees(
    maison: &Maison,
    agent: &Agent,
    aujourd_hui: Date,
) -> Result<Vec<VueDossier>, Echec> {
    let fenetre = Fenetre {
        du: aujourd_hui.saturating_sub(JOURS.days()),
        au: aujourd_hui.saturating_sub(1.day()),
        service: None,
        sous_commission: None,
    };
    let perimetre = agent.perimetre().en_entier();
    let quoi = Rendezvous::Echeance;
    let mut passees =
        maison.stockage.a_l_agenda(&perimetre, &fenetre, quoi, None, DOSSIERS).await?;
    passees.retain(|vue| agent.est(&vue.etape_qui));
    Ok(passees)
}

async fn grouper(
    maison: &Maison,
    agent: &Agent,
    moment: &Moment,
    nouvelles: Vec<Nouvelle>,
    vues: &BTreeMap<DossierId, VueDossier>,
) -> Result<Vec<Groupe>, Echec> {
    let lues = maison.stockage.notifications_lues(agent.id).await?;
    let perimetre = agent.perimetre();
    let mut groupes: BTreeMap<(Date, DossierId), Groupe> = BTreeMap::new();
    for nouvelle in nouvelles {
        let Some(vue) = vues.get(&nouvelle.dossier) else { continue };
        let jour = nouvelle.quand.to_zoned(moment.fuseau.clone()).date();
        let groupe = groupes.entry((jour, vue.id)).or_insert_with(|| Groupe {
            dossier: vue.clone(),
            jour,
            sujets: BTreeMap::new(),
            jusqu_a: nouvelle.quand,
            lu: true,
            alerte_seule: perimetre.portee(&vue.situation()) != Some(Portee::Entier),
        });
        *groupe.sujets.entry(nouvelle.sujet).or_default() += 1;
        groupe.jusqu_a = groupe.jusqu_a.max(nouvelle.quand);
        groupe.lu &= lues.contient(nouvelle.dossier, nouvelle.quand);
    }
    Ok(groupes.into_values().rev().collect())
}

/// Le début d'un jour, à l'heure du territoire.
fn matin(jour: Date, fuseau: &TimeZone) -> Timestamp {
    fuseau
        .to_ambiguous_timestamp(jour.to_datetime(Time::midnight()))
        .compatible()
        .unwrap_or_default()
}
