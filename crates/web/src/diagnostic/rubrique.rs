//! Une rubrique du formulaire national : une page, enregistrée à part, et au fil de la saisie.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::diagnostic::fondre::Conflit;
use ccapex::diagnostic::{self, Exigence, RUBRIQUES, Saisie};
use serde_json::json;
use usages::diagnostics::lire::{ChampLu, DiagnosticLu, RubriqueLue, lire};
use usages::diagnostics::{Ecrite, Rubrique, ecrire};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Choix, Genre, Lien};
use crate::ensemble::placer;
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "diagnostic/rubrique.html")]
pub struct PageRubrique {
    pub cadre: Cadre,
    pub menage: String,
    pub place: String,
    pub aide: &'static str,
    /// Ce que le dossier propose n'est pas encore enregistré.
    pub prerempli: bool,
    pub erreurs: Vec<Lien>,
    /// Quelqu'un a changé les mêmes champs pendant la saisie.
    pub en_conflit: bool,
    /// L'écriture que la personne a sous les yeux.
    pub ouverte: String,
    pub champs: Vec<Champ>,
    pub envoyer: String,
    pub avant: Option<Lien>,
    pub derniere: bool,
    pub retour: String,
}

/// Ce que la page montre quand la rubrique n'est pas encore gardée.
#[derive(Default)]
struct Reprise {
    /// Ce que la personne a tapé, par champ ; rien : ce que le dossier garde.
    tapes: Option<BTreeMap<&'static str, String>>,
    /// L'écriture dont elle est partie.
    ouverte: Option<String>,
    defauts: BTreeMap<String, String>,
    en_conflit: bool,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, code)): Path<(String, String)>,
) -> Result<Html<String>, ErreurWeb> {
    let lu = diagnostic_a_ecrire(&app, &connecte, &reference).await?;
    rendre(&app, &connecte, &lu, &code, Reprise::default())
}

pub(crate) async fn enregistrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, code)): Path<(String, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let connue = diagnostic::rubrique(&code).ok_or_else(ErreurWeb::introuvable)?;
    let tapes: BTreeMap<&'static str, String> = connue
        .champs
        .iter()
        .map(|champ| (champ.code, formulaire.texte(champ.code).to_owned()))
        .collect();
    let ouverte = Some(formulaire.texte("ouverte").to_owned()).filter(|o| !o.is_empty());
    let envoyee = Rubrique {
        code: code.clone(),
        champs: tapes.iter().map(|(c, v)| ((*c).to_owned(), v.clone())).collect(),
        ouverte: ouverte.clone(),
    };
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let agent = &connecte.agent;
    let ecrite = ecrire(&app.maison, agent, &reference, &envoyee, jour, instant).await?;
    // Enregistrée au fil de la saisie : la page reste ouverte, et dit si c'est fait.
    if !formulaire.texte("au_fil").is_empty() {
        return Ok(au_fil(&app, connue, &ecrite));
    }
    let reprise = match ecrite {
        Ecrite::Gardee { .. } => {
            let suivante = RUBRIQUES.iter().skip_while(|r| r.code != code).nth(1);
            let vers = match (formulaire.texte("geste"), suivante) {
                ("suite", Some(suivante)) => urls::rubrique(&reference, suivante.code),
                _ => urls::avec(&urls::diagnostic(&reference), &[("fait", "rubriques")]),
            };
            return Ok(Redirect::to(&vers).into_response());
        }
        Ecrite::Refusee(refus) => Reprise {
            tapes: Some(tapes),
            ouverte,
            defauts: refus.into_iter().map(|r| (r.champ, r.message)).collect(),
            en_conflit: false,
        },
        Ecrite::EnConflit { ecriture, saisie, conflits } => Reprise {
            tapes: Some(a_l_ecran(connue, &saisie)),
            ouverte: Some(ecriture),
            defauts: conflits.iter().map(|c| (c.champ.code.to_owned(), l_autre_texte(c))).collect(),
            en_conflit: true,
        },
    };
    let lu = diagnostic_a_ecrire(&app, &connecte, &reference).await?;
    Ok(rendre(&app, &connecte, &lu, &code, reprise)?.into_response())
}

/// Ce que le script de la page reçoit : l'écriture d'où repartir et ce que chaque champ contient, ou
/// ce qui empêche de garder.
fn au_fil(app: &App, rubrique: &diagnostic::Rubrique, ecrite: &Ecrite) -> Response {
    match ecrite {
        Ecrite::Gardee { ecriture, saisie } => {
            let heure = app.heure(app.maintenant());
            Json(json!({
                "ouverte": ecriture,
                "dit": format!("Enregistré à {heure}."),
                "champs": a_l_ecran(rubrique, saisie),
            }))
            .into_response()
        }
        Ecrite::EnConflit { conflits, .. } => {
            let champs: Vec<String> =
                conflits.iter().map(|c| format!("« {} »", c.champ.libelle)).collect();
            let dit = format!(
                "Pas encore enregistré : quelqu'un a changé {} en même temps que vous. Enregistrez \
                 avec le bouton : les deux textes vous seront montrés.",
                champs.join(", ")
            );
            (StatusCode::CONFLICT, Json(json!({ "dit": dit }))).into_response()
        }
        Ecrite::Refusee(refus) => {
            let dit = refus.first().map(|r| r.message.as_str()).unwrap_or_default();
            let dit = format!("Pas encore enregistré. {dit}");
            (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "dit": dit }))).into_response()
        }
    }
}

fn l_autre_texte(conflit: &Conflit) -> String {
    let autre = match conflit.autre.as_str() {
        "" => "l'a effacé".to_owned(),
        autre => format!("a écrit : « {} »", conflit.champ.en_mots(autre)),
    };
    format!(
        "Pendant votre saisie, une autre personne, ou vous dans un autre onglet, {autre}. Votre \
         texte est dans le champ : gardez-le ou complétez-le, puis enregistrez."
    )
}

/// Chaque champ d'une rubrique, tel qu'on le tape.
fn a_l_ecran(rubrique: &diagnostic::Rubrique, saisie: &Saisie) -> BTreeMap<&'static str, String> {
    rubrique
        .champs
        .iter()
        .map(|champ| {
            let garde = saisie.get(&rubrique.cle(champ)).map(String::as_str);
            (champ.code, tapee(champ.genre, garde.unwrap_or_default()))
        })
        .collect()
}

async fn diagnostic_a_ecrire(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
) -> Result<DiagnosticLu, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let lu = lire(&app.maison, &connecte.agent, reference, jour, instant).await?;
    if lu.peut_ecrire {
        Ok(lu)
    } else {
        Err(ErreurWeb::hors_mission(connecte.agent.role, "d'écrire un diagnostic"))
    }
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    lu: &DiagnosticLu,
    code: &str,
    reprise: Reprise,
) -> Result<Html<String>, ErreurWeb> {
    let rang = lu
        .rubriques
        .iter()
        .position(|r| r.rubrique.code == code)
        .ok_or_else(ErreurWeb::introuvable)?;
    let lue: &RubriqueLue = &lu.rubriques[rang];
    let tapes = reprise.tapes.as_ref();
    let mut champs: Vec<Champ> = lue.champs.iter().map(|champ| en_champ(champ, tapes)).collect();
    let erreurs = placer(&mut champs, &reprise.defauts, "#rubrique");
    let ouverte = if tapes.is_some() { reprise.ouverte } else { lue.ecriture.clone() };
    let reference = lu.reference.as_str();
    let avant = rang.checked_sub(1).map(|avant| {
        let rubrique = lu.rubriques[avant].rubrique;
        Lien::nouveau(rubrique.titre, urls::rubrique(reference, rubrique.code))
    });
    let cadre = connecte
        .cadre(app, Section::Dossiers, lue.rubrique.titre)
        .dans_sa_section()
        .sous(reference, urls::dossier(reference))
        .sous("Diagnostic", urls::diagnostic(reference));
    page(&PageRubrique {
        cadre,
        menage: lu.menage.clone(),
        place: format!("Rubrique {} sur {}", rang + 1, lu.rubriques.len()),
        aide: lue.rubrique.aide,
        prerempli: tapes.is_none() && lue.champs.iter().any(|c| c.propose),
        erreurs,
        en_conflit: reprise.en_conflit,
        ouverte: ouverte.unwrap_or_default(),
        champs,
        envoyer: urls::rubrique(reference, code),
        avant,
        derniere: rang + 1 == lu.rubriques.len(),
        retour: urls::diagnostic(reference),
    })
}

fn en_champ(lu: &ChampLu, tapes: Option<&BTreeMap<&'static str, String>>) -> Champ {
    let decrit = lu.champ;
    let (genre, precision) = match decrit.genre {
        diagnostic::Genre::Ligne => (Genre::Texte, String::new()),
        diagnostic::Genre::Texte => (Genre::Long, String::new()),
        diagnostic::Genre::Montant => (Genre::Montant, "En euros : 1 234,56.".to_owned()),
        diagnostic::Genre::Jour => (Genre::Date, String::new()),
        diagnostic::Genre::Nombre { min, max } => (Genre::Nombre, format!("De {min} à {max}.")),
        diagnostic::Genre::OuiNon => {
            let choix = [("oui", "Oui"), ("non", "Non"), ("", "Ne sait pas")];
            (Genre::Rondes(Choix::liste(&choix, "")), String::new())
        }
        diagnostic::Genre::Choix(choix) => {
            let mut liste = vec![Choix::nouveau("", "Sans précision")];
            liste.extend(choix.iter().map(|(c, l)| Choix::nouveau(*c, mots::capitale(l))));
            (Genre::Choix(liste), String::new())
        }
    };
    let exige = match decrit.exigence {
        Exigence::Toujours => "Demandé pour transmettre.",
        Exigence::SiRencontre => "Demandé si le locataire a été rencontré.",
        Exigence::SiAbsent => "Demandé si le locataire n'a pas été rencontré.",
        Exigence::Facultatif => "",
    };
    let propose = if lu.propose && tapes.is_none() { "Proposé d'après le dossier." } else { "" };
    let aide = [exige, precision.as_str(), propose];
    let aide = aide.into_iter().filter(|a| !a.is_empty()).collect::<Vec<_>>().join(" ");
    let valeur = match tapes {
        Some(tapes) => tapes.get(decrit.code).cloned().unwrap_or_default(),
        None => tapee(decrit.genre, &lu.valeur),
    };
    let large = matches!(genre, Genre::Long);
    Champ {
        large,
        // Une étoile dirait qu'on ne peut pas enregistrer sans : on peut, au fil de l'eau.
        obligatoire: decrit.exigence != Exigence::Facultatif,
        ..Champ::nouveau(decrit.code, decrit.libelle, genre).aide(aide).rempli(valeur)
    }
}

/// La valeur gardée, telle qu'on la saisit : les centimes redeviennent des euros.
fn tapee(genre: diagnostic::Genre, gardee: &str) -> String {
    match (genre, gardee.parse::<i64>()) {
        (diagnostic::Genre::Montant, Ok(centimes)) => {
            format!("{},{:02}", centimes / 100, centimes.unsigned_abs() % 100)
        }
        _ => gardee.to_owned(),
    }
}
