//! `seuil courriers` : les lettres à envoyer, en PDF.

use std::process::ExitCode;

use anyhow::Context as _;
use ccapex::partenaires::agent::Agent;
use serde_json::json;
use stockage::courrier::EtatDeCourrier;
use usages::courriers::file::file;
use usages::courriers::pdf::{liasse, pdf};
use usages::courriers::suivre::changer_l_etat;

use crate::horloge::Horloge;
use crate::ligne::{Commun, Courriers};
use crate::sortie;

/// Les lettres d'une liasse : assez pour une imprimante, assez peu pour la mémoire.
const LIASSE: i64 = 1_000;

/// Ce que le registre des accès en dit.
const COMMANDE: &str = "seuil courriers";

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Courriers,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    let agent = Agent::programme(&maison.profil(&commun.profil)?.code);
    std::fs::create_dir_all(&demande.vers)
        .with_context(|| format!("Le dossier {} ne peut pas être créé", demande.vers.display()))?;
    let ecrire = |nom: &str, octets: &[u8]| {
        let chemin = demande.vers.join(nom);
        std::fs::write(&chemin, octets)
            .with_context(|| format!("{} ne s'écrit pas", chemin.display()))
    };
    let (mut apres, mut nombre, mut liasses) = (None, 0_usize, 0_usize);
    loop {
        let lire = file(&maison, &agent, EtatDeCourrier::Prepare, apres, LIASSE);
        let lettres = super::inscrit(&maison, &agent, horloge, COMMANDE, lire).await?;
        let Some(derniere) = lettres.last() else { break };
        apres = Some(derniere.courrier.id);
        nombre += lettres.len();
        let numeros: Vec<i64> = lettres.iter().map(|l| l.courrier.id).collect();
        if demande.a_imprimer {
            liasses += 1;
            let nom = format!("lettres-{}-{liasses:03}.pdf", horloge.aujourd_hui());
            let composer = liasse(&maison, &agent, &numeros);
            let composee = super::inscrit(&maison, &agent, horloge, COMMANDE, composer).await?;
            ecrire(&nom, &composee.octets)?;
            let quand = (horloge.aujourd_hui(), horloge.maintenant());
            changer_l_etat(&maison, &agent, &numeros, EtatDeCourrier::Imprime, quand.0, quand.1)
                .await?;
        } else {
            for lettre in &lettres {
                let composer = pdf(&maison, &agent, lettre.courrier.id);
                let composee = super::inscrit(&maison, &agent, horloge, COMMANDE, composer).await?;
                ecrire(&composee.nom, &composee.octets)?;
                if commun.json {
                    sortie::json(&json!({
                        "dossier": lettre.dossier.reference,
                        "modele": lettre.courrier.modele,
                        "destinataire": lettre.courrier.destinataire,
                        "fichier": composee.nom,
                    }))?;
                }
            }
        }
    }
    let etat = if demande.a_imprimer {
        format!(" en {liasses} liasse(s), notées imprimées")
    } else {
        String::new()
    };
    sortie::message(&format!("{nombre} lettres écrites dans {}{etat}.", demande.vers.display()));
    Ok(ExitCode::SUCCESS)
}
