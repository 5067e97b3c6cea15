//! `POST /api/v1/actes` : consigner un acte, ou plusieurs, un par ligne.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use ccapex::partenaires::agent::Agent;
use serde_json::Value;
use usages::actes::demande::Statut;
use usages::actes::fichier::{LigneConsignee, Suite};
use usages::envois::ReponseDEnvoi;

use super::envoi::{Recu, autre_genre, faire};
use super::garde::Appelant;
use super::operation::{JSON, LIGNES};
use super::probleme::{self, Probleme};
use crate::app::App;

/// Un acte tient en quelques lignes ; dix mille tiennent là.
const ENVOI_MAXIMAL: usize = 5 * 1024 * 1024;

pub(crate) async fn consigner(
    State(app): State<App>,
    Appelant(agent): Appelant,
    adresse: Uri,
    entetes: HeaderMap,
    corps: Body,
) -> Result<Response, Probleme> {
    let recu = Recu::lire(&entetes, corps, ENVOI_MAXIMAL).await?;
    match recu.genre.as_str() {
        LIGNES => {
            let travail = plusieurs(&app, &agent, recu.texte()?);
            faire(&app, &agent, &entetes, &adresse, &recu, travail).await
        }
        JSON => {
            let objet = recu.json()?;
            faire(&app, &agent, &entetes, &adresse, &recu, un_seul(&app, &agent, objet)).await
        }
        _ => Err(autre_genre(
            "un acte en « application/json », ou plusieurs en « application/x-ndjson », un par ligne",
        )),
    }
}

async fn plusieurs(app: &App, agent: &Agent, texte: &str) -> Result<ReponseDEnvoi, Probleme> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let mut suite = Suite::default();
    let mut reponses = String::new();
    for (numero, ligne) in (1..).zip(texte.lines()) {
        let reponse = suite.consigner(&app.maison, agent, numero, ligne, jour, instant).await?;
        if let Some(reponse) = reponse {
            reponses.push_str(&en_json(&reponse).to_string());
            reponses.push('\n');
        }
    }
    Ok(ReponseDEnvoi { statut: 200, genre: LIGNES.to_owned(), octets: reponses.into_bytes() })
}

async fn un_seul(app: &App, agent: &Agent, objet: Value) -> Result<ReponseDEnvoi, Probleme> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let reponse = Suite::default()
        .consigner(&app.maison, agent, 1, &objet.to_string(), jour, instant)
        .await?
        .ok_or_else(|| Probleme::illisible("L'envoi est vide. Envoyez un acte entre accolades."))?;
    let statut = match reponse.reponse.statut {
        Statut::Consigne => 201,
        Statut::Doublon => 200,
        Statut::Refuse => return Err(refus(&reponse)),
    };
    let octets = en_json(&reponse).to_string().into_bytes();
    Ok(ReponseDEnvoi { statut, genre: JSON.to_owned(), octets })
}

/// Un acte refusé dit ce qui est à corriger, dans les mots de la norme et dans ceux du contrat.
fn refus(ligne: &LigneConsignee) -> Probleme {
    let erreurs = ligne.reponse.refus.iter().map(|r| (r.champ.clone(), r.message.clone()));
    let dit = Probleme::nouveau(&probleme::REFUSE, ligne.reponse.en_mots())
        .avec_erreurs(erreurs.collect());
    if let Value::Object(autres) = en_json(ligne) { dit.avec(autres) } else { dit }
}

fn en_json(reponse: &LigneConsignee) -> Value {
    serde_json::to_value(reponse).unwrap_or_default()
}
