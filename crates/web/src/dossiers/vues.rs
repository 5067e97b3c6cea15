//! Garder une liste sous un nom, la renommer, la supprimer, l'ouvrir d'elle-même.

use axum::extract::State;
use axum::response::Redirect;
use usages::dossiers::vues::{garder, oublier, ouvrir_par_defaut, renommer};

use super::liste::demande::{CHEMIN, Demande};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::Section;
use crate::erreur::ErreurWeb;

pub(crate) async fn agir(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Redirect, ErreurWeb> {
    let (maison, agent) = (&app.maison, &connecte.agent);
    if !Section::de(agent.role).contains(&Section::Dossiers) {
        return Err(ErreurWeb::hors_mission(agent.role, "de lire des dossiers"));
    }
    let (vue, nom) = (formulaire.texte("vue"), formulaire.texte("nom"));
    let demande = Demande::lire(formulaire.texte("demande")).durable();
    match formulaire.texte("geste") {
        "garder" => garder(maison, agent, nom, &demande.ecrite()).await?,
        "renommer" => renommer(maison, agent, vue, nom).await?,
        "supprimer" => oublier(maison, agent, vue).await?,
        "par_defaut" => ouvrir_par_defaut(maison, agent, vue).await?,
        "sans_defaut" => ouvrir_par_defaut(maison, agent, "").await?,
        _ => return Err(ErreurWeb::demande_illisible()),
    }
    // Sans filtre, l'adresse nue ouvrirait la vue par défaut.
    let ecrite = demande.ecrite();
    let suite = if ecrite.is_empty() { "etendue=ouverts" } else { &ecrite };
    Ok(Redirect::to(&format!("{CHEMIN}?{suite}")))
}
