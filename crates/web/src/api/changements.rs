//! `GET /api/v1/changements` : ce qui a changé depuis une place du flux, et la place où reprendre.

use axum::response::Response;
use usages::changements::{depuis, maintenant};

use super::lecture::{Demande, PAGE_MAX, avec_la_suite, mission, repondre};
use super::probleme::{self, Probleme};
use crate::cadre::Section;
use crate::urls;

/// Commencer par ce qui n'est pas encore arrivé.
const MAINTENANT: &str = "maintenant";

pub(crate) async fn suivre(demande: Demande) -> Result<Response, Probleme> {
    let Demande { app, agent, parametres, entetes } = demande;
    mission(&agent, Section::Dossiers, "de lire des dossiers")?;
    let limite = parametres.entier("limite").unwrap_or(PAGE_MAX);
    let page = match parametres.texte("depuis") {
        MAINTENANT => maintenant(&app.maison).await?,
        place => {
            let apres = lue(place)?;
            depuis(&app.maison, &agent, apres, limite).await?
        }
    };
    let suite = page.encore.then(|| {
        let limite = limite.to_string();
        let memes = [("depuis", page.suivant.as_str()), ("limite", limite.as_str())];
        urls::avec("/api/v1/changements", &memes)
    });
    let corps = serde_json::to_value(&page).unwrap_or_default();
    Ok(avec_la_suite(repondre(&entetes, &corps), suite))
}

fn lue(place: &str) -> Result<i64, Probleme> {
    if place.is_empty() {
        return Ok(0);
    }
    place.parse::<i64>().ok().filter(|n| *n >= 0).ok_or_else(|| {
        let message = "« depuis » ne se lit pas : il faut la place rendue dans « suivant », ou « maintenant ».";
        Probleme::nouveau(&probleme::REFUSE, message).avec_erreurs(vec![("depuis".to_owned(), message.to_owned())])
    })
}
