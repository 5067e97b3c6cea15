//! La marque des cookies : en https, le navigateur garantit que seul ce serveur a pu les poser.
//!
//! Un site voisin du même domaine peut glisser un cookie à qui visite Seuil ; il ne peut pas lui donner un nom
//! en `__Host-`. Les pages lisent et posent des noms simples : la marque se met et s'ôte ici.

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

/// Ce qui commence le nom de tous nos cookies.
const LES_NOTRES: &str = "seuil_";
/// Posé par ce serveur même, pour toutes ses pages.
const DU_SERVEUR: &str = "__Host-";
/// Posé en https, pour une partie des pages.
const EN_HTTPS: &str = "__Secure-";

pub(crate) async fn marquer(State(app): State<App>, mut requete: Request, suite: Next) -> Response {
    if !app.config.https {
        return suite.run(requete).await;
    }
    oter(requete.headers_mut());
    let mut reponse = suite.run(requete).await;
    mettre(reponse.headers_mut());
    reponse
}

/// Ne laisse aux pages que les cookies marqués, sans leur marque.
fn oter(entetes: &mut HeaderMap) {
    let marques: Vec<String> = entetes
        .get_all(COOKIE)
        .iter()
        .filter_map(|valeur| valeur.to_str().ok())
        .flat_map(|valeur| valeur.split(';'))
        .filter_map(|paire| {
            let paire = paire.trim();
            paire.strip_prefix(DU_SERVEUR).or_else(|| paire.strip_prefix(EN_HTTPS))
        })
        .filter(|paire| paire.starts_with(LES_NOTRES))
        .map(str::to_owned)
        .collect();
    entetes.remove(COOKIE);
    if let Ok(valeur) = HeaderValue::from_str(&marques.join("; "))
        && !marques.is_empty()
    {
        entetes.insert(COOKIE, valeur);
    }
}

fn mettre(entetes: &mut HeaderMap) {
    let poses: Vec<HeaderValue> = entetes.get_all(SET_COOKIE).iter().map(marque).collect();
    entetes.remove(SET_COOKIE);
    for pose in poses {
        entetes.append(SET_COOKIE, pose);
    }
}

fn marque(pose: &HeaderValue) -> HeaderValue {
    let Some(texte) = pose.to_str().ok().filter(|texte| texte.starts_with(LES_NOTRES)) else {
        return pose.clone();
    };
    let partout = texte.split(';').any(|attribut| attribut.trim() == "Path=/");
    let marque = if partout { DU_SERVEUR } else { EN_HTTPS };
    HeaderValue::from_str(&format!("{marque}{texte}")).unwrap_or_else(|_| pose.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seul_un_cookie_marque_arrive_aux_pages() {
        let mut entetes = HeaderMap::new();
        entetes.append(COOKIE, HeaderValue::from_static("seuil_session=glisse; autre=1"));
        entetes.append(COOKIE, HeaderValue::from_static("__Host-seuil_session=vrai; __Host-x=2"));
        entetes.append(COOKIE, HeaderValue::from_static("__Secure-seuil_appareil=a"));
        oter(&mut entetes);
        assert_eq!(entetes[COOKIE], "seuil_session=vrai; seuil_appareil=a");
        entetes.insert(COOKIE, HeaderValue::from_static("seuil_session=glisse"));
        oter(&mut entetes);
        assert!(!entetes.contains_key(COOKIE));
    }

    #[test]
    fn un_cookie_pose_prend_la_marque_que_son_chemin_permet() {
        for (pose, attendu) in [
            ("seuil_session=a; Path=/; Secure", "__Host-seuil_session=a; Path=/; Secure"),
            ("seuil_appareil=a; Path=/connexion", "__Secure-seuil_appareil=a; Path=/connexion"),
            ("autre=a; Path=/", "autre=a; Path=/"),
        ] {
            assert_eq!(marque(&HeaderValue::from_static(pose)), attendu);
        }
    }
}
