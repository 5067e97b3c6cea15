//! `POST /api/v1/notices` : recevoir des notices, en JSON ou dans un fichier tabulaire.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use serde_json::{Value, json};
use usages::echec::Echec;
use usages::envois::ReponseDEnvoi;
use usages::reception::resultat::Reponse;
use usages::reception::{Fichier, Recu as Recue, partage, recevoir};

use super::envoi::{Recu, autre_genre, faire};
use super::garde::Appelant;
use super::operation::{CSV, JSON, ODS, XLSX};
use super::parametres::Parametres;
use super::probleme::{self, Probleme};
use crate::app::App;

/// Vingt mille lignes d'un fichier courant ; au-delà, la page Réception montre l'avancement.
const ENVOI_MAXIMAL: usize = 10 * 1024 * 1024;

pub(crate) async fn deposer(
    State(app): State<App>,
    Appelant(agent): Appelant,
    parametres: Parametres,
    adresse: Uri,
    entetes: HeaderMap,
    corps: Body,
) -> Result<Response, Probleme> {
    agent.peut_deposer().map_err(Echec::from)?;
    let recu = Recu::lire(&entetes, corps, ENVOI_MAXIMAL).await?;
    let extension = match recu.genre.as_str() {
        JSON => {
            verifier(&recu.json()?)?;
            "json"
        }
        CSV => "csv",
        XLSX => "xlsx",
        ODS => "ods",
        _ => {
            return Err(autre_genre(
                "des notices en « application/json » ou « text/csv », ou un classeur XLSX ou ODS",
            ));
        }
    };
    if recu.octets.is_empty() {
        return Err(Probleme::nouveau(
            &probleme::REFUSE,
            "L'envoi est vide. Envoyez au moins une notice.",
        ));
    }
    let fichier = Fichier {
        nom: parametres.dit("nom").unwrap_or_else(|| format!("envoi.{extension}")),
        octets: Arc::from(recu.octets.to_vec()),
        nature: Nature::de_code(parametres.texte("nature")),
        emetteur: parametres.dit("emetteur").unwrap_or_else(|| agent.organisme.clone()),
        correspondance: None,
    };
    faire(&app, &agent, &entetes, &adresse, &recu, recevoir_tout(&app, &agent, fichier)).await
}

/// Une notice, un tableau de notices, ou un objet qui en contient un : tout le reste n'en est pas.
fn verifier(envoi: &Value) -> Result<(), Probleme> {
    let notices = match envoi {
        Value::Array(notices) => notices.as_slice(),
        Value::Object(objet) => match objet.get("notices") {
            Some(Value::Array(notices)) => notices.as_slice(),
            Some(_) => &[],
            None => std::slice::from_ref(envoi),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => &[],
    };
    let juste = |n: &Value| n.as_object().is_some_and(|objet| !objet.is_empty());
    if !notices.is_empty() && notices.iter().all(juste) {
        return Ok(());
    }
    Err(Probleme::illisible(
        "Il faut une notice, un objet entre accolades avec au moins un champ, ou un tableau de notices. Rien n'a \
         été enregistré.",
    ))
}

/// Une connexion coupée n'arrête pas la réception : elle va au bout sur son propre fil.
async fn recevoir_tout(
    app: &App,
    agent: &Agent,
    fichier: Fichier,
) -> Result<ReponseDEnvoi, Probleme> {
    let depot = agent.peut_deposer().map_err(Echec::from)?;
    let (maison, jour, instant) = (app.maison.clone(), app.aujourd_hui(), app.maintenant());
    let travail = tokio::spawn(async move {
        let mut reponses: Vec<Reponse> = Vec::new();
        let suivi = |lot: Vec<Reponse>| reponses.extend(lot);
        let recu = recevoir(&maison, &depot, fichier, jour, instant, suivi).await;
        recu.map(|recu| (recu, reponses))
    });
    let interrompue = |_| {
        Probleme::nouveau(
            &probleme::INDISPONIBLE,
            "La réception s'est interrompue. Ce qui est déjà enregistré le reste : renvoyez le même fichier, elle \
             reprendra.",
        )
    };
    match travail.await.map_err(interrompue)?? {
        (Recue::Lu(bilan), reponses) => {
            let reponses = partage::pour(&app.maison, agent, reponses).await?;
            let corps = json!({
                "piece": bilan.piece.id.0,
                "lignes": bilan.lignes,
                "avertissements": bilan.avertissements,
                "reponses": reponses,
            });
            let octets = corps.to_string().into_bytes();
            Ok(ReponseDEnvoi { statut: 200, genre: JSON.to_owned(), octets })
        }
        (Recue::Refuse(refuse, _), _) => {
            let dit = format!(
                "Le fichier est refusé en entier, et gardé. {} : {}",
                refuse.ou, refuse.motif
            );
            let probleme = Probleme::nouveau(&probleme::REFUSE, dit);
            Err(match serde_json::to_value(refuse) {
                Ok(Value::Object(autres)) => probleme.avec(autres),
                _ => probleme,
            })
        }
    }
}
