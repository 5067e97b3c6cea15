//! Une rubrique du formulaire national : une page, enregistrée à part, et au fil de la saisie.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::diagnostic::{self, Exigence, RUBRIQUES};
use usages::actes::demande::Statut;
use usages::diagnostics::lire::{ChampLu, DiagnosticLu, RubriqueLue, lire};
use usages::diagnostics::{Rubrique, ecrire};

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
    pub champs: Vec<Champ>,
    pub envoyer: String,
    pub avant: Option<Lien>,
    pub derniere: bool,
    pub retour: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, code)): Path<(String, String)>,
) -> Result<Html<String>, ErreurWeb> {
    let lu = diagnostic_a_ecrire(&app, &connecte, &reference).await?;
    rendre(&app, &connecte, &lu, &code, None, &BTreeMap::new())
}

pub(crate) async fn enregistrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, code)): Path<(String, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let connue = diagnostic::rubrique(&code).ok_or_else(ErreurWeb::introuvable)?;
    let champs = connue
        .champs
        .iter()
        .map(|champ| (champ.code.to_owned(), formulaire.texte(champ.code).to_owned()))
        .collect();
    let ecrite = Rubrique { code: code.clone(), champs };
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let agent = &connecte.agent;
    let reponse = ecrire(&app.maison, agent, &reference, &ecrite, jour, instant).await?;
    // Enregistrée au fil de la saisie : la page reste ouverte, et dit si c'est fait.
    let au_fil = !formulaire.texte("au_fil").is_empty();
    match (reponse.statut, au_fil) {
        (Statut::Refuse, true) => Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response()),
        (_, true) => Ok(StatusCode::NO_CONTENT.into_response()),
        (Statut::Refuse, false) => {
            let defauts: BTreeMap<String, String> =
                reponse.refus.into_iter().map(|r| (r.champ, r.message)).collect();
            let lu = diagnostic_a_ecrire(&app, &connecte, &reference).await?;
            let page = rendre(&app, &connecte, &lu, &code, Some(&formulaire), &defauts)?;
            Ok(page.into_response())
        }
        (Statut::Consigne | Statut::Doublon, false) => {
            let suivante = RUBRIQUES.iter().skip_while(|r| r.code != code).nth(1);
            let vers = match (formulaire.texte("geste"), suivante) {
                ("suite", Some(suivante)) => urls::rubrique(&reference, suivante.code),
                _ => urls::avec(&urls::diagnostic(&reference), &[("fait", "rubriques")]),
            };
            Ok(Redirect::to(&vers).into_response())
        }
    }
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
    saisie: Option<&Formulaire>,
    defauts: &BTreeMap<String, String>,
) -> Result<Html<String>, ErreurWeb> {
    let rang = lu
        .rubriques
        .iter()
        .position(|r| r.rubrique.code == code)
        .ok_or_else(ErreurWeb::introuvable)?;
    let lue: &RubriqueLue = &lu.rubriques[rang];
    let mut champs: Vec<Champ> = lue.champs.iter().map(|champ| en_champ(champ, saisie)).collect();
    let erreurs = placer(&mut champs, defauts, "#rubrique");
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
        prerempli: saisie.is_none() && lue.champs.iter().any(|c| c.propose),
        erreurs,
        champs,
        envoyer: urls::rubrique(reference, code),
        avant,
        derniere: rang + 1 == lu.rubriques.len(),
        retour: urls::diagnostic(reference),
    })
}

fn en_champ(lu: &ChampLu, saisie: Option<&Formulaire>) -> Champ {
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
    let propose = if lu.propose && saisie.is_none() { "Proposé d'après le dossier." } else { "" };
    let aide = [exige, precision.as_str(), propose];
    let aide = aide.into_iter().filter(|a| !a.is_empty()).collect::<Vec<_>>().join(" ");
    let valeur = match saisie {
        Some(formulaire) => formulaire.texte(decrit.code).to_owned(),
        None => ecrite(lu),
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
fn ecrite(lu: &ChampLu) -> String {
    match (lu.champ.genre, lu.valeur.parse::<i64>()) {
        (diagnostic::Genre::Montant, Ok(centimes)) => {
            format!("{},{:02}", centimes / 100, centimes.unsigned_abs() % 100)
        }
        _ => lu.valeur.clone(),
    }
}
