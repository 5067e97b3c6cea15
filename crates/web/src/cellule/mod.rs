//! La prise en charge des ménages et la cellule technique : qui accepte, qui refuse, ce qui est
//! complexe, et ce qu'une autre répartition changerait.

pub mod cas_complexe;
pub mod file;
pub mod prise_en_charge;
pub mod simulation;
pub mod technique;

use ccapex::partenaires::agent::Agent;

use crate::composants::{Onglet, Onglets};
use crate::erreur::ErreurWeb;

/// La cellule technique est tenue par le secrétariat.
fn a_la_cellule(agent: &Agent) -> Result<(), ErreurWeb> {
    if agent.tient_le_secretariat() {
        Ok(())
    } else {
        Err(ErreurWeb::hors_mission(agent.role, "de tenir la cellule technique"))
    }
}

/// Les vues de la cellule technique : (titre, compte, adresse).
fn onglets(ouvert: &str, complexes: &str, a_reattribuer: &str) -> Onglets {
    let onglet = |titre: &str, compte: &str, vers: &str| Onglet {
        titre: titre.to_owned(),
        compte: compte.to_owned(),
        vers: vers.to_owned(),
        ouvert: vers == ouvert,
    };
    Onglets {
        nom: "Cellule technique",
        onglets: vec![
            onglet("Cas complexes", complexes, COMPLEXES),
            onglet("À réattribuer", a_reattribuer, A_REATTRIBUER),
            onglet("Simuler une répartition", "", SIMULATION),
        ],
    }
}

const COMPLEXES: &str = "/cellule-technique";
const A_REATTRIBUER: &str = "/cellule-technique/a-reattribuer";
const SIMULATION: &str = "/cellule-technique/simulation";
