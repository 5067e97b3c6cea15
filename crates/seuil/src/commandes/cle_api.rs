//! `seuil compte cle` : les clés des programmes.

use std::process::ExitCode;

use ccapex::partenaires::agent::Agent;
use serde_json::json;
use usages::compte::cles::{CleRemise, NouvelleCle, creer, lister, renouveler, revoquer};
use usages::formes::{CleApi, PorteeDeCle};
use usages::maison::Maison;

use crate::commandes::compte::trouver;
use crate::commandes::servir::hasard;
use crate::horloge::Horloge;
use crate::ligne::{CleApi as Demande, Commun, GesteDeCleApi};
use crate::sortie;

pub(super) async fn executer(
    commun: &Commun,
    horloge: &Horloge,
    maison: &Maison,
    administrateur: &Agent,
    demande: Demande,
) -> anyhow::Result<ExitCode> {
    let (stockage, quand) = (&maison.stockage, horloge.maintenant());
    match demande.geste {
        GesteDeCleApi::Creer { identifiant, nom, ecriture, jours } => {
            let compte = trouver(maison, administrateur, &identifiant).await?;
            let portee = if ecriture { PorteeDeCle::Ecriture } else { PorteeDeCle::Lecture };
            let nouvelle = NouvelleCle { compte, nom, portee, jours };
            montrer(commun, &creer(stockage, administrateur, nouvelle, quand, hasard()).await?)?;
        }
        GesteDeCleApi::Lister => {
            for cle in lister(stockage, administrateur).await? {
                let compte = stockage.compte(cle.compte).await?.identifiant;
                decrire(commun, &cle, &compte)?;
            }
        }
        GesteDeCleApi::Renouveler { numero } => {
            montrer(commun, &renouveler(stockage, administrateur, numero, quand, hasard()).await?)?;
            sortie::message("L'ancienne clé sert encore un jour.");
        }
        GesteDeCleApi::Retirer { numero } => {
            revoquer(stockage, administrateur, numero, quand).await?;
            sortie::message(&format!("La clé {numero} est retirée : elle n'ouvre plus rien."));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn montrer(commun: &Commun, remise: &CleRemise) -> anyhow::Result<()> {
    if commun.json {
        return sortie::json(&json!({
            "numero": remise.id,
            "nom": remise.nom,
            "cle": remise.cle.en_clair(),
            "expire_le": remise.expire_le,
        }));
    }
    sortie::ligne(remise.cle.en_clair());
    sortie::message(&format!(
        "Clé {} pour « {} ». Elle ne sera plus montrée : remettez-la par un canal sûr.",
        remise.id, remise.nom
    ));
    Ok(())
}

fn decrire(commun: &Commun, cle: &CleApi, compte: &str) -> anyhow::Result<()> {
    if commun.json {
        return sortie::json(&json!({
            "numero": cle.id,
            "compte": compte,
            "nom": cle.nom,
            "indice": cle.indice,
            "portee": cle.portee.code(),
            "cree_le": cle.cree_le,
            "expire_le": cle.expire_le,
            "vue_le": cle.vue_le,
            "revoquee_le": cle.revoquee_le,
        }));
    }
    let etat = match cle.revoquee_le {
        Some(le) => format!("retirée le {le:.0}"),
        None => format!("jusqu'au {:.0}", cle.expire_le),
    };
    sortie::ligne(&format!(
        "{:>4}  {compte:<16} {:<9} …{}  {} — {etat}",
        cle.id,
        cle.portee.code(),
        cle.indice,
        cle.nom
    ));
    Ok(())
}
