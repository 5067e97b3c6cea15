//! Choisir un second facteur : à la première connexion quand le rôle l'exige, ou depuis son compte.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use usages::compte::session::{Connue, jeton_de_formulaire};
use usages::echec::Nature;
use usages::formes::Etape;

use super::page::Ensuite;
use super::qr::{Dessin, dessiner};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::{AgentConnecte, Cookie, EnChemin};
use crate::acces::visiteur::DOuVient;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::urls;

#[derive(Template)]
#[template(path = "connexion/enrolement.html")]
pub struct PageEnrolement {
    pub cadre: Cadre,
    /// Le rôle l'exige : rien d'autre ne s'ouvre avant.
    pub exige: bool,
    pub role: &'static str,
    pub qr: Option<Dessin>,
    pub cle: String,
    pub erreur: String,
    pub suite: String,
}

#[derive(Template)]
#[template(path = "connexion/codes.html")]
pub struct PageCodes {
    pub cadre: Cadre,
    pub titre: &'static str,
    pub codes: Vec<String>,
    /// Les mêmes, une ligne chacun, prêts à copier.
    pub texte: String,
    pub suite: String,
}

/// Qui choisit : une personne connectée, ou une à qui il ne manque que cela.
fn qui(connecte: Option<AgentConnecte>, en_chemin: Option<EnChemin>) -> Option<Connue> {
    connecte.map(|c| c.connue).or(en_chemin.map(|e| e.0))
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    en_chemin: Option<EnChemin>,
    Query(ensuite): Query<Ensuite>,
) -> Result<Response, ErreurWeb> {
    let suite = urls::interne(&ensuite.suite);
    match qui(connecte, en_chemin) {
        Some(connue) if connue.etape == Etape::Code => {
            Ok(Redirect::to(&urls::code(suite)).into_response())
        }
        Some(connue) => rendre(&app, &connue, StatusCode::OK, String::new(), suite).await,
        None => Ok(Redirect::to(&urls::connexion(suite)).into_response()),
    }
}

pub(crate) async fn choisir(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
    en_chemin: Option<EnChemin>,
    DOuVient(visiteur): DOuVient,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let suite = urls::interne(formulaire.texte("suite"));
    let connue = qui(connecte, en_chemin).filter(|c| c.etape != Etape::Code);
    let Some(connue) = connue else {
        let suite = suite.to_owned();
        return Err(ErreurWeb::PasConnecte { suite, lisait: false, reste: None });
    };
    match app.portier().choisir_un_facteur(&connue, formulaire.texte("code"), &visiteur).await {
        Ok(choisi) => {
            let cookie = Cookie::Session(&choisi.entree.jeton).entete(app.config.https);
            // Le jeton de session vient de changer : la page porte celui de la nouvelle.
            let cadre = Cadre {
                jeton: jeton_de_formulaire(&choisi.entree.jeton),
                ..app.cadre(Some(&connue.agent), Section::Aucune, "Vos codes de secours")
            };
            let html = codes(cadre, "Votre second facteur est en place", choisi.codes, suite)?;
            Ok((AppendHeaders([cookie]), html).into_response())
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            let refuse = StatusCode::UNPROCESSABLE_ENTITY;
            rendre(&app, &connue, refuse, refus.to_string(), suite).await
        }
        Err(echec) => Err(echec.into()),
    }
}

/// La page des codes de secours, montrés une seule fois.
pub(crate) fn codes(
    cadre: Cadre,
    titre: &'static str,
    codes: Vec<String>,
    suite: &str,
) -> Result<Html<String>, ErreurWeb> {
    let texte = codes.join("\n");
    page(&PageCodes { cadre, titre, codes, texte, suite: suite.to_owned() })
}

async fn rendre(
    app: &App,
    connue: &Connue,
    statut: StatusCode,
    erreur: String,
    suite: &str,
) -> Result<Response, ErreurWeb> {
    let secret = app.portier().proposer_un_facteur(connue).await?;
    let identifiant = app.portier().mon_compte(connue).await?.identifiant;
    let ouverte = connue.etape == Etape::Ouverte;
    let titre = "Choisir un second facteur";
    let agent = ouverte.then_some(&connue.agent);
    let cadre =
        Cadre { jeton: connue.jeton_csrf.clone(), ..app.cadre(agent, Section::Aucune, titre) };
    let html = page(&PageEnrolement {
        cadre: if ouverte { cadre.sous("Mon compte", "/mon-compte") } else { cadre },
        exige: !ouverte,
        role: connue.agent.role.libelle(),
        qr: dessiner(&secret.adresse(&identifiant)),
        cle: secret.en_lettres(),
        erreur,
        suite: suite.to_owned(),
    })?;
    Ok((statut, html).into_response())
}
