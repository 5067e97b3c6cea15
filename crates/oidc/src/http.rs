//! Les demandes au fournisseur : courtes, bornées, sans suivre de renvoi.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::fournisseur::Echec;

/// Le temps donné à une demande.
const PATIENCE: Duration = Duration::from_secs(10);
/// Au-delà, ce n'est plus une réponse de connexion.
const REPONSE_MAXIMALE: usize = 256 * 1024;

/// Une réponse entière.
pub(crate) struct Reponse {
    pub(crate) statut: u16,
    pub(crate) genre: String,
    pub(crate) corps: Vec<u8>,
}

#[derive(Clone)]
pub(crate) struct Http(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Http {
    pub(crate) fn nouveau() -> Self {
        let connecteur = hyper_rustls::HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .build();
        Self(Client::builder(TokioExecutor::new()).build(connecteur))
    }

    /// Lit une adresse, avec un jeton d'accès s'il en faut un.
    pub(crate) async fn lire(&self, url: &str, acces: Option<&str>) -> Result<Reponse, Echec> {
        let mut demande = Request::builder().method(Method::GET).uri(url);
        if let Some(acces) = acces {
            demande = demande.header(AUTHORIZATION, format!("Bearer {acces}"));
        }
        self.envoyer(demande.header(ACCEPT, "application/jwt, application/json"), Bytes::new())
            .await
    }

    /// Envoie un formulaire.
    pub(crate) async fn poster(
        &self,
        url: &str,
        champs: &[(&str, &str)],
        qui: Option<&str>,
    ) -> Result<Reponse, Echec> {
        let genre = HeaderValue::from_static("application/x-www-form-urlencoded");
        let mut demande =
            Request::builder().method(Method::POST).uri(url).header(CONTENT_TYPE, genre);
        if let Some(qui) = qui {
            demande = demande.header(AUTHORIZATION, qui);
        }
        self.envoyer(demande.header(ACCEPT, "application/json"), ecrire(champs).into()).await
    }

    async fn envoyer(
        &self,
        demande: hyper::http::request::Builder,
        corps: Bytes,
    ) -> Result<Reponse, Echec> {
        let demande = demande.body(Full::new(corps)).map_err(|e| Echec::injoignable(&e))?;
        let reponse = tokio::time::timeout(PATIENCE, async {
            let reponse = self.0.request(demande).await.map_err(|e| Echec::injoignable(&e))?;
            let genre = reponse.headers().get(CONTENT_TYPE).and_then(|g| g.to_str().ok());
            let (genre, statut) = (genre.unwrap_or_default().to_owned(), reponse.status().as_u16());
            let corps = Limited::new(reponse.into_body(), REPONSE_MAXIMALE)
                .collect()
                .await
                .map_err(|e| Echec::injoignable(&*e))?;
            Ok(Reponse { statut, genre, corps: corps.to_bytes().to_vec() })
        });
        reponse.await.map_err(|e| Echec::injoignable(&e))?
    }
}

/// Des champs, dans une adresse ou dans un corps.
pub(crate) fn ecrire(champs: &[(&str, &str)]) -> String {
    let paires: Vec<String> =
        champs.iter().map(|(nom, valeur)| format!("{nom}={}", echappe(valeur))).collect();
    paires.join("&")
}

pub(crate) fn echappe(texte: &str) -> String {
    let mut ecrit = String::with_capacity(texte.len());
    for octet in texte.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                ecrit.push(char::from(octet));
            }
            autre => ecrit.push_str(&format!("%{autre:02X}")),
        }
    }
    ecrit
}
