//! Les alertes d'un dossier : ce qu'on attend de chacun, et répondre.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::Quoi;
use ccapex::acte::codes::CodeDAlerte;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Portee;
use serde::Deserialize;
use serde_json::Value;
use usages::coordination::alertes::{AttenteDeDossier, de_l_ouvert};

use super::lever::{Lever, MomentCle, en_lever, moments};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::Cadre;
use crate::composants::{Badge, Champ, Choix, Genre, Lien, Ton};
use crate::ensemble::{Entier, Geste, champs, entier_ou_part, message, noter, placer};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "alertes/dossier.html")]
pub struct PageAlertesDuDossier {
    pub cadre: Cadre,
    pub menage: String,
    pub erreurs: Vec<Lien>,
    pub alertes: Vec<Levee>,
    /// Ce que la personne ne voit pas du dossier ; vide quand elle voit tout.
    pub reserve: String,
    /// Les neuf moments, pour en choisir un ; vide pour qui n'en lève pas ici.
    pub moments: Vec<MomentCle>,
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
    let dossier = ici(&app, &connecte, &reference).await?;
    let moment = code(&demande.moment);
    rendre(&app, &connecte, &dossier, &Saisie { moment, fait: &demande.fait, ..Saisie::default() })
}

pub(crate) async fn repondre(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, fait)): Path<(String, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let dossier = ici(&app, &connecte, &reference).await?;
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
        // Qui a répondu dans le dossier d'un autre revient à sa file.
        let retour = match &dossier {
            Ici::Entier(entier) => urls::alertes(entier.reference()),
            Ici::Part(_) => "/alertes".to_owned(),
        };
        let acte = ("alerte_reponse", app.aujourd_hui(), dits);
        match noter(&app, &connecte, dossier.reference(), acte, &retour, "repondue").await? {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    let saisie =
        Saisie { reponse_a: &fait, formulaire: Some(&formulaire), defauts, ..Saisie::default() };
    Ok(rendre(&app, &connecte, &dossier, &saisie)?.into_response())
}

/// D'où les alertes se lisent : le dossier entier, ou la part qu'en a la personne.
pub(super) enum Ici {
    Entier(Box<Entier>),
    Part(Box<Entier>),
}

/// Ouvre le dossier, entier pour qui suit le ménage, réduit à sa part pour les autres.
async fn ici(app: &App, connecte: &AgentConnecte, reference: &str) -> Result<Ici, ErreurWeb> {
    let lu = entier_ou_part(app, connecte, reference).await?;
    Ok(if lu.ouvert.portee == Portee::Entier {
        Ici::Entier(Box::new(lu))
    } else {
        Ici::Part(Box::new(lu))
    })
}

impl Ici {
    fn lu(&self) -> &Entier {
        match self {
            Self::Entier(lu) | Self::Part(lu) => lu,
        }
    }

    fn reference(&self) -> &str {
        self.lu().reference()
    }

    fn noms(&self) -> &Noms {
        &self.lu().noms
    }

    fn peut_ecrire(&self) -> bool {
        self.lu().ouvert.peut_ecrire
    }

    /// Les mots d'une alerte.
    fn contenu(&self, fait: &str) -> String {
        self.lu().textes(fait).remove("contenu").unwrap_or_default()
    }

    fn attentes(&self, agent: &Agent) -> Vec<AttenteDeDossier> {
        de_l_ouvert(agent, &self.lu().ouvert, self.lu().jour)
    }

    fn menage(&self) -> String {
        self.lu().menage()
    }

    /// Ce que la personne ne voit pas, et à qui s'adresser.
    fn reserve(&self) -> String {
        match self {
            Self::Entier(_) => String::new(),
            Self::Part(lu) => format!(
                "Ce ménage est suivi par « {} ». Vous voyez les alertes qui vous sont adressées, non le dossier : demandez à ce service ce qui vous manque pour répondre.",
                lu.noms.service(&lu.ouvert.vue.service)
            ),
        }
    }

    fn cadre(&self, app: &App, connecte: &AgentConnecte) -> Cadre {
        self.lu().cadre(app, connecte, "Alertes")
    }
}

/// Ce qui est en train d'être écrit, et ce qui l'empêche.
#[derive(Default)]
pub(super) struct Saisie<'a> {
    pub(super) moment: Option<CodeDAlerte>,
    pub(super) reponse_a: &'a str,
    pub(super) formulaire: Option<&'a Formulaire>,
    pub(super) defauts: BTreeMap<String, String>,
    pub(super) fait: &'a str,
}

pub(super) fn code(dit: &str) -> Option<CodeDAlerte> {
    serde_json::from_value(Value::from(dit)).ok()
}

pub(super) fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    dossier: &Ici,
    saisie: &Saisie<'_>,
) -> Result<Html<String>, ErreurWeb> {
    let attentes = dossier.attentes(&connecte.agent);
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
    let entier = match dossier {
        Ici::Entier(entier) if entier.ouvert.peut_ecrire => Some(entier),
        Ici::Entier(_) | Ici::Part(_) => None,
    };
    let lever = entier.zip(saisie.moment).map(|(entier, moment)| {
        let mut lever = en_lever(moment, entier, saisie.formulaire);
        erreurs.extend(placer(&mut lever.champs, &saisie.defauts, "#lever"));
        lever
    });
    let mut cadre = dossier.cadre(app, connecte);
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
        reserve: dossier.reserve(),
        moments: match (&lever, entier) {
            (None, Some(entier)) => moments(entier),
            _ => Vec::new(),
        },
        lever,
        ici,
    })
}

fn levee(
    dossier: &Ici,
    connecte: &AgentConnecte,
    attentes: &[&AttenteDeDossier],
    saisie: &Saisie<'_>,
    erreurs: &mut Vec<Lien>,
) -> Levee {
    let premiere = &attentes[0].attente;
    let fait = premiere.fait.as_str();
    let secretariat = connecte.agent.tient_le_secretariat();
    // Le secrétariat note aussi la réponse d'un partenaire qui n'a pas de compte ; le destinataire répond
    // même tard.
    let peut_repondre = |a: &&&AttenteDeDossier| {
        a.attente.en_attente() && (a.pour_moi || a.adressee || secretariat)
    };
    let a_repondre: Vec<_> = attentes.iter().filter(peut_repondre).collect();
    let mut champs = Vec::new();
    if !a_repondre.is_empty() && dossier.peut_ecrire() {
        let ecrit = saisie.formulaire.filter(|_| saisie.reponse_a == fait);
        let choix: Vec<Choix> = a_repondre
            .iter()
            .map(|a| {
                let code = a.attente.destinataire.as_str();
                let coche = match ecrit {
                    Some(formulaire) => formulaire.tous("destinataires").any(|d| d == code),
                    None => a.pour_moi || a.adressee || a_repondre.len() == 1,
                };
                Choix { retenu: coche, ..Choix::nouveau(code, dossier.noms().qui(code)) }
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
        contenu: dossier.contenu(fait),
        objectif: mots::capitale(&premiere.objectif),
        motifs: premiere.motifs.iter().map(|m| mots::capitale(m)).collect(),
        attentes: attentes.iter().map(|a| attendue(a, dossier)).collect(),
        repondre: urls::repondre_a_l_alerte(dossier.reference(), fait),
        code: premiere.code.code(),
        champs,
    }
}

fn attendue(attente: &AttenteDeDossier, dossier: &Ici) -> Attendue {
    let dite = &attente.attente;
    let etat = match dite.repondu_le {
        Some(le) => Badge::nouveau(Ton::Succes, format!("Répondu le {}", mots::jour(le))),
        None if attente.en_retard => Badge::nouveau(
            Ton::Erreur,
            format!("Sans réponse : revient à « {} »", dossier.noms().qui(&attente.a_qui)),
        ),
        None => Badge::nouveau(Ton::Attention, "En attente"),
    };
    Attendue {
        qui: dossier.noms().qui(&dite.destinataire),
        quoi: mots::capitale(&dite.attendu),
        avant_le: mots::jour(dite.avant_le),
        etat,
        reponse: dite.repondu_le.map(|_| reponse(attente, dossier)).unwrap_or_default(),
    }
}

/// Les mots de la réponse.
fn reponse(attente: &AttenteDeDossier, dossier: &Ici) -> String {
    let dite = &attente.attente;
    let dossier = dossier.lu();
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
