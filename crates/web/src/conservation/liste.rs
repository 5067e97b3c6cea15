//! Ce qui finit d'être gardé : les avis, les effacements à venir ; une demande ou un report à décider.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use ccapex::conservation::{Geste, Sujet};
use usages::conservation::demander::{Decision, decider as enregistrer};
use usages::conservation::lister::{Due, a_venir};
use usages::echec::{Echec, Nature};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Champ, Choix, Genre, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "conservation/liste.html")]
pub struct PageConservation {
    pub cadre: Cadre,
    pub compte: String,
    pub dues: Vec<LigneDue>,
    pub champs: Vec<Champ>,
    pub erreur: String,
}

/// Ce qui finit d'être gardé, prêt à lire.
pub struct LigneDue {
    pub quoi: String,
    pub vers: String,
    pub geste: Badge,
    pub le: String,
    pub jusqu_au: String,
    pub motif: String,
    pub avis: String,
}

/// Ce qu'on voit venir.
const JOURS: i64 = 90;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, &Formulaire::default(), String::new(), None).await
}

pub(crate) async fn decider(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let reference = formulaire.texte("reference").trim().to_owned();
    let jour = app.aujourd_hui();
    let decision = match formulaire.texte("decision") {
        "prolonger" => mots::lire_jour(formulaire.texte("jusqu_au"))
            .map(Decision::Prolonger)
            .ok_or_else(|| {
                Echec::Refus(
                    "Le jour jusqu'où garder ne se lit pas. Écrivez-le comme 31/12/2027."
                        .to_owned(),
                )
            }),
        _ => Ok(Decision::Effacer),
    };
    let motif = formulaire.texte("motif");
    let faite = match decision {
        Ok(decision) => {
            enregistrer(
                &app.maison,
                &connecte.agent,
                &reference,
                decision,
                motif,
                jour,
                app.maintenant(),
            )
            .await
        }
        Err(refus) => Err(refus),
    };
    match faite {
        Ok(fin) => {
            let message = Alerte::nouvelle(
                Ton::Succes,
                "Décision enregistrée",
                format!(
                    "Dossier {reference} : gardé jusqu'au {}. Les avis qui restent sont donnés avant, et la \
                     décision garde sa raison.",
                    mots::jour(fin)
                ),
            );
            Ok(rendre(&app, &connecte, &Formulaire::default(), String::new(), Some(message))
                .await?
                .into_response())
        }
        Err(refus) if matches!(refus.nature(), Nature::Refus | Nature::Introuvable) => {
            let dite = refus.to_string();
            Ok(rendre(&app, &connecte, &formulaire, dite, None).await?.into_response())
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
    connecte.agent.controle_les_acces().map_err(Echec::from)?;
    let profil = app.maison.profil(&connecte.agent.profil)?;
    let dues = a_venir(&app.maison, &profil, app.aujourd_hui(), JOURS).await?;
    let mut cadre =
        connecte.cadre(app, Section::Registre, "Ce qui finit d'être gardé").dans_sa_section();
    if let Some(message) = message {
        cadre = cadre.dire(message);
    }
    page(&PageConservation {
        cadre,
        compte: mots::compte(
            u64::try_from(dues.len()).unwrap_or_default(),
            "geste dans les trois mois",
            "gestes dans les trois mois",
        ),
        dues: dues.iter().map(ligne).collect(),
        champs: champs(saisie),
        erreur,
    })
}

fn ligne(due: &Due) -> LigneDue {
    let (geste, le) = due.prochain;
    let (ton, texte) = match geste {
        Geste::PremierAvis => (Ton::Info, "Premier avis"),
        Geste::SecondAvis => (Ton::Attention, "Second avis"),
        Geste::Effacer => (Ton::Erreur, "Effacement"),
    };
    let avis = [("premier avis le", due.avis.premier), ("second le", due.avis.second)];
    let avis: Vec<String> = avis
        .into_iter()
        .filter_map(|(quoi, jour)| Some(format!("{quoi} {}", mots::jour(jour?))))
        .collect();
    LigneDue {
        quoi: match due.sujet {
            Sujet::Dossier => format!("Dossier {}", due.nom),
            Sujet::Notice => format!("Notice n° {}", due.numero),
            Sujet::Piece => format!("Fichier n° {}", due.numero),
        },
        vers: match due.sujet {
            Sujet::Dossier => urls::registre(&due.nom),
            Sujet::Notice | Sujet::Piece => String::new(),
        },
        geste: Badge::nouveau(ton, texte),
        le: mots::jour(le),
        jusqu_au: mots::jour(due.echeance),
        motif: if due.a_verifier {
            format!("{} ; durée à vérifier", due.motif)
        } else {
            due.motif.clone()
        },
        avis: if avis.is_empty() { "aucun avis encore".to_owned() } else { avis.join(", ") },
    }
}

fn champs(saisie: &Formulaire) -> Vec<Champ> {
    let decisions = [
        ("effacer", "Le ménage demande l'effacement, et rien ne s'y oppose"),
        ("prolonger", "Garder plus longtemps : recours, indemnisation…"),
    ];
    let decision = saisie.texte("decision");
    vec![
        Champ::nouveau("reference", "Référence du dossier", Genre::Texte)
            .obligatoire()
            .rempli(saisie.texte("reference")),
        Champ::nouveau("decision", "Décision", Genre::Choix(Choix::liste(&decisions, decision)))
            .obligatoire(),
        Champ::nouveau("jusqu_au", "Garder jusqu'au", Genre::Date)
            .aide("Seulement pour garder plus longtemps.")
            .rempli(saisie.texte("jusqu_au")),
        Champ::nouveau("motif", "Raison", Genre::Texte)
            .obligatoire()
            .aide("Sans nommer personne : elle reste après l'effacement.")
            .rempli(saisie.texte("motif")),
    ]
}
