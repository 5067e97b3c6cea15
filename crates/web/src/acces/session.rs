//! La session : un jeton au hasard dans un cookie, son empreinte dans la base.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use ccapex::partenaires::agent::Agent;
use usages::compte::session::{Connue, jeton_de_formulaire};
use usages::formes::Etape;

use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::ErreurWeb;
use crate::notifications::cloche::{Cloche, cloche};

const COOKIE_DE_SESSION: &str = "seuil_session";
const COOKIE_DE_FORMULAIRE: &str = "seuil_formulaire";
const COOKIE_D_APPAREIL: &str = "seuil_appareil";
const COOKIE_D_ECHANGE: &str = "seuil_echange";

/// La personne connectée. La demander suffit à fermer une page à qui ne l'est pas.
#[derive(Clone, Debug)]
pub struct AgentConnecte {
    pub agent: Agent,
    /// Le jeton que ses formulaires renvoient.
    pub jeton: String,
    /// Sa session.
    pub(crate) connue: Connue,
    /// Ce qui attend d'être lu, quand une page se montre.
    pub cloche: Option<Cloche>,
}

/// Une personne qui a donné son mot de passe, et à qui il reste un pas : son code, ou le choix d'un
/// second facteur. Aucune page de travail ne s'ouvre à elle.
#[derive(Clone, Debug)]
pub(crate) struct EnChemin(pub(crate) Connue);

impl AgentConnecte {
    /// Le cadre d'une page, avec le jeton de ses formulaires.
    pub(crate) fn cadre(&self, app: &App, section: Section, titre: &str) -> Cadre {
        Cadre {
            jeton: self.jeton.clone(),
            cloche: self.cloche.clone(),
            ..app.cadre(Some(&self.agent), section, titre)
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AgentConnecte {
    type Rejection = ErreurWeb;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ErreurWeb> {
        if let Some(connecte) = parts.extensions.get::<Self>() {
            return Ok(connecte.clone());
        }
        let suite = match parts.method {
            Method::GET => parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            _ => "/".to_owned(),
        };
        let reste = parts.extensions.get::<EnChemin>().map(|e| e.0.etape);
        Err(ErreurWeb::PasConnecte { suite, lisait: parts.method == Method::GET, reste })
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for AgentConnecte {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// Le jeton des formulaires de la session, s'il y en a une, ouverte ou en chemin.
pub(crate) struct JetonDeSession(pub(crate) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for JetonDeSession {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let connecte = parts.extensions.get::<AgentConnecte>().map(|c| c.jeton.clone());
        let en_chemin = parts.extensions.get::<EnChemin>().map(|e| e.0.jeton_csrf.clone());
        Ok(Self(connecte.or(en_chemin)))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for EnChemin {
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
        match app.portier().reconnaitre(&jeton).await? {
            Some(connue) if connue.etape == Etape::Ouverte => {
                let (agent, jeton) = (connue.agent.clone(), connue.jeton_csrf.clone());
                let cloche = match *requete.method() {
                    Method::GET => cloche(&app, &agent).await,
                    _ => None,
                };
                requete.extensions_mut().insert(AgentConnecte { agent, jeton, connue, cloche });
            }
            Some(connue) => {
                requete.extensions_mut().insert(EnChemin(connue));
            }
            None => {}
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

/// Le jeton de l'appareil, s'il est de confiance.
pub(crate) fn jeton_d_appareil(entetes: &HeaderMap) -> Option<String> {
    cookie(entetes, COOKIE_D_APPAREIL)
}

/// L'échange en cours avec un fournisseur d'identité, chiffré.
pub(crate) fn echange_en_cours(entetes: &HeaderMap) -> Option<String> {
    cookie(entetes, COOKIE_D_ECHANGE)
}

/// Les cookies que la connexion pose. Aucun ne se lit en JavaScript ; aucun ne suit la personne ailleurs.
pub(crate) enum Cookie<'a> {
    Formulaire(&'a str),
    Session(&'a str),
    /// Un appareil de confiance, pour trente jours.
    Appareil(&'a str),
    /// Un échange avec un fournisseur d'identité, pour dix minutes.
    Echange(&'a str),
    /// Efface la session.
    Fin,
    /// Efface l'échange.
    EchangeFini,
}

impl Cookie<'_> {
    pub(crate) fn entete(&self, https: bool) -> (axum::http::HeaderName, HeaderValue) {
        let (nom, valeur, chemin, duree) = match self {
            Self::Formulaire(valeur) => (COOKIE_DE_FORMULAIRE, *valeur, "/", ""),
            Self::Session(valeur) => (COOKIE_DE_SESSION, *valeur, "/", ""),
            Self::Appareil(valeur) => {
                (COOKIE_D_APPAREIL, *valeur, "/connexion", "; Max-Age=2592000")
            }
            Self::Echange(valeur) => (COOKIE_D_ECHANGE, *valeur, "/connexion", "; Max-Age=600"),
            Self::EchangeFini => (COOKIE_D_ECHANGE, "", "/connexion", "; Max-Age=0"),
            Self::Fin => (COOKIE_DE_SESSION, "", "/", "; Max-Age=0"),
        };
        let secure = if https { "; Secure" } else { "" };
        let texte = format!("{nom}={valeur}; Path={chemin}; HttpOnly; SameSite=Lax{secure}{duree}");
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
