//! Se connecter, se déconnecter.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;
use usages::compte::secret::Secret;
use usages::compte::session::{fermer_session, jeton_de_formulaire, ouvrir_session, verifier};
use usages::echec::Nature;

use crate::acces::formulaire::Formulaire;
use crate::acces::session::{AgentConnecte, Cookie, jeton_de_session};
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "connexion.html")]
pub struct PageConnexion {
    pub cadre: Cadre,
    pub erreur: String,
    pub identifiant: String,
    /// L'adresse où revenir une fois connecté.
    pub suite: String,
}

/// Où aller une fois connecté.
#[derive(Deserialize)]
pub(crate) struct Ensuite {
    #[serde(default)]
    suite: String,
}

pub(crate) async fn ouvrir(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    Query(ensuite): Query<Ensuite>,
) -> Result<Response, ErreurWeb> {
    if connecte.is_some() {
        return Ok(Redirect::to(urls::interne(&ensuite.suite)).into_response());
    }
    montrer(&app, StatusCode::OK, String::new(), String::new(), ensuite.suite)
}

pub(crate) async fn connecter(
    State(app): State<App>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let identifiant = formulaire.texte("identifiant");
    let suite = formulaire.texte("suite");
    let secret = Secret::saisi(formulaire.texte("secret"));
    let stockage = &app.maison.stockage;
    let maintenant = app.maintenant();
    let agent = match verifier(stockage, identifiant, &secret, app.aujourd_hui(), maintenant).await
    {
        Ok(agent) => agent,
        Err(refus) if refus.nature() == Nature::Refus => {
            let (identifiant, suite) = (identifiant.to_owned(), suite.to_owned());
            return montrer(
                &app,
                StatusCode::UNPROCESSABLE_ENTITY,
                refus.to_string(),
                identifiant,
                suite,
            );
        }
        Err(echec) => return Err(echec.into()),
    };
    // Un jeton neuf à chaque connexion : celui qu'on aurait glissé avant ne vaut rien.
    let jeton =
        ouvrir_session(stockage, &agent, app.hasard(), maintenant, app.config.inactivite).await?;
    let cookie = Cookie::Session(&jeton).entete(app.config.https);
    Ok((AppendHeaders([cookie]), Redirect::to(urls::interne(suite))).into_response())
}

pub(crate) async fn deconnecter(
    State(app): State<App>,
    _connecte: AgentConnecte,
    entetes: HeaderMap,
    _formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    if let Some(jeton) = jeton_de_session(&entetes) {
        fermer_session(&app.maison.stockage, &jeton).await?;
    }
    let cookie = Cookie::Fin.entete(app.config.https);
    Ok((AppendHeaders([cookie]), Redirect::to("/connexion")).into_response())
}

fn montrer(
    app: &App,
    statut: StatusCode,
    erreur: String,
    identifiant: String,
    suite: String,
) -> Result<Response, ErreurWeb> {
    let alea = hex::encode(app.hasard());
    let cadre = Cadre {
        jeton: jeton_de_formulaire(&alea),
        ..app.cadre(None, Section::Aucune, "Se connecter")
    };
    let cookie = Cookie::Formulaire(&alea).entete(app.config.https);
    let html = page(&PageConnexion { cadre, erreur, identifiant, suite })?;
    Ok((statut, AppendHeaders([cookie]), html).into_response())
}
