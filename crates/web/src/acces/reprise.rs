//! Un formulaire envoyé après la fin de la session n'est pas perdu : il se garde, puis se rend.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use usages::compte::reprise::Saisie;

use super::formulaire::{JETON, lire_les_champs};
use super::session::{AgentConnecte, jeton_de_session};
use crate::app::App;
use crate::erreur::{AMontrer, ErreurWeb, Garde};
use crate::urls;

/// Au-delà, ce n'est plus ce qu'une personne tape.
const SAISIE_MAXIMALE: usize = 256 * 1024;

/// Garde ce qu'une session éteinte envoyait, et change la page qui le dit.
pub(crate) async fn garder(
    State(app): State<App>,
    requete: Request,
    suite: Next,
) -> Result<Response, ErreurWeb> {
    let session = jeton_de_session(requete.headers());
    let formulaire = requete
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|g| g.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let connecte = requete.extensions().get::<AgentConnecte>().is_some();
    let (Some(session), true, true, false) =
        (session, formulaire, requete.method() == Method::POST, connecte)
    else {
        return Ok(suite.run(requete).await);
    };
    let (tete, corps) = requete.into_parts();
    let chemin = tete.uri.path().to_owned();
    let Ok(octets) = to_bytes(corps, SAISIE_MAXIMALE).await else {
        return Err(ErreurWeb::de_statut(StatusCode::PAYLOAD_TOO_LARGE));
    };
    let reponse = suite.run(Request::from_parts(tete, Body::from(octets.clone()))).await;
    if reponse.status() != StatusCode::UNAUTHORIZED {
        return Ok(reponse);
    }
    let mut champs = lire_les_champs(&octets);
    let recu = champs.iter().find(|(nom, _)| nom == JETON).map(|(_, v)| v.clone());
    champs.retain(|(nom, _)| nom != JETON);
    let saisie = Saisie { chemin, champs, le: app.maintenant() };
    let garde =
        app.portier().garder_la_saisie(&session, &recu.unwrap_or_default(), &saisie).await?;
    let Some(garde) = garde else { return Ok(reponse) };
    let vers = urls::connexion(&urls::reprise(&garde));
    let mut reponse = StatusCode::UNAUTHORIZED.into_response();
    reponse.extensions_mut().insert(AMontrer::session_finie(&vers, Garde::Saisie));
    Ok(reponse)
}
