//! Une étape expliquée à un ménage. Page publique, sans donnée : elle se garde et s'imprime.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::menage::{Explication, explication, explication_de_situation};
use jiff::civil::Date;
use serde::Deserialize;

use super::sommaire::GARDEE;
use super::texte::Texte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::Choix;
use crate::erreur::{ErreurWeb, page};

#[derive(Template)]
#[template(path = "information/stade.html")]
pub struct PageStade {
    pub cadre: Cadre,
    pub texte: Texte,
    pub departements: Vec<Choix>,
    /// Le département choisi ; vide : aucun.
    pub departement: String,
}

/// Le département dont on veut les adresses.
#[derive(Deserialize)]
pub(crate) struct Demande {
    #[serde(default)]
    departement: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    Path(code): Path<String>,
    Query(demande): Query<Demande>,
) -> Result<Response, ErreurWeb> {
    let dit = dit(&code, app.aujourd_hui()).ok_or_else(ErreurWeb::introuvable)?;
    let mut profils: Vec<_> = app.maison.profils().collect();
    profils.sort_by(|a, b| a.departement.cmp(&b.departement));
    let profil = profils.iter().find(|p| p.departement == demande.departement).copied();
    let departement = profil.map(|p| p.nom.clone()).unwrap_or_default();
    let departements = profils
        .iter()
        .map(|p| Choix {
            retenu: profil.is_some_and(|choisi| choisi.code == p.code),
            ..Choix::nouveau(&p.departement, format!("{} ({})", p.nom, p.departement))
        })
        .collect();
    let page = page(&PageStade {
        cadre: app.cadre(None, Section::Aucune, dit.titre),
        texte: Texte::general(dit, profil),
        departements,
        departement,
    })?;
    Ok(([GARDEE], page).into_response())
}

/// Ce qu'on dit d'un stade ou d'une situation, par son code.
fn dit(code: &str, jour: Date) -> Option<&'static Explication> {
    let situation = || {
        let etat = EtatParallele::TOUS.iter().copied().find(|e| e.code() == code)?;
        explication_de_situation(etat, jour)
    };
    Stade::de_code(code).map(|stade| explication(stade, jour)).or_else(situation)
}
