//! Ce qui attend une personne du secrétariat : notices à compléter, rapprochements à confirmer. Une étude y
//! trouve ses propres notices à compléter.

pub mod completer;
pub mod notice;
pub mod rapprochements;

use ccapex::partenaires::agent::Agent;
use usages::accueil::accueil;

use crate::app::App;
use crate::cadre::Section;
use crate::composants::{Onglet, Onglets};
use crate::erreur::ErreurWeb;
use crate::mots;

/// La file ouverte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FileOuverte {
    Completer,
    Rapprochements,
}

/// Les deux files et leurs comptes.
async fn onglets(app: &App, agent: &Agent, ouverte: FileOuverte) -> Result<Onglets, ErreurWeb> {
    let nombres = accueil(&app.maison, agent, app.aujourd_hui()).await?;
    let onglet = |titre: &str, n: i64, vers: &str, file| Onglet {
        titre: titre.to_owned(),
        compte: mots::milliers(u64::try_from(n).unwrap_or_default()),
        vers: vers.to_owned(),
        ouvert: ouverte == file,
    };
    let a_completer = nombres.a_completer + nombres.notices_sans_dossier;
    Ok(Onglets {
        nom: "Files à traiter",
        onglets: vec![
            onglet("À compléter", a_completer, "/a-completer", FileOuverte::Completer),
            onglet(
                "Rapprochements à confirmer",
                nombres.a_confirmer,
                "/rapprochements",
                FileOuverte::Rapprochements,
            ),
        ],
    })
}

/// Une étude complète ses notices ; le secrétariat, toutes.
fn qui_complete(agent: &Agent) -> Result<Section, ErreurWeb> {
    if agent.tient_le_secretariat() {
        Ok(Section::ATraiter)
    } else if agent.complete_ses_notices() {
        Ok(Section::Reception)
    } else {
        Err(ErreurWeb::hors_mission(agent.role, "de compléter des notices"))
    }
}

/// Ces files sont la mission des secrétariats.
fn au_secretariat(agent: &Agent) -> Result<(), ErreurWeb> {
    if agent.tient_le_secretariat() {
        Ok(())
    } else {
        Err(ErreurWeb::hors_mission(agent.role, "de tenir les files du secrétariat"))
    }
}
