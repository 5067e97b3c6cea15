//! Le concours de la force publique : ce qui fonde une décision, qui la prend, et ce qui la suit.
//!
//! Seuil ne propose aucune décision. Il rassemble les pièces, compte le délai et dit l'irrégularité
//! de chaque étape antérieure ; une personne décide, motive et confirme.

mod pieces;
mod suites;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::acte::Quoi;
use ccapex::acte::codes::IssueDeCfp;
use droit::regles::force_publique::refus_implicite;
use serde_json::Map;
use usages::dossiers::ouvrir::ouvrir;

use self::pieces::{Etape, Piece};
use self::suites::Voie;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::actes::annonce::{Annonce, lien_de_regle};
use crate::actes::consigner::{Suite, consigner};
use crate::actes::dire;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Champ, Choix, Genre, Lien, Ton};
use crate::dossiers::dossier::{Suites, etapes};
use crate::dossiers::indemnisation::{Indemnisation, indemnisation};
use crate::dossiers::vu::Vu;
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "dossiers/force_publique.html")]
pub struct PageForcePublique {
    pub cadre: Cadre,
    pub menage: String,
    pub lieu: String,
    pub dossier: String,
    pub annonce: Option<Annonce>,
    pub horloge: Option<Delai>,
    pub etapes: Vec<Etape>,
    pub pieces: Vec<Piece>,
    pub decision: Option<String>,
    /// Qui l'a prise, et pourquoi.
    pub motivation: Vec<(&'static str, String)>,
    pub notification: Option<Notification>,
    /// Où la décision s'écrit et se dit au ménage.
    pub annoncer: String,
    /// Le formulaire de la décision, pour qui peut la consigner.
    pub decider: Option<Decider>,
    /// Pourquoi la décision ne se consigne pas ici.
    pub raison: String,
    pub voies: Vec<Voie>,
    pub issue: String,
    pub consigner_l_issue: String,
    pub indemnisation: Option<Indemnisation>,
    pub peut_agir: bool,
    /// Où consigner la demande, quand il n'y en a pas.
    pub demander: String,
}

/// Ce qu'on sait de la notification d'une décision.
pub struct Notification {
    pub quoi: String,
    /// Où en noter le jour, s'il manque.
    pub noter: Option<String>,
}

/// Le délai de deux mois et où l'on en est.
pub struct Delai {
    pub resume: String,
    pub etat: Badge,
    /// La part écoulée, en pour cent.
    pub ecoule: String,
    pub fini: bool,
    /// Le texte qui compte ce délai.
    pub motifs: Vec<String>,
    pub regle: Option<Lien>,
    pub sans_effet: bool,
}

/// La décision, en préparation.
pub struct Decider {
    pub champs: Vec<Champ>,
    pub erreurs: Vec<Lien>,
    pub confirmee: bool,
    pub erreur_confirmation: String,
    pub vers: String,
    /// Où préparer le projet à signer, sans rien consigner.
    pub projet: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(suites): Query<Suites>,
) -> Result<Response, ErreurWeb> {
    let vide = (Formulaire::default(), BTreeMap::new());
    rendre(&app, &connecte, &reference, &suites, &vide.0, &vide.1).await
}

/// La décision d'une personne : qui, quoi, pourquoi ; un refus se motive.
pub(crate) async fn decider(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let mut defauts = BTreeMap::new();
    let date = mots::lire_jour(formulaire.texte("date"));
    let effet = formulaire.texte("date_effet");
    let (issue, motif) = (formulaire.texte("issue"), formulaire.texte("motif"));
    let qui = formulaire.texte("decideur");
    let mut exige = |juste: bool, champ: &str, sinon: &str| {
        if !juste {
            defauts.insert(champ.to_owned(), sinon.to_owned());
        }
    };
    exige(
        IssueDeCfp::CHOIX.iter().any(|(code, _)| *code == issue),
        "issue",
        "La décision manque. Choisissez ce que le préfet a décidé.",
    );
    exige(date.is_some(), "date", "Le jour de la décision manque. Écrivez-le : 21/11/2026.");
    exige(
        effet.is_empty() || mots::lire_jour(effet).is_some(),
        "date_effet",
        "Ce jour ne se lit pas. Écrivez-le : 21/11/2026, ou laissez vide.",
    );
    exige(
        !qui.is_empty(),
        "decideur",
        "Une décision a un auteur. Écrivez sa qualité : « le préfet », « la sous-préfète de Lens, par délégation ».",
    );
    exige(
        issue == "accord" || !motif.is_empty(),
        "motif",
        "Un refus, comme le retrait d'un accord, se motive. Écrivez les motifs de la décision.",
    );
    exige(
        formulaire.texte("confirmation") == "oui",
        "confirmation",
        "Rien n'est encore consigné. Cochez la case : c'est une personne qui décide.",
    );
    let (true, Some(date)) = (defauts.is_empty(), date) else {
        return rendre(&app, &connecte, &reference, &Suites::default(), &formulaire, &defauts)
            .await;
    };
    let mut champs = Map::new();
    champs.insert("issue".to_owned(), issue.into());
    if let Some(effet) = mots::lire_jour(effet) {
        champs.insert("date_effet".to_owned(), effet.to_string().into());
    }
    if !motif.is_empty() {
        champs.insert("motif".to_owned(), motif.into());
    }
    champs.insert("decideur".to_owned(), qui.into());
    match consigner(&app, &connecte, &reference, "decision_cfp", date, champs).await? {
        Suite::Consigne { fait, deja } => {
            let quoi = if deja { "deja" } else { "consigne" };
            let vers = urls::avec(&urls::force_publique(&reference), &[(quoi, &fait)]);
            Ok(Redirect::to(&vers).into_response())
        }
        Suite::Refuse(defauts) => {
            rendre(&app, &connecte, &reference, &Suites::default(), &formulaire, &defauts).await
        }
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    suites: &Suites,
    saisie: &Formulaire,
    defauts: &BTreeMap<String, String>,
) -> Result<Response, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    let ouvert = ouvrir(&app.maison, agent, reference, jour, app.maintenant()).await?;
    let noms = Noms::du(app, &ouvert.vue.profil)?;
    let vu = Vu::nouveau(&ouvert, &noms, jour);
    if !vu.entier() {
        return Err(ErreurWeb::hors_mission(agent.role, "de suivre une demande de concours"));
    }
    if let Some(ailleurs) = &ouvert.joint_a {
        return Ok(Redirect::to(&urls::force_publique(ailleurs)).into_response());
    }
    let reference = ouvert.vue.reference.as_str();
    let cfp = vu.cours.procedure.cfp;
    let decide = vu.peut_agir() && agent.tient_le_secretariat();
    let cadre = connecte
        .cadre(app, Section::Dossiers, "Concours de la force publique")
        .dans_sa_section()
        .sous(reference, urls::dossier(reference));
    let page: Html<String> = page(&PageForcePublique {
        menage: ouvert.vue.nom.clone(),
        lieu: ouvert.vue.adresse.clone(),
        dossier: urls::dossier(reference),
        annonce: etapes::annonce(&vu, suites),
        horloge: delai(&vu),
        etapes: pieces::etapes_anterieures(&vu),
        pieces: pieces::pieces(&vu),
        decision: cfp.and_then(|cfp| cfp.decision).map(|(issue, le)| {
            format!("{} le {}", mots::capitale(issue.libelle()), mots::jour(le))
        }),
        motivation: motivation(&vu),
        notification: notification(&vu),
        annoncer: urls::menage(reference),
        decider: (decide && cfp.is_some())
            .then(|| formulaire_de_decision(reference, saisie, defauts)),
        raison: if decide {
            "La décision se consigne une fois la demande reçue.".to_owned()
        } else {
            format!(
                "Votre rôle ({}) lit cette demande. La décision du préfet se consigne au secrétariat.",
                agent.role.libelle()
            )
        },
        voies: suites::voies(&vu),
        issue: ouvert.situation.clos.as_ref().map_or_else(String::new, |clos| {
            format!("{}, le {}", mots::capitale(clos.issue.libelle()), mots::jour(clos.le))
        }),
        consigner_l_issue: urls::consigner_un_acte(reference, "issue_menage"),
        indemnisation: indemnisation(&vu),
        peut_agir: vu.peut_agir(),
        demander: urls::consigner_un_acte(reference, "requisition_cfp"),
        cadre,
    })?;
    Ok(page.into_response())
}

/// Les textes de la dernière décision : sa motivation, la personne qui l'a prise.
fn motivation(vu: &Vu<'_>) -> Vec<(&'static str, String)> {
    let actes = vu.ouvert.dossier.actes.iter().rev();
    actes
        .filter(|acte| acte.consigne.date <= vu.jour)
        .filter(|acte| matches!(acte.consigne.quoi, Quoi::DecisionCfp { .. }))
        .find_map(|acte| Some(dire::textes(&acte.consigne.quoi, vu.textes(&acte.id)?)))
        .unwrap_or_default()
}

fn notification(vu: &Vu<'_>) -> Option<Notification> {
    let cfp = vu.cours.procedure.cfp?;
    cfp.decision?;
    let noter = || urls::consigner_un_acte(&vu.ouvert.vue.reference, "notification_cfp");
    Some(match cfp.notifiee_le {
        Some(le) => Notification { quoi: format!("Notifiée le {}.", mots::jour(le)), noter: None },
        None => Notification {
            quoi: "Rien ne dit qu'elle est notifiée au bailleur et au ménage.".to_owned(),
            noter: vu.peut_agir().then(noter),
        },
    })
}

fn delai(vu: &Vu<'_>) -> Option<Delai> {
    let cfp = vu.cours.procedure.cfp?;
    let (demande_le, silence_le) = (cfp.demande_le?, cfp.silence_le?);
    let jours = |du: jiff::civil::Date, au: jiff::civil::Date| {
        du.until(au).map_or(0, |duree| i64::from(duree.get_days()))
    };
    let (total, passe) = (jours(demande_le, silence_le).max(1), jours(demande_le, vu.jour));
    let (ton, etat) = match (cfp.decision, cfp.refus_implicite) {
        (Some((issue, _)), _) => (Ton::Info, issue.libelle().to_owned()),
        (None, true) => (Ton::Erreur, "le silence vaut refus".to_owned()),
        (None, false) => (Ton::Attention, mots::distance(silence_le, vu.jour)),
    };
    Some(Delai {
        resume: format!(
            "Demandé le {}. Sans réponse, le silence vaut refus le {}.",
            mots::jour(demande_le),
            mots::jour(silence_le)
        ),
        etat: Badge::nouveau(ton, etat),
        ecoule: format!("{}%", (passe.clamp(0, total)) * 100 / total),
        fini: passe >= total,
        motifs: refus_implicite(demande_le)
            .map(|compte| compte.motifs.iter().map(|m| mots::capitale(&m.to_string())).collect())
            .unwrap_or_default(),
        regle: lien_de_regle("delai_reponse_cfp"),
        sans_effet: cfp.sans_voie_electronique,
    })
}

fn formulaire_de_decision(
    reference: &str,
    saisie: &Formulaire,
    defauts: &BTreeMap<String, String>,
) -> Decider {
    let issues = IssueDeCfp::CHOIX.iter().map(|(c, l)| Choix::nouveau(*c, mots::capitale(l)));
    let champs = [
        Champ::nouveau("issue", "Décision", Genre::Rondes(issues.collect())).obligatoire(),
        Champ::nouveau("date", "Jour de la décision", Genre::Date).obligatoire(),
        Champ::nouveau("date_effet", "Prend effet le", Genre::Date)
            .aide("Pour un accord : le premier jour où le concours est prêté."),
        Champ::nouveau("decideur", "Qui décide", Genre::Texte)
            .obligatoire()
            .aide("Sa qualité, et la délégation s'il y en a une : jamais le logiciel."),
        Champ {
            large: true,
            ..Champ::nouveau("motif", "Motivation", Genre::Long).aide(
                "Obligatoire pour un refus ou le retrait d'un accord. Des faits, sans diagnostic ni donnée de santé.",
            )
        },
    ];
    let champs: Vec<Champ> = champs
        .into_iter()
        .map(|champ| {
            let erreur = defauts.get(&champ.nom).cloned().unwrap_or_default();
            let valeur = saisie.texte(&champ.nom).to_owned();
            Champ { prefixe: "decision-".to_owned(), erreur, ..champ.rempli(valeur) }
        })
        .collect();
    let erreurs = defauts
        .iter()
        .map(|(nom, pourquoi)| match champs.iter().find(|c| c.nom == *nom) {
            Some(champ) => Lien::nouveau(format!("{} : {pourquoi}", champ.libelle), champ.ancre()),
            None => Lien::nouveau(pourquoi, "#champ-confirmation"),
        })
        .collect();
    Decider {
        champs,
        erreurs,
        confirmee: saisie.texte("confirmation") == "oui",
        erreur_confirmation: defauts.get("confirmation").cloned().unwrap_or_default(),
        vers: urls::force_publique(reference),
        projet: format!("{}/projet", urls::force_publique(reference)),
    }
}
