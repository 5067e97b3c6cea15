//! Demander un accès exceptionnel : la référence et la raison, puis ce qui suivra, puis la confirmation.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::profil::Profil;
use serde::Deserialize;
use usages::echec::Nature;
use usages::exceptions::ouvrir::{Annonce, Demande, annoncer, defauts, ouvrir, peut_recourir};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::acces::visiteur::DOuVient;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Champ, Choix, Genre, Lien};
use crate::ensemble::placer;
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "exceptions/demander.html")]
pub struct PageException {
    pub cadre: Cadre,
    pub heures: String,
    pub erreurs: Vec<Lien>,
    pub champs: Vec<Champ>,
    /// Ce qui suivra, à confirmer ; rien tant que la demande n'est pas complète.
    pub confirmation: Option<Confirmation>,
}

/// Ce qui suivra, et ce que la confirmation renvoie.
pub struct Confirmation {
    pub reference: String,
    pub motif: String,
    pub raison: String,
    /// Ce qui suivra.
    pub suites: Vec<String>,
    /// Ce que la confirmation renvoie.
    pub caches: Vec<(&'static str, String)>,
    /// Le code du second facteur, pour qui en a un.
    pub champs: Vec<Champ>,
}

/// La référence que proposait la page d'avant.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Proposee {
    reference: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(proposee): Query<Proposee>,
) -> Result<Html<String>, ErreurWeb> {
    let profil = peut_recourir(&app.maison, &connecte.agent)?;
    let demande = Demande { reference: proposee.reference, ..Demande::default() };
    rendre(&app, &connecte, &profil, &demande, &BTreeMap::new(), None)
}

pub(crate) async fn demander(
    State(app): State<App>,
    connecte: AgentConnecte,
    DOuVient(visiteur): DOuVient,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    let profil = peut_recourir(&app.maison, agent)?;
    let demande = Demande {
        reference: formulaire.texte("reference").to_uppercase(),
        motif: formulaire.texte("motif").to_owned(),
        raison: formulaire.texte("raison").to_owned(),
    };
    let dits = defauts(&profil, &demande);
    if !dits.is_empty() {
        return Ok(rendre(&app, &connecte, &profil, &demande, &dits, None)?.into_response());
    }
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let annonce = match annoncer(&app.maison, agent, &demande, jour, instant).await {
        Ok(annonce) => annonce,
        Err(refus) if refus.nature() == Nature::Refus => {
            let dits = BTreeMap::from([("demande".to_owned(), refus.to_string())]);
            return Ok(rendre(&app, &connecte, &profil, &demande, &dits, None)?.into_response());
        }
        Err(echec) => return Err(echec.into()),
    };
    let confirmee = formulaire.texte("confirmer") == "oui";
    let mut dits = BTreeMap::new();
    if confirmee {
        let code = formulaire.texte("code");
        match app.portier().redire_un_code(&connecte.connue, code, &visiteur).await {
            Ok(()) => {
                let site = &app.config.url;
                match ouvrir(&app.maison, agent, &demande, site, jour, instant).await {
                    Ok(reference) => {
                        return Ok(Redirect::to(&urls::dossier(&reference)).into_response());
                    }
                    Err(refus) if matches!(refus.nature(), Nature::Refus | Nature::Introuvable) => {
                        let dits = BTreeMap::from([("demande".to_owned(), refus.to_string())]);
                        let page = rendre(&app, &connecte, &profil, &demande, &dits, None)?;
                        return Ok(page.into_response());
                    }
                    Err(echec) => return Err(echec.into()),
                }
            }
            Err(refus) if refus.nature() == Nature::Refus => {
                dits.insert("code".to_owned(), refus.to_string());
            }
            Err(echec) => return Err(echec.into()),
        }
    }
    let code = app.portier().redit_un_code(&connecte.connue).await?;
    let confirmation = confirmation(&app, &connecte, &demande, &annonce, code);
    Ok(rendre(&app, &connecte, &profil, &demande, &dits, Some(confirmation))?.into_response())
}

fn confirmation(
    app: &App,
    connecte: &AgentConnecte,
    demande: &Demande,
    annonce: &Annonce,
    code: bool,
) -> Confirmation {
    let reste = match annonce.restants {
        0 => "Ce sera le dernier que vous pourrez demander en vingt-quatre heures.".to_owned(),
        n => format!(
            "Vous pourrez en demander encore {} en vingt-quatre heures.",
            mots::compte(u64::try_from(n).unwrap_or_default(), "autre", "autres")
        ),
    };
    let champ = Champ {
        completion: "one-time-code",
        ..Champ::nouveau("code", "Code de votre application", Genre::Nombre)
            .obligatoire()
            .aide("Les six chiffres du moment, ou un code de secours : c'est bien vous qui ouvrez.")
    };
    Confirmation {
        reference: demande.reference.clone(),
        motif: annonce.motif.clone(),
        raison: demande.raison.clone(),
        suites: vec![
            "Le délégué à la protection des données est prévenu tout de suite. Il lira votre raison et ce que vous \
             aurez ouvert, et dira si c'était justifié."
                .to_owned(),
            format!(
                "Votre nom, {}, est inscrit au registre des accès avec ce motif ; le ménage peut en demander un extrait, \
                 qui dit votre organisme et le motif, sans votre nom.",
                connecte.agent.nom
            ),
            format!(
                "Votre accès finit de lui-même le {}, ou plus tôt si le délégué y met fin.",
                app.instant(annonce.fin)
            ),
            "Vous lirez le dossier comme si vous y étiez nommé, et pourrez y noter un contact ; le reste revient à \
             ceux qui le suivent."
                .to_owned(),
            format!("Une référence qui n'ouvre rien compte aussi. {reste}"),
        ],
        caches: vec![
            ("reference", demande.reference.clone()),
            ("motif", demande.motif.clone()),
            ("raison", demande.raison.clone()),
            ("confirmer", "oui".to_owned()),
        ],
        champs: if code { vec![champ] } else { vec![] },
    }
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    profil: &Profil,
    demande: &Demande,
    defauts: &BTreeMap<String, String>,
    confirmation: Option<Confirmation>,
) -> Result<Html<String>, ErreurWeb> {
    let permis = &profil.acces_exceptionnel;
    let motifs = permis.motifs.iter().map(|m| Choix::nouveau(&m.code, &m.nom)).collect();
    let large = |champ: Champ| Champ { large: true, ..champ };
    let mut champs = vec![
        large(
            Champ::nouveau("reference", "Référence du dossier", Genre::Texte)
                .obligatoire()
                .aide("En entier, par exemple 62-2026-000123. Seuil ne la cherche pas pour vous.")
                .rempli(&demande.reference),
        ),
        large(
            Champ::nouveau("motif", "Ce qui vous amène", Genre::Rondes(motifs))
                .obligatoire()
                .rempli(&demande.motif),
        ),
        large(
            Champ::nouveau("raison", "Ce qui presse, et pourquoi vous", Genre::Long)
                .obligatoire()
                .aide("Une ou deux phrases, sans donnée de santé. Le délégué les lira.")
                .rempli(&demande.raison),
        ),
    ];
    let mut confirmation = confirmation;
    let ici = match &mut confirmation {
        Some(confirmation) => &mut confirmation.champs,
        None => &mut champs,
    };
    let erreurs = placer(ici, defauts, "#demande");
    let titre = "Accès exceptionnel";
    page(&PageException {
        cadre: connecte.cadre(app, Section::Dossiers, titre).dans_sa_section(),
        heures: mots::compte(u64::from(permis.heures), "heure", "heures"),
        erreurs,
        champs,
        confirmation,
    })
}
