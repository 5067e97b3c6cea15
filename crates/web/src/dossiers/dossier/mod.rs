//! Un dossier : quoi faire maintenant, pourquoi, et toute l'histoire.

mod fiches;
mod histoire;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::identifiants::NoticeId;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Portee;
use ccapex::procedure::etape::Etape;
use ccapex::signalement::statut::champ_en_mots;
use droit::jour::Jour;
use jiff::civil::Date;
use serde::Deserialize;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};
use usages::echec::Nature as NatureDEchec;
use usages::formes::EtatDeQuestion;
use usages::rapprochements::decider::{joindre, separer};
use usages::rapprochements::detacher::detacher;

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Choix, Lien, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::noms::{self, Noms};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "dossiers/dossier.html")]
pub struct PageDossier {
    pub cadre: Cadre,
    pub reference: String,
    pub menage: String,
    pub lieu: String,
    pub mise_a_jour: String,
    pub etats: Vec<Badge>,
    pub alertes: Vec<Alerte>,
    pub prochaine: Option<Prochaine>,
    pub questions: Vec<Lien>,
    pub echeances: Vec<Echeance>,
    /// Tout le dossier est montré, ou seulement ce que l'émetteur a envoyé.
    pub entier: bool,
    pub actes: Vec<ActePasse>,
    /// Où détacher une notice jointe à tort.
    pub detacher: String,
    pub lettres: Vec<Lettre>,
    pub journal: Vec<LigneJournal>,
    pub fiches: Vec<Fiche>,
    pub pieces: Vec<Piece>,
    pub peut_agir: bool,
    /// Pourquoi rien ne peut être fait ici.
    pub raison: String,
    pub gestes: Vec<Lien>,
    pub joindre: Joindre,
    pub joints: Vec<Joint>,
    /// L'adresse de la page, où revenir après un geste.
    pub ici: String,
}

/// La prochaine étape : quoi, qui, avant quand, pourquoi.
pub struct Prochaine {
    pub quoi: String,
    pub qui: String,
    pub quand: Badge,
    pub en_retard: bool,
    pub motifs: Vec<String>,
}

/// Une date à venir et ses motifs.
pub struct Echeance {
    pub jour: String,
    pub distance: String,
    pub en_retard: bool,
    pub quoi: String,
    pub qui: String,
    pub motifs: Vec<String>,
    pub regle: Option<Lien>,
}

/// Un acte reçu.
pub struct ActePasse {
    pub jour: String,
    pub titre: String,
    pub details: Vec<String>,
    pub explications: Vec<String>,
    pub anomalies: Vec<String>,
    pub annule: bool,
    /// La notice à détacher, quand elle a rejoint un dossier déjà ouvert.
    pub a_detacher: Option<String>,
}

/// Une lettre du dossier et les états qu'on peut lui donner.
pub struct Lettre {
    pub modele: String,
    pub pdf: String,
    pub jour: String,
    pub destinataire: String,
    pub canal: String,
    pub etat: Badge,
    pub marquer: String,
    pub gestes: Vec<Choix>,
}

/// Une ligne du journal.
pub struct LigneJournal {
    pub enregistre: String,
    pub fait: String,
    pub precision: String,
    pub jour: String,
    pub auteur: String,
}

/// Un encart : ménage, logement, service…
#[derive(Default)]
pub struct Fiche {
    pub titre: String,
    pub lignes: Vec<(String, String)>,
    pub motifs: Vec<String>,
}

/// Une pièce reçue.
pub struct Piece {
    pub lien: Lien,
    pub recue: String,
}

/// Le formulaire qui joint un autre dossier.
#[derive(Default)]
pub struct Joindre {
    pub vers: String,
    pub saisi: String,
    pub erreur: String,
}

/// Un dossier joint, qu'on peut séparer.
pub struct Joint {
    pub reference: String,
    pub vers: String,
}

/// Ce que l'adresse dit d'un geste qui vient d'être fait.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Suites {
    fait: String,
    autre: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(suites): Query<Suites>,
) -> Result<Html<String>, ErreurWeb> {
    let message = match suites.fait.as_str() {
        "joint" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Dossiers joints",
            format!(
                "Le dossier {} se suit désormais ici. « Séparer » défait ce geste.",
                suites.autre
            ),
        )),
        "separe" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Dossiers séparés",
            format!(
                "Le dossier {} se suit de son côté. « Joindre » défait ce geste.",
                suites.autre
            ),
        )),
        "detache" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Notice détachée",
            format!("Elle a désormais son dossier, {}. « Joindre » défait ce geste.", suites.autre),
        )),
        "lettre" => Some(Alerte::nouvelle(Ton::Succes, "État de la lettre noté", "")),
        "saisie" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Notice enregistrée",
            "Elle est traitée comme un fichier reçu ; voici où en est le dossier.",
        )),
        "complete" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Notice complétée",
            "Le traitement a repris ; voici où en est le dossier.",
        )),
        _ => None,
    };
    rendre(&app, &connecte, &reference, message, Joindre::default()).await
}

pub(crate) async fn joindre_un_autre(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let autre = formulaire.texte("autre");
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    // C'est l'autre dossier qui se suivra dans celui-ci.
    match joindre(&app.maison, &connecte.agent, autre, &reference, jour, instant).await {
        Ok(()) => Ok(vers_le_dossier(&reference, "joint", autre)),
        Err(echec) if matches!(echec.nature(), NatureDEchec::Refus | NatureDEchec::Introuvable) => {
            let joindre = Joindre {
                saisi: autre.to_owned(),
                erreur: echec.to_string(),
                ..Joindre::default()
            };
            Ok(rendre(&app, &connecte, &reference, None, joindre).await?.into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

pub(crate) async fn separer_un_joint(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let autre = formulaire.texte("autre");
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    separer(&app.maison, &connecte.agent, autre, &reference, jour, instant).await?;
    Ok(vers_le_dossier(&reference, "separe", autre))
}

pub(crate) async fn detacher_une_notice(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let notice = NoticeId(formulaire.texte("notice").parse().unwrap_or_default());
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let neuf = detacher(&app.maison, &connecte.agent, &reference, notice, jour, instant).await?;
    Ok(vers_le_dossier(&reference, "detache", &neuf))
}

fn vers_le_dossier(reference: &str, fait: &str, autre: &str) -> Response {
    let adresse = urls::avec(&urls::dossier(reference), &[("fait", fait), ("autre", autre)]);
    Redirect::to(&adresse).into_response()
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    message: Option<Alerte>,
    joindre: Joindre,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    let ouvert = ouvrir(&app.maison, agent, reference, jour, app.maintenant()).await?;
    let noms = Noms::du(app, &ouvert.vue.profil)?;
    let ici = urls::dossier(&ouvert.vue.reference);
    let entier = ouvert.portee == Portee::Entier;
    let mut cadre = connecte.cadre(app, Section::Dossiers, &ouvert.vue.reference).dans_sa_section();
    cadre.messages.extend(message);
    let mut etapes = ouvert.situation.etapes.iter();
    let prochaine = etapes.next().filter(|_| entier && ouvert.joint_a.is_none());
    let menage = if ouvert.vue.nom.is_empty() {
        "Ménage sans nom".to_owned()
    } else {
        ouvert.vue.nom.clone()
    };
    page(&PageDossier {
        menage,
        lieu: if ouvert.vue.adresse.is_empty() {
            "adresse inconnue".to_owned()
        } else {
            ouvert.vue.adresse.clone()
        },
        mise_a_jour: format!("mis à jour le {}", app.instant(ouvert.vue.maj_le)),
        etats: etats(&ouvert, &noms, entier),
        alertes: alertes(&ouvert),
        prochaine: prochaine.map(|etape| en_prochaine(etape, &noms, jour)),
        questions: if entier { questions(&ouvert) } else { vec![] },
        echeances: if entier {
            etapes.map(|e| en_echeance(e, &noms, jour)).collect()
        } else {
            vec![]
        },
        entier,
        actes: histoire::actes(&ouvert),
        detacher: format!("{ici}/detacher"),
        lettres: histoire::lettres(app, &ouvert),
        journal: histoire::journal(app, &ouvert, agent, &noms),
        fiches: fiches::fiches(&ouvert, &noms),
        pieces: histoire::pieces(&ouvert),
        peut_agir: ouvert.peut_ecrire,
        raison: raison(agent),
        gestes: gestes(&ouvert),
        joindre: Joindre { vers: format!("{ici}/joindre"), ..joindre },
        joints: ouvert
            .joints
            .iter()
            .map(|autre| Joint { reference: autre.clone(), vers: format!("{ici}/separer") })
            .collect(),
        reference: ouvert.vue.reference,
        ici,
        cadre,
    })
}

fn etats(ouvert: &DossierOuvert, noms: &Noms, entier: bool) -> Vec<Badge> {
    let mut etats = vec![noms::statut(ouvert.situation.statut)];
    if entier {
        etats.insert(0, noms::stade(ouvert.situation.stade));
        if !ouvert.situation.sous_commission.is_empty() {
            let nom = noms.sous_commission(&ouvert.situation.sous_commission);
            etats.push(Badge::nouveau(Ton::Neutre, nom));
        }
        if let Some(jour) = ouvert.vue.clos_le {
            etats.push(Badge::nouveau(Ton::Neutre, format!("Clos le {}", mots::jour(jour))));
        }
    }
    etats
}

fn alertes(ouvert: &DossierOuvert) -> Vec<Alerte> {
    let mut alertes = Vec::new();
    if let Some(autre) = &ouvert.joint_a {
        let texte = "C'est le même ménage : les suites sont dans l'autre dossier.";
        alertes.push(
            Alerte::nouvelle(Ton::Info, format!("Ce dossier est suivi dans {autre}"), texte)
                .avec("Ouvrir ce dossier", urls::dossier(autre)),
        );
    }
    let ouvertes: Vec<&str> = ouvert
        .questions
        .iter()
        .filter(|(question, _)| question.etat == EtatDeQuestion::Ouverte)
        .map(|(_, autre)| autre.as_str())
        .collect();
    if !ouvertes.is_empty() {
        let texte = format!(
            "Est-ce le même ménage que {} ? Une personne du secrétariat répond.",
            ouvertes.join(", ")
        );
        alertes.push(
            Alerte::nouvelle(Ton::Attention, "Ce dossier ressemble à un autre", texte)
                .avec("Comparer", "/rapprochements"),
        );
    }
    alertes
}

fn en_prochaine(etape: &Etape, noms: &Noms, jour: Date) -> Prochaine {
    let en_retard = etape.avant_le < jour;
    let ton = if en_retard { Ton::Erreur } else { Ton::Attention };
    let distance = mots::distance(etape.avant_le, jour);
    let quand = if en_retard { format!("en retard {distance}") } else { distance };
    Prochaine {
        quoi: mots::capitale(&etape.quoi),
        qui: format!(
            "{}, au plus tard le {}",
            noms.service(&etape.qui),
            jour_entier(etape.avant_le)
        ),
        quand: Badge::nouveau(ton, quand),
        en_retard,
        motifs: etape.motifs.iter().map(|m| mots::capitale(m)).collect(),
    }
}

fn en_echeance(etape: &Etape, noms: &Noms, jour: Date) -> Echeance {
    Echeance {
        jour: mots::capitale(&jour_entier(etape.avant_le)),
        distance: mots::distance(etape.avant_le, jour),
        en_retard: etape.avant_le < jour,
        quoi: mots::capitale(&etape.quoi),
        qui: noms.service(&etape.qui),
        motifs: etape.motifs.iter().map(|m| mots::capitale(m)).collect(),
        regle: droit::catalogue::regle(etape.regle)
            .map(|regle| Lien::nouveau("La règle et son histoire", urls::regle(regle.nom))),
    }
}

fn jour_entier(jour: Date) -> String {
    format!("{} {}", Jour(jour).de_la_semaine(), Jour(jour))
}

/// La dernière notice à compléter : c'est elle que les questions visent.
fn a_completer(ouvert: &DossierOuvert) -> Option<String> {
    ouvert.dossier.en_vigueur().next_back().map(|notice| urls::notice(notice.notice.0))
}

fn questions(ouvert: &DossierOuvert) -> Vec<Lien> {
    let vers = a_completer(ouvert).filter(|_| ouvert.peut_ecrire).unwrap_or_default();
    ouvert
        .situation
        .a_completer
        .iter()
        .map(|champ| Lien::nouveau(mots::capitale(champ_en_mots(champ)), vers.clone()))
        .collect()
}

fn gestes(ouvert: &DossierOuvert) -> Vec<Lien> {
    a_completer(ouvert)
        .map(|vers| Lien::nouveau("Compléter la dernière notice", vers))
        .into_iter()
        .collect()
}

fn raison(agent: &Agent) -> String {
    format!(
        "Votre rôle ({}) lit ce dossier sans y écrire. Pour le compléter ou signaler une erreur, écrivez au secrétariat.",
        agent.role.libelle()
    )
}
