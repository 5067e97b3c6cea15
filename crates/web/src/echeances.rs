//! Les échéances : en retard, puis de la semaine, puis à venir.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::partenaires::agent::Role;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;
use usages::accueil::{accueil, fin_de_semaine};
use usages::dossiers::lister::{Liste, lister};
use usages::echeances::tout;
use usages::formes::{Compte, Curseur, Filtre, Tri, VueDossier};

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Onglet, Onglets, Pagination, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "echeances.html")]
pub struct PageEcheances {
    pub cadre: Cadre,
    pub chapo: String,
    pub onglets: Onglets,
    /// Toutes, ou celles que la personne doit faire ; vide pour qui n'en a pas à lui.
    pub portees: Vec<Onglet>,
    pub compte: String,
    pub echeances: Vec<LigneEcheance>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une échéance prête à lire.
#[derive(Clone, Debug, Default)]
pub struct LigneEcheance {
    pub jour: String,
    pub distance: String,
    pub en_retard: bool,
    pub quoi: String,
    /// Pourquoi, en une ligne, quand la liste le dit.
    pub raison: String,
    pub dossier: String,
    pub menage: String,
    pub service: String,
    pub vers: String,
}

/// Ce que l'adresse demande.
#[derive(Deserialize)]
pub(crate) struct Demande {
    #[serde(default)]
    periode: String,
    #[serde(default)]
    service: String,
    /// « oui » : seulement ce que le service de la personne doit faire.
    #[serde(default)]
    a_moi: String,
    #[serde(default)]
    apres: String,
}

impl Demande {
    fn adresse(&self, periode: &str, a_moi: &str, apres: &str) -> String {
        let service = self.service.as_str();
        let champs =
            [("periode", periode), ("service", service), ("a_moi", a_moi), ("apres", apres)];
        urls::avec("/echeances", &champs)
    }
}

/// Le rôle a des échéances à tenir.
pub(crate) fn suit_des_echeances(role: Role) -> bool {
    Section::de(role).contains(&Section::Echeances)
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, aujourd_hui) = (&connecte.agent, app.aujourd_hui());
    if !suit_des_echeances(agent.role) {
        return Err(ErreurWeb::hors_mission(agent.role, "de suivre des échéances"));
    }
    let nombres = accueil(&app.maison, agent, aujourd_hui).await?;
    let periode = match demande.periode.as_str() {
        "" if nombres.en_retard > 0 => "retard",
        "" => "semaine",
        autre => autre,
    };
    let lendemain = |jour: Date| jour.saturating_add(1.day());
    let fin = fin_de_semaine(aujourd_hui);
    let (apres, avant) = match periode {
        "retard" => (None, Some(aujourd_hui)),
        "plus-tard" => (Some(lendemain(fin)), None),
        _ => (Some(aujourd_hui), Some(lendemain(fin))),
    };
    let siennes: Vec<String> = agent.noms().into_iter().map(str::to_owned).collect();
    let a_moi = demande.a_moi == "oui" && !siennes.is_empty();
    let filtre = Filtre {
        echeance_apres: apres,
        echeance_avant: avant,
        qui: if a_moi { siennes.clone() } else { vec![] },
        service: Some(demande.service.clone()).filter(|s| !s.is_empty()).into_iter().collect(),
        apres: Curseur::de_code(&demande.apres),
        ..tout(Tri::Echeance)
    };
    let liste = lister(&app.maison, agent, &filtre, aujourd_hui).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    let chapo = match demande.service.as_str() {
        "" => "La prochaine étape de chaque dossier ouvert, à sa date. Le dossier dit pourquoi."
            .to_owned(),
        code => format!("Les dossiers confiés à : {}.", noms.service(code)),
    };
    let vide = match periode {
        _ if a_moi => Vide::nouveau(
            "Rien ici n'est à faire par votre service",
            "Ce que d'autres doivent faire dans les mêmes dossiers est sous « Tout ce qui est dû ».",
        ),
        "retard" => Vide::nouveau("Rien n'est en retard", "Chaque étape due est notée."),
        "plus-tard" => {
            Vide::nouveau("Rien au-delà de la semaine", "Aucun dossier n'attend plus tard.")
        }
        _ => Vide::nouveau(
            "Rien n'est dû cette semaine",
            "Les échéances suivantes sont dans l'onglet Plus tard.",
        ),
    };
    page(&PageEcheances {
        cadre: connecte.cadre(&app, Section::Echeances, "Échéances"),
        chapo,
        onglets: onglets(
            &demande,
            periode,
            (!a_moi && demande.service.is_empty()).then_some((nombres.en_retard, nombres.semaine)),
        ),
        portees: if siennes.is_empty() { vec![] } else { portees(&demande, periode, a_moi) },
        compte: compte(&liste.compte, "échéance", "échéances"),
        echeances: liste.page.lignes.iter().map(|d| ligne(d, &noms, aujourd_hui)).collect(),
        vide: vide.avec("Tous les dossiers", "/dossiers"),
        pagination: pagination(&liste, &demande.apres, |apres| {
            demande.adresse(periode, &demande.a_moi, apres)
        }),
    })
}

fn onglets(demande: &Demande, ouverte: &str, nombres: Option<(i64, i64)>) -> Onglets {
    let onglet = |titre: &str, compte: Option<i64>, periode: &str| Onglet {
        titre: titre.to_owned(),
        compte: compte
            .map(|n| mots::milliers(u64::try_from(n).unwrap_or_default()))
            .unwrap_or_default(),
        vers: demande.adresse(periode, &demande.a_moi, ""),
        ouvert: ouverte == periode,
    };
    Onglets {
        nom: "Échéances par période",
        onglets: vec![
            onglet("En retard", nombres.map(|(en_retard, _)| en_retard), "retard"),
            onglet("Cette semaine", nombres.map(|(_, semaine)| semaine), "semaine"),
            onglet("Plus tard", None, "plus-tard"),
        ],
    }
}

/// Un service voit ce que d'autres doivent faire dans ses dossiers : il peut n'en garder que ce qui est à lui.
fn portees(demande: &Demande, periode: &str, a_moi: bool) -> Vec<Onglet> {
    let portee = |titre: &str, valeur: &str, ouvert: bool| Onglet {
        titre: titre.to_owned(),
        compte: String::new(),
        vers: demande.adresse(periode, valeur, ""),
        ouvert,
    };
    vec![
        portee("Tout ce qui est dû", "", !a_moi),
        portee("Ce que mon service doit faire", "oui", a_moi),
    ]
}

/// L'échéance d'un dossier, prête à lire.
pub(crate) fn ligne(dossier: &VueDossier, noms: &Noms, aujourd_hui: Date) -> LigneEcheance {
    let jour = dossier.etape_avant_le;
    LigneEcheance {
        jour: jour.map(mots::jour).unwrap_or_default(),
        distance: jour.map(|j| mots::distance(j, aujourd_hui)).unwrap_or_default(),
        en_retard: jour.is_some_and(|j| j < aujourd_hui),
        quoi: mots::capitale(&dossier.etape_quoi),
        raison: String::new(),
        dossier: dossier.reference.clone(),
        menage: dossier.nom.clone(),
        service: noms.service_court(&dossier.etape_qui),
        vers: urls::dossier(&dossier.reference),
    }
}

/// « 1 204 dossiers », « plus de 10 000 dossiers ».
pub(crate) fn compte(compte: &Compte, un: &str, plusieurs: &str) -> String {
    let positif = |n: &i64| u64::try_from(*n).unwrap_or_default();
    match compte {
        Compte::Exact(n) => mots::compte(positif(n), un, plusieurs),
        Compte::AuMoins(n) => format!("Plus de {}", mots::compte(positif(n), un, plusieurs)),
    }
}

/// Où l'on est dans une liste de dossiers.
pub(crate) fn pagination(liste: &Liste, apres: &str, vers: impl Fn(&str) -> String) -> Pagination {
    let montrees = mots::compte(liste.page.lignes.len() as u64, "ligne montrée", "lignes montrées");
    Pagination {
        resume: format!("{montrees} sur {}", compte(&liste.compte, "", "").trim().to_lowercase()),
        debut: (!apres.is_empty()).then(|| vers("")),
        suite: liste.page.suivant.as_ref().map(|place| vers(&place.code())),
    }
}
