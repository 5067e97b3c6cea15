//! La cloche de l'en-tête : combien de notifications attendent une personne.
//!
//! Chaque page la montre ; la compter relit des journaux. Le nombre sert une minute, puis se recompte.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use jiff::{SignedDuration, Timestamp};
use usages::echec::Echec;
use usages::exceptions::examiner::a_examiner;
use usages::notifications::lire::{Moment, non_lues, recoit_des_notifications};

use crate::app::App;
use crate::{mots, urls};

/// La cloche d'une page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cloche {
    /// « 3 » ; vide quand tout est lu.
    pub nombre: String,
    /// « 3 notifications à lire ».
    pub dite: String,
    /// La page qu'elle ouvre.
    pub vers: &'static str,
}

/// Les nombres déjà comptés, et quand. Un programme de plus compte les siens : rien n'est à partager.
#[derive(Debug, Default)]
pub(crate) struct Cloches(Mutex<BTreeMap<AgentId, (Timestamp, usize)>>);

const DUREE: SignedDuration = SignedDuration::from_mins(1);

impl Cloches {
    fn connue(&self, agent: AgentId, maintenant: Timestamp) -> Option<usize> {
        let comptees = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (quand, nombre) = comptees.get(&agent).copied()?;
        (maintenant.duration_since(quand) < DUREE).then_some(nombre)
    }

    fn retenir(&self, agent: AgentId, maintenant: Timestamp, nombre: usize) {
        let mut comptees = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        comptees.retain(|_, (quand, _)| maintenant.duration_since(*quand) < DUREE);
        comptees.insert(agent, (maintenant, nombre));
    }

    /// La personne vient de lire : la page suivante recompte.
    pub(crate) fn oublier(&self, agent: AgentId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&agent);
    }
}

/// La cloche de cette personne ; rien pour qui ne reçoit pas de notification.
pub(crate) async fn cloche(app: &App, agent: &Agent) -> Option<Cloche> {
    let examine = agent.examine_les_exceptions().is_ok();
    if !examine && !recoit_des_notifications(agent) {
        return None;
    }
    let maintenant = app.maintenant();
    let nombre = match app.cloches.connue(agent.id, maintenant) {
        Some(nombre) => nombre,
        None => match compter(app, agent).await {
            Ok(nombre) => {
                app.cloches.retenir(agent.id, maintenant, nombre);
                nombre
            }
            // Une page se montre sans son nombre plutôt que pas du tout.
            Err(erreur) => {
                tracing::error!(%erreur, "notifications");
                0
            }
        },
    };
    // Qui examine n'a pas d'autre notification : sans accès à examiner, la cloche ne dirait rien.
    if examine && nombre == 0 {
        return None;
    }
    let dite = match nombre {
        n if examine => mots::compte(
            n as u64,
            "accès exceptionnel à examiner",
            "accès exceptionnels à examiner",
        ),
        0 => "Notifications, toutes lues".to_owned(),
        n => mots::compte(n as u64, "notification à lire", "notifications à lire"),
    };
    let nombre = if nombre == 0 { String::new() } else { mots::milliers(nombre as u64) };
    let vers = if examine { urls::EXCEPTIONS } else { "/notifications" };
    Some(Cloche { nombre, dite, vers })
}

/// Ce qui attend cette personne : des accès à examiner pour le délégué, des notifications pour les autres.
async fn compter(app: &App, agent: &Agent) -> Result<usize, Echec> {
    match a_examiner(&app.maison, agent).await? {
        Some(n) => Ok(usize::try_from(n).unwrap_or_default()),
        None => non_lues(&app.maison, agent, &moment(app)).await,
    }
}

/// L'instant où cette page se regarde.
pub(super) fn moment(app: &App) -> Moment {
    Moment { jour: app.aujourd_hui(), instant: app.maintenant(), fuseau: app.config.fuseau.clone() }
}
