//! Compléter une notice, ou demander ce qui manque à son émetteur.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::identifiants::NoticeId;
use ccapex::signalement::statut::{Statut, champ_en_mots, motif_en_mots};
use serde::Deserialize;
use usages::completer::demander::{Defauts, Ecrite, demander, faites, proposee};
use usages::completer::file::{Attente, une};
use usages::completer::reprendre::completer;
use usages::echec::Nature;
use usages::formes::{Demande, EtatDeDepart, Voie};
use usages::reception::colonnes::non_comprises;
use usages::reception::registre::piece;

use super::{au_secretariat, qui_complete};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::aide;
use crate::app::App;
use crate::cadre::Cadre;
use crate::composants::{Alerte, Badge, Champ, Genre, Lien, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::reception::piece::a_preciser;
use crate::saisie::champ_de;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "a_traiter/notice.html")]
pub struct PageNotice {
    pub cadre: Cadre,
    pub chapo: String,
    pub erreurs: Vec<Lien>,
    pub manques: Vec<Manquant>,
    pub explications: Vec<String>,
    pub champs: Vec<Champ>,
    pub envoyer: String,
    pub emetteur: String,
    /// « Demander à l'émetteur », ou « Ce qui vous a été demandé ».
    pub titre_des_demandes: &'static str,
    /// Les demandes déjà faites.
    pub demandes: Vec<DemandeFaite>,
    /// L'adresse, l'objet, le message et le jour attendu, tels qu'on les modifie avant d'envoyer ; vide pour
    /// une étude, à qui l'on demande.
    pub a_envoyer: Vec<Champ>,
    /// Ce qui empêche la demande de partir.
    pub refus: Vec<Lien>,
    /// Ouvrir le message dans sa messagerie.
    pub ecrire: Option<Lien>,
    pub recu: Vec<(String, String)>,
}

/// Un champ qui manque, ou refusé, et pourquoi.
pub struct Manquant {
    pub quoi: String,
    pub pourquoi: String,
}

/// Une demande faite, en mots.
pub struct DemandeFaite {
    pub dite: String,
    pub attendue: String,
    pub etat: Option<Badge>,
    pub objet: String,
    pub message: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    Query(suites): Query<Suites>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, id, Reprise { fait: suites.fait, ..Reprise::default() }).await
}

/// Ce que l'adresse dit d'un geste qui vient d'être fait.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Suites {
    fait: String,
}

/// Ce que la page reprend d'un envoi : ce qui était écrit, et ce qui l'a arrêté.
#[derive(Default)]
struct Reprise {
    fait: String,
    saisie: Formulaire,
    erreur: String,
    demande: Option<(Ecrite, Defauts)>,
}

pub(crate) async fn completer_la_notice(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    qui_complete(agent)?;
    if formulaire.texte("geste").starts_with("demander") {
        au_secretariat(agent)?;
        return demander_a_l_emetteur(&app, &connecte, id, &formulaire).await;
    }
    let champs: BTreeMap<String, String> =
        formulaire.remplis().map(|(nom, valeur)| (nom.to_owned(), valeur.to_owned())).collect();
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    match completer(&app.maison, agent, NoticeId(id), &champs, jour, instant).await {
        Ok(reprise) => {
            let vers =
                reprise.dossier.map_or_else(|| "/a-completer".to_owned(), |d| urls::dossier(&d));
            let motif = reprise.motif.unwrap_or_default();
            let suites =
                [("fait", "complete"), ("statut", reprise.statut.code()), ("motif", &motif)];
            Ok(Redirect::to(&urls::avec(&vers, &suites)).into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let reprise =
                Reprise { saisie: formulaire, erreur: refus.to_string(), ..Reprise::default() };
            Ok(rendre(&app, &connecte, id, reprise).await?.into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

/// Demande ce qui manque, par Seuil ou en notant que la personne l'a fait.
async fn demander_a_l_emetteur(
    app: &App,
    connecte: &AgentConnecte,
    id: i64,
    formulaire: &Formulaire,
) -> Result<Response, ErreurWeb> {
    let (voie, fait) = match formulaire.texte("geste") {
        "demander_par_seuil" => (Voie::Seuil, "demandee"),
        _ => (Voie::Personne, "notee"),
    };
    let ecrite = Ecrite {
        a: formulaire.texte("a").to_owned(),
        objet: formulaire.texte("objet").to_owned(),
        corps: formulaire.texte("corps").to_owned(),
        avant_le: mots::lire_jour(formulaire.texte("avant_le")),
    };
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let (maison, agent, notice) = (&app.maison, &connecte.agent, NoticeId(id));
    match demander(maison, agent, notice, &ecrite, voie, jour, instant).await? {
        Ok(()) => {
            let vers = urls::avec(&urls::notice(id), &[("fait", fait)]);
            Ok(Redirect::to(&vers).into_response())
        }
        Err(defauts) => {
            let reprise = Reprise { demande: Some((ecrite, defauts)), ..Reprise::default() };
            Ok(rendre(app, connecte, id, reprise).await?.into_response())
        }
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    id: i64,
    reprise: Reprise,
) -> Result<Html<String>, ErreurWeb> {
    let Reprise { fait, saisie, erreur, demande } = reprise;
    let agent = &connecte.agent;
    let section = qui_complete(agent)?;
    let secretariat = agent.tient_le_secretariat();
    let attente = une(&app.maison, agent, NoticeId(id), app.aujourd_hui()).await?;
    let registre = &attente.registre;
    let reference = if registre.reference.is_empty() {
        String::new()
    } else {
        format!(" {}", registre.reference)
    };
    let mut cadre =
        connecte.cadre(app, section, &format!("Compléter la notice{reference}")).dans_sa_section();
    if !secretariat {
        cadre = cadre.sous("À compléter", "/a-completer");
        cadre.aide = aide::vers(agent.role.code(), "/a-completer");
    }
    cadre.messages.extend(message(&fait));
    let emetteur = emetteur(&attente);
    match piece(&app.maison, agent, attente.registre.piece).await {
        Ok(piece) => {
            let inconnues = non_comprises(&app.maison, agent, &piece).await?;
            cadre.messages.extend(a_preciser(piece.id.0, inconnues));
        }
        // Le secrétariat l'a déposée pour cette étude, avec d'autres.
        Err(absente) if absente.nature() == Nature::Introuvable => {}
        Err(echec) => return Err(echec.into()),
    }
    let demandes = faites(&app.maison, agent, &[NoticeId(id)]).await?;
    let message = match demande {
        Some(reprise) => Some(reprise),
        None if secretariat => {
            let proposee = proposee(&app.maison, agent, NoticeId(id), app.aujourd_hui()).await?;
            Some((proposee, Defauts::new()))
        }
        None => None,
    };
    let a_envoyer = message.as_ref().map(|(ecrite, defauts)| a_envoyer(ecrite, defauts));
    let a_envoyer = a_envoyer.unwrap_or_default();
    // Ce qu'un autre a ajouté à son acte n'est pas à l'étude.
    let sienne = secretariat || !attente.completee_par_d_autres;
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
        explications: if sienne { attente.examen.explication.clone() } else { vec![] },
        champs: champs(&attente, &saisie),
        envoyer: urls::notice(id),
        titre_des_demandes: if secretariat {
            "Demander à l'émetteur"
        } else {
            "Ce qui vous a été demandé"
        },
        demandes: demandes.iter().map(|d| faite(app, d)).collect(),
        refus: a_envoyer
            .iter()
            .filter(|c| !c.erreur.is_empty())
            .map(|c| Lien::nouveau(format!("{} : {}", c.libelle, c.erreur), c.ancre()))
            .collect(),
        a_envoyer,
        ecrire: message.map(|(ecrite, _)| {
            Lien::nouveau(
                "Ouvrir dans ma messagerie",
                urls::avec(
                    &format!("mailto:{}", ecrite.a),
                    &[("subject", &ecrite.objet), ("body", &ecrite.corps)],
                ),
            )
        }),
        recu: if sienne { recu(&attente) } else { vec![] },
        emetteur,
    })
}

/// Ce qu'une notice complétée est devenue : « Éligible : les deux seuils sont atteints. »
pub(crate) fn conclusion(statut: &str, motif: &str) -> String {
    let Some(statut) = Statut::de_code(statut) else {
        return "Le traitement a repris.".to_owned();
    };
    if motif.is_empty() {
        return format!("{}.", statut.libelle());
    }
    format!("{} : {}.", statut.libelle(), motif_en_mots(motif))
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

fn message(fait: &str) -> Option<Alerte> {
    let (titre, texte) = match fait {
        "demandee" => (
            "Demande préparée",
            "Son départ se suit dans les messages électroniques des courriers ; la notice attend sa réponse.",
        ),
        "notee" => ("Demande notée", "La notice attend sa réponse."),
        _ => return None,
    };
    Some(Alerte::nouvelle(Ton::Succes, titre, texte))
}

/// La demande telle qu'on peut la changer avant de l'envoyer.
fn a_envoyer(ecrite: &Ecrite, defauts: &Defauts) -> Vec<Champ> {
    let jour = ecrite.avant_le.map(|jour| jour.to_string()).unwrap_or_default();
    let champ = |nom, libelle, genre, valeur: &str| {
        let champ = Champ::nouveau(nom, libelle, genre).attendu().rempli(valeur);
        let erreur = defauts.get(nom).cloned().unwrap_or_default();
        Champ { erreur, completion: "off", large: true, ..champ }
    };
    vec![
        champ("a", "Adresse électronique de l'émetteur", Genre::Courriel, &ecrite.a)
            .aide("Celle de votre dernière demande à cet émetteur, si vous lui en avez fait une."),
        champ("objet", "Objet", Genre::Texte, &ecrite.objet),
        champ("corps", "Message", Genre::Long, &ecrite.corps),
        champ("avant_le", "Réponse attendue avant le", Genre::Date, &jour)
            .aide("Proposé d'après le délai de relance du département."),
    ]
}

fn faite(app: &App, demande: &Demande) -> DemandeFaite {
    DemandeFaite {
        dite: dite(app, demande),
        attendue: attendue(app, demande).0,
        etat: demande.depart.map(|etat| {
            let (ton, texte) = match etat {
                EtatDeDepart::EnAttente | EtatDeDepart::EnCours => {
                    (Ton::Neutre, "Envoi en attente")
                }
                EtatDeDepart::Envoye => (Ton::Succes, "Remis au serveur"),
                EtatDeDepart::Echec => (Ton::Erreur, "L'envoi a échoué"),
                EtatDeDepart::Retire => (Ton::Neutre, "Retiré avant l'envoi"),
            };
            Badge::nouveau(ton, texte)
        }),
        objet: demande.objet.clone(),
        message: demande.corps.clone(),
    }
}

/// « Demandé le 21/11/2026 à 09 h 14, à etude@exemple.fr, par Essai ».
pub(super) fn dite(app: &App, demande: &Demande) -> String {
    let a = if demande.a.is_empty() { String::new() } else { format!(", à {}", demande.a) };
    let par = if demande.par.is_empty() { String::new() } else { format!(", par {}", demande.par) };
    format!("Demandé le {}{a}{par}", app.instant(demande.le))
}

/// Le jour attendu, en mots, et s'il est passé.
pub(super) fn attendue(app: &App, demande: &Demande) -> (String, bool) {
    let (jour, aujourd_hui) = (demande.avant_le, app.aujourd_hui());
    let distance = mots::distance(jour, aujourd_hui);
    (format!("Réponse attendue avant le {} ({distance})", mots::jour(jour)), jour < aujourd_hui)
}

/// Ce qui manque, et ce qui était écrit de travers, avec la raison.
pub(super) fn manques(attente: &Attente) -> Vec<Manquant> {
    let mut manques: Vec<Manquant> = attente
        .manques
        .iter()
        .filter(|m| !m.ensuite)
        .map(|m| {
            let ecrit = if m.ecrit.is_empty() {
                String::new()
            } else {
                format!(" — écrit « {} »", m.ecrit)
            };
            Manquant {
                quoi: format!("{}{ecrit}", mots::capitale(&m.libelle)),
                pourquoi: mots::capitale(&m.pourquoi),
            }
        })
        .collect();
    let motif = attente.registre.motif.as_str();
    if manques.is_empty() && !motif.is_empty() {
        let dit = motif_en_mots(motif);
        let quoi = mots::capitale(if dit == motif { champ_en_mots(motif) } else { dit });
        manques.push(Manquant { quoi, pourquoi: String::new() });
    }
    manques
}

/// Les champs à remplir : ceux qui manquent, et ceux qui aident à les préciser.
fn champs(attente: &Attente, saisie: &Formulaire) -> Vec<Champ> {
    let mut noms: Vec<&str> = attente.manques.iter().map(|m| m.champ).collect();
    if noms.is_empty() {
        noms = vec![attente.nature.champ_date(), "locataire_nom", "commune"];
    }
    if let Some(commune) = noms.iter().position(|nom| *nom == "commune")
        && !noms.contains(&"code_postal")
    {
        noms.insert(commune + 1, "code_postal");
    }
    noms.into_iter()
        .map(|nom| {
            // Le code reçu distingue les communes possibles : il ne se retape pas.
            let recu =
                if nom == "code_postal" { attente.identite.code_postal.as_str() } else { "" };
            let valeur = match saisie.texte(nom) {
                "" => recu,
                tape => tape,
            };
            let champ = champ_de(nom).rempli(valeur);
            match attente.manques.iter().find(|m| m.champ == nom) {
                Some(manque) if manque.ensuite => champ.aide(mots::capitale(&manque.pourquoi)),
                _ => champ.attendu(),
            }
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
