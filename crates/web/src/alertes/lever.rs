//! Lever une alerte : choisir le moment clé, dire ce qui se passe et à qui.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use ccapex::acte::codes::CodeDAlerte;
use ccapex::profil::{Profil, SERVICE_EN_CHARGE};
use serde_json::Value;

use super::dossier::{Ici, Saisie, code, rendre};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::composants::{Champ, Choix, Genre};
use crate::ensemble::{Entier, Geste, champs, entier, noter};
use crate::erreur::ErreurWeb;
use crate::{mots, urls};

/// Le formulaire d'une alerte, une fois le moment choisi.
pub struct Lever {
    pub moment: String,
    pub code: &'static str,
    pub par: String,
    pub objectif: String,
    pub attendu: String,
    pub relais: String,
    pub source: String,
    pub champs: Vec<Champ>,
}

/// Un moment clé de la charte : qui alerte, qui reçoit, et ce qu'on attend.
pub struct MomentCle {
    pub nom: String,
    pub vers: String,
    pub par: String,
    pub pour: String,
    pub attendu: String,
}

pub(crate) async fn lever(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    let moment = code(formulaire.texte("code")).ok_or_else(ErreurWeb::demande_illisible)?;
    let mut defauts = BTreeMap::new();
    let contenu = formulaire.texte("contenu");
    if contenu.is_empty() {
        defauts.insert(
            "contenu".to_owned(),
            "Ceux que vous alertez ne sauraient pas quoi faire. Dites ce qui se passe et ce que vous attendez.".to_owned(),
        );
    } else {
        let mut dits = champs(&[("code", moment.code()), ("contenu", contenu)]);
        let qui: Vec<Value> = formulaire.tous("destinataires").map(Value::from).collect();
        if !qui.is_empty() {
            dits.insert("destinataires".to_owned(), Value::Array(qui));
        }
        let retour = urls::alertes(dossier.reference());
        let acte = ("alerte", dossier.jour, dits);
        match noter(&app, &connecte, dossier.reference(), acte, &retour, "levee").await? {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    let saisie = Saisie {
        moment: Some(moment),
        formulaire: Some(&formulaire),
        defauts,
        ..Saisie::default()
    };
    Ok(rendre(&app, &connecte, &Ici::Entier(Box::new(dossier)), &saisie)?.into_response())
}

/// Les neuf moments, tels que le territoire les décrit.
pub(super) fn moments(dossier: &Entier) -> Vec<MomentCle> {
    let (profil, noms) = (&dossier.noms.0, &dossier.noms);
    let ici = urls::alertes(dossier.reference());
    let tous = |codes: &[String]| codes.iter().map(|c| noms.qui(c)).collect::<Vec<_>>().join(", ");
    CodeDAlerte::CHOIX
        .iter()
        .filter_map(|(code_ecrit, libelle)| {
            let vers = format!("{}#lever", urls::avec(&ici, &[("moment", code_ecrit)]));
            let decrit = profil.moment(code(code_ecrit)?);
            Some(MomentCle {
                nom: mots::capitale(decrit.map_or(libelle, |m| &m.nom)),
                vers,
                par: decrit.map(|m| tous(&m.lanceurs)).unwrap_or_default(),
                pour: decrit.map_or_else(|| noms.qui("secretariat"), |m| tous(&m.destinataires)),
                attendu: decrit
                    .map(|m| format!("{} (délai : {})", mots::capitale(&m.attendu), m.delai))
                    .unwrap_or_default(),
            })
        })
        .collect()
}

pub(super) fn en_lever(moment: CodeDAlerte, dossier: &Entier, ecrit: Option<&Formulaire>) -> Lever {
    let profil = &dossier.noms.0;
    let decrit = profil.moment(moment);
    let du_profil = decrit.map(|m| m.destinataires.as_slice()).unwrap_or_default();
    let choix = destinataires(profil, du_profil)
        .into_iter()
        .map(|code| {
            let retenu = match ecrit {
                Some(formulaire) => formulaire.tous("destinataires").any(|d| d == code),
                None => du_profil.contains(&code),
            };
            let nom = if code == SERVICE_EN_CHARGE {
                format!("Service en charge : {}", dossier.noms.service(&dossier.ouvert.vue.service))
            } else {
                dossier.noms.qui(&code)
            };
            Choix { retenu, ..Choix::nouveau(code, nom) }
        })
        .collect();
    Lever {
        moment: mots::capitale(decrit.map_or_else(|| moment.libelle(), |m| &m.nom)),
        code: moment.code(),
        par: decrit
            .map(|m| m.lanceurs.iter().map(|c| dossier.noms.qui(c)).collect::<Vec<_>>().join(", "))
            .unwrap_or_default(),
        relais: decrit.map(|m| dossier.noms.qui(&m.relais)).unwrap_or_default(),
        objectif: decrit.map(|m| mots::capitale(&m.objectif)).unwrap_or_default(),
        attendu: decrit
            .map(|m| format!("{} (délai : {})", mots::capitale(&m.attendu), m.delai))
            .unwrap_or_default(),
        source: decrit
            .map(|m| {
                let reserve = if m.a_valider { " — emprunté, à valider" } else { "" };
                format!("{}{reserve}", m.source)
            })
            .unwrap_or_default(),
        champs: vec![
            Champ {
                large: true,
                ..Champ::nouveau("destinataires", "Qui alerter", Genre::Cases(choix))
            },
            Champ {
                large: true,
                obligatoire: true,
                ..Champ::nouveau("contenu", "Ce qui se passe, ce qui est attendu", Genre::Long)
                    .aide("Des faits, sans donnée de santé. Ce texte est gardé à part.")
                    .rempli(ecrit.map(|f| f.texte("contenu")).unwrap_or_default())
            },
        ],
    }
}

/// Ceux du profil d'abord, puis les autres services et partenaires, chacun une fois.
fn destinataires(profil: &Profil, du_profil: &[String]) -> Vec<String> {
    const AUTRES: [&str; 5] = [SERVICE_EN_CHARGE, "bailleur", "ccas", "maire", "organisme_payeur"];
    let mut tous: Vec<String> = du_profil.to_vec();
    let services = profil.services.iter().map(|s| s.code.clone());
    let contacts = profil.contacts.iter().map(|c| c.code.clone());
    for code in AUTRES.map(str::to_owned).into_iter().chain(services).chain(contacts) {
        if !tous.contains(&code) {
            tous.push(code);
        }
    }
    tous
}
