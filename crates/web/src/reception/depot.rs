//! Déposer des fichiers, et la liste de ce qui a été reçu.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Agent;
use ccapex::signalement::statut::Statut;
use serde::Deserialize;
use usages::echec::Echec;
use usages::formes::{EtatDePiece, Piece};
use usages::reception::registre::{comptes, pieces};
use usages::reception::{Fichier, Recu, recevoir};
use usages::saisie::brouillons::{Brouillon, les_miens};

use crate::acces::formulaire::Envoi;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Choix, Lien, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "reception/depot.html")]
pub struct PageDepot {
    pub cadre: Cadre,
    /// Pourquoi ce rôle ne dépose pas.
    pub interdit: Option<String>,
    pub natures: Vec<Choix>,
    /// Le secrétariat peut nommer l'émetteur ; les autres déposent en leur nom.
    pub demande_emetteur: bool,
    pub saisies: Vec<Lien>,
    /// Les notices que cette personne n'a pas finies.
    pub en_cours_de_saisie: Vec<Lien>,
    pub pieces: Vec<LignePiece>,
    pub vide: Vide,
    /// Un fichier est en cours de traitement : la page se relit.
    pub en_cours: bool,
}

/// Un fichier reçu.
pub struct LignePiece {
    pub nom: String,
    pub vers: String,
    pub recu: String,
    pub emetteur: String,
    pub etat: Badge,
    pub lignes: String,
    pub resultat: String,
}

/// Ce que l'adresse dit d'un dépôt qui vient d'être fait.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Suites {
    recus: u64,
    refuses: u64,
    /// « gardee », « abandonnee » : ce qu'une saisie par étapes vient de devenir.
    fait: String,
}

const RECENTES: i64 = 30;
/// Les fichiers du jour se comptent par réponse ; au-delà, leur page le dit.
const DETAILLEES: usize = 10;
const COMPTES_JUSQU_A: i64 = 500;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(suites): Query<Suites>,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    let mut cadre = connecte.cadre(&app, Section::Reception, "Réception");
    cadre.messages.extend(messages(&suites));
    let recentes = pieces(&app.maison, agent, None, RECENTES).await?;
    let mut lignes = Vec::with_capacity(recentes.len());
    for (rang, piece) in recentes.iter().enumerate() {
        let detaillee = rang < DETAILLEES && piece.traitees <= COMPTES_JUSQU_A;
        let reponses = if detaillee && piece.etat == EtatDePiece::Termine {
            comptes(&app.maison, agent, piece.id, COMPTES_JUSQU_A).await?
        } else {
            BTreeMap::new()
        };
        lignes.push(ligne(&app, piece, &reponses));
    }
    page(&PageDepot {
        cadre,
        interdit: agent.peut_deposer().err().map(|refus| refus.to_string()),
        natures: natures(),
        demande_emetteur: agent.tient_le_secretariat(),
        saisies: Nature::TOUTES
            .iter()
            .map(|n| Lien::nouveau(n.libelle(), format!("/saisie/{}/etapes", n.code())))
            .collect(),
        en_cours_de_saisie: les_miens(&app.maison, agent)
            .await?
            .iter()
            .map(|b| en_cours_de_saisie(&app, b))
            .collect(),
        en_cours: recentes.iter().any(|p| p.etat == EtatDePiece::EnCours),
        pieces: lignes,
        vide: Vide::nouveau(
            "Aucun fichier reçu",
            "Le premier fichier déposé apparaîtra ici, avec ce que chaque ligne est devenue.",
        ),
    })
}

/// Reçoit les fichiers un à un. L'envoi interrompu, ce qui est déjà reçu le reste.
pub(crate) async fn deposer(
    State(app): State<App>,
    connecte: AgentConnecte,
    mut envoi: Envoi,
) -> Result<Response, ErreurWeb> {
    connecte.agent.peut_deposer()?;
    let (mut recus, mut refuses, mut piece) = (0_u64, 0_u64, None);
    while let Some(fichier) = envoi.fichier().await? {
        let fichier = Fichier {
            nom: fichier.nom,
            octets: Arc::from(fichier.octets),
            nature: Nature::de_code(envoi.champs.texte("nature")),
            emetteur: envoi.champs.texte("emetteur").to_owned(),
            correspondance: None,
        };
        match recevoir_jusqu_au_bout(&app, &connecte.agent, fichier).await? {
            Recu::Lu(bilan) => {
                recus += 1;
                piece = Some(bilan.piece.id);
            }
            Recu::Refuse(..) => refuses += 1,
        }
    }
    let vers = match (recus, refuses, piece) {
        (1, 0, Some(piece)) => urls::piece(piece.0),
        _ => urls::avec(
            "/reception",
            &[("recus", &recus.to_string()), ("refuses", &refuses.to_string())],
        ),
    };
    Ok(Redirect::to(&vers).into_response())
}

/// Une page fermée n'arrête pas la réception : elle va au bout sur son propre fil.
async fn recevoir_jusqu_au_bout(
    app: &App,
    agent: &Agent,
    fichier: Fichier,
) -> Result<Recu, ErreurWeb> {
    let depot = agent.peut_deposer()?;
    let (maison, jour, instant) = (app.maison.clone(), app.aujourd_hui(), app.maintenant());
    let travail =
        tokio::spawn(
            async move { recevoir(&maison, &depot, fichier, jour, instant, |_| ()).await },
        );
    let interrompue = |_| {
        Echec::Refus(
            "La réception s'est interrompue. Ce qui est déjà enregistré le reste : déposez de nouveau le même fichier, elle reprendra."
                .to_owned(),
        )
    };
    Ok(travail.await.map_err(interrompue)??)
}

/// Une notice à finir : son ménage s'il est écrit, et quand on l'a laissée.
fn en_cours_de_saisie(app: &App, brouillon: &Brouillon) -> Lien {
    let nature = brouillon.nature.libelle();
    let quand = app.instant(brouillon.maj_le);
    let texte = match brouillon.champs.get("locataire_nom") {
        Some(nom) => format!("{nature}, {nom}, laissée le {quand}"),
        None => format!("{nature}, laissée le {quand}"),
    };
    // On reprend là où l'essentiel manque encore.
    let rempli = |nom: &str| brouillon.champs.contains_key(nom);
    let etape = if !rempli(brouillon.nature.champ_date()) {
        "acte"
    } else if !rempli("locataire_nom") {
        "menage"
    } else if !rempli("commune") {
        "logement"
    } else {
        "verifier"
    };
    Lien::nouveau(texte, urls::etape_de_saisie(brouillon.id, etape))
}

fn messages(suites: &Suites) -> Vec<Alerte> {
    let mut messages = Vec::new();
    if suites.refuses > 0 {
        messages.push(Alerte::nouvelle(
            Ton::Erreur,
            mots::compte(suites.refuses, "fichier refusé", "fichiers refusés"),
            "Ils sont gardés ; la liste dit pourquoi, et quoi faire de chacun.",
        ));
    }
    if suites.recus > 0 {
        let titre = mots::compte(suites.recus, "fichier reçu", "fichiers reçus");
        messages.push(Alerte::nouvelle(
            Ton::Succes,
            titre,
            "Ouvrez chacun pour lire son résultat ligne à ligne.",
        ));
    }
    match suites.fait.as_str() {
        "gardee" => messages.push(Alerte::nouvelle(
            Ton::Succes,
            "Notice gardée",
            "Elle n'est pas encore reçue : reprenez-la sous « Notices à finir ».",
        )),
        "abandonnee" => messages.push(Alerte::nouvelle(
            Ton::Info,
            "Notice abandonnée",
            "Ce qui en était écrit est effacé ; rien n'avait été reçu.",
        )),
        _ => {}
    }
    messages
}

/// Les natures, et d'abord celle que les titres de colonnes disent.
fn natures() -> Vec<Choix> {
    let mut natures = vec![Choix::nouveau("", "Automatique, d'après les titres de colonnes")];
    natures.extend(Nature::TOUTES.iter().map(|n| Choix::nouveau(n.code(), n.libelle())));
    natures
}

/// L'état d'un fichier reçu.
pub(super) fn etat(piece: &Piece) -> Badge {
    let (ton, texte) = match piece.etat {
        EtatDePiece::Recu => (Ton::Neutre, "En attente"),
        EtatDePiece::EnCours => (Ton::Info, "En cours"),
        EtatDePiece::Termine => (Ton::Succes, "Traité"),
        EtatDePiece::Refuse => (Ton::Erreur, "Refusé"),
    };
    Badge::nouveau(ton, texte)
}

fn ligne(app: &App, piece: &Piece, reponses: &BTreeMap<String, u64>) -> LignePiece {
    let positif = |n: i64| u64::try_from(n).unwrap_or_default();
    let resultat = match piece.etat {
        EtatDePiece::Refuse => format!("{} {}", piece.endroit, piece.motif).trim().to_owned(),
        EtatDePiece::EnCours | EtatDePiece::Recu => match piece.total {
            Some(total) => format!(
                "{} lignes traitées sur {}",
                mots::milliers(positif(piece.traitees)),
                mots::milliers(positif(total))
            ),
            None => format!("{} lignes traitées", mots::milliers(positif(piece.traitees))),
        },
        EtatDePiece::Termine => Statut::TOUS
            .iter()
            .filter_map(|statut| {
                let n = reponses.get(statut.code())?;
                Some(format!("{} : {}", statut.libelle(), mots::milliers(*n)))
            })
            .collect::<Vec<_>>()
            .join(" · "),
    };
    LignePiece {
        nom: piece.nom.clone(),
        vers: urls::piece(piece.id.0),
        recu: app.instant(piece.recu_le),
        emetteur: if piece.emetteur.is_empty() {
            "dit par le fichier".to_owned()
        } else {
            mots::capitale(&piece.emetteur)
        },
        etat: etat(piece),
        lignes: mots::milliers(positif(piece.traitees)),
        resultat,
    }
}
