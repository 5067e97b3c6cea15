//! Les gestes d'une page de dossier : joindre, séparer, détacher.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use ccapex::identifiants::NoticeId;
use usages::echec::Nature as NatureDEchec;
use usages::rapprochements::decider::{defaire, joindre};
use usages::rapprochements::detacher::detacher;

use super::{Joindre, Suites, rendre};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::erreur::ErreurWeb;
use crate::urls;

pub(crate) async fn joindre_un_autre(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let autre = formulaire.texte("autre");
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    // C'est l'autre dossier qui se suivra dans celui-ci.
    match joindre(&app.maison, &connecte.agent, autre, &reference, jour, instant).await {
        Ok(()) => Ok(vers_le_dossier(&reference, "joint", autre)),
        Err(echec) if matches!(echec.nature(), NatureDEchec::Refus | NatureDEchec::Introuvable) => {
            let joindre = Joindre {
                saisi: autre.to_owned(),
                erreur: echec.to_string(),
                ..Joindre::default()
            };
            Ok(rendre(&app, &connecte, &reference, &Suites::default(), None, joindre)
                .await?
                .into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

pub(crate) async fn separer_un_joint(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let autre = formulaire.texte("autre");
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    // La question posée avant de les joindre, s'il y en a eu une, se repose : défaire n'est pas répondre.
    defaire(&app.maison, &connecte.agent, autre, &reference, jour, instant).await?;
    Ok(vers_le_dossier(&reference, "separe", autre))
}

pub(crate) async fn detacher_une_notice(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let notice = NoticeId(formulaire.texte("notice").parse().unwrap_or_default());
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let neuf = detacher(&app.maison, &connecte.agent, &reference, notice, jour, instant).await?;
    Ok(vers_le_dossier(&reference, "detache", &neuf))
}

fn vers_le_dossier(reference: &str, fait: &str, autre: &str) -> Response {
    let adresse = urls::avec(&urls::dossier(reference), &[("fait", fait), ("autre", autre)]);
    Redirect::to(&adresse).into_response()
}
