//! Donner le code de son application, ou un code de secours.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use usages::compte::facteur::Confiance;
use usages::compte::session::Connue;
use usages::echec::Nature;
use usages::formes::Etape;

use super::page::{Ensuite, entrer};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::{AgentConnecte, Cookie, EnChemin};
use crate::acces::visiteur::DOuVient;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "connexion/code.html")]
pub struct PageCode {
    pub cadre: Cadre,
    pub nom: String,
    pub erreur: String,
    pub suite: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    en_chemin: Option<EnChemin>,
    Query(ensuite): Query<Ensuite>,
) -> Result<Response, ErreurWeb> {
    match en_chemin {
        Some(EnChemin(connue)) if connue.etape == Etape::Code => {
            Ok(rendre(&app, &connue, String::new(), &ensuite.suite)?.into_response())
        }
        Some(_) => {
            Ok(Redirect::to(&urls::enrolement(urls::interne(&ensuite.suite))).into_response())
        }
        None if connecte.is_some() => {
            Ok(Redirect::to(urls::interne(&ensuite.suite)).into_response())
        }
        None => Ok(Redirect::to(&urls::connexion(urls::interne(&ensuite.suite))).into_response()),
    }
}

pub(crate) async fn donner(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    en_chemin: Option<EnChemin>,
    DOuVient(visiteur): DOuVient,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    if connecte.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let Some(EnChemin(connue)) = en_chemin else {
        return Err(ErreurWeb::PasConnecte { suite: "/".to_owned(), lisait: false, reste: None });
    };
    let confiance = match formulaire.texte("confiance") {
        "oui" => Confiance::Retenir,
        _ => Confiance::Non,
    };
    let suite = formulaire.texte("suite");
    let code = formulaire.texte("code");
    match app.portier().donner_un_code(&connue, code, confiance, &visiteur).await {
        Ok(accepte) => {
            // Les derniers codes de secours se remplacent avant d'en manquer.
            let bientot = accepte.secours_restants.is_some_and(|n| n <= 3);
            let suite = if bientot { "/mon-compte" } else { suite };
            let reponse = entrer(&app, &accepte.entree, suite);
            let appareil = accepte
                .appareil
                .map(|jeton| AppendHeaders([Cookie::Appareil(&jeton).entete(app.config.https)]));
            Ok(match appareil {
                Some(cookie) => (cookie, reponse).into_response(),
                None => reponse,
            })
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let html = rendre(&app, &connue, refus.to_string(), suite)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

fn rendre(
    app: &App,
    connue: &Connue,
    erreur: String,
    suite: &str,
) -> Result<Html<String>, ErreurWeb> {
    let cadre = Cadre {
        jeton: connue.jeton_csrf.clone(),
        ..app.cadre(None, Section::Aucune, "Votre code")
    };
    page(&PageCode { cadre, nom: connue.agent.nom.clone(), erreur, suite: suite.to_owned() })
}
