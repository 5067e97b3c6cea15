//! Les clés des pièces : les trouver, en écrire une, en changer.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use stockage::base::UrlDeBase;
use stockage::piece::cles::{Cle, Cles};

use super::servir::hasard;
use crate::ligne::{Commun, GesteDeCles};
use crate::sortie;

pub(crate) async fn executer(commun: &Commun, geste: GesteDeCles) -> anyhow::Result<ExitCode> {
    match geste {
        GesteDeCles::Nouvelle => sortie::ligne(&Cle::neuve(hasard()).en_clair()),
        GesteDeCles::Chiffrer => {
            let maison = super::maison(commun).await?;
            let faites = maison.stockage.rechiffrer_les_pieces().await?;
            sortie::message(&format!("{faites} fichiers chiffrés avec la clé courante."));
        }
        GesteDeCles::Changer => {
            let fichier = fichier(commun)?.ok_or_else(|| {
                anyhow!(
                    "La clé vient d'une variable : le programme ne peut pas la changer pour vous. Écrivez-en une neuve \
                     (seuil cles nouvelle), mettez-la en première ligne devant l'ancienne, puis lancez « seuil cles chiffrer »."
                )
            })?;
            let cles = lire(commun)?.avec(Cle::neuve(hasard()));
            remplacer(&fichier, &cles)?;
            let maison = super::maison(commun).await?;
            let faites = maison.stockage.rechiffrer_les_pieces().await?;
            sortie::message(&format!(
                "{faites} fichiers chiffrés avec une clé neuve, en tête de {}. L'ancienne y reste : les sauvegardes déjà \
                 faites en ont besoin. Retirez-la quand vous n'en gardez plus aucune.",
                fichier.display()
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Le trousseau de cette installation : une variable, un fichier donné, ou le fichier à côté d'une base SQLite,
/// écrit la première fois. Une base PostgreSQL sans clé garde les fichiers reçus en clair.
pub(super) fn lire(commun: &Commun) -> anyhow::Result<Cles> {
    if let Some(cles) = &commun.cle_des_pieces {
        return Ok(cles.parse()?);
    }
    let Some(fichier) = fichier(commun)? else { return Ok(Cles::default()) };
    if commun.cles.is_none() {
        ecrire_si_absent(&fichier)?;
    }
    let texte = std::fs::read_to_string(&fichier).with_context(|| {
        format!(
            "Le fichier de clés {} ne se lit pas : sans lui, les fichiers reçus ne se déchiffrent pas. Vérifiez son \
             chemin et ses droits, ou reprenez votre copie",
            fichier.display()
        )
    })?;
    Ok(texte.parse()?)
}

/// Le fichier de clés, s'il y en a un.
pub(super) fn fichier(commun: &Commun) -> anyhow::Result<Option<PathBuf>> {
    if commun.cle_des_pieces.is_some() {
        return Ok(None);
    }
    if let Some(fichier) = &commun.cles {
        return Ok(Some(fichier.clone()));
    }
    let url: UrlDeBase = commun.base.parse()?;
    Ok(url.chemin().map(|base| avec_suffixe(base, ".cles")))
}

/// Deux programmes lancés ensemble écrivent chacun le leur ; le premier posé reste, entier.
fn ecrire_si_absent(fichier: &Path) -> anyhow::Result<()> {
    if fichier.try_exists()? {
        return Ok(());
    }
    let brouillon = ecrire_a_cote(fichier, &Cles::default().avec(Cle::neuve(hasard())))?;
    let pose = std::fs::hard_link(&brouillon, fichier);
    std::fs::remove_file(&brouillon)?;
    match pose {
        Err(erreur) if erreur.kind() != std::io::ErrorKind::AlreadyExists => Err(erreur.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn remplacer(fichier: &Path, cles: &Cles) -> anyhow::Result<()> {
    let brouillon = ecrire_a_cote(fichier, cles)?;
    Ok(std::fs::rename(brouillon, fichier)?)
}

fn ecrire_a_cote(fichier: &Path, cles: &Cles) -> anyhow::Result<PathBuf> {
    let brouillon = avec_suffixe(fichier, &format!(".{}", std::process::id()));
    let mut options = OpenOptions::new();
    let mut ouvert = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&brouillon)
        .with_context(|| format!("{} ne s'écrit pas", brouillon.display()))?;
    ouvert.write_all(cles.en_fichier().as_bytes())?;
    ouvert.sync_all()?;
    Ok(brouillon)
}

fn avec_suffixe(chemin: &Path, suffixe: &str) -> PathBuf {
    let mut nom = chemin.as_os_str().to_owned();
    nom.push(suffixe);
    nom.into()
}
