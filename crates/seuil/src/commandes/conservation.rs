//! `seuil conservation` : ce qui finit d'être gardé, les avis à donner, ce qui s'efface et quand.

use std::process::ExitCode;

use ccapex::conservation::Geste;
use droit::jour::Jour;
use serde_json::json;
use usages::conservation::appliquer::Faite;
use usages::conservation::lister::{Due, a_venir};

use crate::horloge::Horloge;
use crate::ligne::{Commun, Conservation};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: &Conservation,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let profil = maison.profil(&commun.profil)?;
    let jour = horloge.aujourd_hui();
    let dues = a_venir(&maison, &profil, jour, i64::from(demande.jours)).await?;
    for due in &dues {
        if commun.json {
            sortie::json(&json!({
                "sujet": due.sujet.code(),
                "numero": due.numero,
                "nom": due.nom,
                "depuis": due.depuis,
                "echeance": due.echeance,
                "motif": due.motif,
                "duree_a_verifier": due.a_verifier,
                "premier_avis": due.avis.premier,
                "second_avis": due.avis.second,
                "prochain": due.prochain.0.code(),
                "prochain_le": due.prochain.1,
            }))?;
        } else {
            sortie::ligne(&en_clair(due));
        }
    }
    if !commun.json {
        sortie::message(&match dues.len() {
            0 => format!("Rien ne finit d'être gardé dans les {} jours.", demande.jours),
            n => format!(
                "{n} à traiter dans les {} jours. La veille de chaque nuit s'en charge.",
                demande.jours
            ),
        });
    }
    Ok(ExitCode::SUCCESS)
}

fn en_clair(due: &Due) -> String {
    let (geste, le) = due.prochain;
    let quoi = match geste {
        Geste::PremierAvis => "premier avis",
        Geste::SecondAvis => "second avis",
        Geste::Effacer => "effacement",
    };
    format!(
        "{}  {} {}  {quoi} ; gardé jusqu'au {} ({}{})",
        Jour(le),
        due.sujet.code(),
        due.nom,
        Jour(due.echeance),
        due.motif,
        if due.a_verifier { " ; durée à vérifier" } else { "" }
    )
}

/// Ce qu'une nuit a fait, en mots.
pub(crate) fn en_mots(faite: &Faite) -> String {
    format!(
        "Conservation : {} premiers avis, {} seconds ; effacés : {} ménages, {} notices seules, {} fichiers ; \
         {} lignes retirées du registre des accès.",
        faite.premiers_avis,
        faite.seconds_avis,
        faite.dossiers,
        faite.notices,
        faite.pieces,
        faite.acces
    )
}
