//! Se connecter, se déconnecter.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;
use usages::compte::secret::Secret;
use usages::compte::session::{Entree, jeton_de_formulaire};
use usages::echec::Nature;
use usages::formes::Etape;

use super::fournisseur;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::{AgentConnecte, Cookie, EnChemin, jeton_d_appareil};
use crate::acces::visiteur::DOuVient;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::Lien;
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "connexion/page.html")]
pub struct PageConnexion {
    pub cadre: Cadre,
    pub erreur: String,
    pub identifiant: String,
    /// L'adresse où revenir une fois connecté.
    pub suite: String,
    /// Le fournisseur d'identité, s'il y en a un, et où y aller.
    pub fournisseur: Option<Lien>,
    /// Une saisie attend la personne : la page le dit.
    pub saisie_gardee: bool,
}

/// Où aller une fois connecté.
#[derive(Deserialize)]
pub(crate) struct Ensuite {
    #[serde(default)]
    pub(super) suite: String,
}

pub(crate) async fn ouvrir(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    en_chemin: Option<EnChemin>,
    Query(ensuite): Query<Ensuite>,
) -> Result<Response, ErreurWeb> {
    let suite = urls::interne(&ensuite.suite);
    if connecte.is_some() {
        return Ok(Redirect::to(suite).into_response());
    }
    if let Some(EnChemin(connue)) = en_chemin {
        return Ok(Redirect::to(&vers(connue.etape, suite)).into_response());
    }
    montrer(&app, StatusCode::OK, String::new(), "", &ensuite.suite)
}

pub(crate) async fn connecter(
    State(app): State<App>,
    DOuVient(visiteur): DOuVient,
    entetes: HeaderMap,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let identifiant = formulaire.texte("identifiant");
    let suite = formulaire.texte("suite");
    let secret = Secret::saisi(formulaire.texte("secret"));
    let appareil = jeton_d_appareil(&entetes);
    match app.portier().entrer(identifiant, &secret, &visiteur, appareil.as_deref()).await {
        Ok(entree) => Ok(entrer(&app, &entree, suite)),
        Err(refus) if refus.nature() == Nature::Refus => {
            let refuse = StatusCode::UNPROCESSABLE_ENTITY;
            montrer(&app, refuse, refus.to_string(), identifiant, suite)
        }
        Err(echec) => Err(echec.into()),
    }
}

/// Pose le jeton neuf de la session, et mène à ce qui reste à faire.
pub(super) fn entrer(app: &App, entree: &Entree, suite: &str) -> Response {
    let cookie = Cookie::Session(&entree.jeton).entete(app.config.https);
    let vers = vers(entree.etape, urls::interne(suite));
    (AppendHeaders([cookie]), Redirect::to(&vers)).into_response()
}

/// Ce qui reste à faire, ou la page demandée.
fn vers(etape: Etape, suite: &str) -> String {
    match etape {
        Etape::Ouverte => suite.to_owned(),
        Etape::Code => urls::code(suite),
        Etape::Enrolement => urls::enrolement(suite),
    }
}

pub(crate) async fn deconnecter(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    en_chemin: Option<EnChemin>,
    DOuVient(visiteur): DOuVient,
    _formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let connue = connecte.map(|c| c.connue).or(en_chemin.map(|e| e.0));
    if let Some(connue) = connue
        && let Some(preuve) = app.portier().sortir(&connue, &visiteur).await?
        && let Some(chez_lui) = fournisseur::sortir(&app, &preuve).await?
    {
        return Ok(chez_lui);
    }
    let cookie = Cookie::Fin.entete(app.config.https);
    Ok((AppendHeaders([cookie]), Redirect::to("/connexion")).into_response())
}

/// Le cadre d'un formulaire rempli avant toute session, et le cookie qui en porte le jeton.
///
/// Une personne déjà connectée garde le jeton de sa session.
pub(super) fn cadre_public(
    app: &App,
    titre: &str,
    session: Option<String>,
) -> (Cadre, (HeaderName, HeaderValue)) {
    let alea = hex::encode(app.hasard());
    let cadre = Cadre {
        jeton: session.unwrap_or_else(|| jeton_de_formulaire(&alea)),
        ..app.cadre(None, Section::Aucune, titre)
    };
    (cadre, Cookie::Formulaire(&alea).entete(app.config.https))
}

fn montrer(
    app: &App,
    statut: StatusCode,
    erreur: String,
    identifiant: &str,
    suite: &str,
) -> Result<Response, ErreurWeb> {
    let (cadre, cookie) = cadre_public(app, "Se connecter", None);
    let html =
        page(&PageConnexion {
            cadre,
            erreur,
            identifiant: identifiant.to_owned(),
            suite: suite.to_owned(),
            fournisseur: app.config.fournisseur.as_ref().map(|par| {
                Lien::nouveau(&par.nom, urls::avec("/connexion/oidc", &[("suite", suite)]))
            }),
            saisie_gardee: suite.starts_with("/reprise/"),
        })?;
    Ok((statut, AppendHeaders([cookie]), html).into_response())
}
