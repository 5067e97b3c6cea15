//! Les erreurs, prêtes à être montrées : ce qui se passe, pourquoi, quoi faire.
//!
//! Le seul endroit où un échec devient un code HTTP.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::partenaires::agent::Role;
use ccapex::partenaires::habilitation;
use usages::echec::{Echec, Nature};
use usages::exceptions::ouvrir::peut_recourir;
use usages::formes::Etape;

use crate::acces::cadence;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::Lien;
use crate::typographie::insecables;
use crate::urls;

#[derive(Template)]
#[template(path = "erreur.html")]
pub struct PageErreur {
    pub cadre: Cadre,
    pub code: u16,
    pub explication: String,
    pub actions: Vec<Lien>,
}

/// Pourquoi une page n'est pas rendue.
#[derive(Debug)]
pub enum ErreurWeb {
    /// Un cas d'usage n'a pas abouti.
    Echec(Echec),
    /// Personne n'est connecté, ou la session s'est éteinte.
    PasConnecte {
        suite: String,
        lisait: bool,
        /// Le pas qui reste à une personne déjà reconnue à moitié.
        reste: Option<Etape>,
    },
    /// Le formulaire n'a pas le jeton de la session.
    Jeton,
    /// Trop de demandes en peu de temps : pas avant ce nombre de secondes.
    TropDeDemandes { secondes: i64 },
    /// L'adresse ou l'envoi ne convient pas.
    Statut(StatusCode),
    /// Une connexion par un fournisseur d'identité n'a pas abouti.
    Fournisseur(Box<(StatusCode, AMontrer)>),
    /// Un gabarit ne s'est pas rendu.
    Gabarit(askama::Error),
}

impl ErreurWeb {
    pub(crate) fn de_statut(statut: StatusCode) -> Self {
        Self::Statut(statut)
    }

    pub(crate) fn demande_illisible() -> Self {
        Self::Statut(StatusCode::BAD_REQUEST)
    }

    pub(crate) fn hors_mission(role: Role, geste: &'static str) -> Self {
        habilitation::Refus::HorsMission { role: role.libelle(), geste }.into()
    }

    pub(crate) fn introuvable() -> Self {
        Self::Statut(StatusCode::NOT_FOUND)
    }
}

impl From<Echec> for ErreurWeb {
    fn from(echec: Echec) -> Self {
        Self::Echec(echec)
    }
}

impl From<habilitation::Refus> for ErreurWeb {
    fn from(refus: habilitation::Refus) -> Self {
        Self::Echec(refus.into())
    }
}

/// Ce qu'une réponse emporte pour que la page d'erreur soit dessinée avec le cadre de la personne.
#[derive(Clone, Debug)]
pub struct AMontrer {
    pub(crate) titre: &'static str,
    pub(crate) explication: String,
    pub(crate) actions: Vec<Lien>,
}

/// Ce qu'il est advenu de ce que la personne tapait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Garde {
    /// Gardé une heure, pour elle seule.
    Saisie,
    /// Rien n'a pu être gardé : un fichier, ou une page ouverte par une autre session.
    Rien,
}

impl AMontrer {
    /// La page d'une session éteinte, et où se reconnecter.
    pub(crate) fn session_finie(vers: &str, garde: Garde) -> Self {
        let explication = match garde {
            Garde::Saisie => {
                "Elle s'éteint après un temps sans activité, pour que personne n'agisse à votre \
                 place. Rien n'a été enregistré, et rien n'est perdu : ce que vous aviez tapé est \
                 gardé une heure. Reconnectez-vous, vous le retrouverez tel quel."
            }
            Garde::Rien => {
                "Elle s'éteint après un temps sans activité, pour que personne n'agisse à votre \
                 place. Rien n'a été enregistré. Revenez à la page précédente pour copier votre \
                 saisie, puis reconnectez-vous."
            }
        };
        Self {
            titre: "Votre session est terminée",
            explication: explication.to_owned(),
            actions: vec![Lien::nouveau("Se reconnecter", vers)],
        }
    }
}

impl IntoResponse for ErreurWeb {
    fn into_response(self) -> Response {
        let mut attente = None;
        let (statut, montre) = match self {
            Self::TropDeDemandes { secondes } => {
                attente = Some(HeaderValue::from(secondes));
                let montre = AMontrer {
                    titre: "Il faut attendre",
                    explication: cadence::explication(secondes),
                    actions: vec![Lien::nouveau("Revenir à l'accueil", "/")],
                };
                (StatusCode::TOO_MANY_REQUESTS, montre)
            }
            Self::PasConnecte { suite, lisait: true, reste } => {
                let vers = match reste {
                    Some(Etape::Code) => urls::code(&suite),
                    Some(Etape::Enrolement) => urls::enrolement(&suite),
                    Some(Etape::Ouverte) | None => urls::connexion(&suite),
                };
                return Redirect::to(&vers).into_response();
            }
            Self::PasConnecte { suite, lisait: false, .. } => (
                StatusCode::UNAUTHORIZED,
                AMontrer::session_finie(&urls::connexion(&suite), Garde::Rien),
            ),
            Self::Jeton => (
                StatusCode::FORBIDDEN,
                AMontrer {
                    titre: "Ce formulaire n'est plus valable",
                    explication:
                        "La page a été ouverte avant votre dernière connexion, ou l'envoi \
                                  ne vient pas de Seuil. Rien n'a été enregistré. Rechargez la \
                                  page, puis recommencez."
                            .to_owned(),
                    actions: vec![Lien::nouveau("Revenir à l'accueil", "/")],
                },
            ),
            Self::Echec(echec) => de_l_echec(&echec),
            Self::Statut(statut) => (statut, du_statut(statut)),
            Self::Fournisseur(page) => *page,
            Self::Gabarit(erreur) => {
                tracing::error!(%erreur, "gabarit");
                (StatusCode::INTERNAL_SERVER_ERROR, du_statut(StatusCode::INTERNAL_SERVER_ERROR))
            }
        };
        let mut reponse = statut.into_response();
        reponse.extensions_mut().insert(montre);
        faire_attendre(reponse, attente)
    }
}

fn de_l_echec(echec: &Echec) -> (StatusCode, AMontrer) {
    let (statut, titre) = match echec.nature() {
        Nature::Introuvable => (StatusCode::NOT_FOUND, "Introuvable"),
        Nature::HorsMission => (StatusCode::FORBIDDEN, "Ce n'est pas ouvert à votre rôle"),
        Nature::Refus => (StatusCode::UNPROCESSABLE_ENTITY, "Ce n'est pas possible"),
        Nature::Conflit => (StatusCode::CONFLICT, "Le dossier a changé entre-temps"),
        Nature::Panne => {
            let cause = std::error::Error::source(echec).map(ToString::to_string);
            tracing::error!(cause, "panne");
            (StatusCode::SERVICE_UNAVAILABLE, "Le service est momentanément indisponible")
        }
    };
    let actions = vec![Lien::nouveau("Revenir à l'accueil", "/")];
    (statut, AMontrer { titre, explication: echec.to_string(), actions })
}

/// Ce qu'on dit d'un code que le routeur ou une limite a rendu.
fn du_statut(statut: StatusCode) -> AMontrer {
    let (titre, explication) = match statut {
        StatusCode::NOT_FOUND => (
            "Cette page n'existe pas",
            "L'adresse est incomplète, ou ce qu'elle désigne n'est pas de votre mission. \
             Vérifiez l'adresse, ou repartez de l'accueil.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "Cette adresse ne s'ouvre pas ainsi",
            "Elle sert à envoyer un formulaire, et n'a pas de page à elle. Revenez à la page \
             précédente, ou repartez de l'accueil.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "L'envoi est trop lourd",
            "Un envoi ne dépasse pas 210 Mo. Rien n'a été reçu. Coupez le fichier en plusieurs, ou \
             demandez à l'émetteur un fichier sans images.",
        ),
        StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => (
            "La réponse tarde trop",
            "Le service est très sollicité, ou la connexion est lente. Réessayez dans un instant ; \
             ce qui était déjà enregistré l'est toujours.",
        ),
        autre if autre.is_client_error() => (
            "Cette demande ne se lit pas",
            "Une partie de l'adresse ou du formulaire manque, ou n'a pas la forme attendue. Rien \
             n'a été enregistré. Revenez à la page précédente, puis recommencez.",
        ),
        _ => (
            "Le service a rencontré une panne",
            "Ce n'est pas de votre fait. Rien n'a été enregistré à moitié. Réessayez dans un \
             instant ; si cela recommence, prévenez la personne qui administre Seuil.",
        ),
    };
    let actions = vec![Lien::nouveau("Revenir à l'accueil", "/")];
    AMontrer { titre, explication: explication.to_owned(), actions }
}

/// Donne à toute erreur sans corps sa page, avec le cadre de la personne.
pub(crate) async fn habiller(State(app): State<App>, requete: Request, suite: Next) -> Response {
    let connecte = requete.extensions().get::<AgentConnecte>().cloned();
    let d_un_dossier = requete.uri().path().starts_with(&urls::dossier(""));
    let reponse = suite.run(requete).await;
    let statut = reponse.status();
    let deja_ecrite = reponse.headers().contains_key(header::CONTENT_TYPE)
        && reponse.extensions().get::<Panique>().is_none()
        && !rejet_du_routeur(&reponse);
    if !(statut.is_client_error() || statut.is_server_error()) || deja_ecrite {
        return reponse;
    }
    let montre = reponse.extensions().get().cloned().unwrap_or_else(|| du_statut(statut));
    let attente = reponse.headers().get(header::RETRY_AFTER).cloned();
    let cadre = match &connecte {
        Some(connecte) => connecte.cadre(&app, Section::Aucune, montre.titre),
        None => app.cadre(None, Section::Aucune, montre.titre),
    };
    let aide = Lien::nouveau("Ouvrir l'aide", cadre.aide.clone());
    // La même page, que le dossier existe ou non : rien n'est cherché pour la dessiner.
    let exception = connecte.as_ref().filter(|c| {
        statut == StatusCode::NOT_FOUND
            && d_un_dossier
            && peut_recourir(&app.maison, &c.agent).is_ok()
    });
    let exception =
        exception.map(|_| Lien::nouveau("Demander un accès exceptionnel", urls::EXCEPTION));
    let page = PageErreur {
        actions: montre.actions.into_iter().chain(exception).chain([aide]).collect(),
        cadre,
        code: statut.as_u16(),
        explication: montre.explication,
    };
    match page.render() {
        Ok(html) => faire_attendre((statut, Html(insecables(&html))).into_response(), attente),
        Err(erreur) => {
            tracing::error!(%erreur, "gabarit");
            statut.into_response()
        }
    }
}

fn faire_attendre(mut reponse: Response, attente: Option<HeaderValue>) -> Response {
    if let Some(attente) = attente {
        reponse.headers_mut().insert(header::RETRY_AFTER, attente);
    }
    reponse
}

/// Les refus d'un extracteur ou d'une limite portent un texte anglais pour développeur.
fn rejet_du_routeur(reponse: &Response) -> bool {
    reponse
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|genre| genre.as_bytes().starts_with(b"text/plain"))
}

/// Marque une réponse née d'une panique.
#[derive(Clone)]
struct Panique;

/// Une panique est une panne : elle s'inscrit au journal technique, sans son message.
pub(crate) fn apres_panique(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("panique dans une page");
    let mut reponse = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    reponse.extensions_mut().insert(Panique);
    reponse
}

/// Rend une page.
pub(crate) fn page(gabarit: &impl Template) -> Result<Html<String>, ErreurWeb> {
    gabarit.render().map(|html| Html(insecables(&html))).map_err(ErreurWeb::Gabarit)
}
