//! Saisir une notice étape par étape : chaque étape se garde, on reprend où l'on en était, et l'on lit
//! ce que la notice deviendra avant de l'enregistrer.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::notice::Nature;
use ccapex::partenaires::agent::Role;
use ccapex::signalement::statut::{champ_en_mots, motif_en_mots};
use serde_json::json;
use usages::reception::resultat::Reponse;
use usages::saisie::brouillons::{self, Brouillon, GARDE_EN_JOURS, garder, oublier, reprendre};
use usages::saisie::{Saisie, essayer_la_saisie, illisibles, saisir};

use super::{champ_de, groupes, rendre};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Champ, Lien, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::noms::{self, Noms};
use crate::{mots, urls};

/// Le code de la dernière étape : relire, et enregistrer.
const VERIFIER: &str = "verifier";
/// Ce qui, dans un geste, dit l'étape où aller.
const ALLER: &str = "aller:";
/// Les codes des autres, dans l'ordre des groupes de champs.
const CODES: [&str; 5] = ["acte", "menage", "logement", "bail", "dette"];

#[derive(Template)]
#[template(path = "saisie/etape.html")]
pub struct PageEtape {
    pub cadre: Cadre,
    pub progression: Progression,
    /// Chaque erreur mène à son champ.
    pub erreurs: Vec<Lien>,
    pub champs: Vec<Champ>,
    pub envoyer: String,
    /// Il y a une étape avant.
    pub precedente: bool,
    /// Le même formulaire, d'un seul tenant, tant que rien n'est gardé.
    pub en_une_page: bool,
    pub garde: String,
}

/// Où l'on en est : « Étape 2 sur 6 ».
#[derive(Clone, Debug)]
pub struct Progression {
    pub titre: String,
    pub rang: usize,
    pub sur: usize,
    /// Le titre de la suivante ; vide à la dernière.
    pub suivante: String,
    /// Chaque étape : y aller garde celle-ci.
    pub etapes: Vec<UneEtape>,
}

/// Une étape, et le geste qui y mène.
#[derive(Clone, Debug)]
pub struct UneEtape {
    pub titre: String,
    pub geste: String,
    pub ouverte: bool,
}

#[derive(Template)]
#[template(path = "saisie/verifier.html")]
pub struct PageVerifier {
    pub cadre: Cadre,
    pub progression: Progression,
    pub erreurs: Vec<Lien>,
    pub groupes: Vec<Relu>,
    pub suites: Option<Suites>,
    pub envoyer: String,
    /// Ce que vaut l'envoi, pour qui dépose ses propres actes.
    pub effet: &'static str,
}

/// Ce qui a été écrit à une étape.
pub struct Relu {
    pub titre: String,
    pub modifier: Lien,
    pub champs: Vec<(String, String)>,
}

/// Ce que la notice deviendra.
pub struct Suites {
    pub statut: Badge,
    pub raisons: Vec<String>,
    pub suites: Vec<(&'static str, String)>,
    pub irregularites: Vec<String>,
}

/// La première étape d'une notice : rien n'est encore gardé.
pub(crate) async fn commencer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(nature): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let nature = Nature::de_code(&nature).ok_or_else(ErreurWeb::introuvable)?;
    connecte.agent.peut_deposer()?;
    etape(&app, &connecte, nature, None, 0, &BTreeMap::new(), &BTreeMap::new())
}

/// Garde la première étape : la notice en cours a maintenant son adresse.
pub(crate) async fn ouvrir(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(nature): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let nature = Nature::de_code(&nature).ok_or_else(ErreurWeb::introuvable)?;
    let saisis = saisis(nature, 0, &formulaire);
    let defauts = illisibles(&saisis);
    let (maison, agent) = (&app.maison, &connecte.agent);
    let (geste, au_fil) = (formulaire.texte("geste"), !formulaire.texte("au_fil").is_empty());
    if geste == "une_page" && !au_fil {
        return Ok(rendre(&app, &connecte, nature, &formulaire, &defauts)?.into_response());
    }
    if au_fil && saisis.is_empty() {
        agent.peut_deposer()?;
        return Ok(Json(json!({ "dit": "", "champs": {} })).into_response());
    }
    if !au_fil && !defauts.is_empty() && matches!(geste, "suivant" | "") {
        agent.peut_deposer()?;
        let page = etape(&app, &connecte, nature, None, 0, &saisis, &defauts)?;
        return Ok(page.into_response());
    }
    let id = brouillons::commencer(maison, agent, nature, &saisis, app.maintenant()).await?;
    if au_fil {
        return Ok(garde_au_fil(&app, id, 0, &defauts));
    }
    Ok(suite(id, 0, geste).into_response())
}

/// Une étape d'une notice en cours.
pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((id, code)): Path<(i64, String)>,
) -> Result<Html<String>, ErreurWeb> {
    let brouillon = reprendre(&app.maison, &connecte.agent, id).await?;
    if code == VERIFIER {
        return verifier(&app, &connecte, &brouillon, None).await;
    }
    let rang = rang(&code)?;
    let champs = &brouillon.champs;
    etape(&app, &connecte, brouillon.nature, Some(id), rang, champs, &BTreeMap::new())
}

/// Garde une étape et mène à la suivante ; à la dernière, enregistre ou abandonne.
pub(crate) async fn avancer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((id, code)): Path<(i64, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let (maison, agent) = (&app.maison, &connecte.agent);
    let brouillon = reprendre(maison, agent, id).await?;
    let geste = formulaire.texte("geste");
    if geste == "abandonner" {
        oublier(maison, agent, id).await?;
        return Ok(Redirect::to("/reception?fait=abandonnee").into_response());
    }
    if code == VERIFIER {
        return match geste {
            "enregistrer" => enregistrer(&app, &connecte, brouillon).await,
            _ => Ok(suite(id, CODES.len(), geste).into_response()),
        };
    }
    let rang = rang(&code)?;
    let saisis = saisis(brouillon.nature, rang, &formulaire);
    let noms = noms_de(brouillon.nature, rang);
    let gardee = garder(maison, agent, id, &noms, &saisis, app.maintenant()).await?;
    let defauts = illisibles(&saisis);
    if !formulaire.texte("au_fil").is_empty() {
        return Ok(garde_au_fil(&app, id, rang, &defauts));
    }
    // Qui va ailleurs y va : ce qui ne se lit pas est gardé, et redit avant d'enregistrer.
    if !defauts.is_empty() && matches!(geste, "suivant" | "") {
        let page = etape(&app, &connecte, gardee.nature, Some(id), rang, &gardee.champs, &defauts)?;
        return Ok(page.into_response());
    }
    Ok(suite(id, rang, geste).into_response())
}

async fn enregistrer(
    app: &App,
    connecte: &AgentConnecte,
    brouillon: Brouillon,
) -> Result<Response, ErreurWeb> {
    let (maison, agent) = (&app.maison, &connecte.agent);
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    match saisir(maison, agent, brouillon.nature, &brouillon.champs, jour, instant).await? {
        Saisie::Recue(recue) => {
            oublier(maison, agent, brouillon.id).await?;
            let (reponse, piece) = *recue;
            let vers =
                reponse.dossier.as_deref().map_or_else(|| urls::piece(piece.id.0), urls::dossier);
            Ok(Redirect::to(&urls::avec(&vers, &[("fait", "saisie")])).into_response())
        }
        Saisie::AReprendre(defauts) => {
            Ok(verifier(app, connecte, &brouillon, Some(defauts)).await?.into_response())
        }
    }
}

/// Ce que le script de la page reçoit : c'est gardé, et l'adresse où le garder ensuite.
fn garde_au_fil(app: &App, id: i64, rang: usize, defauts: &BTreeMap<String, String>) -> Response {
    let heure = app.heure(app.maintenant());
    let a_corriger: Vec<String> = defauts.keys().map(|nom| champ_de(nom).libelle).collect();
    let dit = if a_corriger.is_empty() {
        format!("Gardé à {heure}.")
    } else {
        format!("Gardé à {heure}. À corriger : {}.", a_corriger.join(", "))
    };
    let vers = urls::etape_de_saisie(id, code(rang));
    Json(json!({ "dit": dit, "champs": {}, "vers": vers })).into_response()
}

/// Où mène un bouton : avant, après, une étape choisie, ou la réception pour finir plus tard.
fn suite(id: i64, rang: usize, geste: &str) -> Redirect {
    if let Some(etape) = geste.strip_prefix(ALLER) {
        let etape = CODES.into_iter().find(|code| *code == etape).unwrap_or(VERIFIER);
        return Redirect::to(&urls::etape_de_saisie(id, etape));
    }
    let vers = match geste {
        "plus_tard" => "/reception?fait=gardee".to_owned(),
        "precedent" => urls::etape_de_saisie(id, code(rang.saturating_sub(1))),
        _ => urls::etape_de_saisie(id, code(rang + 1)),
    };
    Redirect::to(&vers)
}

fn code(rang: usize) -> &'static str {
    CODES.get(rang).copied().unwrap_or(VERIFIER)
}

fn rang(code: &str) -> Result<usize, ErreurWeb> {
    CODES.iter().position(|connu| *connu == code).ok_or_else(ErreurWeb::introuvable)
}

fn noms_de(nature: Nature, rang: usize) -> Vec<&'static str> {
    groupes(nature).into_iter().nth(rang).map(|(_, noms)| noms).unwrap_or_default()
}

fn saisis(nature: Nature, rang: usize, formulaire: &Formulaire) -> BTreeMap<String, String> {
    let noms = noms_de(nature, rang);
    formulaire
        .remplis()
        .filter(|(nom, _)| noms.contains(nom))
        .map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned()))
        .collect()
}

fn progression(nature: Nature, rang: usize) -> Progression {
    let titres: Vec<&str> =
        groupes(nature).into_iter().map(|(titre, _)| titre).chain(["Vérifier"]).collect();
    let titre = |rang: usize| titres.get(rang).copied().unwrap_or_default().to_owned();
    let etapes = titres.iter().enumerate().map(|(autre, titre)| UneEtape {
        titre: (*titre).to_owned(),
        geste: format!("{ALLER}{}", code(autre)),
        ouverte: autre == rang,
    });
    Progression {
        titre: titre(rang),
        rang: rang + 1,
        sur: titres.len(),
        suivante: titre(rang + 1),
        etapes: etapes.collect(),
    }
}

fn cadre(app: &App, connecte: &AgentConnecte, nature: Nature, etape: &str) -> Cadre {
    let titre = format!("{} : {}", nature.libelle(), etape.to_lowercase());
    connecte.cadre(app, Section::Reception, &titre).dans_sa_section()
}

fn etape(
    app: &App,
    connecte: &AgentConnecte,
    nature: Nature,
    brouillon: Option<i64>,
    rang: usize,
    saisis: &BTreeMap<String, String>,
    defauts: &BTreeMap<String, String>,
) -> Result<Html<String>, ErreurWeb> {
    let depot = connecte.agent.peut_deposer()?;
    let progression = progression(nature, rang);
    let champs: Vec<Champ> = noms_de(nature, rang)
        .into_iter()
        .map(|nom| {
            let champ = champ_de(nom);
            let exige = [nature.champ_date(), "locataire_nom", "commune"].contains(&nom);
            let champ = if exige { champ.obligatoire() } else { champ };
            let impose = depot.emetteur().filter(|_| nom == "etude").unwrap_or_default();
            let valeur = saisis.get(nom).map_or(impose, String::as_str);
            let erreur = defauts.get(nom).cloned().unwrap_or_default();
            Champ { erreur, ..champ.rempli(valeur) }
        })
        .collect();
    page(&PageEtape {
        cadre: cadre(app, connecte, nature, &progression.titre),
        erreurs: champs
            .iter()
            .filter(|champ| !champ.erreur.is_empty())
            .map(|champ| {
                Lien::nouveau(format!("{} : {}", champ.libelle, champ.erreur), champ.ancre())
            })
            .collect(),
        champs,
        envoyer: match brouillon {
            Some(id) => urls::etape_de_saisie(id, code(rang)),
            None => format!("/saisie/{}/etapes", nature.code()),
        },
        precedente: rang > 0,
        en_une_page: brouillon.is_none(),
        garde: format!(
            "Chaque bouton garde ce que vous avez écrit ; une notice que vous ne finissez pas vous attend en page Réception, {GARDE_EN_JOURS} jours."
        ),
        progression,
    })
}

async fn verifier(
    app: &App,
    connecte: &AgentConnecte,
    brouillon: &Brouillon,
    refus: Option<BTreeMap<String, String>>,
) -> Result<Html<String>, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let (nature, champs) = (brouillon.nature, &brouillon.champs);
    let agent = &connecte.agent;
    let noms = Noms::du(app, &agent.profil)?;
    let essai = essayer_la_saisie(&app.maison, agent, nature, champs, jour, instant).await?;
    let (suites, defauts) = match essai {
        Ok(reponse) => (Some(suites(&reponse, &noms)), refus.unwrap_or_default()),
        Err(defauts) => (None, refus.unwrap_or(defauts)),
    };
    let etape_du_champ = |nom: &str| {
        (0..CODES.len()).find(|rang| noms_de(nature, *rang).contains(&nom)).unwrap_or_default()
    };
    let relus = groupes(nature).into_iter().enumerate().map(|(rang, (titre, noms))| Relu {
        titre: titre.to_owned(),
        modifier: Lien::nouveau(
            format!("Modifier : {}", titre.to_lowercase()),
            urls::etape_de_saisie(brouillon.id, code(rang)),
        ),
        champs: noms
            .into_iter()
            .filter_map(|nom| Some((champ_de(nom).libelle, dit(nom, champs.get(nom)?))))
            .collect(),
    });
    let mut cadre = cadre(app, connecte, nature, "vérifier");
    if suites.is_none() {
        cadre.messages.push(Alerte::nouvelle(
            Ton::Attention,
            "La notice ne peut pas encore s'enregistrer",
            "Il manque ce qui est dit plus bas. Elle est gardée : vous pouvez y revenir.",
        ));
    }
    page(&PageVerifier {
        cadre,
        progression: progression(nature, CODES.len()),
        erreurs: defauts
            .iter()
            .map(|(nom, pourquoi)| {
                let vers = urls::etape_de_saisie(brouillon.id, code(etape_du_champ(nom)));
                Lien::nouveau(
                    format!("{} : {pourquoi}", champ_de(nom).libelle),
                    format!("{vers}#champ-{nom}"),
                )
            })
            .collect(),
        groupes: relus.collect(),
        suites,
        envoyer: urls::etape_de_saisie(brouillon.id, VERIFIER),
        effet: effet(agent.role),
    })
}

/// Ce qu'une étude doit savoir de son envoi (charte de Paris, action 11).
fn effet(role: Role) -> &'static str {
    if role == Role::CommissaireDeJustice {
        "L'envoi est daté et gardé ; là où la charte du département le prévoit, il vaut notification à la commission."
    } else {
        ""
    }
}

/// La valeur d'un champ, dans les mots du formulaire.
fn dit(nom: &str, texte: &str) -> String {
    let champ = champ_de(nom);
    champ.genre.choix().and_then(|choix| choix.iter().find(|c| c.valeur == texte)).map_or_else(
        || mots::lire_jour(texte).map_or_else(|| texte.to_owned(), mots::jour),
        |choix| choix.libelle.clone(),
    )
}

fn suites(reponse: &Reponse, noms: &Noms) -> Suites {
    let mut suites = vec![(
        "Dossier",
        match (reponse.rapprochement, &reponse.dossier) {
            (Some("certain"), Some(dossier)) => format!("Elle rejoindra le dossier {dossier} : même ménage, même logement."),
            (Some("a_confirmer"), _) => "Un dossier s'ouvrira ; il ressemble à un autre, une personne dira si c'est le même ménage.".to_owned(),
            (_, Some(_)) => "Un dossier s'ouvrira.".to_owned(),
            (_, None) => "Aucun dossier ne s'ouvrira : la notice attendra d'être complétée.".to_owned(),
        },
    )];
    if let Some(service) = &reponse.service {
        let provisoire =
            if reponse.service_provisoire { ", en attendant une réponse" } else { "" };
        suites.push(("Service en charge", format!("{}{provisoire}", noms.service(service))));
    }
    if let Some(code) = &reponse.sous_commission {
        suites.push(("Sous-commission", noms.sous_commission(code)));
    }
    if let Some(fin) = &reponse.fin_delai {
        suites.push(("Fin du délai pour payer", mots::jour(fin.prorogee)));
    }
    if !reponse.a_completer.is_empty() {
        let manque: Vec<&str> = reponse.a_completer.iter().map(|c| champ_en_mots(c)).collect();
        suites.push(("À demander ensuite", manque.join(", ")));
    }
    let motif = reponse.motif.as_deref().map(motif_en_mots).map(mots::capitale);
    Suites {
        statut: noms::statut(reponse.statut),
        raisons: motif
            .into_iter()
            .chain(reponse.explication.iter().map(|e| mots::capitale(e)))
            .collect(),
        suites,
        irregularites: reponse.anomalies.iter().map(|a| mots::capitale(&a.motif)).collect(),
    }
}
