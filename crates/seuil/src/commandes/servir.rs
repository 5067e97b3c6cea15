//! `seuil servir` : le serveur web.

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use ccapex::partenaires::agent::Agent;
use jiff::SignedDuration;
use tokio::net::TcpListener;
use usages::cle::Cle;
use usages::compte::regles::{Regles, SecondFacteur};
use usages::courriers::expedier::{Expediteur, expedier_un};
use usages::maison::Maison;
use usages::reception::reprendre;
use web::app::{App, Config, ParFournisseur};
use web::theme::{Dsfr, Theme};

use crate::commandes::veiller::{Resumes, veiller_en_fond};
use crate::commandes::{cle, fournisseur};
use crate::horloge::Horloge;
use crate::ligne::{Commun, NomDeTheme, Serveur, Servir};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Servir,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let ecoute = ecouter(demande.serveur.adresse).await?;
    prevenir_des_cles(&maison, commun).await?;
    sortie::message(&format!("Seuil écoute sur http://{}", ecoute.local_addr()?));
    reprendre_en_fond(&maison, horloge);
    let url = demande.url.clone().unwrap_or(format!("http://{}", ecoute.local_addr()?));
    let url = url.trim_end_matches('/').to_owned();
    // Sans serveur d'envoi, un résumé attendrait pour rien.
    let resumes = demande.smtp.is_some().then(|| Resumes { site: url.clone() });
    veiller_en_fond(&maison, horloge, resumes.as_ref());
    if let (Some(smtp), Some(de)) = (&demande.smtp, &demande.expediteur) {
        expedier_en_fond(&maison, horloge, Expediteur::new(smtp, de, &url)?);
    }
    let reglages = Reglages {
        theme: theme(&demande.serveur)?,
        environnement: "",
        https: demande.https,
        fournisseur: fournisseur::regler(&demande.fournisseur, &url)?,
        url,
        regles: Regles {
            second_facteur: SecondFacteur::Exige,
            inactivite: SignedDuration::from_mins(i64::from(demande.session_minutes)),
            duree: Regles::DUREE,
            essais_par_adresse: i64::from(demande.essais_par_adresse),
        },
        cle: cle::ouvrir(&maison.stockage, &demande.cle).await?,
        mandataires: demande.mandataires.clone(),
        demandes_par_minute: demande.serveur.demandes_par_minute,
    };
    servir(maison, horloge, ecoute, reglages).await
}

/// Dit tout de suite ce qu'une clé absente empêchera : l'apprendre à l'ouverture d'un fichier serait trop tard.
async fn prevenir_des_cles(maison: &Maison, commun: &Commun) -> anyhow::Result<()> {
    let manquantes = maison.stockage.cles_manquantes().await?;
    if !manquantes.is_empty() {
        sortie::message(&format!(
            "Des fichiers reçus sont chiffrés avec une clé qui n'est pas donnée ({}) : ils ne s'ouvriront pas, et aucun \
             ne se recevra sans clé. Donnez le fichier de clés d'origine : --cles FICHIER.",
            manquantes.join(", ")
        ));
    } else if super::cles::lire(commun)?.courante().is_none() {
        sortie::message(
            "Aucune clé n'est donnée : les fichiers reçus se gardent en clair. Écrivez-en une (seuil cles nouvelle) dans un \
             fichier à part, donnez-le (--cles FICHIER), puis chiffrez ce qui est déjà reçu (seuil cles chiffrer).",
        );
    }
    Ok(())
}

/// Ce que le serveur web doit savoir de l'installation.
pub(crate) struct Reglages {
    pub(crate) theme: Theme,
    pub(crate) environnement: &'static str,
    pub(crate) https: bool,
    pub(crate) url: String,
    pub(crate) regles: Regles,
    pub(crate) cle: Cle,
    pub(crate) fournisseur: Option<ParFournisseur>,
    pub(crate) mandataires: Vec<IpAddr>,
    pub(crate) demandes_par_minute: u32,
}

/// L'allure demandée ; les feuilles officielles ne se servent que si l'opérateur les donne.
pub(crate) fn theme(demande: &Serveur) -> anyhow::Result<Theme> {
    match (demande.theme, &demande.dsfr) {
        (NomDeTheme::Neutre, None) => Ok(Theme::Neutre),
        (NomDeTheme::Dsfr, Some(chemin)) => {
            Dsfr::ouvrir(chemin).map(Theme::Dsfr).map_err(|pourquoi| anyhow!(pourquoi))
        }
        (NomDeTheme::Dsfr, None) => bail!(
            "--theme dsfr demande --dsfr CHEMIN : le dossier des feuilles officielles, que le programme ne porte pas et que seul un service de l'État peut servir."
        ),
        (NomDeTheme::Neutre, Some(_)) => {
            bail!("--dsfr ne sert qu'avec --theme dsfr. Ajoutez --theme dsfr, ou retirez --dsfr.")
        }
    }
}

pub(crate) async fn ecouter(adresse: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(adresse).await.with_context(|| {
        format!("L'adresse {adresse} n'est pas libre. Choisissez-en une autre : --adresse 127.0.0.1:8081")
    })
}

pub(crate) async fn servir(
    maison: Maison,
    horloge: &Horloge,
    ecoute: TcpListener,
    reglages: Reglages,
) -> anyhow::Result<ExitCode> {
    let (jour, instant, heure) = (horloge.clone(), horloge.clone(), horloge.clone());
    let config = Config {
        environnement: reglages.environnement.to_owned(),
        https: reglages.https,
        url: reglages.url,
        regles: reglages.regles,
        cle: reglages.cle,
        fournisseur: reglages.fournisseur,
        mandataires: reglages.mandataires,
        fuseau: horloge.fuseau(),
        aujourd_hui: Box::new(move || jour.aujourd_hui()),
        maintenant: Box::new(move || instant.maintenant()),
        heure: Box::new(move || heure.du_monde()),
        hasard: Box::new(hasard),
    };
    let app = App::nouvelle(maison, config)
        .avec_theme(reglages.theme)
        .avec_debit(reglages.demandes_par_minute);
    web::serveur::servir(app, ecoute, arret()).await?;
    Ok(ExitCode::SUCCESS)
}

/// Trente-deux octets du système. Sans eux, aucune session n'est sûre : le programme s'arrête.
pub(crate) fn hasard() -> [u8; 32] {
    let mut octets = [0; 32];
    if let Err(erreur) = getrandom::fill(&mut octets) {
        sortie::erreur(&format!(
            "Le système ne donne plus de hasard ({erreur}) : le programme s'arrête."
        ));
        std::process::exit(1);
    }
    octets
}

async fn arret() {
    let interrompu = tokio::signal::ctrl_c();
    let Ok(mut termine) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    else {
        drop(interrompu.await);
        return;
    };
    tokio::select! {
        _ = interrompu => {}
        _ = termine.recv() => {}
    }
}

/// Les réceptions qu'un arrêt a coupées reprennent sans que personne ait à le demander.
fn reprendre_en_fond(maison: &Maison, horloge: &Horloge) {
    let (maison, horloge) = (maison.clone(), horloge.clone());
    tokio::spawn(async move {
        let codes: Vec<String> = maison.profils().map(|p| p.code.clone()).collect();
        for code in codes {
            let Ok(depot) = Agent::programme(&code).peut_deposer() else { continue };
            match reprendre(&maison, &depot, horloge.aujourd_hui(), horloge.maintenant()).await {
                Ok(0) => {}
                Ok(reprises) => tracing::info!(reprises, "réceptions reprises"),
                Err(erreur) => tracing::error!(erreur = %erreur, "reprise d'une réception"),
            }
        }
    });
}

fn expedier_en_fond(maison: &Maison, horloge: &Horloge, expediteur: Expediteur) {
    let (maison, horloge) = (maison.clone(), horloge.clone());
    tokio::spawn(async move {
        loop {
            let (jour, instant) = (horloge.aujourd_hui(), horloge.maintenant());
            match expedier_un(&maison, &expediteur, jour, instant, hasard()).await {
                Ok(true) => {}
                Ok(false) => tokio::time::sleep(Duration::from_secs(10)).await,
                Err(erreur) => {
                    tracing::error!(erreur = %anyhow!("{erreur}"), "départ d'un courriel");
                    tokio::time::sleep(Duration::from_secs(60)).await;
                }
            }
        }
    });
}
