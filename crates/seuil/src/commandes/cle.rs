//! La clé de l'installation : un fichier à part de la base.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use stockage::base::Stockage;
use usages::cle::Cle;

use super::hasard;
use crate::sortie;

/// Lit la clé, ou la crée si la base n'a encore rien chiffré.
///
/// Une base qui a déjà des seconds facteurs ne se sert pas d'une clé neuve : plus personne n'y entrerait.
pub(crate) async fn ouvrir(stockage: &Stockage, fichier: &Path) -> anyhow::Result<Cle> {
    match std::fs::read_to_string(fichier) {
        Ok(texte) => Cle::lire(&texte).with_context(|| {
            format!(
                "Le fichier {} n'est pas une clé : il y faut soixante-quatre chiffres de 0 à f. Reprenez-le d'une sauvegarde.",
                fichier.display()
            )
        }),
        Err(erreur) if erreur.kind() == std::io::ErrorKind::NotFound => {
            if !stockage.comptes_a_second_facteur().await?.is_empty() {
                bail!(
                    "La clé de l'installation manque ({}), et des seconds facteurs sont chiffrés avec elle. \
                     Remettez le fichier à sa place, ou dites où il est : --cle FICHIER. \
                     Perdu pour de bon : retirez les seconds facteurs un à un, « seuil compte second-facteur IDENTIFIANT ».",
                    fichier.display()
                );
            }
            creer(fichier)
        }
        Err(erreur) => Err(erreur)
            .with_context(|| format!("La clé {} ne se lit pas", fichier.display())),
    }
}

fn creer(fichier: &Path) -> anyhow::Result<Cle> {
    let cle = Cle::de(hasard());
    std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(fichier)
        .and_then(|mut f| f.write_all(format!("{}\n", cle.ecrite()).as_bytes()))
        .with_context(|| {
            format!(
                "La clé {} ne s'écrit pas. Donnez un autre endroit : --cle FICHIER",
                fichier.display()
            )
        })?;
    sortie::message(&format!(
        "Clé de l'installation créée : {}. Sauvegardez-la à part de la base.",
        fichier.display()
    ));
    Ok(cle)
}
