//! Les comptes à revoir : pourquoi chacun, quoi faire, confirmer ou mettre fin.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::organisme::Comptes;
use usages::compte::revue::{ARevoir, Raison, Regard, a_revoir, confirmer, mettre_fin};
use usages::echec::{Echec, Nature};

use super::liste::etat;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::mots;

#[derive(Template)]
#[template(path = "comptes/revue.html")]
pub struct PageRevue {
    pub cadre: Cadre,
    pub compte: String,
    pub comptes: Vec<LigneARevoir>,
    pub vide: Vide,
}

/// Un compte à revoir.
pub struct LigneARevoir {
    pub id: String,
    pub nom: String,
    pub identifiant: String,
    pub role: &'static str,
    pub organisme: String,
    pub etat: Badge,
    pub raisons: Vec<RaisonDite>,
    /// La dernière revue ; vide s'il n'y en a pas eu.
    pub revue: String,
    pub tenu: bool,
}

/// Pourquoi, et quoi faire.
pub struct RaisonDite {
    pub pourquoi: String,
    pub quoi: &'static str,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, None).await
}

pub(crate) async fn decider(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let (qui, id) = (&connecte.agent, AgentId(id));
    let (jour, quand) = (app.aujourd_hui(), app.maintenant());
    qui.repond_de_comptes()?;
    let fait: Result<Alerte, Echec> = match formulaire.texte("geste") {
        "confirmer" => confirmer(&app.maison, qui, id, jour, quand).await.map(|revoir| {
            let texte = format!(
                "Il revient ici le {}, ou plus tôt si quelque chose change.",
                mots::jour(revoir)
            );
            Alerte::nouvelle(Ton::Succes, "Compte confirmé", texte)
        }),
        "fin" => mettre_fin(&app.maison, qui, id, jour, quand).await.map(|()| {
            let texte = "La personne n'entre plus, ses sessions sont fermées et les clés de ce compte n'ouvrent plus rien. \
                         La personne qui administre peut le rouvrir.";
            Alerte::nouvelle(Ton::Succes, "Compte fermé", texte)
        }),
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    match fait {
        Ok(message) => Ok(rendre(&app, &connecte, Some(message)).await?.into_response()),
        Err(refus) if refus.nature() == Nature::Refus => {
            let message = Alerte::nouvelle(Ton::Erreur, "Rien n'a changé", refus.to_string());
            let html = rendre(&app, &connecte, Some(message)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    message: Option<Alerte>,
) -> Result<Html<String>, ErreurWeb> {
    let qui = &connecte.agent;
    let regard =
        Regard { jour: app.aujourd_hui(), instant: app.maintenant(), fuseau: &app.config.fuseau };
    let comptes = a_revoir(&app.maison, &app.config.regles, qui, regard).await?;
    let tous = qui.repond_de_comptes()? == Comptes::Tous;
    let (section, retour) = if tous {
        (Section::Comptes, ("Comptes", "/comptes"))
    } else {
        (Section::Aucune, ("Comptes de mon organisme", "/mon-organisme"))
    };
    let mut cadre = connecte.cadre(app, section, "Comptes à revoir").sous(retour.0, retour.1);
    cadre.messages.extend(message);
    let vide = Vide::nouveau(
        "Aucun compte à revoir",
        "Chaque compte sert, et a été regardé il y a moins de temps que le profil ne le demande.",
    );
    page(&PageRevue {
        cadre,
        compte: mots::compte(comptes.len() as u64, "compte à revoir", "comptes à revoir"),
        comptes: comptes.iter().map(|c| ligne(app, c)).collect(),
        vide: vide.avec(retour.0, retour.1),
    })
}

fn ligne(app: &App, lu: &ARevoir) -> LigneARevoir {
    let compte = &lu.compte;
    LigneARevoir {
        id: compte.agent.id.to_string(),
        nom: compte.agent.nom.clone(),
        identifiant: compte.identifiant.clone(),
        role: compte.agent.role.libelle(),
        organisme: compte.agent.organisme.clone(),
        etat: etat(compte, app.aujourd_hui()),
        raisons: lu.raisons.iter().map(dire).collect(),
        revue: lu.revue.as_ref().map_or_else(String::new, |r| {
            let suite = r
                .revoir_le
                .map_or_else(String::new, |jour| format!(", à revoir le {}", mots::jour(jour)));
            format!("Revu le {} par {}{suite}", mots::jour(r.le), lu.revu_par)
        }),
        tenu: lu.tenu,
    }
}

/// Une raison, et ce qu'elle appelle.
fn dire(raison: &Raison) -> RaisonDite {
    let (pourquoi, quoi) = match raison {
        Raison::SansOrganisme => (
            "Son service, sa sous-commission ou sa commune n'existe plus au profil".to_owned(),
            "Ouvrez-lui un compte avec sa mission d'aujourd'hui, puis fermez celui-ci.",
        ),
        Raison::SansSecondFacteur => (
            "Sa mission exige deux facteurs, il n'en a qu'un".to_owned(),
            "Demandez à la personne de se connecter : elle en choisira un second.",
        ),
        Raison::Fini(fin) => (
            format!("Fini le {}", mots::jour(*fin)),
            "Fermez-le, ou faites-en ouvrir un autre si la personne reste.",
        ),
        Raison::FinProche(fin) => (
            format!("Finit le {}", mots::jour(*fin)),
            "Demandez à la personne si elle reste ; sinon, il finira seul.",
        ),
        Raison::JamaisVenu(depuis) => (
            format!("Ouvert le {}, jamais servi", mots::jour(*depuis)),
            "Invitez de nouveau, ou fermez-le : un compte qui ne sert pas est une porte de trop.",
        ),
        Raison::Inactif(depuis) => (
            format!("Pas de connexion depuis le {}", mots::jour(*depuis)),
            "Vérifiez que la personne a toujours cette mission ; sinon, fermez-le.",
        ),
        Raison::CleInutile(nom, depuis) => (
            format!("La clé « {nom} » n'a pas servi depuis le {}", mots::jour(*depuis)),
            "Demandez à qui tient ce logiciel ; si personne ne s'en sert, faites retirer la clé.",
        ),
        Raison::SuppleanceFinie(au) => (
            format!("Suppléance finie le {}, pas revenue depuis", mots::jour(*au)),
            "Vérifiez son retour ; prolongez la suppléance, ou fermez le compte.",
        ),
        Raison::RevueAttendue(jour) => (
            format!("Revue attendue depuis le {}", mots::jour(*jour)),
            "Confirmez que la personne a toujours cette mission.",
        ),
    };
    RaisonDite { pourquoi, quoi }
}
