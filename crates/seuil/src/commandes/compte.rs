//! `seuil compte` : qui peut se connecter.

use std::process::ExitCode;

use anyhow::anyhow;
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use serde_json::json;
use usages::compte::comptes::{
    CompteVu, NouveauCompte, Service, changer_secret, changer_service, creer_sans_personne, lister,
};
use usages::compte::secret::Secret;
use usages::maison::Maison;

use crate::commandes::servir::hasard;
use crate::horloge::Horloge;
use crate::ligne::{Commun, Compte, GesteDeCompte};
use crate::sortie;

pub(crate) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    demande: Compte,
) -> anyhow::Result<ExitCode> {
    let maison = super::maison(commun).await?;
    // Qui a la main sur la base et la machine administre les comptes.
    let administrateur = Agent { role: Role::Administrateur, ..Agent::programme(&commun.profil) };
    match demande.geste {
        GesteDeCompte::Creer {
            identifiant,
            nom,
            organisme,
            role,
            sous_commission,
            service,
            communes,
            fin,
        } => {
            let profil = maison.profil(&commun.profil)?;
            let agent = Agent {
                id: AgentId(0),
                nom,
                organisme,
                role: Role::de_code(&role)
                    .ok_or_else(|| anyhow!("« {role} » n'est pas un rôle."))?,
                profil: profil.code.clone(),
                sous_commission,
                service,
                communes,
            };
            let secret = Secret::tire(&hasard());
            let nouveau = NouveauCompte { identifiant: identifiant.clone(), agent, fin };
            creer_sans_personne(&maison.stockage, nouveau, &secret, horloge.maintenant(), hasard())
                .await?;
            montrer(commun, &identifiant, &secret)?;
        }
        GesteDeCompte::Lister => {
            for compte in lister(&maison.stockage, &administrateur).await? {
                decrire(commun, &compte)?;
            }
        }
        GesteDeCompte::Secret { identifiant } => {
            let id = trouver(&maison, &administrateur, &identifiant).await?;
            let secret = Secret::tire(&hasard());
            changer_secret(&maison.stockage, &administrateur, id, &secret, hasard()).await?;
            montrer(commun, &identifiant, &secret)?;
        }
        GesteDeCompte::Desactiver { identifiant } => {
            let id = trouver(&maison, &administrateur, &identifiant).await?;
            changer_service(&maison.stockage, &administrateur, id, Service::Desactive).await?;
            sortie::message(&format!(
                "Le compte {identifiant} est désactivé ; ses sessions sont fermées."
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn trouver(
    maison: &Maison,
    administrateur: &Agent,
    identifiant: &str,
) -> anyhow::Result<AgentId> {
    let comptes = lister(&maison.stockage, administrateur).await?;
    comptes
        .into_iter()
        .find(|c| c.identifiant == identifiant.trim().to_lowercase())
        .map(|c| c.agent.id)
        .ok_or_else(|| {
            anyhow!("Aucun compte ne s'appelle « {identifiant} ». La liste : seuil compte lister")
        })
}

fn montrer(commun: &Commun, identifiant: &str, secret: &Secret) -> anyhow::Result<()> {
    if commun.json {
        return sortie::json(&json!({ "identifiant": identifiant, "secret": secret.en_clair() }));
    }
    sortie::ligne(&format!("{identifiant}  {}", secret.en_clair()));
    sortie::message(
        "Ce mot de passe ne sera plus montré : transmettez-le par un autre chemin que l'identifiant.",
    );
    Ok(())
}

fn decrire(commun: &Commun, compte: &CompteVu) -> anyhow::Result<()> {
    let agent = &compte.agent;
    if commun.json {
        return sortie::json(&json!({
            "identifiant": compte.identifiant,
            "nom": agent.nom,
            "organisme": agent.organisme,
            "role": agent.role.code(),
            "profil": agent.profil,
            "sous_commission": agent.sous_commission,
            "service": agent.service,
            "communes": agent.communes,
            "fin": compte.fin,
            "actif": compte.actif,
        }));
    }
    let etat = match (compte.actif, compte.fin) {
        (false, _) => " — désactivé".to_owned(),
        (true, Some(fin)) => format!(" — jusqu'au {fin}"),
        (true, None) => String::new(),
    };
    sortie::ligne(&format!(
        "{:<16} {:<34} {} ({}){etat}",
        compte.identifiant,
        agent.role.libelle(),
        agent.nom,
        agent.organisme
    ));
    Ok(())
}
