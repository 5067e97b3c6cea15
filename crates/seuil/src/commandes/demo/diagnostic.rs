//! Le diagnostic d'une scène, écrit rubrique par rubrique comme à l'écran.

use std::collections::BTreeMap;

use anyhow::bail;
use ccapex::diagnostic::{Genre, RUBRIQUES};
use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use usages::diagnostics::lire::{DiagnosticLu, lire};
use usages::diagnostics::{Ecrite, Rubrique, ecrire};
use usages::maison::Maison;

use super::scenes::{ActeDeScene, Scene};

/// Écrit les rubriques que l'acte nomme, toutes s'il n'en nomme pas : ce que le dossier propose, et
/// ce que la scène y ajoute.
pub(super) async fn rediger(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    scene: &Scene,
    acte: &ActeDeScene,
    aujourd_hui: Date,
    quand: Timestamp,
) -> anyhow::Result<()> {
    let propose = lire(maison, agent, reference, acte.su, quand).await?;
    let nommees = acte.champs.get("rubriques").and_then(|r| r.as_array());
    for rubrique in RUBRIQUES {
        if nommees.is_some_and(|n| !n.iter().any(|code| code == rubrique.code)) {
            continue;
        }
        let mut champs = proposes(&propose, rubrique.code);
        champs.extend(scene.rubrique(rubrique.code, aujourd_hui)?);
        let ouverte = propose.rubriques.iter().find(|lue| lue.rubrique.code == rubrique.code);
        let ouverte = ouverte.and_then(|lue| lue.ecriture.clone());
        let rubrique = Rubrique { code: rubrique.code.to_owned(), champs, ouverte };
        match ecrire(maison, agent, reference, &rubrique, acte.su, quand).await? {
            Ecrite::Gardee { .. } => {}
            refusee @ (Ecrite::Refusee(_) | Ecrite::EnConflit { .. }) => bail!(
                "La scène « {} » est refusée à la rubrique « {} » : {refusee:?}",
                scene.titre,
                rubrique.code,
            ),
        }
    }
    Ok(())
}

/// Ce que le dossier propose pour cette rubrique, comme une personne l'écrirait.
fn proposes(diagnostic: &DiagnosticLu, code: &str) -> BTreeMap<String, String> {
    let lue = diagnostic.rubriques.iter().filter(|lue| lue.rubrique.code == code);
    lue.flat_map(|lue| &lue.champs)
        .filter(|lu| lu.propose)
        .map(|lu| {
            let centimes =
                lu.valeur.parse::<i64>().ok().filter(|_| lu.champ.genre == Genre::Montant);
            let valeur = centimes.map_or_else(
                || lu.valeur.clone(),
                |centimes| format!("{},{:02}", centimes / 100, centimes % 100),
            );
            (lu.champ.code.to_owned(), valeur)
        })
        .collect()
}
