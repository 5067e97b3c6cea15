//! Chaque demande s'inscrit au registre avec ce qu'elle a lu, avant que la réponse ne parte.

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::Response;
use usages::registre::suivi::{Forme, Suivi};

use crate::acces::session::AgentConnecte;
use crate::api::probleme::Probleme;
use crate::app::App;
use crate::erreur::ErreurWeb;

/// Une page, pour la personne de la session.
pub(crate) async fn une_page(
    State(app): State<App>,
    requete: Request,
    suite: Next,
) -> Result<Response, ErreurWeb> {
    let suivi = Suivi::default();
    if let Some(connecte) = requete.extensions().get::<AgentConnecte>() {
        suivi.reconnaitre(&connecte.agent);
    }
    let (objet, cherche) = (objet(&requete), cherche(requete.uri()));
    let reponse = suivi.pendant(suite.run(requete)).await;
    let forme = match emporte(reponse.headers()) {
        true => Forme::Fichier,
        false if cherche => Forme::Recherche,
        false => Forme::Page,
    };
    suivi.inscrire(&app.maison, forme, &objet, app.maintenant()).await?;
    Ok(reponse)
}

/// Une demande de l'interface, qui dit elle-même qui la fait.
pub(crate) async fn une_interface(
    State(app): State<App>,
    requete: Request,
    suite: Next,
) -> Result<Response, Probleme> {
    let suivi = Suivi::default();
    let objet = objet(&requete);
    let reponse = suivi.pendant(suite.run(requete)).await;
    suivi.inscrire(&app.maison, Forme::Interface, &objet, app.maintenant()).await?;
    Ok(reponse)
}

/// La page demandée et ses critères : les codes des filtres, jamais ce qui a été tapé.
fn objet(requete: &Request) -> String {
    let page = requete.extensions().get::<MatchedPath>().map_or("", |chemin| chemin.as_str());
    let criteres: Vec<String> = parametres(requete.uri())
        .filter(|(_, valeur)| !valeur.is_empty())
        .map(|(nom, valeur)| match CRITERES.contains(&nom) && est_un_code(valeur) {
            true => format!("{nom}={valeur}"),
            false => nom.to_owned(),
        })
        .collect();
    if criteres.is_empty() { page.to_owned() } else { format!("{page} {}", criteres.join(" ")) }
}

/// Les filtres dont la valeur ne dit rien d'une personne.
const CRITERES: [&str; 10] = [
    "etendue",
    "etat",
    "file",
    "format",
    "liste",
    "service",
    "sous_commission",
    "stade",
    "statut",
    "tri",
];

fn est_un_code(valeur: &str) -> bool {
    valeur.len() <= 40
        && valeur
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
}

fn parametres(adresse: &Uri) -> impl Iterator<Item = (&str, &str)> {
    let paires = adresse.query().unwrap_or_default().split('&');
    paires
        .filter(|paire| !paire.is_empty())
        .map(|paire| paire.split_once('=').unwrap_or((paire, "")))
}

/// Des mots ont été cherchés.
fn cherche(adresse: &Uri) -> bool {
    parametres(adresse).any(|(nom, valeur)| nom == "q" && !valeur.is_empty())
}

/// La réponse est un fichier qu'on garde, pas une page.
fn emporte(entetes: &HeaderMap) -> bool {
    let page = |genre: &str| genre.starts_with("text/html") || genre.starts_with("text/plain");
    entetes.contains_key(CONTENT_DISPOSITION)
        || entetes.get(CONTENT_TYPE).and_then(|g| g.to_str().ok()).is_some_and(|genre| !page(genre))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_objet_garde_les_codes_des_filtres_et_rien_de_ce_qui_a_ete_tape() {
        for (adresse, attendu) in [
            ("/dossiers", ""),
            ("/dossiers?service=caf&tri=maj", " service=caf tri=maj"),
            ("/dossiers?q=lefevre&service=caf", " q service=caf"),
            ("/dossiers?service=M.+Lefevre", " service"),
            ("/dossiers?q=", ""),
        ] {
            let requete = Request::get(adresse).body(axum::body::Body::empty()).expect("requête");
            assert_eq!(objet(&requete), attendu, "{adresse}");
        }
    }
}
