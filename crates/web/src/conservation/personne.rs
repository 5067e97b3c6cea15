//! Ce que Seuil sait d'un ménage, à lui remettre : une page à imprimer, et un fichier.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::gabarit::gabarit;
use ccapex::fait::Acte;
use ccapex::notice::Identite;
use usages::conservation::personne::{Donnees, donnees};
use usages::courriers::modeles::titre;

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::erreur::{ErreurWeb, page};
use crate::registre::extrait::{LigneExtrait, lignes};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "conservation/personne.html")]
pub struct PagePersonne {
    pub cadre: Cadre,
    pub reference: String,
    pub remis_le: String,
    pub notices: Vec<NoticeRemise>,
    pub actes: Vec<(String, String)>,
    pub lettres: Vec<(String, String)>,
    pub acces: Vec<LigneExtrait>,
    pub fichier: String,
    pub efface: String,
}

/// Une notice, et ce qu'elle dit des personnes.
pub struct NoticeRemise {
    pub titre: String,
    pub champs: Vec<(&'static str, String)>,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Html<String>, ErreurWeb> {
    let remises = lire(&app, &connecte, &reference).await?;
    let reference = remises.ouvert.vue.reference.clone();
    let cadre = connecte
        .cadre(&app, Section::Registre, "Données du ménage")
        .dans_sa_section()
        .sous(reference.clone(), urls::registre(&reference));
    page(&PagePersonne {
        cadre,
        remis_le: mots::jour(remises.le),
        notices: remises
            .ouvert
            .notices
            .iter()
            .map(|lue| NoticeRemise {
                titre: format!(
                    "{}, reçue le {}",
                    lue.notice.nature.libelle(),
                    mots::jour(lue.notice.recue_le)
                ),
                champs: champs(&lue.identite),
            })
            .collect(),
        actes: actes(&remises),
        lettres: remises
            .ouvert
            .courriers
            .iter()
            .map(|lettre| (app.jour_de(lettre.prepare_le), titre(&lettre.modele).to_owned()))
            .collect(),
        efface: remises.ouvert.efface.as_ref().map_or_else(String::new, |(le, motif)| {
            format!("L'identité a été effacée le {} ({motif}).", mots::jour(*le))
        }),
        acces: lignes(&app, remises.acces),
        fichier: format!("{}/json", urls::donnees_du_menage(&reference)),
        reference,
    })
}

pub(crate) async fn telecharger(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
) -> Result<Response, ErreurWeb> {
    let remises = lire(&app, &connecte, &reference).await?;
    let nom = format!("attachment; filename=\"{}-donnees.json\"", remises.ouvert.vue.reference);
    let corps = serde_json::to_string_pretty(&remises.en_json()).unwrap_or_default();
    let entetes = [(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, nom)];
    Ok((entetes, corps).into_response())
}

async fn lire(app: &App, connecte: &AgentConnecte, reference: &str) -> Result<Donnees, ErreurWeb> {
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    Ok(donnees(&app.maison, &connecte.agent, reference, jour, instant).await?)
}

fn champs(identite: &Identite) -> Vec<(&'static str, String)> {
    let mut champs = vec![
        ("Nom", identite.nom.clone()),
        ("Prénom", identite.prenom.clone()),
        ("Naissance", identite.naissance.map_or_else(String::new, mots::jour)),
        ("Téléphone", identite.telephone.clone()),
        ("Courriel", identite.courriel.clone()),
        ("Adresse", identite.adresse.clone()),
        ("Commune", format!("{} {}", identite.code_postal, identite.commune).trim().to_owned()),
        ("Bailleur", identite.bailleur_nom.clone()),
        ("Émetteur", identite.emetteur.clone()),
    ];
    champs.extend(identite.textes.values().map(|texte| ("Texte", texte.clone())));
    champs.retain(|(_, valeur)| !valeur.is_empty());
    champs
}

/// Les actes consignés, avec leurs textes.
fn actes(remises: &Donnees) -> Vec<(String, String)> {
    let textes = &remises.ouvert.textes;
    remises
        .ouvert
        .journal
        .iter()
        .filter_map(|fait| {
            let Acte::Consigne(consigne) = &fait.acte else { return None };
            let nom = consigne.quoi.nom();
            let mut ligne = gabarit(nom).map_or(nom, |g| g.libelle).to_owned();
            for texte in textes.get(&fait.id).into_iter().flat_map(|t| t.values()) {
                ligne.push_str(" — ");
                ligne.push_str(texte);
            }
            Some((mots::jour(consigne.date), ligne))
        })
        .collect()
}
