//! La part d'un dossier : pourquoi il est montré, ce qu'on attend de l'organisme, ce qu'il peut dire.

use askama::Template;
use askama::filters::HtmlSafe;
use ccapex::acte::gabarit::GABARITS;
use ccapex::partenaires::agent::Agent;
use jiff::civil::Date;
use usages::coordination::alertes::de_l_ouvert;
use usages::dossiers::ouvrir::DossierOuvert;

use crate::composants::{Badge, Lien, Ton};
use crate::noms::Noms;
use crate::{mots, urls};

/// L'encart de qui n'a que sa part.
#[derive(Clone, Debug, Template)]
#[template(path = "acces/part.html")]
pub struct Part {
    /// Pourquoi ce dossier est montré.
    pub raisons: Vec<String>,
    /// Le service à joindre.
    pub service: String,
    /// Ce que des alertes attendent de l'organisme.
    pub attentes: Vec<Attendu>,
    /// Où répondre.
    pub alertes: String,
    /// Les actes de sa mission.
    pub actes: Vec<Lien>,
}

impl HtmlSafe for Part {}

/// Ce qu'une alerte attend.
#[derive(Clone, Debug)]
pub struct Attendu {
    pub moment: String,
    pub quoi: String,
    pub etat: Badge,
}

impl Part {
    pub(crate) fn du(ouvert: &DossierOuvert, agent: &Agent, noms: &Noms, jour: Date) -> Self {
        let reference = &ouvert.vue.reference;
        let attentes = de_l_ouvert(agent, ouvert, jour)
            .iter()
            .map(|a| Attendu {
                moment: mots::capitale(a.attente.code.libelle()),
                quoi: mots::capitale(&a.attente.attendu),
                etat: match (a.attente.repondu_le, a.en_retard) {
                    (Some(le), _) => {
                        Badge::nouveau(Ton::Succes, format!("Répondu le {}", mots::jour(le)))
                    }
                    (None, true) => {
                        let dernier = mots::jour(a.attente.avant_le);
                        Badge::nouveau(Ton::Erreur, format!("Attendu pour le {dernier}"))
                    }
                    (None, false) => {
                        let dernier = mots::jour(a.attente.avant_le);
                        Badge::nouveau(Ton::Info, format!("Avant le {dernier}"))
                    }
                },
            })
            .collect();
        let siens = GABARITS.iter().filter(|g| {
            g.nom != "alerte_reponse"
                && agent.peut_consigner(&ouvert.vue.situation(), g.nom).is_ok()
        });
        let actes = if ouvert.peut_ecrire && ouvert.joint_a.is_none() {
            siens
                .map(|g| Lien::nouveau(g.libelle, urls::consigner_un_acte(reference, g.nom)))
                .collect()
        } else {
            Vec::new()
        };
        Self {
            raisons: ouvert.pourquoi.iter().map(|p| p.libelle().to_owned()).collect(),
            service: noms.service(&ouvert.vue.service),
            attentes,
            alertes: if agent.repond_aux_alertes() && !ouvert.attentes.is_empty() {
                urls::alertes(reference)
            } else {
                String::new()
            },
            actes,
        }
    }
}
