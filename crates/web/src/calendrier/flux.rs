//! Le calendrier servi à un agenda : ni session ni formulaire, le lien dit qui demande.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use usages::calendrier::flux::{Flux, flux};
use usages::registre::suivi::{Forme, Suivi};

use crate::app::App;
use crate::erreur::ErreurWeb;

/// Un lien inconnu, coupé ou d'un compte fermé : la même absence.
const INTROUVABLE: (StatusCode, &str) = (StatusCode::NOT_FOUND, "Ce calendrier n'existe pas.\n");

pub(crate) async fn servir(
    State(app): State<App>,
    Path(nom): Path<String>,
    entetes: HeaderMap,
) -> Result<Response, ErreurWeb> {
    let Some(jeton) = nom.strip_suffix(".ics") else { return Ok(INTROUVABLE.into_response()) };
    let site = app.config.url.trim_end_matches('/');
    let (suivi, maintenant) = (Suivi::default(), app.maintenant());
    let lu = suivi.pendant(flux(&app.maison, jeton, site, app.aujourd_hui(), maintenant)).await?;
    let Some(Flux { texte, etiquette }) = lu else { return Ok(INTROUVABLE.into_response()) };
    let etiquette = format!("\"{etiquette}\"");
    let deja_lu = entetes
        .get(header::IF_NONE_MATCH)
        .and_then(|connues| connues.to_str().ok())
        .is_some_and(|connues| connues.contains(&etiquette));
    let communs = [(header::ETAG, etiquette), (header::CACHE_CONTROL, "private, no-cache".into())];
    if deja_lu {
        return Ok((StatusCode::NOT_MODIFIED, communs).into_response());
    }
    // Ce qui sort vers un agenda s'inscrit au registre, comme une page.
    suivi.inscrire(&app.maison, Forme::Interface, "/calendrier/{jeton}", maintenant).await?;
    let genre = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"seuil.ics\""),
    ];
    Ok((communs, genre, texte).into_response())
}
