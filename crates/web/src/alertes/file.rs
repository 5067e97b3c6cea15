//! Les alertes qui attendent une réponse : les siennes, celles en retard, toutes.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use usages::accueil::accueil;
use usages::coordination::alertes::{AttenteDeDossier, Quelles, file, pour_moi};
use usages::formes::Curseur;

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Onglet, Onglets, Pagination, Vide};
use crate::echeances::{compte, pagination};
use crate::ensemble::message;
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "alertes/file.html")]
pub struct PageAlertes {
    pub cadre: Cadre,
    pub onglets: Onglets,
    pub compte: String,
    pub attentes: Vec<LigneDAttente>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Ce qu'une alerte attend d'un destinataire.
pub struct LigneDAttente {
    pub moment: String,
    pub reference: String,
    pub menage: String,
    pub vers: String,
    pub attendu: String,
    pub destinataire: String,
    /// Le relais, quand le destinataire s'est tu.
    pub relais: String,
    /// Le destinataire n'a pas de compte : le secrétariat le sollicite.
    pub sans_compte: bool,
    pub avant_le: String,
    pub distance: String,
    pub en_retard: bool,
    pub pour_moi: bool,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    quelles: String,
    apres: String,
    fait: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, jour) = (&connecte.agent, app.aujourd_hui());
    if !agent.repond_aux_alertes() {
        return Err(ErreurWeb::hors_mission(agent.role, "de répondre à des alertes"));
    }
    let nombres = accueil(&app.maison, agent, jour).await?;
    let miennes = pour_moi(&app.maison, agent).await?;
    let n = |liste: &str| nombres.listes.get(liste).copied().unwrap_or_default();
    let (en_attente, tardives) = (n("alerte_en_attente"), n("alerte_sans_reponse"));
    let (quelles, nom) = match demande.quelles.as_str() {
        "retard" => (Quelles::Tardives, "retard"),
        "attente" => (Quelles::EnAttente, "attente"),
        _ => (Quelles::PourMoi, ""),
    };
    let apres = Curseur::de_code(&demande.apres);
    let file = file(&app.maison, agent, quelles, apres, jour).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    let onglet = |titre: &str, compte: String, code: &str| Onglet {
        titre: titre.to_owned(),
        compte,
        vers: urls::avec("/alertes", &[("quelles", code)]),
        ouvert: nom == code,
    };
    let positif = |n: i64| mots::milliers(u64::try_from(n).unwrap_or_default());
    let (vide, ailleurs) = match quelles {
        Quelles::PourMoi => (
            Vide::nouveau(
                "Aucune alerte ne vous attend",
                "Une alerte arrive ici quand un partenaire vous la destine, ou quand son destinataire s'est tu et que vous êtes son relais.",
            ),
            ("Voir toutes celles qui attendent", "/alertes?quelles=attente"),
        ),
        Quelles::Tardives => (
            Vide::nouveau(
                "Aucune alerte en retard",
                "Chaque destinataire a répondu à temps, ou le peut encore.",
            ),
            ("Voir celles qui attendent", "/alertes?quelles=attente"),
        ),
        Quelles::EnAttente => (
            Vide::nouveau(
                "Aucune alerte n'attend",
                "Une alerte se lève depuis un dossier, ou naît d'un acte : absence à l'audience, porte close, aide suspendue.",
            ),
            ("Ouvrir un dossier pour en lever une", "/dossiers"),
        ),
    };
    let mut cadre = cadre(&app, &connecte);
    cadre.messages.extend(message(
        &demande.fait,
        &[("repondue", "Réponse notée", "Elle est au dossier ; l'alerte a quitté votre file.")],
    ));
    page(&PageAlertes {
        cadre,
        onglets: Onglets {
            nom: "Alertes par délai",
            onglets: if agent.suit_des_menages() {
                vec![
                    onglet("Pour vous", compte(&miennes, "", "").trim().to_owned(), ""),
                    onglet("En retard", positif(tardives), "retard"),
                    onglet("En attente", positif(en_attente), "attente"),
                ]
            } else {
                vec![onglet("Pour vous", compte(&miennes, "", "").trim().to_owned(), "")]
            },
        },
        compte: compte(&file.liste.compte, "dossier", "dossiers"),
        attentes: file.attentes.iter().map(|a| ligne(a, &noms, jour)).collect(),
        vide: vide.avec(ailleurs.0, ailleurs.1),
        pagination: pagination(&file.liste, &demande.apres, |apres| {
            urls::avec("/alertes", &[("quelles", nom), ("apres", apres)])
        }),
    })
}

/// Les alertes ont leur entrée au menu de qui ne suit pas d'échéances.
fn cadre(app: &App, connecte: &AgentConnecte) -> Cadre {
    if Section::de(connecte.agent.role).contains(&Section::Alertes) {
        connecte.cadre(app, Section::Alertes, "Alertes")
    } else {
        connecte.cadre(app, Section::Echeances, "Alertes").dans_sa_section()
    }
}

fn ligne(attente: &AttenteDeDossier, noms: &Noms, jour: jiff::civil::Date) -> LigneDAttente {
    let attendue = &attente.attente;
    LigneDAttente {
        moment: mots::capitale(attendue.code.libelle()),
        reference: attente.dossier.reference.clone(),
        menage: attente.dossier.nom.clone(),
        vers: urls::alertes(&attente.dossier.reference),
        attendu: mots::capitale(&attendue.attendu),
        destinataire: noms.qui(&attendue.destinataire),
        relais: if attente.en_retard { noms.qui(&attente.a_qui) } else { String::new() },
        sans_compte: attendue.guichet == "secretariat"
            && noms.0.service(&attendue.destinataire).is_none(),
        avant_le: mots::jour(attendue.avant_le),
        distance: mots::distance(attendue.avant_le, jour),
        en_retard: attente.en_retard,
        pour_moi: attente.pour_moi,
    }
}
