//! La garde de l'interface : qui demande, ce que sa clé permet, à quel rythme, et ce que l'adresse dit.

use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ccapex::partenaires::agent::Agent;
use usages::compte::cles::{Porteur, reconnaitre};
use usages::echec::Nature;
use usages::formes::PorteeDeCle;
use usages::registre::suivi::Suivi;

use super::operation::{Acces, Operation};
use super::parametres::Parametres;
use super::probleme::{self, Probleme};
use crate::acces::debit::Passage;
use crate::app::App;

/// L'organisme dont la clé a les droits.
#[derive(Clone, Debug)]
pub(crate) struct Appelant(pub(super) Agent);

impl FromRequestParts<App> for Appelant {
    type Rejection = Probleme;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Probleme> {
        parts.extensions.get::<Self>().cloned().ok_or_else(sans_cle)
    }
}

/// Laisse passer une demande vérifiée ; répond à sa place aux autres.
pub(crate) async fn garder(State(app): State<App>, requete: Request, suite: Next) -> Response {
    let (mut parts, corps) = requete.into_parts();
    match verifier(&app, &mut parts).await {
        Ok(passage) => {
            let mut reponse = suite.run(Request::from_parts(parts, corps)).await;
            dire_le_debit(reponse.headers_mut(), passage);
            reponse
        }
        Err((probleme, passage)) => {
            let mut reponse = probleme.into_response();
            if let Some(passage) = passage {
                dire_le_debit(reponse.headers_mut(), passage);
            }
            reponse
        }
    }
}

type Refus = (Probleme, Option<Passage>);

async fn verifier(app: &App, parts: &mut Parts) -> Result<Passage, Refus> {
    let chemin = parts.extensions.get::<MatchedPath>().map_or("", |c| c.as_str()).to_owned();
    let Some(operation) = Operation::trouver(parts.method.as_str(), &chemin) else {
        return Err((probleme::autre_methode().await, None));
    };
    let porteur = match operation.acces {
        Acces::Libre => None,
        Acces::Lecture | Acces::Ecriture => {
            Some(porteur(app, &parts.headers).await.map_err(|p| (p, None))?)
        }
    };
    // Un compte a un seau, quel que soit le nombre de ses clés ; ceux qui n'en ont pas le partagent.
    let qui = porteur.as_ref().map_or_else(String::new, |p| p.agent.id.to_string());
    let passage = app.debit.prendre(&qui, (app.config.heure)());
    if !passage.passe {
        let dit = format!(
            "Plus de {} demandes en une minute : les suivantes attendent, pour que les autres passent.",
            passage.limite
        );
        let probleme = Probleme::nouveau(&probleme::TROP_DE_DEMANDES, dit).dans(passage.secondes);
        return Err((probleme, Some(passage)));
    }
    let refuser = |probleme| (probleme, Some(passage));
    if let Some(porteur) = porteur {
        if operation.acces == Acces::Ecriture && porteur.portee != PorteeDeCle::Ecriture {
            return Err(refuser(Probleme::nouveau(
                &probleme::HORS_MISSION,
                "Cette clé permet de lire, non d'écrire. Rien n'a été enregistré.",
            )));
        }
        if let Some(suivi) = Suivi::courant() {
            suivi.reconnaitre(&porteur.agent);
        }
        parts.extensions.insert(Appelant(porteur.agent));
    }
    let dans_le_chemin = RawPathParams::from_request_parts(parts, &())
        .await
        .map_err(|_| refuser(Probleme::illisible("L'adresse n'est pas écrite en UTF-8.")))?
        .iter()
        .map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()))
        .collect::<Vec<_>>();
    let question = parts.uri.query().unwrap_or_default();
    let parametres = Parametres::lire(operation, &dans_le_chemin, question).map_err(refuser)?;
    parts.extensions.insert(parametres);
    Ok(passage)
}

async fn porteur(app: &App, entetes: &HeaderMap) -> Result<Porteur, Probleme> {
    let cle = entetes
        .get(header::AUTHORIZATION)
        .and_then(|e| e.to_str().ok())
        .and_then(cle_de_l_entete)
        .ok_or_else(sans_cle)?;
    match reconnaitre(&app.maison.stockage, cle, app.aujourd_hui(), app.maintenant()).await {
        Ok(porteur) => Ok(porteur),
        Err(refus) if refus.nature() == Nature::Refus => Err(Probleme::nouveau(
            &probleme::INCONNU,
            format!("{refus} Rien n'a été lu ni enregistré."),
        )),
        Err(echec) => Err(echec.into()),
    }
}

fn sans_cle() -> Probleme {
    Probleme::nouveau(
        &probleme::INCONNU,
        "Cette adresse demande une clé, dans l'en-tête « Authorization: Bearer CLÉ ». Rien n'a été lu ni \
         enregistré.",
    )
}

/// La clé d'un en-tête `Bearer` (RFC 6750).
fn cle_de_l_entete(entete: &str) -> Option<&str> {
    let (schema, cle) = entete.trim().split_once(' ')?;
    let cle = cle.trim();
    (schema.eq_ignore_ascii_case("bearer") && !cle.is_empty()).then_some(cle)
}

fn dire_le_debit(entetes: &mut HeaderMap, passage: Passage) {
    for (nom, valeur) in [
        ("ratelimit-limit", i64::from(passage.limite)),
        ("ratelimit-remaining", passage.reste),
        ("ratelimit-reset", passage.secondes),
    ] {
        entetes.insert(HeaderName::from_static(nom), HeaderValue::from(valeur));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_en_tete_donne_la_cle() {
        for (entete, lue) in [
            ("Bearer seuil_ab", Some("seuil_ab")),
            ("bearer  seuil_ab ", Some("seuil_ab")),
            ("Basic c2V1aWw=", None),
            ("Bearer ", None),
            ("Bearer", None),
            ("", None),
        ] {
            assert_eq!(cle_de_l_entete(entete), lue, "{entete}");
        }
    }
}
