//! `seuil veiller` : fait suivre aux listes ce que le temps a changé, ce jour compris.

use std::process::ExitCode;
use std::time::Duration;

use droit::jour::Jour;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;
use usages::conservation::appliquer::{Faite, appliquer, purger_les_acces};
use usages::echec::Echec;
use usages::maison::Maison;
use usages::notifications::lire::Moment;
use usages::notifications::resume::preparer_les_resumes;
use usages::veille::{Veillee, veiller};
use web::mots::{compte, milliers};

use crate::horloge::Horloge;
use crate::ligne::Commun;
use crate::sortie;

pub(crate) async fn executer(commun: &Commun, horloge: &Horloge) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let profil = maison.profil(&commun.profil)?;
    let code = &profil.code;
    let jour = horloge.du_territoire(&profil).aujourd_hui();
    let veillee = veiller(&maison, code, jour).await?;
    let gardee = conserver(&maison, code, jour, horloge.maintenant()).await?;
    if commun.json {
        sortie::json(&json!({
            "profil": code,
            "jour": jour,
            "deja_faite": veillee.deja_faite,
            "jusqu_au": veillee.jusqu_au,
            "relus": veillee.relus,
            "stades": veillee.stades,
            "clos": veillee.clos,
            "changes": veillee.changes,
            "avis": gardee.premiers_avis + gardee.seconds_avis,
            "effaces": gardee.dossiers + gardee.notices + gardee.pieces,
        }))?;
    } else {
        sortie::message(&en_mots(jour, &veillee));
        if !gardee.est_vide() {
            sortie::message(&super::conservation::en_mots(&gardee));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn en_mots(jour: Date, veillee: &Veillee) -> String {
    let Veillee { deja_faite, jusqu_au, relus, stades, clos, changes } = *veillee;
    if let Some(apres) = jusqu_au.filter(|le| *le > jour) {
        return format!(
            "La base est déjà veillée jusqu'au {} : le temps n'y recule pas, et rien n'a changé. Pour la ramener au {} : seuil reconstruire --a-la-date {jour}",
            Jour(apres),
            Jour(jour)
        );
    }
    let jour = Jour(jour);
    if deja_faite {
        return format!("Le {jour} était déjà veillé : rien n'a changé.");
    }
    if relus == 0 {
        return format!("Veille du {jour} : aucun dossier à relire, rien n'a changé.");
    }
    format!(
        "Veille du {jour} : {} : {} de stade, {}, {} une autre étape, un autre service ou d'autres listes.",
        compte(relus, "dossier relu", "dossiers relus"),
        accorder(stades, "aucun n'a changé", "a changé", "ont changé"),
        accorder(clos, "aucun n'est clos", "est clos", "sont clos"),
        accorder(changes, "aucun n'a", "a", "ont"),
    )
}

fn accorder(n: u64, aucun: &str, un: &str, plusieurs: &str) -> String {
    match n {
        0 => aucun.to_owned(),
        1 => format!("1 {un}"),
        _ => format!("{} {plusieurs}", milliers(n)),
    }
}

/// Les résumés quotidiens d'une installation, et l'adresse que leurs liens donnent.
#[derive(Clone, Debug)]
pub(crate) struct Resumes {
    pub(crate) site: String,
}

/// Veille au lancement, puis à chaque minuit de chaque territoire, sans jamais arrêter le serveur. Les
/// résumés du jour se préparent après, quand l'installation en envoie.
pub(crate) fn veiller_en_fond(maison: &Maison, horloge: &Horloge, resumes: Option<&Resumes>) {
    for profil in maison.profils() {
        let (maison, code) = (maison.clone(), profil.code.clone());
        let (horloge, resumes) = (horloge.du_territoire(profil), resumes.cloned());
        tokio::spawn(async move {
            loop {
                let attente = tour(&maison, &code, &horloge).await;
                if let Some(resumes) = &resumes {
                    resumer(&maison, &code, &horloge, resumes).await;
                }
                tokio::time::sleep(attente).await;
            }
        });
    }
}

/// Prépare les résumés qui ne le sont pas encore aujourd'hui ; un échec attend le tour suivant.
async fn resumer(maison: &Maison, profil: &str, horloge: &Horloge, resumes: &Resumes) {
    let moment = Moment {
        jour: horloge.aujourd_hui(),
        instant: horloge.maintenant(),
        fuseau: horloge.fuseau(),
    };
    match preparer_les_resumes(maison, profil, &moment, &resumes.site).await {
        Ok(0) => {}
        Ok(prepares) => tracing::info!(profil, prepares, "résumés préparés"),
        Err(erreur) => tracing::error!(profil, %erreur, "résumés du jour"),
    }
}

/// Une veille manquée se retente sans attendre le lendemain.
const REPRISE: Duration = Duration::from_mins(5);

/// Veille le jour où l'on est, s'il ne l'est pas, puis donne les préavis et efface ce qui est dû. Rend le
/// temps à laisser passer avant le tour suivant.
async fn tour(maison: &Maison, profil: &str, horloge: &Horloge) -> Duration {
    let jour = horloge.aujourd_hui();
    let veillee = veiller(maison, profil, jour).await;
    let gardee = conserver(maison, profil, jour, horloge.maintenant()).await;
    let attente = horloge.jusqu_au_lendemain(jour);
    match &veillee {
        Ok(veillee) if veillee.relus == 0 => {}
        Ok(veillee) => tracing::info!(profil, %jour, ?veillee, "veille faite"),
        Err(erreur) => tracing::error!(
            profil, %jour, %erreur,
            "veille manquée : les listes restent à la veille d'avant, nouvel essai dans cinq minutes"
        ),
    }
    match &gardee {
        Ok(faite) if faite.est_vide() => {}
        Ok(faite) => tracing::info!(profil, %jour, ?faite, "conservation faite"),
        Err(erreur) => tracing::error!(
            profil, %jour, %erreur,
            "conservation manquée : rien ne s'efface sans ses deux préavis, nouvel essai dans cinq minutes"
        ),
    }
    if veillee.is_ok() && gardee.is_ok() { attente } else { attente.min(REPRISE) }
}

/// Les préavis et les effacements du jour, puis les lignes trop vieilles du registre des accès.
async fn conserver(
    maison: &Maison,
    code: &str,
    jour: Date,
    maintenant: Timestamp,
) -> Result<Faite, Echec> {
    let profil = maison.profil(code)?;
    let faite = appliquer(maison, &profil, jour, maintenant).await?;
    let acces = purger_les_acces(maison, jour, maintenant).await?;
    Ok(Faite { acces, ..faite })
}

#[cfg(test)]
mod tests;
