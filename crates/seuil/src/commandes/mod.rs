//! Une commande, un fichier.

mod banc;
mod base;
mod cle;
mod cle_api;
mod cles;
mod compte;
mod conservation;
mod consigner;
mod courriers;
mod delai;
mod demo;
mod dossier;
mod echeances;
mod fournisseur;
mod recevoir;
mod regles;
mod servir;
mod veiller;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use ccapex::partenaires::agent::Agent;
use ccapex::profil::Profil;
use stockage::base::{Stockage, UrlDeBase};
use usages::maison::Maison;
use usages::registre::suivi::{Forme, Suivi};

pub(crate) use servir::hasard;

use crate::horloge::Horloge;
use crate::ligne::{Commande, Commun, Ligne};

/// Exécute la commande demandée.
pub(crate) async fn executer(ligne: Ligne) -> anyhow::Result<ExitCode> {
    let commun = ligne.commun;
    let horloge = Horloge::new(commun.a_la_date, &commun.profil);
    match ligne.commande {
        Commande::Demo(serveur) => demo::executer(&commun, &horloge, serveur).await,
        Commande::Servir(demande) => servir::executer(&commun, &horloge, demande).await,
        Commande::Recevoir(demande) => recevoir::executer(&commun, &horloge, demande).await,
        Commande::Delai(demande) => delai::executer(&commun, &horloge, demande),
        Commande::Regles(demande) => regles::executer(&commun, &horloge, &demande),
        Commande::Echeances(demande) => echeances::executer(&commun, &horloge, demande).await,
        Commande::Dossier(demande) => dossier::executer(&commun, &horloge, demande).await,
        Commande::Consigner(demande) => consigner::executer(&commun, &horloge, demande).await,
        Commande::Courriers(demande) => courriers::executer(&commun, &horloge, demande).await,
        Commande::Veiller => veiller::executer(&commun, &horloge).await,
        Commande::Conservation(demande) => {
            conservation::executer(&commun, &horloge, &demande).await
        }
        Commande::Cles(demande) => cles::executer(&commun, demande.geste).await,
        Commande::Verifier => base::verifier(&commun).await,
        Commande::Reconstruire => base::reconstruire(&commun, &horloge).await,
        Commande::Sauvegarder(fichier) => base::sauvegarder(&commun, &fichier).await,
        Commande::Restaurer(fichier) => base::restaurer(&commun, &fichier).await,
        Commande::Banc(demande) => banc::executer(&commun, &horloge, demande).await,
        Commande::Compte(demande) => compte::executer(&commun, &horloge, demande).await,
    }
}

/// La base et les profils que la ligne de commande désigne.
async fn maison(commun: &Commun) -> anyhow::Result<Maison> {
    let maison = maison_telle_quelle(commun).await?;
    if maison.stockage.vues_a_refaire().await? {
        return Err(anyhow!(
            "Cette base vient d'une version d'avant : ses tables de lecture ne disent pas encore à quel organisme \
             chaque dossier montre une part, ni sous quels termes il se cherche. Sauvegardez-la (seuil sauvegarder), puis refaites-les : seuil reconstruire."
        ));
    }
    Ok(maison)
}

/// La même, dont les tables de lecture sont peut-être à refaire : pour la sauvegarder et les refaire.
async fn maison_telle_quelle(commun: &Commun) -> anyhow::Result<Maison> {
    let url: UrlDeBase = commun.base.parse().map_err(|e| anyhow!("{e}"))?;
    maison_sur(Stockage::ouvrir(&url).await?, commun)
}

/// Une base déjà ouverte, avec les profils de la ligne de commande.
fn maison_sur(stockage: Stockage, commun: &Commun) -> anyhow::Result<Maison> {
    let stockage = stockage.avec_cles(cles::lire(commun)?);
    Ok(Maison::avec_profils(stockage, profils(commun.profils.as_deref())?)?)
}

/// Fait un travail qui lit des ménages, et l'inscrit au registre des accès : sur le serveur, la personne n'a
/// pas de compte, la ligne porte le programme et la commande.
async fn inscrit<T, E>(
    maison: &Maison,
    agent: &Agent,
    horloge: &Horloge,
    commande: &str,
    travail: impl Future<Output = Result<T, E>>,
) -> anyhow::Result<T>
where
    anyhow::Error: From<E>,
{
    let suivi = Suivi::default();
    suivi.reconnaitre(agent);
    let rendu = suivi.pendant(travail).await;
    suivi.inscrire(maison, Forme::Commande, commande, horloge.maintenant()).await?;
    Ok(rendu?)
}

/// Les profils d'une installation : un sous-dossier par département.
fn profils(dossier: Option<&Path>) -> anyhow::Result<Vec<Profil>> {
    let Some(dossier) = dossier else { return Ok(Vec::new()) };
    let mut profils = Vec::new();
    let illisible =
        |chemin: &Path| format!("Le dossier de profils {} ne se lit pas", chemin.display());
    for entree in std::fs::read_dir(dossier).with_context(|| illisible(dossier))? {
        let chemin = entree?.path();
        if !chemin.is_dir() {
            continue;
        }
        let mut fichiers = Vec::new();
        for fichier in std::fs::read_dir(&chemin).with_context(|| illisible(&chemin))? {
            let fichier = fichier?.path();
            if fichier.is_file() {
                let nom = fichier.file_name().unwrap_or_default().to_string_lossy().into_owned();
                fichiers.push((
                    nom,
                    std::fs::read_to_string(&fichier).with_context(|| illisible(&fichier))?,
                ));
            }
        }
        fichiers.sort();
        profils.push(Profil::lire(&fichiers).map_err(|defauts| {
            let defauts: Vec<String> = defauts.iter().map(ToString::to_string).collect();
            anyhow!("Le profil {} est refusé :\n{}", chemin.display(), defauts.join("\n"))
        })?);
    }
    Ok(profils)
}
