//! Remplir un acte : un formulaire, d'après ce que l'acte demande.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};

use super::apercu::{Apercu, apercu};
use super::choisir::pour_y_ecrire;
use super::consigner::{Suite, consigner};
use super::lecture::lire;
use super::sorte::Sorte;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Genre, Lien};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "actes/saisir.html")]
pub struct PageSaisir {
    pub cadre: Cadre,
    pub menage: String,
    /// Chaque erreur mène à son champ.
    pub erreurs: Vec<Lien>,
    pub champs: Vec<Champ>,
    pub envoyer: String,
    pub retour: String,
    /// La page où revenir, quand ce n'est pas le dossier.
    pub suite: String,
    /// Ce qui suivra, s'il a été demandé.
    pub apercu: Option<Apercu>,
}

/// Le bouton qui montre ce qui suivra, sans consigner.
const APERCEVOIR: &str = "apercevoir";

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, acte)): Path<(String, String)>,
    Query(proposes): Query<Vec<(String, String)>>,
) -> Result<Response, ErreurWeb> {
    let sorte = Sorte::de(&acte).ok_or_else(ErreurWeb::introuvable)?;
    if let Some(page) = sorte.page(&reference) {
        return Ok(Redirect::to(&page).into_response());
    }
    let proposes = Formulaire::propose(proposes);
    rendre(&app, &connecte, &reference, sorte, &proposes, &BTreeMap::new()).await
}

pub(crate) async fn enregistrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, acte)): Path<(String, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let sorte = Sorte::de(&acte).ok_or_else(ErreurWeb::introuvable)?;
    let profil = app.maison.profil(&connecte.agent.profil)?;
    if let Some(page) = sorte.page(&reference) {
        return Ok(Redirect::to(&page).into_response());
    }
    if formulaire.texte("geste") == APERCEVOIR {
        return rendre(&app, &connecte, &reference, sorte, &formulaire, &BTreeMap::new()).await;
    }
    let ecrit = lire(&sorte.demandes(&profil, &[]), &formulaire);
    let (true, Some(date)) = (ecrit.defauts.is_empty(), ecrit.date) else {
        return rendre(&app, &connecte, &reference, sorte, &formulaire, &ecrit.defauts).await;
    };
    match consigner(&app, &connecte, &reference, sorte.code(), date, ecrit.champs).await? {
        Suite::Consigne { fait, deja } => {
            let retour = match formulaire.texte("suite") {
                "force-publique" => urls::force_publique(&reference),
                _ => urls::dossier(&reference),
            };
            let quoi = if deja { "deja" } else { "consigne" };
            Ok(Redirect::to(&urls::avec(&retour, &[(quoi, &fait)])).into_response())
        }
        Suite::Refuse(defauts) => {
            rendre(&app, &connecte, &reference, sorte, &formulaire, &defauts).await
        }
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    sorte: Sorte,
    saisie: &Formulaire,
    defauts: &BTreeMap<String, String>,
) -> Result<Response, ErreurWeb> {
    let jour = app.aujourd_hui();
    if !connecte.agent.role.consigne(sorte.code()) {
        return Err(ErreurWeb::hors_mission(connecte.agent.role, "de consigner cet acte"));
    }
    let ouvert = ouvrir(&app.maison, &connecte.agent, reference, jour, app.maintenant()).await?;
    let ouvert = match pour_y_ecrire(connecte, ouvert)? {
        Ok(ouvert) => ouvert,
        Err(ailleurs) => {
            let la_bas = urls::consigner_un_acte(&ailleurs, sorte.code());
            return Ok(Redirect::to(&la_bas).into_response());
        }
    };
    let noms = Noms::du(app, &ouvert.vue.profil)?;
    let reference = ouvert.vue.reference.as_str();
    let remplie = saisie.remplis().next().is_some();
    let champs: Vec<Champ> = sorte
        .demandes(&noms.0, &avis(&ouvert, &noms, jour))
        .into_iter()
        .map(|demande| {
            let nom = demande.champ.nom.clone();
            let erreur = defauts.get(&nom).cloned().unwrap_or_default();
            let champ = match (&demande.champ.genre, remplie) {
                (_, false) => demande.champ,
                (Genre::Cases(_), true) => demande.champ.coche(saisie.tous(&nom)),
                (_, true) => demande.champ.rempli(saisie.texte(&nom)),
            };
            Champ { erreur, ..champ }
        })
        .collect();
    let erreurs = defauts
        .iter()
        .map(|(nom, pourquoi)| match champs.iter().find(|c| c.nom == *nom) {
            Some(champ) => Lien::nouveau(format!("{} : {pourquoi}", champ.libelle), champ.ancre()),
            None => Lien::nouveau(pourquoi, "#acte"),
        })
        .collect();
    let apercu = if saisie.texte("geste") == APERCEVOIR {
        Some(apercu(app, connecte, reference, sorte, saisie).await?)
    } else {
        None
    };
    let titre = sorte.libelle();
    let cadre = connecte
        .cadre(app, Section::Dossiers, titre)
        .dans_sa_section()
        .sous(reference, urls::dossier(reference))
        .sous("Consigner un acte", urls::consigner(reference));
    let page: Html<String> = page(&PageSaisir {
        menage: ouvert.vue.nom.clone(),
        erreurs,
        champs,
        envoyer: urls::consigner_un_acte(reference, sorte.code()),
        retour: match saisie.texte("suite") {
            "force-publique" => urls::force_publique(reference),
            _ => urls::dossier(reference),
        },
        suite: saisie.texte("suite").to_owned(),
        apercu,
        cadre,
    })?;
    Ok(page.into_response())
}

/// Les avis du dossier, pour dire lequel a une suite.
fn avis(ouvert: &DossierOuvert, noms: &Noms, jour: jiff::civil::Date) -> Vec<(String, String)> {
    let horloge = Horloge::au(jour);
    Cours::de(&ouvert.dossier, noms.0.tentatives_avant_sans_nouvelles(), &horloge)
        .avis
        .iter()
        .map(|avis| {
            let qui = noms.qui(&avis.destinataire);
            (avis.fait.clone(), format!("Avis du {} à {qui}", mots::jour(avis.le)))
        })
        .collect()
}
