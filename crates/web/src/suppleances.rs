//! Les suppléances d'une personne : qui la supplée, qui elle supplée, en décider une, y mettre fin.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use usages::compte::suppleances::{NouvelleSuppleance, SuppleanceLue, decider, finir, lire};
use usages::echec::{Echec, Nature};
use usages::formes::MotifDeSuppleance;

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Champ, Choix, Genre, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "suppleances.html")]
pub struct PageSuppleances {
    pub cadre: Cadre,
    /// La personne absente ; vide quand c'est soi.
    pub absent: String,
    pub envoyer: String,
    pub lignes: Vec<LigneSuppleance>,
    /// Le formulaire ; vide quand personne ne peut la suppléer.
    pub champs: Vec<Champ>,
    pub erreur: String,
}

/// Une suppléance.
pub struct LigneSuppleance {
    pub id: i64,
    pub qui: String,
    pub jours: String,
    pub motif: &'static str,
    pub etat: Badge,
    pub a_finir: bool,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, AgentId(id), &Formulaire::default(), String::new(), None).await
}

pub(crate) async fn agir(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let id = AgentId(id);
    let fait = match formulaire.texte("geste") {
        "finir" => finir_une(&app, &connecte.agent, &formulaire).await,
        _ => decider_une(&app, &connecte.agent, id, &formulaire).await,
    };
    match fait {
        Ok(message) => {
            let vide = Formulaire::default();
            let html = rendre(&app, &connecte, id, &vide, String::new(), Some(message)).await?;
            Ok(html.into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let html = rendre(&app, &connecte, id, &formulaire, refus.to_string(), None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn decider_une(
    app: &App,
    qui: &Agent,
    absent: AgentId,
    formulaire: &Formulaire,
) -> Result<Alerte, Echec> {
    let stockage = &app.maison.stockage;
    // Le droit avant la saisie : une personne dont on ne répond pas n'existe pas.
    lire(stockage, qui, absent, app.aujourd_hui()).await?;
    let jour = |nom: &str, quoi: &str| {
        mots::lire_jour(formulaire.texte(nom)).ok_or_else(|| {
            Echec::Refus(format!(
                "Le {quoi} jour manque ou ne se lit pas : la suppléance n'aurait pas de bornes. \
                 Écrivez-le comme 24/11/2026."
            ))
        })
    };
    let nouvelle = NouvelleSuppleance {
        suppleant: AgentId(formulaire.texte("suppleant").parse().unwrap_or_default()),
        du: jour("du", "premier")?,
        au: jour("au", "dernier")?,
        motif: MotifDeSuppleance::de_code(formulaire.texte("motif")).ok_or_else(|| {
            Echec::Refus(
                "La raison manque : elle dit, plus tard, pourquoi cette personne a lu ces dossiers. \
                 Choisissez-la dans la liste."
                    .to_owned(),
            )
        })?,
    };
    decider(stockage, qui, absent, nouvelle, app.aujourd_hui(), app.maintenant()).await?;
    Ok(Alerte::nouvelle(
        Ton::Succes,
        "Suppléance décidée",
        format!(
            "Elle vaut du {} au {} compris, et finit seule. « Y mettre fin » l'arrête avant.",
            mots::jour(nouvelle.du),
            mots::jour(nouvelle.au)
        ),
    ))
}

async fn finir_une(app: &App, qui: &Agent, formulaire: &Formulaire) -> Result<Alerte, Echec> {
    let numero = formulaire.texte("numero").parse().unwrap_or_default();
    let (jour, quand) = (app.aujourd_hui(), app.maintenant());
    finir(&app.maison.stockage, qui, numero, jour, quand).await?;
    Ok(Alerte::nouvelle(
        Ton::Succes,
        "Suppléance finie",
        "La personne qui suppléait ne voit plus ce qui n'était qu'à l'absente. Ce qu'elle a écrit reste, à son nom.",
    ))
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    id: AgentId,
    saisie: &Formulaire,
    erreur: String,
    message: Option<Alerte>,
) -> Result<Html<String>, ErreurWeb> {
    let aujourd_hui = app.aujourd_hui();
    let lues = lire(&app.maison.stockage, &connecte.agent, id, aujourd_hui).await?;
    let soi = id == connecte.agent.id;
    let titre = if soi { "Mes suppléances" } else { "Suppléances" };
    let mut cadre = connecte.cadre(app, Section::Aucune, titre);
    cadre = if soi { cadre.sous("Mon compte", "/mon-compte") } else { cadre };
    cadre.messages.extend(message);
    page(&PageSuppleances {
        absent: if soi { String::new() } else { lues.absent.nom.clone() },
        envoyer: urls::suppleances(id.0),
        lignes: lues.suppleances.iter().map(|s| ligne(s, id, aujourd_hui)).collect(),
        champs: champs(&lues.candidats, saisie),
        erreur,
        cadre,
    })
}

fn ligne(lue: &SuppleanceLue, de: AgentId, aujourd_hui: Date) -> LigneSuppleance {
    let s = &lue.suppleance;
    let fini = s.au < aujourd_hui;
    let etat = match (s.finie_le, s.vaut(aujourd_hui)) {
        (Some(_), _) => Badge::nouveau(Ton::Neutre, "Finie avant l'heure"),
        (None, true) => Badge::nouveau(Ton::Succes, "En cours"),
        (None, false) if fini => Badge::nouveau(Ton::Neutre, "Finie"),
        (None, false) => Badge::nouveau(Ton::Info, "À venir"),
    };
    LigneSuppleance {
        id: s.id,
        qui: if s.absent == de {
            format!("{} supplée {}", lue.suppleant, lue.absent)
        } else {
            format!("Supplée {}", lue.absent)
        },
        jours: format!("du {} au {}", mots::jour(s.du), mots::jour(s.au)),
        motif: mots::motif_de_suppleance(s.motif),
        etat,
        a_finir: s.finie_le.is_none() && !fini,
    }
}

fn champs(candidats: &[Agent], saisie: &Formulaire) -> Vec<Champ> {
    if candidats.is_empty() {
        return Vec::new();
    }
    let mut qui = vec![Choix::nouveau("", "Choisissez la personne")];
    qui.extend(candidats.iter().map(|a| Choix::nouveau(a.id.to_string(), a.nom.clone())));
    let mut motifs = vec![Choix::nouveau("", "Choisissez la raison")];
    let dits = MotifDeSuppleance::TOUS.iter();
    motifs.extend(dits.map(|m| Choix::nouveau(m.code(), mots::motif_de_suppleance(*m))));
    let mut champs = vec![
        Champ::nouveau("suppleant", "Qui supplée", Genre::Choix(qui))
            .obligatoire()
            .aide("Du même organisme, avec la même mission et le même territoire."),
        Champ::nouveau("du", "Premier jour", Genre::Date).obligatoire().aide("Compris."),
        Champ::nouveau("au", "Dernier jour", Genre::Date)
            .obligatoire()
            .aide("Compris ; six mois au plus."),
        Champ::nouveau("motif", "Raison", Genre::Choix(motifs))
            .obligatoire()
            .aide("Rien de la santé ni de la vie de la personne ne s'écrit."),
    ];
    for champ in &mut champs {
        let valeur = saisie.texte(&champ.nom);
        if !valeur.is_empty() {
            *champ = champ.clone().rempli(valeur);
        }
    }
    champs
}
