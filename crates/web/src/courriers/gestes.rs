//! Ce qu'on fait des lettres cochées : les ouvrir, dire ce qu'elles deviennent, ou le défaire.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use ccapex::partenaires::agent::Agent;
use usages::courriers::annuler::{Annulation, annuler, se_defait};
use usages::courriers::pdf::{Pdf, liasse, pdf};
use usages::courriers::suivre::{changer_l_etat, envoyer_par_courriel, relancer};
use usages::echec::{Echec, Nature};
use usages::formes::{EtatDeCourrier, VueCourrier};

use super::filtres::Demande;
use super::liste::{Page, au_secretariat, rendre};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::composants::{Alerte, Choix, Geste, Ton};
use crate::erreur::ErreurWeb;
use crate::{mots, urls};

/// Ouvre les lettres cochées en un seul PDF, note ce qu'elles deviennent, ou le défait.
pub(crate) async fn agir(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let suite = urls::interne(formulaire.texte("suite"));
    let demande = Demande::de_l_adresse(suite);
    let mut lettres: Vec<i64> =
        formulaire.tous("lettre").filter_map(|id| id.parse().ok()).collect();
    let mut geste = formulaire.texte("geste");
    // Le bouton d'une ligne ne regarde pas ce qui est coché ailleurs.
    if let Ok(une) = formulaire.texte("defaire").parse() {
        (geste, lettres) = ("annuler", vec![une]);
    }
    if lettres.is_empty() {
        let texte = "Rien n'a changé, parce qu'aucune case n'est cochée. Cochez les lettres à gauche du tableau, ou « Tout cocher », puis choisissez de nouveau quoi en faire.";
        let alerte = Alerte::nouvelle(Ton::Erreur, "Aucune lettre n'est cochée", texte);
        let page = Page { demande, alerte: Some(alerte), ..Page::default() };
        return Ok(rendre(&app, &connecte, page).await?.into_response());
    }
    if geste == "ouvrir" {
        return match liasse(&app.maison, agent, &lettres).await {
            Ok(pdf) => Ok(telecharger(pdf)),
            Err(echec) => arrete(&app, &connecte, demande, &[], &lettres, echec).await,
        };
    }
    if geste == "annuler" {
        let etat = EtatDeCourrier::de_code(formulaire.texte("de"))
            .ok_or_else(ErreurWeb::demande_illisible)?;
        return defaire(&app, &connecte, demande, &lettres, etat).await;
    }
    let mut touchees = Vec::with_capacity(lettres.len());
    for (rang, lettre) in lettres.iter().enumerate() {
        match noter(&app, agent, *lettre, geste).await {
            Ok(touchee) => touchees.push(touchee),
            Err(ErreurWeb::Echec(echec)) if echec.nature() == Nature::Refus => {
                return arrete(&app, &connecte, demande, &touchees, &lettres[rang..], echec).await;
            }
            Err(autre) => return Err(autre),
        }
    }
    let touchees: Vec<String> = touchees.iter().map(ToString::to_string).collect();
    let suite = demande.adresse(&demande.etat, demande.apres);
    let fait = [("fait", geste), ("lettres", &touchees.join("."))];
    Ok(Redirect::to(&urls::avec(&suite, &fait)).into_response())
}

/// Une lettre n'a pas suivi : la page revient, avec celles qui restent cochées et ce qui l'arrête.
async fn arrete(
    app: &App,
    connecte: &AgentConnecte,
    demande: Demande,
    faites: &[i64],
    restent: &[i64],
    echec: Echec,
) -> Result<Response, ErreurWeb> {
    if echec.nature() != Nature::Refus {
        return Err(echec.into());
    }
    let avant = match faites.len() as u64 {
        0 => "Rien n'a changé".to_owned(),
        n => format!(
            "{}, puis une autre a arrêté la suite",
            mots::compte(n, "lettre faite", "lettres faites")
        ),
    };
    let mut alerte = Alerte::nouvelle(Ton::Erreur, avant, echec.to_string());
    if let Some(une) = restent.first().filter(|_| !faites.is_empty() || restent.len() == 1) {
        alerte = alerte.avec("Voir cette lettre", format!("#lettre-{une}"));
    }
    let page = Page { demande, alerte: Some(alerte), cochees: restent.to_vec() };
    Ok(rendre(app, connecte, page).await?.into_response())
}

async fn defaire(
    app: &App,
    connecte: &AgentConnecte,
    demande: Demande,
    lettres: &[i64],
    etat: EtatDeCourrier,
) -> Result<Response, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let Annulation { defaites, laissees } =
        annuler(&app.maison, &connecte.agent, lettres, etat, jour, instant).await?;
    let n = defaites.len() as u64;
    let alerte = match laissees.first() {
        None => Alerte::nouvelle(
            Ton::Succes,
            mots::compte(n, "geste défait", "gestes défaits"),
            "Ces lettres sont revenues où elles étaient ; le journal du dossier garde la trace du geste et de son annulation.",
        ),
        Some((_, pourquoi)) => Alerte::nouvelle(
            Ton::Attention,
            format!(
                "{} ; {}",
                mots::compte(n, "geste défait", "gestes défaits"),
                mots::compte(
                    laissees.len() as u64,
                    "lettre n'a pas changé",
                    "lettres n'ont pas changé"
                ),
            ),
            format!("{}. Ouvrez son dossier pour voir son histoire.", mots::capitale(pourquoi)),
        ),
    };
    let cochees = laissees.into_iter().map(|(id, _)| id).collect();
    let page = Page { demande, alerte: Some(alerte), cochees };
    Ok(rendre(app, connecte, page).await?.into_response())
}

/// Note ce que devient une lettre, ou le défait, depuis son dossier.
pub(crate) async fn marquer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Redirect, ErreurWeb> {
    let geste = formulaire.texte("etat");
    if let Some(etat) = geste.strip_prefix(DEFAIRE) {
        let etat = EtatDeCourrier::de_code(etat).ok_or_else(ErreurWeb::demande_illisible)?;
        let (jour, instant) = (app.aujourd_hui(), app.maintenant());
        let fait = annuler(&app.maison, &connecte.agent, &[id], etat, jour, instant).await?;
        if let Some((_, pourquoi)) = fait.laissees.into_iter().next() {
            let texte = format!("Cette lettre n'a pas changé : {pourquoi}.");
            return Err(Echec::Refus(texte).into());
        }
    } else {
        noter(&app, &connecte.agent, id, geste).await?;
    }
    let suite = urls::interne(formulaire.texte("suite"));
    Ok(Redirect::to(&urls::avec(suite, &[("fait", "lettre")])))
}

/// Une lettre, en PDF.
pub(crate) async fn ouvrir_le_pdf(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
) -> Result<Response, ErreurWeb> {
    Ok(telecharger(pdf(&app.maison, &connecte.agent, id).await?))
}

/// Rend le numéro de la lettre qui a changé : elle, ou la relance préparée.
async fn noter(app: &App, agent: &Agent, lettre: i64, geste: &str) -> Result<i64, ErreurWeb> {
    let (maison, jour, instant) = (&app.maison, app.aujourd_hui(), app.maintenant());
    let etat = match geste {
        "imprime" => EtatDeCourrier::Imprime,
        "envoye" => EtatDeCourrier::Envoye,
        "repondu" => EtatDeCourrier::Repondu,
        "retourne" => EtatDeCourrier::Retourne,
        "courriel" => {
            envoyer_par_courriel(maison, agent, lettre, jour, instant).await?;
            return Ok(lettre);
        }
        "relancer" => return Ok(relancer(maison, agent, lettre, jour, instant).await?),
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    changer_l_etat(maison, agent, &[lettre], etat, jour, instant).await?;
    Ok(lettre)
}

fn telecharger(pdf: Pdf) -> Response {
    let nom = format!("inline; filename=\"{}\"", pdf.nom.replace(['"', '\\'], ""));
    let entetes =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, nom)];
    (entetes, pdf.octets).into_response()
}

/// Ce qu'on peut faire des lettres cochées, dans cet état.
pub(super) fn gestes(etat: EtatDeCourrier) -> Vec<Choix> {
    let mut gestes = vec![Choix::nouveau("ouvrir", "Ouvrir en un seul PDF")];
    gestes.extend(
        gestes_possibles(etat)
            .into_iter()
            .map(|c| Choix::nouveau(c.valeur, format!("Noter : {}", c.libelle.to_lowercase()))),
    );
    match etat {
        EtatDeCourrier::Prepare | EtatDeCourrier::Echec => {
            gestes.push(Choix::nouveau("courriel", "Envoyer par courriel"));
        }
        EtatDeCourrier::Imprime | EtatDeCourrier::Envoye => {
            gestes.push(Choix::nouveau("relancer", "Préparer la relance"));
        }
        EtatDeCourrier::Repondu | EtatDeCourrier::Retourne | EtatDeCourrier::Annule => {}
    }
    gestes
}

/// Ce qu'une personne peut noter d'une lettre dans cet état.
fn gestes_possibles(etat: EtatDeCourrier) -> Vec<Choix> {
    let gestes: &[(&str, &str)] = match etat {
        EtatDeCourrier::Prepare | EtatDeCourrier::Echec => {
            &[("imprime", "Imprimée"), ("envoye", "Envoyée")]
        }
        EtatDeCourrier::Imprime => &[("envoye", "Envoyée"), ("retourne", "Retournée")],
        EtatDeCourrier::Envoye => &[("repondu", "Réponse reçue"), ("retourne", "Retournée")],
        EtatDeCourrier::Retourne => &[("envoye", "Renvoyée")],
        EtatDeCourrier::Repondu | EtatDeCourrier::Annule => &[],
    };
    Choix::liste(gestes, "")
}

/// Ce qui, dans l'état demandé, dit qu'on le défait.
const DEFAIRE: &str = "defaire:";

/// Ce qu'une personne peut noter de cette lettre, ou en défaire.
pub(crate) fn gestes_de(courrier: &VueCourrier) -> Vec<Choix> {
    let mut gestes = gestes_possibles(courrier.etat);
    if se_defait(courrier) {
        gestes.push(Choix::nouveau(format!("{DEFAIRE}{}", courrier.etat.code()), "Défaire"));
    }
    gestes
}

/// Ce qu'un geste vient de faire, et de quoi le défaire.
pub(super) fn message(demande: &Demande, jeton: &str) -> Option<Alerte> {
    let lettres: Vec<&str> =
        demande.lettres.split('.').filter(|id| id.parse::<i64>().is_ok()).collect();
    let (une, plusieurs, texte, de) = match demande.fait.as_str() {
        "imprime" => (
            "lettre notée imprimée",
            "lettres notées imprimées",
            "La suite est dans l'onglet Imprimées.",
            EtatDeCourrier::Imprime,
        ),
        "envoye" => (
            "lettre notée envoyée",
            "lettres notées envoyées",
            "Les réponses se notent dans l'onglet Parties.",
            EtatDeCourrier::Envoye,
        ),
        "repondu" => (
            "lettre avec sa réponse notée",
            "lettres avec leur réponse notée",
            "",
            EtatDeCourrier::Repondu,
        ),
        "retourne" => (
            "lettre notée retournée",
            "lettres notées retournées",
            "Vérifiez l'adresse, puis notez le nouvel envoi.",
            EtatDeCourrier::Retourne,
        ),
        "courriel" => (
            "lettre préparée par courriel",
            "lettres préparées par courriel",
            "Leur départ se suit dans les messages électroniques.",
            EtatDeCourrier::Envoye,
        ),
        "relancer" => (
            "lettre relancée",
            "lettres relancées",
            "Les relances sont prêtes dans l'onglet À envoyer.",
            EtatDeCourrier::Prepare,
        ),
        _ => return None,
    };
    let compte = mots::compte(lettres.len() as u64, une, plusieurs);
    let alerte = Alerte::nouvelle(Ton::Succes, compte, texte);
    if lettres.is_empty() {
        return Some(alerte);
    }
    let mut champs = vec![
        ("geste", "annuler".to_owned()),
        ("de", de.code().to_owned()),
        ("suite", demande.adresse(&demande.etat, demande.apres)),
    ];
    champs.extend(lettres.into_iter().map(|id| ("lettre", id.to_owned())));
    Some(alerte.et_defaire(Geste::nouveau(
        "Annuler ce geste",
        super::filtres::CHEMIN,
        jeton,
        champs,
    )))
}
