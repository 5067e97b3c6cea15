//! `seuil compte` : qui peut se connecter.

use std::process::ExitCode;

use anyhow::anyhow;
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use serde_json::json;
use usages::compte::comptes::{
    CompteVu, NouveauCompte, Service, changer_secret, changer_service, creer_sans_personne,
    fermer_les_sessions, lister, retirer_le_facteur,
};
use usages::compte::invitations::{inviter, montrer_le_lien};
use usages::compte::secret::Secret;
use usages::maison::Maison;

use crate::commandes::cle_api;
use crate::commandes::servir::hasard;
use crate::horloge::Horloge;
use crate::ligne::{Commun, Compte, GesteDeCompte, Mission};
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
        GesteDeCompte::Creer { identifiant, mission } => {
            let nouveau = nouveau(commun, &maison, identifiant.clone(), mission)?;
            let secret = Secret::tire(&hasard());
            creer_sans_personne(&maison.stockage, nouveau, &secret, horloge.maintenant(), hasard())
                .await?;
            montrer(commun, &identifiant, &secret)?;
        }
        GesteDeCompte::Inviter { courriel, mission, url } => {
            let nouveau = nouveau(commun, &maison, String::new(), mission)?;
            let quand = horloge.maintenant();
            let id = inviter(&maison, &administrateur, nouveau, &courriel, quand).await?;
            let url = url.trim_end_matches('/');
            let lien = montrer_le_lien(&maison, &administrateur, id, url, quand, hasard()).await?;
            if commun.json {
                sortie::json(&json!({ "identifiant": courriel, "lien": lien }))?;
            } else {
                sortie::ligne(&lien);
                sortie::message(
                    "Ce lien ne sera plus montré, et ne sert qu'une fois. Un courriel en porte un autre : \
                     le serveur, dès qu'un envoi est réglé, l'expédie et celui-ci ne vaut plus.",
                );
            }
        }
        GesteDeCompte::Lister => {
            for compte in lister(&maison.stockage, &administrateur).await? {
                decrire(commun, &compte)?;
            }
        }
        GesteDeCompte::Secret { identifiant } => {
            let id = trouver(&maison, &administrateur, &identifiant).await?;
            let secret = Secret::tire(&hasard());
            let quand = horloge.maintenant();
            changer_secret(&maison.stockage, &administrateur, id, &secret, quand, hasard()).await?;
            montrer(commun, &identifiant, &secret)?;
        }
        GesteDeCompte::SecondFacteur { identifiant } => {
            let id = trouver(&maison, &administrateur, &identifiant).await?;
            retirer_le_facteur(&maison.stockage, &administrateur, id, horloge.maintenant()).await?;
            sortie::message(&format!(
                "Le second facteur de {identifiant} est retiré ; ses sessions sont fermées."
            ));
        }
        GesteDeCompte::FermerSessions { identifiant } => {
            let id = trouver(&maison, &administrateur, &identifiant).await?;
            fermer_les_sessions(&maison.stockage, &administrateur, id, horloge.maintenant())
                .await?;
            sortie::message(&format!("Les sessions de {identifiant} sont fermées."));
        }
        GesteDeCompte::Desactiver { identifiant } => {
            let id = trouver(&maison, &administrateur, &identifiant).await?;
            changer_service(&maison.stockage, &administrateur, id, Service::Desactive).await?;
            sortie::message(&format!(
                "Le compte {identifiant} est désactivé ; ses sessions sont fermées."
            ));
        }
        GesteDeCompte::Cle(demande) => {
            return cle_api::executer(commun, horloge, &maison, &administrateur, demande).await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Le compte que la ligne de commande décrit, dans son département.
fn nouveau(
    commun: &Commun,
    maison: &Maison,
    identifiant: String,
    mission: Mission,
) -> anyhow::Result<NouveauCompte> {
    let role = &mission.role;
    let agent = Agent {
        id: AgentId(0),
        nom: mission.nom,
        organisme: mission.organisme,
        role: Role::de_code(role).ok_or_else(|| anyhow!("« {role} » n'est pas un rôle."))?,
        profil: maison.profil(&commun.profil)?.code.clone(),
        sous_commission: mission.sous_commission,
        service: mission.service,
        communes: mission.communes,
        responsable: mission.responsable,
        suppleances: Vec::new(),
    };
    Ok(NouveauCompte { identifiant, agent, fin: mission.fin })
}

pub(super) async fn trouver(
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
            "second_facteur": compte.facteur,
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
