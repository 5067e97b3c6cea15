//! Compléter une notice, ou demander ce qui manque à son émetteur.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::identifiants::NoticeId;
use ccapex::signalement::statut::{champ_en_mots, motif_en_mots};
use usages::completer::file::{Attente, une};
use usages::completer::reprendre::completer;
use usages::echec::Nature;

use super::au_secretariat;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Lien};
use crate::erreur::{ErreurWeb, page};
use crate::saisie::champ_de;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "a_traiter/notice.html")]
pub struct PageNotice {
    pub cadre: Cadre,
    pub chapo: String,
    pub erreurs: Vec<Lien>,
    pub manques: Vec<String>,
    pub explications: Vec<String>,
    pub champs: Vec<Champ>,
    pub envoyer: String,
    pub emetteur: String,
    pub objet: String,
    pub message: String,
    /// Ouvrir le message dans sa messagerie.
    pub ecrire: Option<Lien>,
    pub recu: Vec<(String, String)>,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, id, &Formulaire::default(), String::new()).await
}

pub(crate) async fn completer_la_notice(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let champs: BTreeMap<String, String> =
        formulaire.remplis().map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned())).collect();
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    match completer(&app.maison, agent, NoticeId(id), &champs, jour, instant).await {
        Ok(reprise) => {
            let vers =
                reprise.dossier.map_or_else(|| "/a-completer".to_owned(), |d| urls::dossier(&d));
            Ok(Redirect::to(&urls::avec(&vers, &[("fait", "complete")])).into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            Ok(rendre(&app, &connecte, id, &formulaire, refus.to_string()).await?.into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    id: i64,
    saisie: &Formulaire,
    erreur: String,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let attente = une(&app.maison, agent, NoticeId(id), app.aujourd_hui()).await?;
    let registre = &attente.registre;
    let reference = if registre.reference.is_empty() {
        String::new()
    } else {
        format!(" {}", registre.reference)
    };
    let cadre = connecte
        .cadre(app, Section::ATraiter, &format!("Compléter la notice{reference}"))
        .dans_sa_section();
    let emetteur = emetteur(&attente);
    page(&PageNotice {
        cadre,
        chapo: format!(
            "{} reçu le {} de : {emetteur}, ligne {} du fichier.",
            attente.nature.libelle(),
            app.jour_de(registre.recu_le),
            registre.ligne,
        ),
        erreurs: if erreur.is_empty() { vec![] } else { vec![Lien::nouveau(erreur, "#manque")] },
        manques: manques(&attente),
        explications: attente.examen.explication.clone(),
        champs: champs(&attente, saisie),
        envoyer: urls::notice(id),
        objet: attente.courriel.objet.clone(),
        message: attente.courriel.corps.clone(),
        ecrire: Some(Lien::nouveau(
            "Ouvrir dans ma messagerie",
            urls::avec(
                "mailto:",
                &[("subject", &attente.courriel.objet), ("body", &attente.courriel.corps)],
            ),
        )),
        recu: recu(&attente),
        emetteur,
    })
}

/// L'émetteur tel qu'il se nomme, sinon tel qu'il est rangé.
pub(super) fn emetteur(attente: &Attente) -> String {
    let nom = if attente.identite.emetteur.is_empty() {
        &attente.registre.emetteur
    } else {
        &attente.identite.emetteur
    };
    if nom.is_empty() { "émetteur inconnu".to_owned() } else { nom.clone() }
}

/// Ce qui manque, et ce qui était écrit de travers.
pub(super) fn manques(attente: &Attente) -> Vec<String> {
    let mut manques: Vec<String> = attente
        .manques
        .iter()
        .map(|m| {
            let ecrit = if m.ecrit.is_empty() {
                String::new()
            } else {
                format!(" — écrit « {} »", m.ecrit)
            };
            format!("{}{ecrit}", mots::capitale(&m.libelle))
        })
        .collect();
    let motif = attente.registre.motif.as_str();
    if manques.is_empty() && !motif.is_empty() {
        let dit = motif_en_mots(motif);
        manques.push(mots::capitale(if dit == motif { champ_en_mots(motif) } else { dit }));
    }
    manques
}

/// Les champs à remplir : ceux qui manquent, et ceux qui aident à les préciser.
fn champs(attente: &Attente, saisie: &Formulaire) -> Vec<Champ> {
    let mut noms: Vec<&str> = attente.manques.iter().map(|m| m.champ).collect();
    if noms.is_empty() {
        noms = vec![attente.nature.champ_date(), "locataire_nom", "commune"];
    }
    if noms.contains(&"commune") && !noms.contains(&"code_postal") {
        noms.push("code_postal");
    }
    noms.into_iter()
        .map(|nom| {
            let valeur = saisie.texte(nom);
            champ_de(nom).rempli(valeur)
        })
        .collect()
}

fn recu(attente: &Attente) -> Vec<(String, String)> {
    let (identite, contenu) = (&attente.identite, &attente.contenu);
    let lignes = [
        ("Locataire", identite.nom_affiche()),
        ("Né(e) le", identite.naissance.map(mots::jour).unwrap_or_default()),
        ("Adresse", identite.adresse.clone()),
        ("Code postal", identite.code_postal.clone()),
        ("Commune", identite.commune.clone()),
        ("Bailleur", identite.bailleur_nom.clone()),
        ("Date de l'acte", contenu.date.map(mots::jour).unwrap_or_default()),
        ("Bail signé le", contenu.date_bail.map(mots::jour).unwrap_or_default()),
        (
            "Loyer hors charges",
            contenu.loyer_hors_charges.map(|m| m.to_string()).unwrap_or_default(),
        ),
        ("Dette", contenu.montant_dette.map(|m| m.to_string()).unwrap_or_default()),
        ("Impayé depuis le", contenu.impaye_depuis.map(mots::jour).unwrap_or_default()),
        ("Dossier", attente.dossier.clone().unwrap_or_default()),
    ];
    lignes
        .into_iter()
        .filter(|(_, valeur)| !valeur.is_empty())
        .map(|(titre, valeur)| (titre.to_owned(), valeur))
        .collect()
}
