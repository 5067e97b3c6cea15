//! Toutes les étapes, pour un ménage qui cherche la sienne. Page publique, sans donnée.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::menage::{explication, explication_de_situation};

use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::Lien;
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "information/sommaire.html")]
pub struct PageSommaire {
    pub cadre: Cadre,
    pub groupes: Vec<(&'static str, Vec<Lien>)>,
}

/// Une page publique se garde une heure : elle ne change qu'avec le droit.
pub(super) const GARDEE: (header::HeaderName, &str) =
    (header::CACHE_CONTROL, "public, max-age=3600");

pub(crate) async fn montrer(State(app): State<App>) -> Result<Response, ErreurWeb> {
    let jour = app.aujourd_hui();
    let stades = |du: Stade, au: Stade| -> Vec<Lien> {
        Stade::TOUS
            .iter()
            .filter(|stade| (du..=au).contains(stade))
            .map(|stade| {
                Lien::nouveau(explication(*stade, jour).titre, urls::information(stade.code()))
            })
            .collect()
    };
    let situations: Vec<Lien> = EtatParallele::TOUS
        .iter()
        .filter_map(|etat| {
            let dit = explication_de_situation(*etat, jour)?;
            Some(Lien::nouveau(dit.titre, urls::information(etat.code())))
        })
        .collect();
    let page = page(&PageSommaire {
        cadre: app.cadre(None, Section::Aucune, "Loyer impayé, expulsion : où en êtes-vous ?"),
        groupes: vec![
            ("Avant le juge", stades(Stade::BailEnCours, Stade::ClauseAcquise)),
            ("Devant le juge", stades(Stade::AssignationDelivree, Stade::JugementSignifie)),
            ("Après le jugement", stades(Stade::CqlSignifie, Stade::CfpRefuse)),
            ("Après le départ", stades(Stade::DepartVolontaire, Stade::ExpulsionRealisee)),
            ("Des situations particulières", situations),
        ],
    })?;
    Ok(([GARDEE], page).into_response())
}
