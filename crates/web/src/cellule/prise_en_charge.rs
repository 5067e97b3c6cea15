//! Répondre d'un ménage : le service accepte ou refuse ; la cellule technique le confie à un autre.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::Quoi;

use super::A_REATTRIBUER;
use super::cas_complexe::PageDecision;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::composants::{Champ, Choix, Genre};
use crate::ensemble::{Entier, Geste, champs, entier, noter, placer, suit_des_menages};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    suit_des_menages(&connecte.agent)?;
    let dossier = entier(&app, &connecte, &reference).await?;
    rendre(&app, &connecte, &dossier, &Formulaire::default(), &BTreeMap::new())
}

pub(crate) async fn repondre(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    suit_des_menages(&connecte.agent)?;
    let dossier = entier(&app, &connecte, &reference).await?;
    let secretariat = connecte.agent.tient_le_secretariat();
    let service = match (&connecte.agent.service, secretariat) {
        (Some(service), false) => service.as_str(),
        _ => formulaire.texte("service"),
    };
    let (issue, motif) = (formulaire.texte("issue"), formulaire.texte("motif"));
    let mut defauts = BTreeMap::new();
    let mut manque = |nom: &str, phrase: &str| {
        defauts.insert(nom.to_owned(), phrase.to_owned());
    };
    if service.is_empty() {
        manque("service", "On ne sait pas à qui confier le ménage. Choisissez un service.");
    }
    if issue.is_empty() {
        manque("issue", "La réponse manque. Choisissez-en une.");
    }
    if issue == "refusee" && motif.is_empty() {
        manque(
            "motif",
            "Un refus sans motif ne permet pas de chercher mieux. Dites pourquoi en une phrase.",
        );
    }
    if defauts.is_empty() {
        let dits = champs(&[("service", service), ("issue", issue), ("motif", motif)]);
        let retour = if secretariat { A_REATTRIBUER } else { "/prises-en-charge" };
        let acte = ("prise_en_charge", dossier.jour, dits);
        match noter(&app, &connecte, dossier.reference(), acte, retour, issue).await? {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    Ok(rendre(&app, &connecte, &dossier, &formulaire, &defauts)?.into_response())
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    dossier: &Entier,
    saisie: &Formulaire,
    defauts: &BTreeMap<String, String>,
) -> Result<Html<String>, ErreurWeb> {
    let secretariat = connecte.agent.tient_le_secretariat();
    let mut champs = Vec::new();
    let mut issues = Vec::new();
    if secretariat {
        let mut services = vec![Choix::nouveau("", "Choisir")];
        services.extend(
            dossier
                .noms
                .0
                .services
                .iter()
                .filter(|s| s.code != "secretariat")
                .map(|s| Choix::nouveau(&s.code, &s.nom)),
        );
        champs.push(
            Champ::nouveau("service", "Service", Genre::Choix(services))
                .obligatoire()
                .rempli(saisie.texte("service")),
        );
        issues.push(Choix::nouveau("proposee", "Lui proposer le ménage"));
        issues.push(Choix::nouveau("acceptee", "Noter qu'il accepte"));
        issues.push(Choix::nouveau("refusee", "Noter qu'il refuse"));
    } else {
        issues.push(Choix::nouveau("acceptee", "Nous acceptons"));
        issues.push(Choix::nouveau("refusee", "Nous refusons"));
    }
    let issue = match saisie.texte("issue") {
        "" if secretariat => "proposee",
        dit => dit,
    };
    champs.extend([
        Champ {
            large: true,
            ..Champ::nouveau("issue", "Réponse", Genre::Rondes(issues)).obligatoire().rempli(issue)
        },
        Champ {
            large: true,
            ..Champ::nouveau("motif", "Motif", Genre::Long)
                .aide("Nécessaire pour un refus. Des faits, sans donnée de santé.")
                .rempli(saisie.texte("motif"))
        },
    ]);
    let erreurs = placer(&mut champs, defauts, "#decision");
    let titre = if secretariat { "Confier le ménage" } else { "Prendre en charge le ménage" };
    page(&PageDecision {
        cadre: dossier.cadre(app, connecte, titre),
        menage: dossier.menage(),
        erreurs,
        titre: "Ce qui a été répondu",
        raisons: reponses(dossier),
        si_vide: "Aucun service n'a encore répondu.",
        champs,
        bouton: if secretariat { "Enregistrer" } else { "Répondre" },
        envoyer: urls::prise_en_charge(dossier.reference()),
        retour: if secretariat { A_REATTRIBUER } else { "/prises-en-charge" }.to_owned(),
    })
}

/// Le service en charge et pourquoi, puis chaque réponse avec son motif.
fn reponses(dossier: &Entier) -> Vec<(String, Vec<String>, String)> {
    dossier
        .ouvert
        .dossier
        .actes
        .iter()
        .filter_map(|acte| {
            let Quoi::PriseEnCharge { service, issue } = &acte.consigne.quoi else { return None };
            Some((
                format!("{} : {}", dossier.noms.service(service), issue.libelle()),
                dossier.textes(&acte.id).remove("motif").into_iter().collect(),
                format!("le {}", mots::jour(acte.consigne.date)),
            ))
        })
        .collect()
}
