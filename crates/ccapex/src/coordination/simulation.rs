//! Avant d'adopter une répartition : ce qu'elle changerait pour des dossiers déjà connus.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use droit::reponse::Reponse;

use crate::identifiants::DossierId;
use crate::profil::{Conditions, Profil, Repartition};
use crate::signalement::examen::Contexte;

/// Ce qu'une répartition changerait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulation {
    /// Le nombre de dossiers regardés.
    pub dossiers: usize,
    /// Par service : les dossiers d'avant, et ceux d'après.
    pub par_service: BTreeMap<String, AvantApres>,
    /// Les dossiers qui changeraient de service, du mouvement le plus nombreux au moins nombreux.
    pub transitions: Vec<Transition>,
    /// Les dossiers que la table laisse au service par défaut, faute d'une réponse.
    pub inconnus: AvantApres,
    /// Ce qu'il faudrait savoir : le champ, et le nombre de dossiers où il manque.
    pub questions: BTreeMap<&'static str, AvantApres>,
}

/// Un nombre avant, un nombre après.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AvantApres {
    /// Par la table d'aujourd'hui.
    pub avant: usize,
    /// Par la table candidate.
    pub apres: usize,
}

/// Des dossiers qui passeraient d'un service à un autre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Le service d'aujourd'hui.
    pub de: String,
    /// Celui de la table candidate.
    pub vers: String,
    /// Lesquels, dans l'ordre où on les a regardés.
    pub dossiers: Vec<DossierId>,
}

impl From<Contexte> for Conditions {
    /// Ce que les notices d'un dossier disent des conditions d'une table.
    fn from(contexte: Contexte) -> Self {
        Self {
            en_procedure: Reponse::from(contexte.en_procedure),
            enfants: Reponse::from(contexte.enfants),
            aide_logement: Reponse::from(contexte.aide_logement),
        }
    }
}

/// Répartit les mêmes dossiers par deux tables.
///
/// Ne regarde que ce que les notices disent : un service qu'une personne a choisi n'y change rien.
#[must_use]
pub fn simuler(
    dossiers: impl IntoIterator<Item = (DossierId, Conditions)>,
    avant: &Repartition,
    apres: &Repartition,
    profil: &Profil,
) -> Simulation {
    let mut simulation = Simulation::default();
    let mut mouvements: BTreeMap<(String, String), Vec<DossierId>> = BTreeMap::new();
    for (dossier, conditions) in dossiers {
        simulation.dossiers += 1;
        let ancienne = avant.repartir(&conditions, &profil.service_par_defaut);
        let nouvelle = apres.repartir(&conditions, &profil.service_par_defaut);
        simulation.inconnus.avant += usize::from(ancienne.provisoire);
        simulation.inconnus.apres += usize::from(nouvelle.provisoire);
        for question in ancienne.questions {
            simulation.questions.entry(question).or_default().avant += 1;
        }
        for question in nouvelle.questions {
            simulation.questions.entry(question).or_default().apres += 1;
        }
        simulation.par_service.entry(ancienne.service.clone()).or_default().avant += 1;
        simulation.par_service.entry(nouvelle.service.clone()).or_default().apres += 1;
        if ancienne.service != nouvelle.service {
            mouvements.entry((ancienne.service, nouvelle.service)).or_default().push(dossier);
        }
    }
    simulation.transitions = mouvements
        .into_iter()
        .map(|((de, vers), dossiers)| Transition { de, vers, dossiers })
        .collect();
    simulation.transitions.sort_by_key(|t| Reverse(t.dossiers.len()));
    simulation
}
