//! Entrer par un fournisseur d'identité, comme ProConnect, et en sortir.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use oidc::fournisseur::{Echange, Echec, Exigence, Identite};
use serde::Deserialize;
use usages::cle::Usage;
use usages::compte::fournisseur::{IdentiteFournie, Issue};

use super::page::entrer;
use crate::acces::session::{Cookie, echange_en_cours};
use crate::acces::visiteur::DOuVient;
use crate::app::{App, ParFournisseur};
use crate::cadre::{Cadre, Section};
use crate::composants::Lien;
use crate::erreur::{AMontrer, ErreurWeb, page};
use crate::urls;

/// La page qui mène chez le fournisseur, pour y fermer aussi la session.
#[derive(Template)]
#[template(path = "connexion/sortie.html")]
pub struct PageSortie {
    pub cadre: Cadre,
    pub nom: String,
    pub vers: String,
}

/// Ce qu'on demande en partant.
#[derive(Deserialize)]
pub(crate) struct Depart {
    #[serde(default)]
    suite: String,
    #[serde(default)]
    niveau: String,
}

/// Ce que le fournisseur rend avec la personne.
#[derive(Deserialize)]
pub(crate) struct Retour {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
}

pub(crate) async fn partir(
    State(app): State<App>,
    Query(depart): Query<Depart>,
) -> Result<Response, ErreurWeb> {
    let par = regle(&app)?;
    let exigence = match depart.niveau.as_str() {
        "fort" => Exigence::Forte,
        _ => Exigence::Ordinaire,
    };
    let suite = urls::interne(&depart.suite);
    let hasard = [app.hasard(), app.hasard(), app.hasard()];
    let heure = app.heure_du_monde().as_second();
    let (vers, echange) = par
        .fournisseur
        .commencer(exigence, suite, heure, hasard)
        .await
        .map_err(|echec| montrer(par, &echec))?;
    let texte = serde_json::to_vec(&echange).unwrap_or_default();
    let chiffre = app.config.cle.chiffrer(Usage::Echange, &texte, app.hasard());
    let cookie = Cookie::Echange(&chiffre).entete(app.config.https);
    Ok((AppendHeaders([cookie]), Redirect::to(&vers)).into_response())
}

pub(crate) async fn revenir(
    State(app): State<App>,
    DOuVient(visiteur): DOuVient,
    entetes: HeaderMap,
    Query(retour): Query<Retour>,
) -> Result<Response, ErreurWeb> {
    let par = regle(&app)?;
    let echange = echange_en_cours(&entetes)
        .and_then(|c| app.config.cle.dechiffrer(Usage::Echange, &c))
        .and_then(|texte| serde_json::from_slice::<Echange>(&texte).ok());
    // Un échange ne sert qu'une fois, quoi qu'il donne.
    let fini = AppendHeaders([Cookie::EchangeFini.entete(app.config.https)]);
    let reponse = match conclure(&app, par, echange, &retour).await {
        Ok((identite, suite)) => faire_entrer(&app, par, identite, &suite, &visiteur).await,
        Err(echec) => Err(montrer(par, &echec)),
    };
    Ok((fini, reponse.into_response()).into_response())
}

async fn conclure(
    app: &App,
    par: &ParFournisseur,
    echange: Option<Echange>,
    retour: &Retour,
) -> Result<(Identite, String), Echec> {
    let echange = echange.filter(|e| e.etat == retour.state).ok_or(Echec::Echange)?;
    if !retour.error.is_empty() {
        return Err(Echec::Refuse(retour.error.chars().take(40).collect()));
    }
    let heure = app.heure_du_monde().as_second();
    let identite = par.fournisseur.conclure(&echange, &retour.state, &retour.code, heure).await?;
    Ok((identite, echange.suite))
}

async fn faire_entrer(
    app: &App,
    par: &ParFournisseur,
    identite: Identite,
    suite: &str,
    visiteur: &usages::compte::portier::Visiteur,
) -> Result<Response, ErreurWeb> {
    let identite = IdentiteFournie {
        emetteur: identite.emetteur,
        sujet: identite.sujet,
        courriel: identite.courriel,
        forte: identite.forte,
        preuve: identite.preuve,
    };
    match app.portier().entrer_par_le_fournisseur(&identite, visiteur).await? {
        Issue::Entree(entree) => Ok(entrer(app, &entree, suite)),
        Issue::Inconnue => Err(refus(
            StatusCode::FORBIDDEN,
            "Aucun compte ne vous attend",
            format!(
                "{} vous a reconnu, mais cela ne donne aucun droit : personne ne vous a encore invité \
                 à cette adresse, ou l'invitation a expiré. Demandez à la personne qui administre Seuil \
                 pour votre organisme de vous inviter, à l'adresse que {0} connaît.",
                par.nom
            ),
            vec![Lien::nouveau("Revenir à la connexion", "/connexion")],
        )),
        Issue::TropFaible => Err(refus(
            StatusCode::FORBIDDEN,
            "Il manque un second facteur",
            format!(
                "Votre mission ouvre beaucoup de situations : un mot de passe volé ne doit pas suffire, \
                 et {} ne vous a demandé qu'un facteur. Recommencez en lui demandant une authentification \
                 forte. S'il ne la propose pas pour votre organisme, connectez-vous par votre mot de passe \
                 d'ici et choisissez un second facteur : vous pourrez ensuite revenir par {0}.",
                par.nom
            ),
            vec![
                Lien::nouveau(
                    "Recommencer avec deux facteurs",
                    urls::avec("/connexion/oidc", &[("niveau", "fort"), ("suite", suite)]),
                ),
                Lien::nouveau("Revenir à la connexion", "/connexion"),
            ],
        )),
    }
}

/// La page qui mène chez le fournisseur pour y finir la session ; rien s'il ne le propose pas.
pub(super) async fn sortir(app: &App, preuve: &str) -> Result<Option<Response>, ErreurWeb> {
    let Some(par) = &app.config.fournisseur else { return Ok(None) };
    let etat = hex::encode(app.hasard());
    let Some(vers) = par.fournisseur.sortir(preuve, &etat).await else { return Ok(None) };
    let cadre = app.cadre(None, Section::Aucune, "Déconnexion");
    let html = page(&PageSortie { cadre, nom: par.nom.clone(), vers })?;
    let cookies = AppendHeaders([
        Cookie::Fin.entete(app.config.https),
        Cookie::Echange(&etat).entete(app.config.https),
    ]);
    Ok(Some((cookies, html).into_response()))
}

/// De retour de chez le fournisseur, la session finie des deux côtés.
pub(crate) async fn sorti(
    State(app): State<App>,
    entetes: HeaderMap,
    Query(retour): Query<Retour>,
) -> Result<Response, ErreurWeb> {
    let par = regle(&app)?;
    if retour.state.is_empty() || echange_en_cours(&entetes).as_deref() != Some(&retour.state) {
        return Err(montrer(par, &Echec::Echange));
    }
    let cookie = Cookie::EchangeFini.entete(app.config.https);
    Ok((AppendHeaders([cookie]), Redirect::to("/connexion")).into_response())
}

fn regle(app: &App) -> Result<&ParFournisseur, ErreurWeb> {
    app.config.fournisseur.as_ref().ok_or_else(ErreurWeb::introuvable)
}

/// Ce qu'on dit d'un échange qui n'a pas abouti. Le détail va au journal technique.
fn montrer(par: &ParFournisseur, echec: &Echec) -> ErreurWeb {
    let nom = &par.nom;
    tracing::warn!(%echec, "connexion par le fournisseur d'identité");
    let recommencer = || Lien::nouveau("Recommencer", "/connexion/oidc");
    let connexion = || Lien::nouveau("Revenir à la connexion", "/connexion");
    match echec {
        Echec::Injoignable(_) => refus(
            StatusCode::BAD_GATEWAY,
            "Le service d'identité ne répond pas",
            format!(
                "{nom} est en panne, ou la liaison avec lui est coupée. Vous n'y êtes pour rien, et rien \
                 n'a été enregistré. Réessayez dans quelques minutes ; si vous avez un mot de passe ici, \
                 il fonctionne toujours."
            ),
            vec![recommencer(), connexion()],
        ),
        Echec::Refuse(code) if code == "access_denied" => refus(
            StatusCode::FORBIDDEN,
            "Vous avez refusé, ou le service d'identité a refusé",
            format!(
                "{nom} ne nous a pas dit qui vous êtes. Sans cela, votre compte ne s'ouvre pas. Rien n'a \
                 été transmis. Recommencez et acceptez de transmettre vos informations, ou connectez-vous \
                 par votre mot de passe."
            ),
            vec![recommencer(), connexion()],
        ),
        Echec::Refuse(_) | Echec::Echange => refus(
            StatusCode::BAD_REQUEST,
            "Cette connexion est périmée",
            "Elle a trop duré, a déjà servi, ou a commencé dans un autre onglet. Par sécurité, elle \
             ne vaut plus. Recommencez depuis le début."
                .to_owned(),
            vec![recommencer(), connexion()],
        ),
        Echec::Jeton(_) | Echec::Dires(_) => refus(
            StatusCode::BAD_GATEWAY,
            "La réponse du service d'identité n'est pas sûre",
            format!(
                "Ce que {nom} a répondu ne porte pas sa signature, ou n'est pas pour cette connexion. Par \
                 sécurité, rien n'en est cru. Recommencez ; si cela se répète, prévenez la personne qui \
                 administre Seuil."
            ),
            vec![recommencer(), connexion()],
        ),
    }
}

fn refus(
    statut: StatusCode,
    titre: &'static str,
    explication: String,
    actions: Vec<Lien>,
) -> ErreurWeb {
    ErreurWeb::Fournisseur(Box::new((statut, AMontrer { titre, explication, actions })))
}
