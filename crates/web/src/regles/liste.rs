//! Les règles en vigueur un jour donné.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::texte::cle;
use droit::catalogue::{Regle, regles};
use droit::demande::lire_jour;
use droit::jour::Jour;
use jiff::civil::Date;
use serde::Deserialize;

use super::confiance;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "regles/liste.html")]
pub struct PageRegles {
    pub cadre: Cadre,
    /// La date choisie, AAAA-MM-JJ.
    pub au: String,
    pub recherche: String,
    pub compte: String,
    pub legende: String,
    /// Ce que le territoire doit vérifier dans son profil, ce jour-là.
    pub territoire: Vec<String>,
    pub regles: Vec<LigneRegle>,
    pub vide: Vide,
}

/// Une règle et sa valeur ce jour-là.
pub struct LigneRegle {
    pub nom: String,
    pub titre: String,
    pub vers: String,
    pub valeur: String,
    pub depuis: String,
    pub source: String,
    pub confiance: Badge,
}

/// Ce que l'adresse demande.
#[derive(Deserialize)]
pub(crate) struct Demande {
    #[serde(default)]
    au: String,
    #[serde(default)]
    q: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let mut cadre = connecte.cadre(&app, Section::Regles, "Règles en vigueur");
    let jour = match lire_jour("la date", &demande.au) {
        Ok(jour) => jour,
        Err(refus) => {
            if !demande.au.is_empty() {
                let texte = format!("{refus} Les règles sont montrées à la date d'aujourd'hui.");
                cadre =
                    cadre.dire(Alerte::nouvelle(Ton::Attention, "Cette date ne se lit pas", texte));
            }
            app.aujourd_hui()
        }
    };
    let cherche = cle(&demande.q);
    let trouvees: Vec<&Regle> = regles().filter(|r| repond(r, &cherche)).collect();
    let a_verifier = trouvees
        .iter()
        .filter(|r| r.le(jour).is_ok_and(|v| v.source.certitude.est_a_verifier()))
        .count();
    let profil = app.maison.profil(&connecte.agent.profil)?;
    let inconnues = trouvees.iter().filter(|r| r.le(jour).is_err()).count();
    page(&PageRegles {
        cadre,
        au: jour.to_string(),
        recherche: demande.q,
        compte: mots::compte(trouvees.len() as u64, "règle", "règles"),
        legende: format!(
            "au {}, dont {a_verifier} à vérifier par un juriste et {inconnues} sans valeur connue ce jour-là.",
            Jour(jour)
        ),
        territoire: profil.alertes(jour).into_iter().map(|alerte| alerte.texte).collect(),
        regles: trouvees.iter().map(|r| ligne(r, jour)).collect(),
        vide: Vide::nouveau(
            "Aucune règle ne porte ce mot",
            "Essayez un mot plus court, par exemple « trêve » ou « délai ».",
        )
        .avec("Toutes les règles", "/regles"),
    })
}

fn repond(regle: &Regle, cherche: &str) -> bool {
    cle(&format!("{} {} {}", regle.nom, regle.titre, regle.regit)).contains(cherche)
}

fn ligne(regle: &Regle, jour: Date) -> LigneRegle {
    let (valeur, depuis, source, confiance) = match regle.le(jour) {
        Ok(version) => (
            version.valeur,
            version.du.map(mots::jour).unwrap_or_default(),
            version.source.to_string(),
            confiance(version.source.certitude),
        ),
        Err(sans) => (
            sans.to_string(),
            String::new(),
            String::new(),
            Badge::nouveau(Ton::Neutre, "Inconnue"),
        ),
    };
    LigneRegle {
        nom: regle.nom.to_owned(),
        titre: regle.titre.to_owned(),
        vers: urls::avec(&urls::regle(regle.nom), &[("au", &jour.to_string())]),
        valeur,
        depuis,
        source,
        confiance,
    }
}
