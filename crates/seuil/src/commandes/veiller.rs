//! `seuil veiller` : fait suivre aux listes ce que le temps a changé, ce jour compris.

use std::process::ExitCode;

use droit::jour::Jour;
use jiff::civil::Date;
use serde_json::json;
use usages::maison::Maison;
use usages::veille::{Veillee, veiller};

use crate::horloge::Horloge;
use crate::ligne::Commun;
use crate::sortie;

pub(crate) async fn executer(commun: &Commun, horloge: &Horloge) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let code = &maison.profil(&commun.profil)?.code;
    let jour = horloge.aujourd_hui();
    let veillee = veiller(&maison, code, jour).await?;
    if commun.json {
        sortie::json(&json!({
            "profil": code,
            "jour": jour,
            "deja_faite": veillee.deja_faite,
            "relus": veillee.relus,
            "stades": veillee.stades,
            "clos": veillee.clos,
            "changes": veillee.changes,
        }))?;
    } else {
        sortie::message(&en_mots(jour, &veillee));
    }
    Ok(ExitCode::SUCCESS)
}

fn en_mots(jour: Date, veillee: &Veillee) -> String {
    let jour = Jour(jour);
    if veillee.deja_faite {
        return format!("Le {jour} était déjà veillé : rien n'a changé.");
    }
    format!(
        "Veille du {jour} : {} dossiers relus, {} ont changé de stade, {} sont clos, {} ont une autre étape, un autre service ou d'autres listes.",
        veillee.relus, veillee.stades, veillee.clos, veillee.changes
    )
}

/// Veille au lancement, puis à chaque minuit du territoire, sans jamais arrêter le serveur.
pub(crate) fn veiller_en_fond(maison: &Maison, horloge: &Horloge) {
    let (maison, horloge) = (maison.clone(), horloge.clone());
    tokio::spawn(async move {
        loop {
            let jour = horloge.aujourd_hui();
            let reussie = veiller_tous_les_profils(&maison, jour).await;
            let attente = horloge.jusqu_au_lendemain(jour);
            tokio::time::sleep(if reussie { attente } else { attente.min(REPRISE) }).await;
        }
    });
}

/// Une veille manquée se retente sans attendre le lendemain.
const REPRISE: std::time::Duration = std::time::Duration::from_mins(5);

async fn veiller_tous_les_profils(maison: &Maison, jour: Date) -> bool {
    let codes: Vec<String> = maison.profils().map(|p| p.code.clone()).collect();
    let mut reussie = true;
    for code in codes {
        match veiller(maison, &code, jour).await {
            Ok(veillee) if veillee.relus == 0 => {}
            Ok(veillee) => tracing::info!(profil = code, %jour, ?veillee, "veille faite"),
            Err(erreur) => {
                reussie = false;
                tracing::error!(
                    profil = code, %jour, %erreur,
                    "veille manquée : les listes restent à la veille d'avant, nouvel essai dans cinq minutes"
                );
            }
        }
    }
    reussie
}
