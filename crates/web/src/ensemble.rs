//! Ce que partagent les pages où l'on agit à plusieurs : ouvrir un dossier entier, y noter un acte.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Redirect, Response};
use ccapex::cours::Cours;
use ccapex::cours::horloge::Horloge;
use ccapex::partenaires::agent::Agent;
use ccapex::partenaires::habilitation::Portee;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};
use usages::formes::VueDossier;

use crate::acces::session::AgentConnecte;
use crate::actes::consigner::{Suite, consigner};
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Champ, Lien, Ton};
use crate::erreur::ErreurWeb;
use crate::noms::Noms;
use crate::urls;

/// Ce qui vient d'être fait, que la page suivante annonce.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Annonce {
    pub(crate) fait: String,
}

/// Un dossier lu en entier, et les noms de son profil.
pub(crate) struct Entier {
    pub(crate) ouvert: DossierOuvert,
    pub(crate) noms: Noms,
    pub(crate) jour: Date,
}

/// Ouvre un dossier pour qui le suit ; un dossier joint s'ouvre là où il est suivi.
pub(crate) async fn entier(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
) -> Result<Entier, ErreurWeb> {
    let lu = entier_ou_part(app, connecte, reference).await?;
    if lu.ouvert.portee != Portee::Entier {
        return Err(ErreurWeb::hors_mission(connecte.agent.role, "de suivre ce ménage"));
    }
    Ok(lu)
}

/// Ouvre un dossier pour qui en suit le ménage, ou n'en a que sa part : il n'y lit qu'elle.
pub(crate) async fn entier_ou_part(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
) -> Result<Entier, ErreurWeb> {
    let (agent, jour, instant) = (&connecte.agent, app.aujourd_hui(), app.maintenant());
    let mut ouvert = ouvrir(&app.maison, agent, reference, jour, instant).await?;
    if let Some(ailleurs) = ouvert.joint_a.clone() {
        ouvert = ouvrir(&app.maison, agent, &ailleurs, jour, instant).await?;
    }
    avec_ses_noms(app, ouvert, jour)
}

fn avec_ses_noms(app: &App, ouvert: DossierOuvert, jour: Date) -> Result<Entier, ErreurWeb> {
    let noms = Noms::du(app, &ouvert.vue.profil)?;
    Ok(Entier { ouvert, noms, jour })
}

impl Entier {
    pub(crate) fn reference(&self) -> &str {
        &self.ouvert.vue.reference
    }

    pub(crate) fn horloge(&self) -> Horloge {
        Horloge::au(self.jour)
    }

    pub(crate) fn cours(&self, horloge: &Horloge) -> Cours<'_> {
        Cours::de(&self.ouvert.dossier, self.noms.0.tentatives_avant_sans_nouvelles(), horloge)
    }

    pub(crate) fn menage(&self) -> String {
        nomme(&self.ouvert.vue)
    }

    /// Le cadre d'une page de ce dossier.
    pub(crate) fn cadre(&self, app: &App, connecte: &AgentConnecte, titre: &str) -> Cadre {
        let reference = self.reference();
        connecte
            .cadre(app, Section::Dossiers, titre)
            .dans_sa_section()
            .sous(reference, urls::dossier(reference))
    }

    /// Les textes libres d'un acte.
    pub(crate) fn textes(&self, fait: &str) -> BTreeMap<String, String> {
        self.ouvert.textes.get(fait).cloned().unwrap_or_default()
    }
}

/// Le ménage et son adresse.
pub(crate) fn nomme(vue: &VueDossier) -> String {
    let nom = if vue.nom.is_empty() { "Ménage sans nom" } else { &vue.nom };
    if vue.adresse.is_empty() { nom.to_owned() } else { format!("{nom} — {}", vue.adresse) }
}

/// Ces pages sont la mission de qui suit des ménages.
pub(crate) fn suit_des_menages(agent: &Agent) -> Result<(), ErreurWeb> {
    if agent.suit_des_menages() {
        return Ok(());
    }
    Err(ErreurWeb::hors_mission(agent.role, "de suivre des ménages"))
}

/// Ce qu'un geste a donné : la page où aller, ou une phrase par champ.
pub(crate) enum Geste {
    Fait(Response),
    Refuse(BTreeMap<String, String>),
}

/// Note un acte, puis revient à `retour` en le disant.
pub(crate) async fn noter(
    app: &App,
    connecte: &AgentConnecte,
    reference: &str,
    acte: (&str, Date, Map<String, Value>),
    retour: &str,
    dit: &str,
) -> Result<Geste, ErreurWeb> {
    let (nom, date, champs) = acte;
    Ok(match consigner(app, connecte, reference, nom, date, champs).await? {
        Suite::Consigne { .. } => {
            let vers = urls::avec(retour, &[("fait", dit)]);
            Geste::Fait(Redirect::to(&vers).into_response())
        }
        Suite::Refuse(defauts) => Geste::Refuse(defauts),
    })
}

/// Les champs d'un acte, sans ceux qui sont vides.
pub(crate) fn champs(paires: &[(&str, &str)]) -> Map<String, Value> {
    paires
        .iter()
        .filter(|(_, valeur)| !valeur.is_empty())
        .map(|(nom, valeur)| ((*nom).to_owned(), Value::from(*valeur)))
        .collect()
}

/// Chaque défaut à côté de son champ, et un lien vers lui en haut de la page.
pub(crate) fn placer(
    champs: &mut [Champ],
    defauts: &BTreeMap<String, String>,
    ailleurs: &str,
) -> Vec<Lien> {
    let mut liens = Vec::new();
    for (nom, pourquoi) in defauts {
        match champs.iter_mut().find(|c| c.nom == *nom) {
            Some(champ) => {
                champ.erreur.clone_from(pourquoi);
                liens.push(Lien::nouveau(format!("{} : {pourquoi}", champ.libelle), champ.ancre()));
            }
            None => liens.push(Lien::nouveau(pourquoi.as_str(), ailleurs)),
        }
    }
    liens
}

/// Le message d'un geste qui vient d'être fait.
pub(crate) fn message(fait: &str, connus: &[(&str, &str, &str)]) -> Option<Alerte> {
    connus
        .iter()
        .find(|(code, ..)| *code == fait)
        .map(|(_, titre, texte)| Alerte::nouvelle(Ton::Succes, *titre, *texte))
}
