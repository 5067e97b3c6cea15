//! Les rapprochements à confirmer : est-ce le même ménage ?

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::texte::cle;
use serde::Deserialize;
use usages::rapprochements::decider::{defaire, joindre_sous, separer};
use usages::rapprochements::file::{Cote, Question as QuestionOuverte, file};

use super::{FileOuverte, au_secretariat, onglets};
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::aide;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Champ, Choix, Genre, Geste, Onglets, Pagination, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "a_traiter/rapprochements.html")]
pub struct PageRapprochements {
    pub cadre: Cadre,
    pub onglets: Onglets,
    pub questions: Vec<Question>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Un dossier et ceux qui lui ressemblent, trois au plus.
pub struct Question {
    pub titre: String,
    pub recu: String,
    pub reference: String,
    pub vers: String,
    pub decider: String,
    pub candidats: Vec<Candidat>,
}

/// Un dossier qui ressemble, comparé ligne à ligne.
pub struct Candidat {
    pub reference: String,
    pub vers: String,
    pub lignes: Vec<Comparaison>,
    pub motifs: Vec<String>,
    /// Le nom et l'adresse à garder, quand ils diffèrent.
    pub nom: Option<Champ>,
}

/// La même information, ici et là.
pub struct Comparaison {
    pub titre: String,
    pub ici: String,
    pub la: String,
    pub accord: Accord,
}

/// Ce que vaut la comparaison de deux textes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accord {
    Egal,
    Proche,
    Different,
    Inconnu,
}

impl Accord {
    /// Compare sans casse, accents ni ponctuation ; un mot en commun rapproche.
    #[must_use]
    pub fn entre(ici: &str, la: &str) -> Self {
        let (ici, la) = (cle(ici), cle(la));
        if ici.is_empty() || la.is_empty() {
            return Self::Inconnu;
        }
        if ici == la {
            return Self::Egal;
        }
        let mots_de_la: Vec<&str> = la.split(' ').collect();
        if ici.split(' ').any(|mot| mot.len() > 2 && mots_de_la.contains(&mot)) {
            Self::Proche
        } else {
            Self::Different
        }
    }

    pub(crate) fn classe(self) -> &'static str {
        match self {
            Self::Egal => "egal",
            Self::Proche => "proche",
            Self::Different => "different",
            Self::Inconnu => "discret",
        }
    }

    pub(crate) fn texte(self) -> &'static str {
        match self {
            Self::Egal => "Identique",
            Self::Proche => "En partie",
            Self::Different => "Différent",
            Self::Inconnu => "Inconnu",
        }
    }
}

/// Ce que l'adresse dit d'un geste qui vient d'être fait.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Suites {
    fait: String,
    dossier: String,
    autre: String,
}

const CHEMIN: &str = "/rapprochements";
const PAR_PAGE: i64 = 20;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(suites): Query<Suites>,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let questions = file(&app.maison, agent, PAR_PAGE).await?;
    let mut cadre = connecte.cadre(&app, Section::ATraiter, "Rapprochements à confirmer");
    cadre.aide = aide::vers(agent.role.code(), CHEMIN);
    let jeton = cadre.jeton.clone();
    cadre.messages.extend(message(&suites, &jeton));
    page(&PageRapprochements {
        cadre,
        onglets: onglets(&app, agent, FileOuverte::Rapprochements).await?,
        pagination: Pagination {
            resume: mots::compte(questions.len() as u64, "question montrée", "questions montrées"),
            ..Pagination::default()
        },
        questions: questions.iter().map(|q| question(&app, q)).collect(),
        vide: Vide::nouveau(
            "Aucun rapprochement à confirmer",
            "Les ménages reçus sont nouveaux, ou reconnus avec certitude.",
        )
        .avec("Voir les dossiers", "/dossiers"),
    })
}

pub(crate) async fn decider(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let (dossier, autre) = (formulaire.texte("dossier"), formulaire.texte("autre"));
    let (jour, instant) = (app.aujourd_hui(), app.maintenant());
    let geste = formulaire.texte("geste");
    match geste {
        "joint" => {
            let nom = formulaire.texte("nom");
            let nom = (!nom.is_empty()).then_some(nom);
            joindre_sous(&app.maison, agent, (dossier, autre), nom, jour, instant).await?;
        }
        "separe" => separer(&app.maison, agent, dossier, autre, jour, instant).await?,
        "defaire" => defaire(&app.maison, agent, dossier, autre, jour, instant).await?,
        _ => return Err(ErreurWeb::demande_illisible()),
    }
    let parametres = [("fait", geste), ("dossier", dossier), ("autre", autre)];
    Ok(Redirect::to(&urls::avec(CHEMIN, &parametres)).into_response())
}

fn message(suites: &Suites, jeton: &str) -> Option<Alerte> {
    let Suites { fait, dossier, autre } = suites;
    let defaire = |texte: &str| {
        let champs = vec![
            ("geste", "defaire".to_owned()),
            ("dossier", dossier.clone()),
            ("autre", autre.clone()),
        ];
        Geste::nouveau(texte, CHEMIN, jeton, champs)
    };
    match fait.as_str() {
        "joint" => Some(
            Alerte::nouvelle(
                Ton::Succes,
                "Dossiers joints",
                format!("{dossier} se suit désormais dans {autre}."),
            )
            .avec(format!("Ouvrir {autre}"), urls::dossier(autre))
            .et_defaire(defaire("Annuler ce rapprochement")),
        ),
        "separe" => Some(
            Alerte::nouvelle(
                Ton::Succes,
                "Deux ménages distincts",
                format!("{dossier} et {autre} ne seront plus rapprochés."),
            )
            .avec(format!("Ouvrir {autre}"), urls::dossier(autre))
            .et_defaire(defaire("Annuler cette réponse")),
        ),
        "defaire" => Some(Alerte::nouvelle(
            Ton::Succes,
            "Réponse annulée",
            format!(
                "{dossier} et {autre} sont de nouveau suivis chacun de son côté, et la question attend votre réponse."
            ),
        )),
        _ => None,
    }
}

fn question(app: &App, question: &QuestionOuverte) -> Question {
    let ici = &question.dossier;
    let candidats = question.candidats.iter().map(|(la, motifs)| Candidat {
        reference: la.vue.reference.clone(),
        vers: urls::dossier(&la.vue.reference),
        lignes: comparer(ici, la),
        motifs: motifs.clone(),
        nom: nom_a_garder(ici, la),
    });
    Question {
        titre: ici.vue.nom.clone(),
        recu: format!("Mis à jour le {}", app.jour_de(ici.vue.maj_le)),
        reference: ici.vue.reference.clone(),
        vers: urls::dossier(&ici.vue.reference),
        decider: CHEMIN.to_owned(),
        candidats: candidats.collect(),
    }
}

/// Le choix du nom, quand les deux dossiers ne disent pas le même. Le plus récemment reçu est proposé.
fn nom_a_garder(ici: &Cote, la: &Cote) -> Option<Champ> {
    let dit = |cote: &Cote| [cote.vue.nom.as_str(), cote.vue.adresse.as_str()].join(", ");
    if dit(ici) == dit(la) {
        return None;
    }
    let choix = |cote: &Cote| {
        let recu = cote.nomme_le.map(|(le, _)| format!(", reçu le {}", mots::jour(le)));
        let reference = &cote.vue.reference;
        let libelle = format!("{} ({reference}{})", dit(cote), recu.unwrap_or_default());
        Choix::nouveau(reference, libelle)
    };
    let recent = if ici.nomme_le >= la.nomme_le { ici } else { la };
    let champ = Champ::nouveau(
        "nom",
        "Si c'est le même ménage, nom et adresse à garder",
        Genre::Rondes(vec![choix(ici), choix(la)]),
    );
    let prefixe = format!("{}-{}-", ici.vue.reference, la.vue.reference);
    Some(Champ { prefixe, large: true, ..champ.obligatoire().rempli(&recent.vue.reference) })
}

fn comparer(ici: &Cote, la: &Cote) -> Vec<Comparaison> {
    let ligne = |titre: &str, lire: &dyn Fn(&Cote) -> String| {
        let (ici, la) = (lire(ici), lire(la));
        let accord = Accord::entre(&ici, &la);
        let montre = |texte: String| if texte.is_empty() { "—".to_owned() } else { texte };
        Comparaison { titre: titre.to_owned(), accord, ici: montre(ici), la: montre(la) }
    };
    vec![
        ligne("Locataire", &|c| c.identite.nom_affiche()),
        ligne("Date de naissance", &|c| c.identite.naissance.map(mots::jour).unwrap_or_default()),
        ligne("Adresse", &|c| c.vue.adresse.clone()),
        ligne("Téléphone", &|c| c.identite.telephone.clone()),
        ligne("Courriel", &|c| c.identite.courriel.clone()),
        ligne("Bailleur", &|c| c.identite.bailleur_nom.clone()),
        ligne("Actes", &|c| actes(c)),
    ]
}

fn actes(cote: &Cote) -> String {
    let actes = cote.actes.iter().map(|(nature, jour, _)| {
        let jour = jour.map(|j| format!(" du {}", mots::jour(j))).unwrap_or_default();
        format!("{}{jour}", nature.libelle())
    });
    actes.collect::<Vec<_>>().join(" ; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_comparaison_ignore_casse_et_accents_et_dit_l_inconnu() {
        for (ici, la, accord) in [
            ("LEFÈVRE Jeanne", "lefevre jeanne", Accord::Egal),
            ("12 rue Haute", "12 rue Basse", Accord::Proche),
            ("MARTIN", "DUPONT", Accord::Different),
            ("", "14/06/1979", Accord::Inconnu),
        ] {
            assert_eq!(Accord::entre(ici, la), accord, "{ici} / {la}");
        }
    }
}
