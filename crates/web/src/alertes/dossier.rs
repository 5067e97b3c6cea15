//! Les alertes d'un dossier : ce qu'on attend de chacun, en lever une, répondre.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::Quoi;
use ccapex::acte::codes::CodeDAlerte;
use ccapex::profil::{Profil, SERVICE_EN_CHARGE};
use serde::Deserialize;
use serde_json::Value;
use usages::coordination::alertes::{AttenteDeDossier, du_dossier};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::Cadre;
use crate::composants::{Badge, Champ, Choix, Genre, Lien, Ton};
use crate::ensemble::{Entier, Geste, champs, entier, message, noter, placer};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "alertes/dossier.html")]
pub struct PageAlertesDuDossier {
    pub cadre: Cadre,
    pub menage: String,
    pub erreurs: Vec<Lien>,
    pub alertes: Vec<Levee>,
    pub peut_ecrire: bool,
    /// Les neuf moments, pour en choisir un.
    pub moments: Vec<Lien>,
    pub lever: Option<Lever>,
    pub ici: String,
}

/// Une alerte levée et ce qu'elle attend.
pub struct Levee {
    pub ancre: String,
    pub titre: String,
    pub jour: String,
    pub contenu: String,
    pub objectif: String,
    pub motifs: Vec<String>,
    pub attentes: Vec<Attendue>,
    pub repondre: String,
    pub code: &'static str,
    /// Les champs de la réponse ; vide quand elle n'est pas attendue de cette personne.
    pub champs: Vec<Champ>,
}

/// Ce qu'on attend d'un destinataire, ou ce qu'il a répondu.
pub struct Attendue {
    pub qui: String,
    pub quoi: String,
    pub avant_le: String,
    pub etat: Badge,
    pub reponse: String,
}

/// Le formulaire d'une alerte, une fois le moment choisi.
pub struct Lever {
    pub moment: String,
    pub code: &'static str,
    pub objectif: String,
    pub attendu: String,
    pub source: String,
    pub champs: Vec<Champ>,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    moment: String,
    fait: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    let moment = code(&demande.moment);
    rendre(&app, &connecte, &dossier, &Saisie { moment, fait: &demande.fait, ..Saisie::default() })
}

pub(crate) async fn lever(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    let moment = code(formulaire.texte("code")).ok_or_else(ErreurWeb::demande_illisible)?;
    let mut defauts = BTreeMap::new();
    let contenu = formulaire.texte("contenu");
    if contenu.is_empty() {
        defauts.insert(
            "contenu".to_owned(),
            "Ceux que vous alertez ne sauraient pas quoi faire. Dites ce qui se passe et ce que vous attendez.".to_owned(),
        );
    } else {
        let mut dits = champs(&[("code", moment.code()), ("contenu", contenu)]);
        let qui: Vec<Value> = formulaire.tous("destinataires").map(Value::from).collect();
        if !qui.is_empty() {
            dits.insert("destinataires".to_owned(), Value::Array(qui));
        }
        let retour = urls::alertes(dossier.reference());
        let acte = ("alerte", dossier.jour, dits);
        match noter(&app, &connecte, dossier.reference(), acte, &retour, "levee").await? {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    let saisie = Saisie {
        moment: Some(moment),
        formulaire: Some(&formulaire),
        defauts,
        ..Saisie::default()
    };
    Ok(rendre(&app, &connecte, &dossier, &saisie)?.into_response())
}

pub(crate) async fn repondre(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, fait)): Path<(String, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    let moment = code(formulaire.texte("code")).ok_or_else(ErreurWeb::demande_illisible)?;
    let mut defauts = BTreeMap::new();
    let contenu = formulaire.texte("contenu");
    let qui: Vec<Value> = formulaire.tous("destinataires").map(Value::from).collect();
    if contenu.is_empty() {
        defauts.insert(
            "contenu".to_owned(),
            "Une réponse dit ce qui est fait ou proposé. Écrivez-le en une phrase.".to_owned(),
        );
    }
    if qui.is_empty() {
        defauts.insert(
            "destinataires".to_owned(),
            "On ne sait pas qui répond. Cochez au moins un destinataire.".to_owned(),
        );
    }
    if defauts.is_empty() {
        let mut dits = champs(&[("code", moment.code()), ("contenu", contenu)]);
        dits.insert("destinataires".to_owned(), Value::Array(qui));
        let retour = urls::alertes(dossier.reference());
        let acte = ("alerte_reponse", dossier.jour, dits);
        match noter(&app, &connecte, dossier.reference(), acte, &retour, "repondue").await? {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    let saisie =
        Saisie { reponse_a: &fait, formulaire: Some(&formulaire), defauts, ..Saisie::default() };
    Ok(rendre(&app, &connecte, &dossier, &saisie)?.into_response())
}

/// Ce qui est en train d'être écrit, et ce qui l'empêche.
#[derive(Default)]
struct Saisie<'a> {
    moment: Option<CodeDAlerte>,
    reponse_a: &'a str,
    formulaire: Option<&'a Formulaire>,
    defauts: BTreeMap<String, String>,
    fait: &'a str,
}

fn code(dit: &str) -> Option<CodeDAlerte> {
    serde_json::from_value(Value::from(dit)).ok()
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    dossier: &Entier,
    saisie: &Saisie<'_>,
) -> Result<Html<String>, ErreurWeb> {
    let (vue, profil) = (&dossier.ouvert.vue, &dossier.noms.0);
    let attentes = du_dossier(&connecte.agent, vue, &dossier.ouvert.dossier, profil, dossier.jour);
    let mut erreurs = Vec::new();
    let ici = urls::alertes(dossier.reference());
    let mut alertes = Vec::new();
    for attente in &attentes {
        let fait = attente.attente.fait.as_str();
        if alertes.iter().any(|(deja, _): &(&str, Levee)| *deja == fait) {
            continue;
        }
        let siennes: Vec<_> = attentes.iter().filter(|a| a.attente.fait == fait).collect();
        alertes.push((fait, levee(dossier, connecte, &siennes, saisie, &mut erreurs)));
    }
    alertes.reverse();
    let lever = saisie.moment.map(|moment| {
        let mut lever = en_lever(moment, dossier, saisie.formulaire);
        erreurs.extend(placer(&mut lever.champs, &saisie.defauts, "#lever"));
        lever
    });
    let mut cadre = dossier.cadre(app, connecte, "Alertes");
    cadre.messages.extend(message(
        saisie.fait,
        &[
            (
                "levee",
                "Alerte levée",
                "Chaque destinataire la voit dans sa file, avec ce qui est attendu et avant quand.",
            ),
            (
                "repondue",
                "Réponse notée",
                "Elle est au dossier ; l'alerte quitte la file de qui a répondu.",
            ),
        ],
    ));
    page(&PageAlertesDuDossier {
        cadre,
        menage: dossier.menage(),
        erreurs,
        alertes: alertes.into_iter().map(|(_, levee)| levee).collect(),
        peut_ecrire: dossier.ouvert.peut_ecrire,
        moments: CodeDAlerte::CHOIX
            .iter()
            .map(|(code, libelle)| {
                let vers = urls::avec(&ici, &[("moment", code)]);
                Lien::nouveau(mots::capitale(libelle), format!("{vers}#lever"))
            })
            .collect(),
        lever,
        ici,
    })
}

fn levee(
    dossier: &Entier,
    connecte: &AgentConnecte,
    attentes: &[&AttenteDeDossier],
    saisie: &Saisie<'_>,
    erreurs: &mut Vec<Lien>,
) -> Levee {
    let premiere = &attentes[0].attente;
    let fait = premiere.fait.as_str();
    let secretariat = connecte.agent.tient_le_secretariat();
    // Le secrétariat note aussi la réponse d'un partenaire qui n'a pas de compte.
    let a_repondre: Vec<_> =
        attentes.iter().filter(|a| a.attente.en_attente() && (a.pour_moi || secretariat)).collect();
    let mut champs = Vec::new();
    if !a_repondre.is_empty() && dossier.ouvert.peut_ecrire {
        let ecrit = saisie.formulaire.filter(|_| saisie.reponse_a == fait);
        let choix: Vec<Choix> = a_repondre
            .iter()
            .map(|a| {
                let code = a.attente.destinataire.as_str();
                let coche = match ecrit {
                    Some(formulaire) => formulaire.tous("destinataires").any(|d| d == code),
                    None => a.pour_moi || a_repondre.len() == 1,
                };
                Choix { retenu: coche, ..Choix::nouveau(code, dossier.noms.qui(code)) }
            })
            .collect();
        let prefixe = format!("reponse-{}-", fait.replace('.', "-"));
        champs = vec![
            Champ {
                large: true,
                obligatoire: true,
                prefixe: prefixe.clone(),
                ..Champ::nouveau("destinataires", "De la part de", Genre::Cases(choix))
            },
            Champ {
                large: true,
                obligatoire: true,
                prefixe,
                ..Champ::nouveau("contenu", "Réponse", Genre::Long)
                    .aide("Ce qui est fait ou proposé. Des faits, sans donnée de santé.")
                    .rempli(ecrit.map(|f| f.texte("contenu")).unwrap_or_default())
            },
        ];
        if ecrit.is_some() {
            erreurs.extend(placer(&mut champs, &saisie.defauts, "#contenu"));
        }
    }
    Levee {
        ancre: format!("alerte-{}", fait.replace('.', "-")),
        titre: mots::capitale(premiere.code.libelle()),
        jour: mots::jour(premiere.le),
        contenu: dossier.textes(fait).remove("contenu").unwrap_or_default(),
        objectif: mots::capitale(&premiere.objectif),
        motifs: premiere.motifs.iter().map(|m| mots::capitale(m)).collect(),
        attentes: attentes.iter().map(|a| attendue(a, dossier)).collect(),
        repondre: urls::repondre_a_l_alerte(dossier.reference(), fait),
        code: premiere.code.code(),
        champs,
    }
}

fn attendue(attente: &AttenteDeDossier, dossier: &Entier) -> Attendue {
    let dite = &attente.attente;
    let etat = match dite.repondu_le {
        Some(le) => Badge::nouveau(Ton::Succes, format!("Répondu le {}", mots::jour(le))),
        None if attente.en_retard => Badge::nouveau(
            Ton::Erreur,
            format!("Sans réponse : revient à {}", dossier.noms.qui(&attente.a_qui)),
        ),
        None => Badge::nouveau(Ton::Attention, "En attente"),
    };
    Attendue {
        qui: dossier.noms.qui(&dite.destinataire),
        quoi: mots::capitale(&dite.attendu),
        avant_le: mots::jour(dite.avant_le),
        etat,
        reponse: dite.repondu_le.map(|_| reponse(attente, dossier)).unwrap_or_default(),
    }
}

/// Les mots de la réponse.
fn reponse(attente: &AttenteDeDossier, dossier: &Entier) -> String {
    let dite = &attente.attente;
    dossier
        .ouvert
        .dossier
        .actes
        .iter()
        .find(|acte| {
            let Quoi::AlerteReponse { code, destinataires } = &acte.consigne.quoi else {
                return false;
            };
            *code == dite.code
                && Some(acte.consigne.date) == dite.repondu_le
                && (destinataires.is_empty() || destinataires.contains(&dite.destinataire))
        })
        .and_then(|acte| dossier.textes(&acte.id).remove("contenu"))
        .unwrap_or_default()
}

fn en_lever(moment: CodeDAlerte, dossier: &Entier, ecrit: Option<&Formulaire>) -> Lever {
    let profil = &dossier.noms.0;
    let decrit = profil.moment(moment);
    let du_profil = decrit.map(|m| m.destinataires.as_slice()).unwrap_or_default();
    let choix = destinataires(profil, du_profil)
        .into_iter()
        .map(|code| {
            let retenu = match ecrit {
                Some(formulaire) => formulaire.tous("destinataires").any(|d| d == code),
                None => du_profil.contains(&code),
            };
            let nom = if code == SERVICE_EN_CHARGE {
                format!("Service en charge : {}", dossier.noms.service(&dossier.ouvert.vue.service))
            } else {
                dossier.noms.qui(&code)
            };
            Choix { retenu, ..Choix::nouveau(code, nom) }
        })
        .collect();
    Lever {
        moment: mots::capitale(decrit.map_or_else(|| moment.libelle(), |m| &m.nom)),
        code: moment.code(),
        objectif: decrit.map(|m| mots::capitale(&m.objectif)).unwrap_or_default(),
        attendu: decrit
            .map(|m| format!("{}, dans les {}", mots::capitale(&m.attendu), m.delai))
            .unwrap_or_default(),
        source: decrit
            .map(|m| {
                let reserve = if m.a_valider { " — emprunté, à valider" } else { "" };
                format!("{}{reserve}", m.source)
            })
            .unwrap_or_default(),
        champs: vec![
            Champ {
                large: true,
                ..Champ::nouveau("destinataires", "Qui alerter", Genre::Cases(choix))
            },
            Champ {
                large: true,
                obligatoire: true,
                ..Champ::nouveau("contenu", "Ce qui se passe, ce qui est attendu", Genre::Long)
                    .aide("Des faits, sans donnée de santé. Ce texte est gardé à part.")
                    .rempli(ecrit.map(|f| f.texte("contenu")).unwrap_or_default())
            },
        ],
    }
}

/// Ceux du profil d'abord, puis les autres services et partenaires, chacun une fois.
fn destinataires(profil: &Profil, du_profil: &[String]) -> Vec<String> {
    const AUTRES: [&str; 5] = [SERVICE_EN_CHARGE, "bailleur", "ccas", "maire", "organisme_payeur"];
    let mut tous: Vec<String> = du_profil.to_vec();
    let services = profil.services.iter().map(|s| s.code.clone());
    let contacts = profil.contacts.iter().map(|c| c.code.clone());
    for code in AUTRES.map(str::to_owned).into_iter().chain(services).chain(contacts) {
        if !tous.contains(&code) {
            tous.push(code);
        }
    }
    tous
}
