//! `seuil verifier`, `reconstruire`, `sauvegarder`, `restaurer` : l'entretien de la base.

use std::process::ExitCode;

use serde_json::json;
use usages::entretien::reconstruire::reconstruire_en_suivant;
use usages::entretien::verifier::verifier as controler;

use crate::horloge::Horloge;
use crate::ligne::{Commun, Fichier};
use crate::sortie;

pub(crate) async fn verifier(commun: &Commun) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let verification = controler(&maison).await?;
    if commun.json {
        sortie::json(&json!({
            "dossiers": verification.dossiers,
            "a_examiner": verification.a_examiner,
            "acces": verification.acces,
            "tete_des_acces": verification.tete_des_acces.as_ref().map(|(id, empreinte)| {
                json!({ "ligne": id, "empreinte": empreinte })
            }),
            "defauts": verification.defauts,
        }))?;
    } else {
        for defaut in &verification.defauts {
            sortie::ligne(defaut);
        }
        sortie::message(&format!(
            "{} dossiers rejoués, {} à examiner, {} défauts.",
            verification.dossiers,
            verification.a_examiner,
            verification.defauts.len()
        ));
        if let Some((ligne, empreinte)) = &verification.tete_des_acces {
            sortie::message(&format!(
                "Registre des accès : {} lignes relues ; la dernière est la {ligne}, d'empreinte {empreinte}. \
                 Notez-la hors de la base : une fin refaite se verra.",
                verification.acces
            ));
        }
    }
    if verification.est_bonne() {
        return Ok(ExitCode::SUCCESS);
    }
    sortie::message(
        "Le journal fait foi : « seuil reconstruire » refait les tables de lecture. Sauvegardez d'abord la base. \
         Une rupture du registre des accès ne se répare pas : gardez la base telle quelle, et prévenez le délégué à la protection des données.",
    );
    Ok(ExitCode::FAILURE)
}

pub(crate) async fn reconstruire(commun: &Commun, horloge: &Horloge) -> anyhow::Result<ExitCode> {
    let maison = super::maison_telle_quelle(commun).await?;
    let barre = sortie::barre("Tables de lecture", "dossiers");
    let jour = Some(horloge.aujourd_hui());
    let dossiers = reconstruire_en_suivant(&maison, jour, |n| barre.set_position(n)).await?;
    barre.finish_and_clear();
    sortie::message(&format!(
        "{dossiers} dossiers : les tables de lecture sont refaites à partir du journal."
    ));
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn sauvegarder(commun: &Commun, demande: &Fichier) -> anyhow::Result<ExitCode> {
    let maison = super::maison_telle_quelle(commun).await?;
    maison.stockage.sauvegarder(&demande.fichier).await?;
    sortie::message(&format!(
        "La base est sauvegardée dans {}. Gardez ce fichier comme la base : il contient les identités.",
        demande.fichier.display()
    ));
    if let Some(cles) = super::cles::fichier(commun)? {
        sortie::message(&format!(
            "Les fichiers reçus y sont chiffrés, et leur clé n'y est pas : gardez {} à part, sans lui ils sont perdus.",
            cles.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn restaurer(commun: &Commun, demande: &Fichier) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    maison.stockage.restaurer(&demande.fichier).await?;
    sortie::message(&format!(
        "La sauvegarde {} est restaurée. Contrôlez-la : seuil verifier",
        demande.fichier.display()
    ));
    let manquantes = maison.stockage.cles_manquantes().await?;
    if !manquantes.is_empty() {
        sortie::message(&format!(
            "Ses fichiers reçus sont chiffrés avec la clé {}, que ce trousseau n'a pas : ajoutez-la, depuis le fichier \
             de clés gardé à part.",
            manquantes.join(", ")
        ));
    }
    Ok(ExitCode::SUCCESS)
}
