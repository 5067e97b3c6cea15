//! La session : un jeton au hasard dans un cookie, son empreinte dans la base.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use ccapex::partenaires::agent::Agent;
use usages::compte::session::{agent_de_session, jeton_de_formulaire};

use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::ErreurWeb;

const COOKIE_DE_SESSION: &str = "seuil_session";
const COOKIE_DE_FORMULAIRE: &str = "seuil_formulaire";

/// La personne connectée. La demander suffit à fermer une page à qui ne l'est pas.
#[derive(Clone, Debug)]
pub struct AgentConnecte {
    pub agent: Agent,
    /// Le jeton que ses formulaires renvoient.
    pub jeton: String,
}

impl AgentConnecte {
    /// Le cadre d'une page, avec le jeton de ses formulaires.
    pub(crate) fn cadre(&self, app: &App, section: Section, titre: &str) -> Cadre {
        Cadre { jeton: self.jeton.clone(), ..app.cadre(Some(&self.agent), section, titre) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AgentConnecte {
    type Rejection = ErreurWeb;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ErreurWeb> {
        let suite = match parts.method {
            Method::GET => parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            _ => "/".to_owned(),
        };
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(ErreurWeb::PasConnecte { suite, lisait: parts.method == Method::GET })
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for AgentConnecte {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// Reconnaît la personne avant que la page ne soit demandée.
pub(crate) async fn reconnaitre(
    State(app): State<App>,
    mut requete: Request,
    suite: Next,
) -> Result<Response, ErreurWeb> {
    if let Some(jeton) = jeton_de_session(requete.headers()) {
        let session = agent_de_session(
            &app.maison.stockage,
            &jeton,
            app.aujourd_hui(),
            app.maintenant(),
            app.config.inactivite,
        )
        .await?;
        if let Some((agent, jeton)) = session {
            requete.extensions_mut().insert(AgentConnecte { agent, jeton });
        }
    }
    Ok(suite.run(requete).await)
}

/// Le jeton de session que le navigateur présente.
pub(crate) fn jeton_de_session(entetes: &HeaderMap) -> Option<String> {
    cookie(entetes, COOKIE_DE_SESSION)
}

/// Le jeton attendu d'un formulaire rempli avant toute session : celui de connexion.
pub(crate) fn jeton_avant_session(entetes: &HeaderMap) -> Option<String> {
    cookie(entetes, COOKIE_DE_FORMULAIRE).map(|alea| jeton_de_formulaire(&alea))
}

/// Les cookies posés par la page de connexion et par l'ouverture d'une session.
pub(crate) enum Cookie<'a> {
    Formulaire(&'a str),
    Session(&'a str),
    /// Efface la session.
    Fin,
}

impl Cookie<'_> {
    pub(crate) fn entete(&self, https: bool) -> (axum::http::HeaderName, HeaderValue) {
        let (nom, valeur, duree) = match self {
            Self::Formulaire(valeur) => (COOKIE_DE_FORMULAIRE, *valeur, ""),
            Self::Session(valeur) => (COOKIE_DE_SESSION, *valeur, ""),
            Self::Fin => (COOKIE_DE_SESSION, "", "; Max-Age=0"),
        };
        let secure = if https { "; Secure" } else { "" };
        let texte = format!("{nom}={valeur}; Path=/; HttpOnly; SameSite=Lax{secure}{duree}");
        (SET_COOKIE, HeaderValue::from_str(&texte).unwrap_or(HeaderValue::from_static("")))
    }
}

fn cookie(entetes: &HeaderMap, nom: &str) -> Option<String> {
    entetes
        .get_all(COOKIE)
        .iter()
        .filter_map(|valeur| valeur.to_str().ok())
        .flat_map(|valeur| valeur.split(';'))
        .filter_map(|paire| paire.trim().split_once('='))
        .find(|(cle, valeur)| *cle == nom && !valeur.is_empty())
        .map(|(_, valeur)| valeur.to_owned())
}
