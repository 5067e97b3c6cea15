//! La sauvegarde d'une base en marche, et sa restauration dans une base vide.
//!
//! La sauvegarde est une base SQLite pour les deux moteurs : on l'ouvre pour la lire, et elle se
//! restaure dans l'un comme dans l'autre.

pub mod recopie;

use std::path::{Path, PathBuf};

use crate::base::insertion::Lignes;
use crate::base::parcours::Parcours;
use crate::base::sqlite::{self, Duree};
use crate::base::{Base, Connexion, Stockage, sql};
use crate::echec::Echec;
use crate::migration::{self, VERSION};
use crate::tables;

impl Stockage {
    /// Sauvegarde la base dans un fichier neuf, telle qu'elle est à un même instant, sans arrêter personne.
    ///
    /// Le fichier ne porte son nom qu'une fois entier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si le fichier existe déjà ; [`Echec::DisquePlein`].
    pub async fn sauvegarder(&self, chemin: &Path) -> Result<(), Echec> {
        if chemin.try_exists()? {
            return Err(Echec::Refus(format!(
                "« {} » existe déjà : une sauvegarde n'en remplace pas une autre. Donnez un autre nom.",
                chemin.display()
            )));
        }
        let partiel = avec_suffixe(chemin, ".partiel");
        effacer(&partiel)?;
        let faite = self.copier_vers(&partiel).await;
        if let Err(echec) = faite {
            effacer(&partiel)?;
            return Err(echec);
        }
        std::fs::File::open(&partiel)?.sync_all()?;
        Ok(std::fs::rename(&partiel, chemin)?)
    }

    async fn copier_vers(&self, chemin: &Path) -> Result<(), Echec> {
        match &self.base {
            Base::Sqlite { ecrivain, .. } => sqlite::copier(ecrivain, chemin).await,
            Base::Postgres(_) => {
                let vers = sqlite::ouvrir(chemin, Duree::Ephemere).await?;
                migration::migrer(&vers).await?;
                let mut depuis = self.base.instantane().await?;
                copier(&mut depuis, &vers).await?;
                sqlite::ranger(vers).await
            }
        }
    }

    /// Restaure une sauvegarde dans cette base, qui doit être vide. Tout, ou rien.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si la base n'est pas vide, si le fichier n'est pas une sauvegarde entière, ou
    /// s'il vient d'une autre version du programme.
    pub async fn restaurer(&self, chemin: &Path) -> Result<(), Echec> {
        if !self.est_vide().await? {
            return Err(Echec::Refus(
                "La base n'est pas vide : une restauration ne mélange pas deux histoires. \
                 Donnez l'adresse d'une base neuve."
                    .to_owned(),
            ));
        }
        let depuis = ouvrir_sauvegarde(chemin).await.map_err(|echec| match echec {
            refus @ (Echec::Refus(_) | Echec::DisquePlein | Echec::Occupee) => refus,
            Echec::Panne(_) | Echec::Introuvable | Echec::Conflit => pas_une_sauvegarde(chemin),
        })?;
        copier(&mut depuis.instantane().await?, &self.base).await
    }

    async fn est_vide(&self) -> Result<bool, Echec> {
        let mut connexion = self.base.instantane().await?;
        for table in tables::TOUTES {
            if !Parcours::de(table).page(&mut connexion).await?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Ouvre une sauvegarde, et vérifie qu'elle est entière et de cette version.
async fn ouvrir_sauvegarde(chemin: &Path) -> Result<Base, Echec> {
    if !chemin.try_exists()? {
        return Err(Echec::Refus(format!(
            "« {} » n'existe pas. Vérifiez le chemin de la sauvegarde.",
            chemin.display()
        )));
    }
    let base = sqlite::ouvrir_en_lecture(chemin).await?;
    let version = sql!("../migration/version.sql");
    let version: i64 = base.lire_une(version, vec![]).await?.unwrap_or_default();
    if version != VERSION {
        return Err(Echec::Refus(format!(
            "Cette sauvegarde est au schéma {version}, ce programme au schéma {VERSION}. \
             Restaurez-la avec la version du programme qui l'a faite, puis mettez à jour."
        )));
    }
    let defauts: i64 = base.lire_une(sql!("controle.sqlite.sql"), vec![]).await?.unwrap_or(1);
    if defauts == 0 { Ok(base) } else { Err(pas_une_sauvegarde(chemin)) }
}

fn pas_une_sauvegarde(chemin: &Path) -> Echec {
    Echec::Refus(format!(
        "« {} » n'est pas une sauvegarde entière : le fichier est abîmé, ou d'une autre nature. \
         Reprenez-en une autre.",
        chemin.display()
    ))
}

/// Copie toutes les tables, page après page, en une seule écriture.
async fn copier(depuis: &mut Connexion, vers: &Base) -> Result<(), Echec> {
    let mut vers = vers.ecrire().await?;
    for table in tables::TOUTES {
        let mut parcours = Parcours::de(table);
        loop {
            let page = parcours.page(depuis).await?;
            if page.is_empty() {
                break;
            }
            let mut lignes = Lignes::pour(table, page.len());
            for ligne in page {
                lignes.ligne_lue(ligne);
            }
            vers.inserer(lignes).await?;
        }
    }
    vers.valider().await
}

fn avec_suffixe(chemin: &Path, suffixe: &str) -> PathBuf {
    let mut nom = chemin.as_os_str().to_owned();
    nom.push(suffixe);
    nom.into()
}

fn effacer(chemin: &Path) -> Result<(), Echec> {
    match std::fs::remove_file(chemin) {
        Err(erreur) if erreur.kind() != std::io::ErrorKind::NotFound => Err(erreur.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}
