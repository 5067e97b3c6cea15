//! Ce qu'un programme envoie : lu en entier, fait une fois, et la réponse écrite.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use ccapex::partenaires::agent::Agent;
use serde_json::Value;
use tokio::time::timeout;
use usages::envois::{Fois, ReponseDEnvoi, une_fois};

use super::probleme::{self, Probleme};
use crate::app::App;

/// Le temps donné à un envoi pour arriver : une connexion ouverte pour rien ne se garde pas.
const PATIENCE: Duration = Duration::from_secs(30);
/// Le nom d'un envoi : assez long pour tout identifiant qu'un programme tire au sort.
const NOM_MAX: usize = 200;

/// Un envoi lu.
pub(super) struct Recu {
    /// Le genre dit par l'en-tête, sans ses précisions, en minuscules.
    pub(super) genre: String,
    pub(super) octets: Bytes,
}

impl Recu {
    /// Lit un envoi, borné en taille et en temps.
    pub(super) async fn lire(
        entetes: &HeaderMap,
        corps: Body,
        au_plus: usize,
    ) -> Result<Self, Probleme> {
        let envoi = timeout(PATIENCE, to_bytes(corps, au_plus)).await.map_err(|_| {
            Probleme::nouveau(
                &probleme::LENT,
                "L'envoi n'est pas arrivé en entier en trente secondes. Rien n'a été enregistré.",
            )
        })?;
        let octets = envoi.map_err(|_| {
            let mo = au_plus / (1024 * 1024);
            Probleme::nouveau(
                &probleme::TROP_LOURD,
                format!("Un envoi ne dépasse pas {mo} Mo ici. Rien n'a été enregistré."),
            )
        })?;
        let genre = entetes.get(header::CONTENT_TYPE).and_then(|g| g.to_str().ok());
        let genre = genre.unwrap_or_default().split(';').next().unwrap_or_default();
        Ok(Self { genre: genre.trim().to_ascii_lowercase(), octets })
    }

    pub(super) fn texte(&self) -> Result<&str, Probleme> {
        std::str::from_utf8(&self.octets).map_err(|_| {
            Probleme::illisible("Le texte n'est pas en UTF-8. Rien n'a été enregistré.")
        })
    }

    /// Le JSON de l'envoi.
    pub(super) fn json(&self) -> Result<Value, Probleme> {
        serde_json::from_str(self.texte()?).map_err(|e| {
            Probleme::illisible(format!(
                "Le texte n'est pas un objet JSON (ligne {}, caractère {}). Rien n'a été enregistré.",
                e.line(),
                e.column()
            ))
        })
    }
}

/// Un genre de corps que cette adresse n'admet pas.
pub(super) fn autre_genre(admis: &str) -> Probleme {
    Probleme::nouveau(
        &probleme::FORMAT,
        format!("Cette adresse reçoit {admis}. Rien n'a été enregistré."),
    )
}

/// Fait un envoi, une seule fois s'il porte un nom (`Idempotency-Key`), et redit sa réponse ensuite.
pub(super) async fn faire(
    app: &App,
    agent: &Agent,
    entetes: &HeaderMap,
    adresse: &Uri,
    recu: &Recu,
    travail: impl Future<Output = Result<ReponseDEnvoi, Probleme>>,
) -> Result<Response, Probleme> {
    let Some(nom) = entetes.get("idempotency-key") else {
        return Ok(en_reponse(travail.await?));
    };
    let nom = nom
        .to_str()
        .ok()
        .filter(|nom| (1..=NOM_MAX).contains(&nom.len()) && nom.bytes().all(est_d_un_nom))
        .ok_or_else(|| {
            Probleme::illisible(format!(
                "L'en-tête « Idempotency-Key » nomme l'envoi : de 1 à {NOM_MAX} lettres sans accents, chiffres, \
                 ou « _ . : - ». Rien n'a été enregistré."
            ))
        })?;
    let demande = [adresse.to_string(), recu.genre.clone()];
    let parts = [demande[0].as_bytes(), demande[1].as_bytes(), &recu.octets];
    let travail = async { travail.await.unwrap_or_else(de_probleme) };
    match une_fois(&app.maison, agent.id, nom, &parts, app.maintenant(), travail).await? {
        Fois::Faite(reponse) => Ok(en_reponse(reponse)),
        Fois::Redite(reponse) => {
            let mut reponse = en_reponse(reponse);
            let redite = HeaderName::from_static("idempotent-replayed");
            reponse.headers_mut().insert(redite, HeaderValue::from_static("true"));
            Ok(reponse)
        }
        Fois::EnCours => Err(Probleme::nouveau(
            &probleme::CONFLIT,
            "Le même envoi, sous le même « Idempotency-Key », est en cours. Sa réponse sera bientôt prête.",
        )
        .dans(1)),
        Fois::AutreDemande => Err(Probleme::nouveau(
            &probleme::AUTRE_ENVOI,
            format!(
                "Le nom « {nom} » a déjà nommé un envoi différent depuis moins de deux jours. Rien n'a été \
                 enregistré."
            ),
        )),
    }
}

fn est_d_un_nom(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"_.:-".contains(&octet)
}

fn de_probleme(probleme: Probleme) -> ReponseDEnvoi {
    ReponseDEnvoi {
        statut: probleme.statut(),
        genre: probleme::GENRE.to_owned(),
        octets: probleme.corps().into_bytes(),
    }
}

fn en_reponse(reponse: ReponseDEnvoi) -> Response {
    let statut = StatusCode::from_u16(reponse.statut).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (statut, [(header::CONTENT_TYPE, reponse.genre)], reponse.octets).into_response()
}
