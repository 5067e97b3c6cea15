//! Les imprimés d'un dossier : sa chronologie, et le projet de décision à signer.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use usages::courriers::pdf::Pdf;
use usages::imprimes::{self, PreparationCfp};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::erreur::ErreurWeb;
use crate::mots;

pub(crate) async fn chronologie(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Response, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let pdf =
        imprimes::chronologie(&app.maison, &connecte.agent, &reference, jour, instant).await?;
    Ok(reponse(pdf))
}

/// Le projet, tel qu'une personne le prépare ; rien n'est consigné.
pub(crate) async fn projet_de_decision(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let preparation = PreparationCfp {
        accord: formulaire.texte("issue") == "accord",
        a_compter_du: mots::lire_jour(formulaire.texte("date_effet")),
        motivation: formulaire.texte("motif").to_owned(),
    };
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let pdf = imprimes::decision_cfp(
        &app.maison,
        &connecte.agent,
        &reference,
        &preparation,
        jour,
        instant,
    )
    .await?;
    Ok(reponse(pdf))
}

fn reponse(pdf: Pdf) -> Response {
    let place = format!("inline; filename=\"{}\"", pdf.nom);
    let entetes = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, place),
    ];
    (entetes, pdf.octets).into_response()
}
