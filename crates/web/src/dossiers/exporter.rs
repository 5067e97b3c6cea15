//! Exporter la liste montrée : mêmes filtres, mêmes colonnes, même ordre, mêmes droits ; au fil de l'eau.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ccapex::partenaires::agent::Agent;
use futures_core::Stream;
use tokio::sync::mpsc;
use usages::dossiers::exporter::{Export, Presentation};
use usages::echec::Echec;
use usages::formes::Format;
use usages::registre::suivi::{Forme, Suivi};

use super::liste::demande::Demande;
use super::liste::voit_la_suite;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::erreur::ErreurWeb;

/// Les morceaux qu'un téléchargement lent laisse attendre : la mémoire n'en tient pas davantage.
const EN_ATTENTE: usize = 2;

pub(crate) async fn telecharger(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(format): Path<String>,
    demande: Demande,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    if !voit_la_suite(agent) {
        return Err(ErreurWeb::hors_mission(agent.role, "d'exporter des dossiers"));
    }
    let format = match format.as_str() {
        "csv" => Format::Csv,
        "xlsx" => Format::Xlsx,
        "ods" => Format::Ods,
        _ => return Err(ErreurWeb::introuvable()),
    };
    let aujourd_hui = app.aujourd_hui();
    let presentation = Presentation {
        colonnes: demande.colonnes(agent),
        format,
        fuseau: app.config.fuseau.clone(),
    };
    let filtre = demande.filtre(aujourd_hui);
    let mut export = Export::commencer(&app.maison, agent, &filtre, presentation, aujourd_hui)?;
    // Le premier morceau part avant la réponse : un refus est encore une page.
    let premier = export.morceau().await?;
    let (envoi, recu) = mpsc::channel(EN_ATTENTE);
    tokio::spawn(async move {
        let mut morceau = Ok(premier);
        // Un téléchargement abandonné ferme le canal : l'export s'arrête là.
        while let Some(dit) = morceau.transpose() {
            let fini = dit.is_err();
            if envoi.send(dit.map(Bytes::from)).await.is_err() || fini {
                return;
            }
            morceau = suivant(&app, &connecte.agent, &mut export).await;
        }
    });
    let nom = format!("attachment; filename=\"dossiers-{aujourd_hui}.{}\"", format.extension());
    let entetes =
        [(header::CONTENT_TYPE, format.type_mime().to_owned()), (header::CONTENT_DISPOSITION, nom)];
    Ok((entetes, Body::from_stream(Flux(recu))).into_response())
}

/// Le morceau suivant, inscrit au registre avant de partir : la réponse n'a inscrit que le premier.
async fn suivant(app: &App, agent: &Agent, export: &mut Export) -> Result<Option<Vec<u8>>, Echec> {
    let suivi = Suivi::default();
    suivi.reconnaitre(agent);
    let morceau = suivi.pendant(export.morceau()).await?;
    let objet = "/dossiers/export/{format}";
    suivi.inscrire(&app.maison, Forme::Fichier, objet, app.maintenant()).await?;
    Ok(morceau)
}

/// Les morceaux, à mesure qu'ils sont écrits.
struct Flux(mpsc::Receiver<Result<Bytes, Echec>>);

impl Stream for Flux {
    type Item = Result<Bytes, Echec>;

    fn poll_next(mut self: Pin<&mut Self>, contexte: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(contexte)
    }
}
