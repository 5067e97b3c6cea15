//! La file des notices inutilisables en l'état.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::identifiants::NoticeId;
use serde::Deserialize;
use usages::completer::demander::faites;
use usages::completer::file::{Attente, file};
use usages::formes::Demande as DemandeFaite;

use super::notice::{Manquant, attendue, conclusion, dite};
use super::{FileOuverte, onglets, qui_complete};
use crate::acces::session::AgentConnecte;
use crate::aide;
use crate::app::App;
use crate::cadre::Cadre;
use crate::composants::{Alerte, Onglets, Pagination, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "a_traiter/completer.html")]
pub struct PageCompleter {
    pub cadre: Cadre,
    pub titre: &'static str,
    pub chapo: &'static str,
    /// Les files du secrétariat ; une étude n'en a pas.
    pub onglets: Option<Onglets>,
    /// Chaque notice dit qui l'a envoyée ; à une étude, c'est elle.
    pub dit_l_emetteur: bool,
    /// « Compléter ou demander ».
    pub agir: &'static str,
    pub compte: String,
    pub notices: Vec<LigneNotice>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une notice et ce qui lui manque.
pub struct LigneNotice {
    pub reference: String,
    pub nature: String,
    pub menage: String,
    pub recue: String,
    pub emetteur: String,
    pub manques: Vec<Manquant>,
    /// La dernière demande faite à l'émetteur, et le jour attendu.
    pub demande: Option<Demandee>,
    pub vers: String,
}

/// Ce qui a été demandé, et pour quand.
pub struct Demandee {
    pub dite: String,
    pub attendue: String,
    pub en_retard: bool,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    apres: Option<i64>,
    fait: String,
    statut: String,
    motif: String,
}

const PAR_PAGE: i64 = 30;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    let section = qui_complete(agent)?;
    let secretariat = agent.tient_le_secretariat();
    // Une de plus que la page : elle dit s'il y a une suite.
    let apres = demande.apres.map(NoticeId);
    let mut notices = file(&app.maison, agent, apres, PAR_PAGE + 1, app.aujourd_hui()).await?;
    let suite = notices.len() as i64 > PAR_PAGE;
    notices.truncate(usize::try_from(PAR_PAGE).unwrap_or(usize::MAX));
    let derniere = notices.last().map(|n| n.registre.id.0.to_string());
    let mut cadre = connecte.cadre(&app, section, "À compléter");
    if !secretariat {
        cadre = cadre.dans_sa_section();
        cadre.aide = aide::vers(agent.role.code(), "/a-completer");
    }
    if demande.fait == "complete" {
        let texte = conclusion(&demande.statut, &demande.motif);
        cadre = cadre.dire(Alerte::nouvelle(Ton::Succes, "Notice complétée", texte));
    }
    let ids: Vec<NoticeId> = notices.iter().map(|n| n.registre.id).collect();
    let demandes = faites(&app.maison, agent, &ids).await?;
    let montrees = mots::compte(notices.len() as u64, "notice montrée", "notices montrées");
    page(&PageCompleter {
        cadre,
        titre: if secretariat { "À traiter" } else { "À compléter" },
        chapo: if secretariat {
            "Ces notices attendent une réponse. Aucune ne quitte la file sans avoir été complétée."
        } else {
            "Il manque une information à ces actes de votre étude. Répondez ici : le traitement reprend aussitôt."
        },
        onglets: if secretariat {
            Some(onglets(&app, agent, FileOuverte::Completer).await?)
        } else {
            None
        },
        dit_l_emetteur: secretariat,
        agir: if secretariat { "Compléter ou demander" } else { "Compléter" },
        compte: montrees.clone(),
        notices: notices
            .iter()
            .map(|a| {
                let derniere = demandes.iter().rev().find(|d| d.notice == a.registre.id);
                ligne(&app, a, derniere)
            })
            .collect(),
        vide: Vide::nouveau("Rien à compléter", "Toutes les notices reçues ont pu être traitées.")
            .avec("Déposer des fichiers", "/reception"),
        pagination: Pagination {
            resume: montrees,
            debut: demande.apres.map(|_| "/a-completer".to_owned()),
            suite: derniere
                .filter(|_| suite)
                .map(|id| urls::avec("/a-completer", &[("apres", &id)])),
        },
    })
}

fn ligne(app: &App, attente: &Attente, demande: Option<&DemandeFaite>) -> LigneNotice {
    let registre = &attente.registre;
    let reference =
        if registre.reference.is_empty() { "Sans référence" } else { &registre.reference };
    LigneNotice {
        reference: reference.to_owned(),
        nature: attente.nature.libelle().to_owned(),
        menage: attente.identite.nom_affiche(),
        recue: app.jour_de(registre.recu_le),
        emetteur: super::notice::emetteur(attente),
        manques: super::notice::manques(attente),
        demande: demande.map(|d| {
            let (attendue, en_retard) = attendue(app, d);
            Demandee { dite: dite(app, d), attendue, en_retard }
        }),
        vers: urls::notice(registre.id.0),
    }
}
