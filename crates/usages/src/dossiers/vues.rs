//! Les vues de listes qu'une personne garde sous un nom : ses filtres, son ordre, ses colonnes.

use ccapex::partenaires::agent::Agent;
use stockage::vue_de_liste::VueDeListe;

use crate::echec::Echec;
use crate::maison::Maison;

/// Un nom plus long ne tient pas dans un bouton.
const NOM: usize = 60;
/// L'adresse d'une liste n'a pas besoin de davantage.
const DEMANDE: usize = 2_000;
const VUES: usize = 30;

/// Les vues de cette personne, par nom.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn mes_vues(maison: &Maison, agent: &Agent) -> Result<Vec<VueDeListe>, Echec> {
    Ok(maison.stockage.vues_de_liste(agent).await?)
}

/// Garde la liste sous ce nom ; celle du même nom est remplacée.
///
/// # Erreurs
///
/// [`Echec::Refus`] si le nom ne convient pas, ou si les vues sont trop nombreuses.
pub async fn garder(maison: &Maison, agent: &Agent, nom: &str, demande: &str) -> Result<(), Echec> {
    let nom = nom_valide(nom)?;
    if demande.len() > DEMANDE {
        return Err(Echec::Refus(
            "Cette liste a trop de filtres pour être gardée. Retirez-en, puis recommencez."
                .to_owned(),
        ));
    }
    let connues = mes_vues(maison, agent).await?;
    if connues.len() >= VUES && connues.iter().all(|v| v.nom != nom) {
        return Err(Echec::Refus(format!(
            "Vous avez déjà {VUES} vues, le plus qu'un menu montre bien. Supprimez-en une, puis recommencez."
        )));
    }
    Ok(maison.stockage.garder_la_vue(agent, nom, demande).await?)
}

/// Renomme une vue.
///
/// # Erreurs
///
/// [`Echec::Refus`] si le nom ne convient pas ou sert déjà ; [`Echec::Base`] si elle n'existe plus.
pub async fn renommer(
    maison: &Maison,
    agent: &Agent,
    nom: &str,
    nouveau: &str,
) -> Result<(), Echec> {
    let nouveau = nom_valide(nouveau)?;
    if nom != nouveau && mes_vues(maison, agent).await?.iter().any(|v| v.nom == nouveau) {
        return Err(Echec::Refus(format!(
            "Une autre de vos vues s'appelle déjà « {nouveau} ». Choisissez un autre nom."
        )));
    }
    Ok(maison.stockage.renommer_la_vue(agent, nom, nouveau).await?)
}

/// Supprime une vue.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn oublier(maison: &Maison, agent: &Agent, nom: &str) -> Result<(), Echec> {
    Ok(maison.stockage.oublier_la_vue(agent, nom).await?)
}

/// Ouvre cette vue d'elle-même ; aucune si le nom est vide.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn ouvrir_par_defaut(maison: &Maison, agent: &Agent, nom: &str) -> Result<(), Echec> {
    Ok(maison.stockage.ouvrir_par_defaut(agent, nom).await?)
}

fn nom_valide(nom: &str) -> Result<&str, Echec> {
    let nom = nom.trim();
    if nom.is_empty() || nom.chars().count() > NOM || nom.contains(char::is_control) {
        return Err(Echec::Refus(format!(
            "La vue n'a pas été gardée : son nom a de 1 à {NOM} caractères. Écrivez-en un, par exemple « Mes audiences »."
        )));
    }
    Ok(nom)
}
