//! Le fournisseur d'identité que la ligne de commande désigne.

use anyhow::{Context as _, bail};
use oidc::fournisseur::{Fournisseur, Reglages, Secret, sure};
use web::app::ParFournisseur;

use crate::ligne::FournisseurDIdentite;

/// Le fournisseur réglé, s'il y en a un. `url` est l'adresse publique de Seuil, où il ramènera.
pub(crate) fn regler(
    demande: &FournisseurDIdentite,
    url: &str,
) -> anyhow::Result<Option<ParFournisseur>> {
    let FournisseurDIdentite {
        oidc_emetteur: Some(emetteur),
        oidc_client: Some(client),
        oidc_secret: Some(fichier),
        ..
    } = demande
    else {
        return Ok(None);
    };
    if !sure(emetteur) {
        bail!(
            "L'adresse du fournisseur d'identité n'est pas chiffrée ({emetteur}) : notre mot de passe y \
             voyagerait en clair. Donnez une adresse en https."
        );
    }
    let secret = std::fs::read_to_string(fichier).with_context(|| {
        format!("Le secret du fournisseur d'identité {} ne se lit pas", fichier.display())
    })?;
    let fournisseur = Fournisseur::nouveau(Reglages {
        emetteur: emetteur.clone(),
        client: client.clone(),
        secret: Secret(secret.trim().to_owned()),
        retour: format!("{url}/connexion/oidc/retour"),
        apres_sortie: format!("{url}/connexion/oidc/sortie"),
        portee: demande.oidc_portee.clone(),
        acr_forts: demande.oidc_acr_forts.clone(),
        adresses_verifiees: demande.oidc_adresses_verifiees,
    });
    Ok(Some(ParFournisseur { nom: demande.oidc_nom.clone(), fournisseur }))
}
