//! Audience dans moins de quarante-cinq jours, et personne n'a joint le ménage : qui aller voir.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use usages::coordination::audiences::audiences_proches;
use usages::diagnostics::feuille::feuille_de_route;
use usages::echec::Nature;
use usages::formes::Curseur;

use super::ouvrir;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Genre, Pagination, Vide};
use crate::echeances::{compte, pagination};
use crate::ensemble::suit_des_menages;
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "diagnostic/liste.html")]
pub struct PageAudiences {
    pub cadre: Cadre,
    pub chapo: String,
    pub erreur: String,
    pub compte: String,
    pub menages: Vec<LigneDAudience>,
    pub jour: Champ,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Un ménage à joindre avant son audience.
pub struct LigneDAudience {
    pub reference: String,
    pub menage: String,
    pub lieu: String,
    pub vers: String,
    pub audience: String,
    pub distance: String,
    pub tentatives: String,
    pub mandat: String,
    pub service: String,
    pub coche: bool,
}

/// Où l'on est dans la liste.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    apres: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, &demande.apres, &Formulaire::default(), String::new()).await
}

pub(crate) async fn imprimer(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    suit_des_menages(agent)?;
    let references: Vec<String> = formulaire.tous("dossier").map(str::to_owned).collect();
    let (aujourd_hui, instant) = (app.aujourd_hui(), app.maintenant());
    let Some(jour) = mots::lire_jour(formulaire.texte("jour")) else {
        let illisible = "Le jour des visites ne se lit pas. Écrivez-le : 21/11/2026.".to_owned();
        return Ok(rendre(&app, &connecte, "", &formulaire, illisible).await?.into_response());
    };
    match feuille_de_route(&app.maison, agent, &references, jour, aujourd_hui, instant).await {
        Ok(pdf) => Ok(ouvrir(pdf)),
        Err(refus) if refus.nature() == Nature::Refus => {
            Ok(rendre(&app, &connecte, "", &formulaire, refus.to_string()).await?.into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    apres: &str,
    saisie: &Formulaire,
    erreur: String,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    suit_des_menages(agent)?;
    let (menages, liste) =
        audiences_proches(&app.maison, agent, Curseur::de_code(apres), jour).await?;
    let noms = Noms::du(app, &agent.profil)?;
    let delai = noms.0.listes.audience_proche.valeur;
    let choisis: Vec<&str> = saisie.tous("dossier").collect();
    let menages: Vec<LigneDAudience> = menages
        .into_iter()
        .map(|menage| LigneDAudience {
            vers: urls::diagnostic(&menage.dossier.reference),
            audience: mots::jour(menage.audience),
            distance: mots::distance(menage.audience, jour),
            tentatives: match menage.tentatives.last() {
                Some(derniere) => format!(
                    "{}, la dernière le {}",
                    mots::compte(menage.tentatives.len() as u64, "tentative", "tentatives"),
                    mots::jour(*derniere)
                ),
                None => "aucune tentative".to_owned(),
            },
            mandat: match menage.mandat_le {
                Some(le) => format!("diagnostic demandé le {}", mots::jour(le)),
                None => "diagnostic pas encore demandé".to_owned(),
            },
            service: noms.service_court(&menage.dossier.service),
            coche: choisis.contains(&menage.dossier.reference.as_str()),
            reference: menage.dossier.reference,
            menage: menage.dossier.nom,
            lieu: menage.dossier.adresse,
        })
        .collect();
    let vide = Vide::nouveau(
        "Aucun ménage à joindre avant une audience proche",
        "Chaque ménage dont l'audience approche a été joint depuis l'assignation.",
    );
    let dit = saisie.texte("jour");
    let dit = if dit.is_empty() { jour.to_string() } else { dit.to_owned() };
    page(&PageAudiences {
        cadre: connecte
            .cadre(app, Section::Echeances, "Audiences proches, sans contact")
            .dans_sa_section(),
        chapo: format!(
            "Audience dans moins de {delai}, et personne n'a joint le ménage depuis l'assignation."
        ),
        erreur,
        compte: compte(&liste.compte, "ménage", "ménages"),
        menages,
        jour: Champ::nouveau("jour", "Jour des visites", Genre::Date).obligatoire().rempli(dit),
        vide: vide.avec("Tous les dossiers", "/dossiers"),
        pagination: pagination(&liste, apres, |apres| {
            urls::avec("/diagnostics", &[("apres", apres)])
        }),
    })
}
