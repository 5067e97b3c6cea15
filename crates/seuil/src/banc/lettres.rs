//! Des lettres du vrai chemin : dossier relu, lettre composée, PDF rendu.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use ccapex::partenaires::agent::Agent;
use stockage::courrier::EtatDeCourrier;
use tokio::task::JoinSet;
use usages::courriers::file::file;
use usages::courriers::pdf::{liasse, pdf};

use super::atelier::Atelier;
use super::mesure::{But, Rapport, millis, par_seconde};

const BANC: &str = "lettres";
const LETTRES: i64 = 1_000;
/// Assez de commandements pour mille lettres.
const COMMANDEMENTS: u64 = 2_000;
/// Demandes à la fois : une par cœur de la machine de référence.
const A_LA_FOIS: usize = 2;

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    let mut base = atelier.base_neuve("lettres.db").await?;
    atelier.commandements(&mut base, COMMANDEMENTS).await?;
    let agent = Agent::programme("62");
    let lettres = file(&base.maison, &agent, EtatDeCourrier::Prepare, None, LETTRES).await?;
    let numeros: Vec<i64> = lettres.iter().map(|l| l.courrier.id).collect();
    let nombre = numeros.len() as u64;
    rapport.titre(&format!("{nombre} lettres en PDF"));

    let (partagees, suivante) = (Arc::new(numeros.clone()), Arc::new(AtomicUsize::new(0)));
    let debut = Instant::now();
    let mut fils: JoinSet<anyhow::Result<usize>> = JoinSet::new();
    for _ in 0..A_LA_FOIS {
        let (maison, agent) = (base.maison.clone(), agent.clone());
        let (numeros, suivante) = (Arc::clone(&partagees), Arc::clone(&suivante));
        fils.spawn(async move {
            let mut octets = 0;
            while let Some(numero) = numeros.get(suivante.fetch_add(1, Ordering::Relaxed)) {
                octets += pdf(&maison, &agent, *numero).await?.octets.len();
            }
            Ok(octets)
        });
    }
    let mut octets = 0;
    while let Some(fil) = fils.join_next().await {
        octets += fil??;
    }
    let duree = debut.elapsed();
    rapport.note(BANC, "une à une", millis(duree), "ms", But::Aucun);
    rapport.note(
        BANC,
        "une à une, débit",
        par_seconde(nombre, duree),
        "lettres/s",
        But::AuMoins(100),
    );
    rapport.note(BANC, "taille d'une lettre", octets as u64 / nombre.max(1), "octets", But::Aucun);

    let debut = Instant::now();
    let imprimees = liasse(&base.maison, &agent, &numeros).await?;
    let duree = debut.elapsed();
    rapport.note(BANC, "en une liasse", millis(duree), "ms", But::Aucun);
    rapport.note(
        BANC,
        "en une liasse, débit",
        par_seconde(nombre, duree),
        "lettres/s",
        But::AuMoins(100),
    );
    rapport.note(BANC, "taille de la liasse", imprimees.octets.len() as u64, "octets", But::Aucun);
    atelier.jeter(base).await
}
