//! Les comptes de mon organisme : pour la personne qui en répond.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Borne, Role};
use ccapex::partenaires::organisme::Comptes;
use usages::compte::comptes::NouveauCompte;
use usages::compte::invitations::{annuler, inviter, renvoyer};
use usages::compte::organisme::{CompteTenu, fermer, lister};
use usages::echec::{Echec, Nature};

use super::liste::etat;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Champ, Choix, Genre, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "comptes/organisme.html")]
pub struct PageOrganisme {
    pub cadre: Cadre,
    pub organisme: String,
    pub compte: String,
    pub comptes: Vec<LigneTenue>,
    pub champs: Vec<Champ>,
    pub erreur: String,
}

/// Un compte de l'organisme.
pub struct LigneTenue {
    pub id: String,
    pub nom: String,
    pub identifiant: String,
    pub role: &'static str,
    pub suppleances: String,
    pub etat: Badge,
    pub facteur: bool,
    pub actif: bool,
    pub invite: bool,
    /// La personne qui regarde peut agir sur ce compte.
    pub tenu: bool,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, &Formulaire::default(), String::new(), None).await
}

pub(crate) async fn inviter_une_personne(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let qui = &connecte.agent;
    responsable(qui)?;
    let nouveau = nouveau(qui, &formulaire);
    let courriel = formulaire.texte("courriel");
    let fait = inviter(&app.maison, qui, nouveau, courriel, app.maintenant()).await;
    repondre(&app, &connecte, &formulaire, fait.map(|_| invitee("Invitation prête"))).await
}

pub(crate) async fn changer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let (qui, id, quand) = (&connecte.agent, AgentId(id), app.maintenant());
    responsable(qui)?;
    let fait = match formulaire.texte("geste") {
        "inviter" => renvoyer(&app.maison, qui, id, quand)
            .await
            .map(|()| invitee("Invitation renvoyée ; le lien d'avant ne vaut plus")),
        "annuler" => annuler(&app.maison, qui, id, quand).await.map(|()| {
            let texte = "Son lien ne vaut plus. « Inviter de nouveau » en prépare un autre.";
            Alerte::nouvelle(Ton::Succes, "Invitation annulée", texte)
        }),
        "fermer" => fermer(&app.maison.stockage, qui, id, quand).await.map(|()| {
            let texte = "La personne n'entre plus, et ses sessions sont fermées. Ce qu'elle a écrit reste, à son nom. \
                         La personne qui administre peut le rouvrir.";
            Alerte::nouvelle(Ton::Succes, "Compte fermé", texte)
        }),
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    repondre(&app, &connecte, &Formulaire::default(), fait).await
}

/// La page est à qui répond d'un organisme ; l'administration a la sienne.
fn responsable(qui: &Agent) -> Result<(), ErreurWeb> {
    match qui.repond_de_comptes()? {
        Comptes::DeLOrganisme => Ok(()),
        Comptes::Tous => Err(ErreurWeb::hors_mission(qui.role, "de répondre d'un seul organisme")),
    }
}

fn invitee(titre: &str) -> Alerte {
    let texte = "Elle part par courriel dès que le serveur d'envoi la prend. Le compte n'ouvre rien avant que la \
                 personne ait choisi son mot de passe.";
    Alerte::nouvelle(Ton::Succes, titre, texte)
}

async fn repondre(
    app: &App,
    connecte: &AgentConnecte,
    saisie: &Formulaire,
    fait: Result<Alerte, Echec>,
) -> Result<Response, ErreurWeb> {
    match fait {
        Ok(message) => {
            let vide = Formulaire::default();
            let html = rendre(app, connecte, &vide, String::new(), Some(message)).await?;
            Ok(html.into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let html = rendre(app, connecte, saisie, refus.to_string(), None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    saisie: &Formulaire,
    erreur: String,
    message: Option<Alerte>,
) -> Result<Html<String>, ErreurWeb> {
    let qui = &connecte.agent;
    responsable(qui)?;
    let comptes = lister(&app.maison.stockage, qui).await?;
    let mut cadre = connecte
        .cadre(app, Section::Aucune, "Comptes de mon organisme")
        .sous("Mon compte", "/mon-compte");
    cadre.messages.extend(message);
    page(&PageOrganisme {
        cadre,
        organisme: qui.organisme.clone(),
        compte: mots::compte(comptes.len() as u64, "compte", "comptes"),
        comptes: comptes.iter().map(|c| ligne(app, c)).collect(),
        champs: champs(app, qui, saisie),
        erreur,
    })
}

fn ligne(app: &App, tenu: &CompteTenu) -> LigneTenue {
    let compte = &tenu.compte;
    LigneTenue {
        id: compte.agent.id.to_string(),
        nom: compte.agent.nom.clone(),
        identifiant: compte.identifiant.clone(),
        role: compte.agent.role.libelle(),
        suppleances: urls::suppleances(compte.agent.id.0),
        etat: etat(compte, app.aujourd_hui()),
        facteur: compte.facteur,
        actif: compte.actif,
        invite: compte.invite,
        tenu: tenu.tenu,
    }
}

fn nouveau(qui: &Agent, formulaire: &Formulaire) -> NouveauCompte {
    let sous_commission = formulaire.texte("sous_commission").to_owned();
    NouveauCompte {
        identifiant: String::new(),
        agent: Agent {
            id: AgentId(0),
            nom: formulaire.texte("nom").to_owned(),
            role: Role::de_code(formulaire.texte("role")).unwrap_or(qui.role),
            sous_commission: Some(sous_commission).filter(|s| !s.is_empty()),
            responsable: false,
            suppleances: Vec::new(),
            ..qui.clone()
        },
        fin: mots::lire_jour(formulaire.texte("fin")),
    }
}

fn champs(app: &App, qui: &Agent, saisie: &Formulaire) -> Vec<Champ> {
    let mut champs = vec![
        Champ::nouveau("nom", "Nom et prénom", Genre::Texte)
            .obligatoire()
            .aide("NOM en capitales, puis prénom."),
        Champ::nouveau("courriel", "Adresse électronique", Genre::Courriel)
            .obligatoire()
            .aide("La personne y reçoit un lien et choisit elle-même son mot de passe."),
    ];
    let missions = qui.role.missions_a_confier();
    if missions.len() > 1 {
        let choix = missions.iter().map(|r| Choix::nouveau(r.code(), r.libelle())).collect();
        champs.push(Champ::nouveau("role", "Mission", Genre::Choix(choix)).obligatoire());
    }
    let bornees = missions
        .iter()
        .any(|r| matches!(r.borne(), Borne::SousCommission | Borne::SousCommissionFacultative));
    let libre = qui.role == Role::SecretariatCentral || qui.sous_commission.is_none();
    if let (true, Ok(profil)) = (bornees && libre, app.maison.profil(&qui.profil)) {
        let mut choix = vec![Choix::nouveau("", "—")];
        choix.extend(profil.sous_commissions.iter().map(|s| Choix::nouveau(&s.code, &s.nom)));
        champs.push(
            Champ::nouveau("sous_commission", "Sous-commission", Genre::Choix(choix))
                .aide("Nécessaire à un secrétariat de sous-commission."),
        );
    }
    champs.push(
        Champ::nouveau("fin", "Fin du compte", Genre::Date)
            .aide("Dernier jour où il sert ; vide s'il n'a pas de fin."),
    );
    for champ in &mut champs {
        let valeur = saisie.texte(&champ.nom);
        if !valeur.is_empty() {
            *champ = champ.clone().rempli(valeur);
        }
    }
    champs
}
