//! Ce qui suivra, lu avant de consigner : les dates en toutes lettres, ce que l'acte change, ses
//! irrégularités. La page le redit à mesure qu'on écrit ; sans script, un bouton le demande.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::cours::etat::Stade;
use droit::calendrier::{Calendrier as _, Territoire};
use jiff::civil::{Date, Weekday};
use serde_json::{Map, Value};
use usages::actes::apercevoir::{self, Changement, apercevoir};
use usages::actes::demande::Demande;
use usages::courriers::modeles::titre;

use super::annonce::Irregularite;
use super::lecture::{Ecrit, lire};
use super::sorte::{self, Sorte};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::dossiers::dossier::etapes::jour_entier;
use crate::erreur::{ErreurWeb, page};
use crate::mots;
use crate::noms::Noms;

/// Ce qui suivra.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "actes/apercu.html")]
pub struct Apercu {
    /// Chaque date lue, en toutes lettres.
    pub dates: Vec<String>,
    /// Ce qui manque encore.
    pub manque: Vec<String>,
    /// L'acte est déjà au journal.
    pub deja: bool,
    pub suites: Option<Suites>,
}

impl HtmlSafe for Apercu {}

/// Ce que l'acte change.
#[derive(Clone, Debug)]
pub struct Suites {
    pub irregularites: Vec<Irregularite>,
    /// Une phrase par changement : stade, service, état, fin.
    pub changements: Vec<String>,
    /// L'étape qui viendra, et pourquoi ; vide pour un dossier clos.
    pub prochaine: String,
    pub car: String,
    /// Les lettres qui se prépareront.
    pub lettres: Vec<String>,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path((reference, acte)): Path<(String, String)>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let sorte = Sorte::de(&acte).ok_or_else(ErreurWeb::introuvable)?;
    if !connecte.agent.role.consigne(sorte.code()) {
        return Err(ErreurWeb::hors_mission(connecte.agent.role, "de consigner cet acte"));
    }
    let apercu = apercu(&app, &connecte, &reference, sorte, &formulaire).await?;
    let page: Html<String> = page(&apercu)?;
    Ok(page.into_response())
}

/// Ce que donnerait ce qui est écrit dans le formulaire.
pub(super) async fn apercu(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    sorte: Sorte,
    formulaire: &Formulaire,
) -> Result<Apercu, ErreurWeb> {
    let noms = Noms::du(app, &connecte.agent.profil)?;
    let demandes = sorte.demandes(&noms.0, &[]);
    let ecrit = lire(&demandes, formulaire);
    let jour = app.aujourd_hui();
    let apercu = Apercu { dates: dates(&demandes, &ecrit, jour), ..Apercu::default() };
    let manque: Vec<String> = ecrit.defauts.keys().map(|nom| nomme(&demandes, nom)).collect();
    let demande = Demande {
        dossier: Some(reference.to_owned()),
        menage: None,
        acte: sorte.code().to_owned(),
        date: ecrit.date.map(|date| date.to_string()),
        champs: ecrit.champs,
    };
    let agent = &connecte.agent;
    Ok(match apercevoir(&app.maison, agent, &demande, jour, app.maintenant()).await? {
        apercevoir::Apercu::ACorriger(refus) => {
            let dits = || refus.into_iter().map(|refus| refus.message).collect();
            Apercu { manque: if manque.is_empty() { dits() } else { manque }, ..apercu }
        }
        _ if !manque.is_empty() => Apercu { manque, ..apercu },
        apercevoir::Apercu::Deja => Apercu { deja: true, ..apercu },
        apercevoir::Apercu::Envoye(anomalies) => {
            let suites = Suites {
                irregularites: anomalies.iter().map(Irregularite::de).collect(),
                changements: vec!["Le secrétariat et le service en charge le liront.".to_owned()],
                prochaine: String::new(),
                car: String::new(),
                lettres: vec![],
            };
            Apercu { suites: Some(suites), ..apercu }
        }
        apercevoir::Apercu::Change(change) => {
            Apercu { suites: Some(suites(&change, &noms, jour)), ..apercu }
        }
    })
}

fn nomme(demandes: &[sorte::Demande], nom: &str) -> String {
    demandes
        .iter()
        .find(|demande| demande.champ.nom == nom)
        .map_or_else(|| nom.to_owned(), |demande| demande.champ.libelle.clone())
}

/// Une date se relit par son jour de la semaine : une faute de frappe s'y voit.
fn dates(demandes: &[sorte::Demande], ecrit: &Ecrit, aujourd_hui: Date) -> Vec<String> {
    demandes
        .iter()
        .filter_map(|demande| {
            let date = date(&demande.champ.nom, ecrit.date, &ecrit.champs)?;
            let mut dit = format!(
                "{} : {} ({})",
                demande.champ.libelle,
                jour_entier(date),
                mots::distance(date, aujourd_hui)
            );
            if let Some(fete) = Territoire::Metropole.ferie(date) {
                dit.push_str(&format!(", jour férié : {fete}"));
            } else if date.weekday() == Weekday::Sunday {
                dit.push_str(", un dimanche");
            }
            Some(dit)
        })
        .collect()
}

fn date(nom: &str, acte: Option<Date>, champs: &Map<String, Value>) -> Option<Date> {
    if nom == "date" { acte } else { champs.get(nom)?.as_str()?.parse().ok() }
}

fn suites(change: &Changement, noms: &Noms, jour: Date) -> Suites {
    let (avant, apres) = (&change.avant, &change.apres);
    let stade = |code: &str| Stade::de_code(code).unwrap_or_default().libelle().to_lowercase();
    let mut changements = vec![if avant.stade == apres.stade {
        format!("Le dossier reste à ce stade : {}.", stade(apres.stade))
    } else {
        format!("Le dossier passe de « {} » à « {} ».", stade(avant.stade), stade(apres.stade))
    }];
    if avant.service != apres.service {
        changements.push(format!("Service en charge : {}.", noms.service(&apres.service)));
    }
    let nouveaux = apres.etats.iter().filter(|etat| !avant.etats.contains(etat));
    changements.extend(nouveaux.map(|etat| format!("Commence : {}.", etat.libelle())));
    let finis = avant.etats.iter().filter(|etat| !apres.etats.contains(etat));
    changements.extend(finis.map(|etat| format!("Prend fin : {}.", etat.libelle())));
    if let Some(clos) = &apres.clos {
        changements.push(format!("Le dossier se clôt : {}.", clos.issue.libelle()));
    }
    let etape = apres.etapes.first().filter(|_| apres.clos.is_none());
    let inchangee = etape.is_some() && etape == avant.etapes.first();
    Suites {
        irregularites: change.anomalies.iter().map(Irregularite::de).collect(),
        changements,
        prochaine: etape.map_or_else(String::new, |etape| {
            format!(
                "{}{}. {}, au plus tard le {} ({}).",
                if inchangee { "Toujours : " } else { "" },
                mots::capitale(&etape.quoi),
                noms.service(&etape.qui),
                jour_entier(etape.avant_le),
                mots::distance(etape.avant_le, jour)
            )
        }),
        car: etape
            .and_then(|etape| etape.motifs.first())
            .map_or_else(String::new, |motif| mots::capitale(motif)),
        lettres: change.courriers.iter().map(|lettre| titre(&lettre.modele).to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actes::sorte::Lecture;
    use crate::composants::{Champ, Genre};

    #[test]
    fn une_date_se_relit_par_son_jour_et_dit_ce_qu_elle_a_de_particulier() {
        let aujourd_hui: Date = "2026-11-21".parse().unwrap();
        let cas = [
            ("2026-11-23", "Audience : lundi 23 novembre 2026 (dans 2 jours)"),
            ("2026-11-22", "Audience : dimanche 22 novembre 2026 (demain), un dimanche"),
            (
                "2026-12-25",
                "Audience : vendredi 25 décembre 2026 (dans 34 jours), jour férié : Noël",
            ),
        ];
        for (date, attendu) in cas {
            let demande = sorte::Demande {
                champ: Champ::nouveau("date_audience", "Audience", Genre::Date),
                lecture: Lecture::Jour,
            };
            let champs = Map::from_iter([("date_audience".to_owned(), Value::from(date))]);
            let ecrit = Ecrit { date: None, champs, defauts: Default::default() };
            assert_eq!(dates(&[demande], &ecrit, aujourd_hui), [attendu]);
        }
    }
}
