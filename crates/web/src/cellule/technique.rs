//! La cellule technique : les cas complexes proposés, et les ménages que personne n'a pris en charge.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::acte::codes::IssueDePriseEnCharge;
use serde::Deserialize;
use usages::accueil::accueil;
use usages::coordination::cellule::{a_reattribuer, cas_proposes};
use usages::formes::Curseur;

use super::{A_REATTRIBUER, COMPLEXES, a_la_cellule, onglets};
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Onglets, Pagination, Vide};
use crate::echeances::{compte, pagination};
use crate::ensemble::message;
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "cellule/technique.html")]
pub struct PageTechnique {
    pub cadre: Cadre,
    pub chapo: &'static str,
    pub onglets: Onglets,
    pub compte: String,
    pub titres: [&'static str; 3],
    pub lignes: Vec<Ligne>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Un ménage et ce qui l'amène ici.
pub struct Ligne {
    pub reference: String,
    pub menage: String,
    pub vers: String,
    /// Chaque raison, et sa source.
    pub raisons: Vec<(String, String)>,
    pub service: String,
    pub decider: String,
    pub geste: &'static str,
}

/// Où l'on est dans la liste.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    apres: String,
    fait: String,
}

/// Ce qui vient d'être fait, dit en haut de la liste où l'on revient.
const DITS: [(&str, &str, &str); 4] = [
    (
        "decide",
        "Décision enregistrée",
        "Elle est au dossier avec son motif. Seul un critère nouveau reproposera ce cas.",
    ),
    ("proposee", "Ménage proposé", "Le service le voit dans sa file, avec le délai pour répondre."),
    ("acceptee", "Réponse notée", "Le service a accepté : il suit désormais ce ménage."),
    ("refusee", "Refus noté, avec son motif", "Le ménage attend ici un autre service."),
];

pub(crate) async fn complexes(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    a_la_cellule(agent)?;
    let apres = Curseur::de_code(&demande.apres);
    let (cas, liste) = cas_proposes(&app.maison, agent, apres, jour).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    let lignes = cas
        .into_iter()
        .map(|cas| Ligne {
            raisons: cas
                .propositions
                .iter()
                .map(|p| {
                    let reserve = if p.a_valider { " — emprunté, à valider" } else { "" };
                    (
                        format!("{} : {}", p.nom, p.pourquoi.join(" ; ")),
                        format!("{}{reserve}", p.source),
                    )
                })
                .collect(),
            service: noms.service_court(&cas.dossier.service),
            decider: urls::cas_complexe(&cas.dossier.reference),
            geste: "Décider",
            vers: urls::dossier(&cas.dossier.reference),
            menage: cas.dossier.nom,
            reference: cas.dossier.reference,
        })
        .collect();
    let vide = Vide::nouveau(
        "Aucun cas à décider",
        "Le programme propose un cas quand un critère du territoire est rempli ; une personne décide.",
    );
    page(&PageTechnique {
        cadre: cadre(&app, &connecte, &demande.fait),
        chapo: "Le programme propose et dit pourquoi ; une personne décide. Personne n'est noté.",
        onglets: comptes(&app, &connecte, COMPLEXES).await?,
        compte: compte(&liste.compte, "cas proposé", "cas proposés"),
        titres: ["Dossier", "Pourquoi il est proposé", "Service en charge"],
        lignes,
        vide: vide.avec("Tous les dossiers", "/dossiers"),
        pagination: pagination(&liste, &demande.apres, |apres| {
            urls::avec(COMPLEXES, &[("apres", apres)])
        }),
    })
}

pub(crate) async fn reattribuer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    a_la_cellule(agent)?;
    let apres = Curseur::de_code(&demande.apres);
    let (menages, liste) = a_reattribuer(&app.maison, agent, apres, jour).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    let lignes = menages
        .into_iter()
        .map(|menage| {
            let raison = match &menage.derniere {
                Some(prise) if prise.issue == IssueDePriseEnCharge::Refusee => {
                    format!("{} a refusé le {}", noms.service(&prise.service), mots::jour(prise.le))
                }
                Some(prise) if prise.issue == IssueDePriseEnCharge::Terminee => format!(
                    "{} a terminé son accompagnement le {}",
                    noms.service(&prise.service),
                    mots::jour(prise.le)
                ),
                Some(_) | None => format!(
                    "{} n'a pas répondu dans le délai",
                    noms.service(&menage.dossier.service)
                ),
            };
            Ligne {
                raisons: vec![(raison, "fiche 3-4".to_owned())],
                service: noms.service_court(&menage.dossier.service),
                decider: urls::prise_en_charge(&menage.dossier.reference),
                geste: "Confier à un service",
                vers: urls::dossier(&menage.dossier.reference),
                menage: menage.dossier.nom,
                reference: menage.dossier.reference,
            }
        })
        .collect();
    let vide = Vide::nouveau(
        "Chaque ménage a un service",
        "Un ménage revient ici quand un service le refuse ou ne répond pas dans le délai.",
    );
    page(&PageTechnique {
        cadre: cadre(&app, &connecte, &demande.fait),
        chapo: "Les ménages qu'un service a refusés, ou pour qui aucun n'a répondu dans le délai.",
        onglets: comptes(&app, &connecte, A_REATTRIBUER).await?,
        compte: compte(
            &liste.compte,
            "ménage sans prise en charge",
            "ménages sans prise en charge",
        ),
        titres: ["Dossier", "Ce qui s'est passé", "Service en charge"],
        lignes,
        vide: vide.avec("Tous les dossiers", "/dossiers"),
        pagination: pagination(&liste, &demande.apres, |apres| {
            urls::avec(A_REATTRIBUER, &[("apres", apres)])
        }),
    })
}

fn cadre(app: &App, connecte: &AgentConnecte, fait: &str) -> Cadre {
    let mut cadre = connecte.cadre(app, Section::ATraiter, "Cellule technique").dans_sa_section();
    cadre.messages.extend(message(fait, &DITS));
    cadre
}

async fn comptes(app: &App, connecte: &AgentConnecte, ouvert: &str) -> Result<Onglets, ErreurWeb> {
    let nombres = accueil(&app.maison, &connecte.agent, app.aujourd_hui()).await?;
    let n = |liste: &str| {
        let n = nombres.listes.get(liste).copied().unwrap_or_default();
        mots::milliers(u64::try_from(n).unwrap_or_default())
    };
    Ok(onglets(ouvert, &n("complexe_propose"), &n("non_pris_en_charge")))
}
