//! Le calendrier : un mois, une semaine ou un jour d'audiences et d'échéances. Tout ce qui est choisi est
//! dans l'adresse.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::identifiants::DossierId;
use ccapex::partenaires::agent::{Agent, Role};
use droit::jour::Jour;
use jiff::civil::Date;
use serde::Deserialize;
use usages::calendrier::agenda::{Part, agenda, du_jour};
use usages::formes::{Fenetre, Rendezvous, VueDossier};

use super::periode::{Periode, Vue};
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Choix, Lien, Onglet, Onglets, Ton, Vide};
use crate::dossiers::liste::filtres::Filtre;
use crate::echeances::suit_des_echeances;
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "calendrier/calendrier.html")]
pub struct PageCalendrier {
    pub cadre: Cadre,
    pub titre: String,
    pub onglets: Onglets,
    pub precedente: Lien,
    pub suivante: Lien,
    pub aujourd_hui: Lien,
    pub filtres: Vec<Filtre>,
    /// Ce que le formulaire des filtres garde : la vue et le jour.
    pub gardes: Vec<(&'static str, String)>,
    pub actifs: Vec<Lien>,
    pub sans_filtre: String,
    /// Le tableau des jours ; vide pour un seul jour.
    pub semaines: Vec<Vec<Case>>,
    pub jours: Vec<JourDeListe>,
    pub vide: Vide,
}

/// Un jour du tableau.
pub struct Case {
    pub numero: String,
    /// Le jour en entier, pour qui n'a pas la colonne sous les yeux.
    pub jour: String,
    pub vers: String,
    pub comptes: Vec<Lien>,
    pub hors_du_mois: bool,
    pub aujourd_hui: bool,
}

/// Un jour de la liste et ce qu'il a.
pub struct JourDeListe {
    pub titre: String,
    pub lignes: Vec<LigneDAgenda>,
    /// Le reste, quand la liste n'en montre que le début.
    pub suites: Vec<Lien>,
}

/// Une audience ou une échéance.
pub struct LigneDAgenda {
    pub sorte: Badge,
    pub quoi: String,
    pub reference: String,
    pub vers: String,
    pub menage: String,
    pub service: String,
}

/// Ce que l'adresse demande.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    vue: String,
    le: String,
    sorte: String,
    service: String,
    sous_commission: String,
    apres: Option<i64>,
}

const CHEMIN: &str = "/calendrier";

/// Ce qu'un jour montre de chaque sorte dans un mois ou une semaine, puis dans une page à lui.
const DANS_UN_MOIS: i64 = 5;
const DANS_UNE_SEMAINE: i64 = 20;
const DANS_UN_JOUR: usize = 50;

const SORTES: [(&str, &str, Rendezvous); 2] = [
    ("audience", "Audiences", Rendezvous::Audience),
    ("echeance", "Échéances", Rendezvous::Echeance),
];

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, aujourd_hui) = (&connecte.agent, app.aujourd_hui());
    if !suit_des_echeances(agent.role) {
        return Err(ErreurWeb::hors_mission(agent.role, "de suivre des échéances"));
    }
    let le = mots::lire_jour(&demande.le).unwrap_or(aujourd_hui);
    let periode = Periode { vue: Vue::de_code(&demande.vue), le };
    let noms = Noms::du(&app, &agent.profil)?;
    let lue = lire(&app, agent, &demande, periode, &noms).await?;
    let filtres = filtres(&demande, agent, &noms);
    let vers = |periode: Periode| demande.avec(&periode, &[]);
    let onglet = |vue: Vue| Onglet {
        titre: vue.libelle().to_owned(),
        compte: String::new(),
        vers: vers(Periode { vue, le }),
        ouvert: vue == periode.vue,
    };
    page(&PageCalendrier {
        cadre: connecte.cadre(&app, Section::Echeances, "Calendrier").dans_sa_section(),
        titre: periode.titre(),
        onglets: Onglets { nom: "Période du calendrier", onglets: Vue::TOUTES.map(onglet).into() },
        precedente: Lien::nouveau(
            periode.voisine(("précédent", "précédente")),
            vers(periode.precedente()),
        ),
        suivante: Lien::nouveau(periode.voisine(("suivant", "suivante")), vers(periode.suivante())),
        aujourd_hui: Lien::nouveau("Aujourd'hui", vers(Periode { le: aujourd_hui, ..periode })),
        actifs: actifs(&demande, &periode, &filtres),
        filtres,
        gardes: vec![("vue", periode.vue.code().to_owned()), ("le", le.to_string())],
        sans_filtre: Demande::default().avec(&periode, &[]),
        semaines: match periode.vue {
            Vue::Jour => Vec::new(),
            Vue::Mois | Vue::Semaine => cases(&demande, periode, &lue.comptes, aujourd_hui),
        },
        jours: lue.jours,
        vide: Vide::nouveau(
            "Rien dans cette période",
            "Ni audience ni échéance dans votre périmètre, avec ces filtres.",
        )
        .avec("Toutes les échéances", "/echeances"),
    })
}

/// Les comptes de chaque jour, et les lignes à montrer.
struct Lue {
    comptes: BTreeMap<Date, Vec<(Rendezvous, i64)>>,
    jours: Vec<JourDeListe>,
}

async fn lire(
    app: &App,
    agent: &Agent,
    demande: &Demande,
    periode: Periode,
    noms: &Noms,
) -> Result<Lue, ErreurWeb> {
    let (du, au) = periode.bornes();
    let choisi = |texte: &String| Some(texte.clone()).filter(|t| !t.is_empty());
    let fenetre = Fenetre {
        du,
        au,
        service: choisi(&demande.service),
        sous_commission: choisi(&demande.sous_commission),
    };
    let sortes = demande.sortes();
    let par_jour = match periode.vue {
        Vue::Mois => DANS_UN_MOIS,
        Vue::Semaine => DANS_UNE_SEMAINE,
        // Un jour se lit page par page.
        Vue::Jour => 0,
    };
    let mut parts = agenda(&app.maison, agent, &fenetre, &sortes, par_jour).await?;
    let mut suite = None;
    if periode.vue == Vue::Jour {
        for part in parts.values_mut().flatten() {
            let apres = demande.apres.map(DossierId).filter(|_| sortes.len() == 1);
            let page =
                du_jour(&app.maison, agent, &fenetre, part.quoi, apres, DANS_UN_JOUR).await?;
            let encore = page.1 && sortes.len() == 1;
            suite = suite.or(page.0.last().filter(|_| encore).map(|vue| vue.id));
            part.dossiers = page.0;
        }
    }
    let comptes = parts
        .iter()
        .map(|(jour, parts)| (*jour, parts.iter().map(|p| (p.quoi, p.nombre)).collect()))
        .collect();
    let jours = parts
        .into_iter()
        .filter(|(jour, _)| periode.contient(*jour))
        .map(|(jour, parts)| de_la_liste(demande, jour, &parts, suite, noms))
        .collect();
    Ok(Lue { comptes, jours })
}

impl Demande {
    /// Les sortes demandées ; sans choix, toutes.
    fn sortes(&self) -> Vec<Rendezvous> {
        let choisie = SORTES.iter().find(|(code, ..)| *code == self.sorte);
        choisie.map_or_else(|| Rendezvous::TOUS.to_vec(), |(_, _, sorte)| vec![*sorte])
    }

    /// L'adresse de cette période avec ces filtres, certains changés.
    fn avec(&self, periode: &Periode, changes: &[(&'static str, &str)]) -> String {
        let le = periode.le.to_string();
        let mut parametres: Vec<(&str, &str)> = vec![
            ("vue", periode.vue.code()),
            ("le", &le),
            ("sorte", &self.sorte),
            ("service", &self.service),
            ("sous_commission", &self.sous_commission),
        ];
        for (nom, valeur) in changes {
            parametres.retain(|(n, _)| n != nom);
            parametres.push((*nom, *valeur));
        }
        urls::avec(CHEMIN, &parametres)
    }
}

fn code(sorte: Rendezvous) -> &'static str {
    match sorte {
        Rendezvous::Audience => "audience",
        Rendezvous::Echeance => "echeance",
    }
}

/// « 2 audiences », « 1 échéance ».
fn en_nombre(sorte: Rendezvous, nombre: i64) -> String {
    let nombre = u64::try_from(nombre).unwrap_or_default();
    match sorte {
        Rendezvous::Audience => mots::compte(nombre, "audience", "audiences"),
        Rendezvous::Echeance => mots::compte(nombre, "échéance", "échéances"),
    }
}

fn cases(
    demande: &Demande,
    periode: Periode,
    comptes: &BTreeMap<Date, Vec<(Rendezvous, i64)>>,
    aujourd_hui: Date,
) -> Vec<Vec<Case>> {
    let case = |jour: Date| {
        let ce_jour = Periode { vue: Vue::Jour, le: jour };
        let du_jour = comptes.get(&jour).map(Vec::as_slice).unwrap_or_default();
        Case {
            numero: jour.day().to_string(),
            jour: Jour(jour).to_string(),
            vers: demande.avec(&ce_jour, &[]),
            comptes: du_jour
                .iter()
                .map(|(sorte, n)| {
                    let vers = demande.avec(&ce_jour, &[("sorte", code(*sorte))]);
                    Lien::nouveau(en_nombre(*sorte, *n), vers)
                })
                .collect(),
            hors_du_mois: !periode.contient(jour),
            aujourd_hui: jour == aujourd_hui,
        }
    };
    periode.semaines().into_iter().map(|semaine| semaine.into_iter().map(case).collect()).collect()
}

fn de_la_liste(
    demande: &Demande,
    jour: Date,
    parts: &[Part],
    suite: Option<DossierId>,
    noms: &Noms,
) -> JourDeListe {
    let ce_jour = Periode { vue: Vue::Jour, le: jour };
    let mut suites = Vec::new();
    if let Some(dossier) = suite {
        let apres = dossier.to_string();
        suites.push(Lien::nouveau("Page suivante", demande.avec(&ce_jour, &[("apres", &apres)])));
    } else if demande.apres.is_none() {
        let coupees =
            parts.iter().filter(|p| usize::try_from(p.nombre).is_ok_and(|n| n > p.dossiers.len()));
        suites.extend(coupees.map(|part| {
            let vers = demande.avec(&ce_jour, &[("sorte", code(part.quoi))]);
            Lien::nouveau(format!("Tout voir : {}", en_nombre(part.quoi, part.nombre)), vers)
        }));
    }
    JourDeListe {
        titre: mots::capitale(&format!("{} {}", Jour(jour).de_la_semaine(), Jour(jour))),
        lignes: parts
            .iter()
            .flat_map(|part| part.dossiers.iter().map(|dossier| ligne(dossier, part.quoi, noms)))
            .collect(),
        suites,
    }
}

fn ligne(dossier: &VueDossier, sorte: Rendezvous, noms: &Noms) -> LigneDAgenda {
    let (badge, quoi, qui) = match sorte {
        Rendezvous::Audience => (
            Badge::nouveau(Ton::Attention, "Audience"),
            "Le juge entend les parties.".to_owned(),
            &dossier.service,
        ),
        Rendezvous::Echeance => (
            Badge::nouveau(Ton::Info, "Échéance"),
            mots::capitale(&dossier.etape_quoi),
            &dossier.etape_qui,
        ),
    };
    LigneDAgenda {
        sorte: badge,
        quoi,
        reference: dossier.reference.clone(),
        vers: urls::dossier(&dossier.reference),
        menage: dossier.nom.clone(),
        service: noms.service_court(qui),
    }
}

fn filtres(demande: &Demande, agent: &Agent, noms: &Noms) -> Vec<Filtre> {
    let filtre = |nom, libelle, tous: &str, choix: Vec<(String, String)>, retenu: &str| {
        let mut liste = vec![Choix::nouveau("", tous)];
        liste.extend(choix.into_iter().map(|(code, dit)| Choix::nouveau(code, dit)));
        for c in &mut liste {
            c.retenu = c.valeur == retenu;
        }
        Filtre { nom, libelle, choix: liste, plusieurs: false }
    };
    let sortes = SORTES.iter().map(|(code, dit, _)| ((*code).to_owned(), (*dit).to_owned()));
    let mut filtres = vec![filtre("sorte", "Montrer", "Tout", sortes.collect(), &demande.sorte)];
    if agent.tient_le_secretariat() {
        let services = noms.0.services.iter().map(|s| (s.code.clone(), s.nom.clone())).collect();
        filtres.push(filtre("service", "Service", "Tous", services, &demande.service));
    }
    if agent.role == Role::SecretariatCentral {
        let toutes = noms.0.sous_commissions.iter().map(|s| (s.code.clone(), s.nom.clone()));
        let retenue = &demande.sous_commission;
        filtres.push(filtre(
            "sous_commission",
            "Sous-commission",
            "Toutes",
            toutes.collect(),
            retenue,
        ));
    }
    filtres
}

/// Les filtres posés, chacun avec l'adresse sans lui.
fn actifs(demande: &Demande, periode: &Periode, filtres: &[Filtre]) -> Vec<Lien> {
    let pose = |filtre: &Filtre| {
        let choisi = filtre.choix.iter().find(|c| c.retenu && !c.valeur.is_empty())?;
        let texte = format!("{} : {}", filtre.libelle, choisi.libelle);
        Some(Lien::nouveau(texte, demande.avec(periode, &[(filtre.nom, "")])))
    };
    filtres.iter().filter_map(pose).collect()
}
