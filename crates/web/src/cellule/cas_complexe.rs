//! Décider d'un cas proposé comme complexe : une personne, un motif.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::codes::IssueDeComplexite;
use ccapex::coordination::complexite::propositions;
use serde_json::Value;

use super::{COMPLEXES, a_la_cellule};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::Cadre;
use crate::composants::{Champ, Choix, Genre, Lien};
use crate::ensemble::{Entier, Geste, champs, entier, noter, placer};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "cellule/decision.html")]
pub struct PageDecision {
    pub cadre: Cadre,
    pub menage: String,
    pub erreurs: Vec<Lien>,
    /// Ce qui s'est passé jusqu'ici.
    pub titre: &'static str,
    pub raisons: Vec<(String, Vec<String>, String)>,
    pub si_vide: &'static str,
    pub champs: Vec<Champ>,
    pub bouton: &'static str,
    pub envoyer: String,
    pub retour: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    a_la_cellule(&connecte.agent)?;
    let dossier = entier(&app, &connecte, &reference).await?;
    rendre(&app, &connecte, &dossier, None, &BTreeMap::new())
}

pub(crate) async fn decider(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    a_la_cellule(&connecte.agent)?;
    let dossier = entier(&app, &connecte, &reference).await?;
    let mut defauts = BTreeMap::new();
    let (issue, motif) = (formulaire.texte("issue"), formulaire.texte("motif"));
    if issue.is_empty() {
        defauts.insert(
            "issue".to_owned(),
            "La décision manque. Choisissez l'une des deux.".to_owned(),
        );
    }
    if motif.is_empty() {
        defauts.insert(
            "motif".to_owned(),
            "Sans motif, la décision ne se comprend plus ensuite. Dites pourquoi en une phrase."
                .to_owned(),
        );
    }
    if defauts.is_empty() {
        let mut dits = champs(&[("issue", issue), ("motif", motif)]);
        let criteres: Vec<Value> = formulaire.tous("criteres").map(Value::from).collect();
        if !criteres.is_empty() {
            dits.insert("criteres".to_owned(), Value::Array(criteres));
        }
        let acte = ("cas_complexe", dossier.jour, dits);
        match noter(&app, &connecte, dossier.reference(), acte, COMPLEXES, "decide").await? {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    Ok(rendre(&app, &connecte, &dossier, Some(&formulaire), &defauts)?.into_response())
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    dossier: &Entier,
    saisie: Option<&Formulaire>,
    defauts: &BTreeMap<String, String>,
) -> Result<Html<String>, ErreurWeb> {
    let (profil, horloge) = (&dossier.noms.0, dossier.horloge());
    let proposees =
        propositions(&dossier.ouvert.dossier, &dossier.cours(&horloge), profil, &horloge);
    let criteres = profil
        .criteres
        .iter()
        .map(|c| {
            let retenu = match saisie {
                Some(formulaire) => formulaire.tous("criteres").any(|code| code == c.code),
                None => proposees.iter().any(|p| p.critere == c.code),
            };
            Choix { retenu, ..Choix::nouveau(&c.code, &c.nom) }
        })
        .collect();
    let issues =
        IssueDeComplexite::CHOIX.iter().map(|(c, l)| Choix::nouveau(*c, mots::capitale(l)));
    let dit = |nom: &str| saisie.map(|f| f.texte(nom)).unwrap_or_default();
    let mut champs = vec![
        Champ {
            large: true,
            ..Champ::nouveau("issue", "Décision", Genre::Rondes(issues.collect()))
                .obligatoire()
                .rempli(dit("issue"))
        },
        Champ {
            large: true,
            ..Champ::nouveau("criteres", "Critères retenus", Genre::Cases(criteres))
        },
        Champ {
            large: true,
            ..Champ::nouveau("motif", "Motif", Genre::Long)
                .obligatoire()
                .aide("Des faits, sans diagnostic ni donnée de santé.")
                .rempli(dit("motif"))
        },
    ];
    let erreurs = placer(&mut champs, defauts, "#decision");
    page(&PageDecision {
        cadre: dossier.cadre(app, connecte, "Décider d'un cas complexe"),
        menage: dossier.menage(),
        erreurs,
        titre: "Pourquoi ce cas est proposé",
        raisons: proposees.into_iter().map(|p| (p.nom, p.pourquoi, p.source.to_string())).collect(),
        si_vide: "Aucun critère n'est rempli dont personne n'ait décidé. Vous pouvez décider quand même.",
        champs,
        bouton: "Enregistrer la décision",
        envoyer: urls::cas_complexe(dossier.reference()),
        retour: COMPLEXES.to_owned(),
    })
}
