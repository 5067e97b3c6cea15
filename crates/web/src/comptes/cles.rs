//! Les clés des programmes : en faire une pour un compte, la renouveler, la retirer.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::Role;
use usages::compte::cles::{
    CleRemise, JOURS_AU_PLUS, NouvelleCle, creer, lister, renouveler, revoquer,
};
use usages::compte::comptes::{self, CompteVu};
use usages::echec::{Echec, Nature};
use usages::formes::{CleApi, PorteeDeCle};

use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Champ, Choix, Genre, Ton};
use crate::erreur::{ErreurWeb, page};
use crate::mots;

#[derive(Template)]
#[template(path = "comptes/cles.html")]
pub struct PageCles {
    pub cadre: Cadre,
    pub compte: String,
    pub cles: Vec<LigneCle>,
    pub champs: Vec<Champ>,
    pub erreur: String,
    /// Une clé tout juste faite, montrée une seule fois.
    pub remise: Option<Remise>,
}

/// Une clé.
pub struct LigneCle {
    pub id: i64,
    pub nom: String,
    pub indice: String,
    pub compte: String,
    pub organisme: String,
    pub portee: &'static str,
    pub etat: Badge,
    pub derniere: String,
    pub sert: bool,
}

/// Une clé à remettre.
pub struct Remise {
    pub nom: String,
    pub cle: String,
    pub fin: String,
}

/// Ce que la page dit en plus de la liste.
#[derive(Default)]
struct Suites {
    erreur: String,
    remise: Option<Remise>,
    message: Option<Alerte>,
    saisie: Formulaire,
}

const UN_AN: i64 = 365;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, Suites::default()).await
}

pub(crate) async fn faire_une_cle(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Html<String>, ErreurWeb> {
    let nouvelle = NouvelleCle {
        compte: AgentId(formulaire.texte("compte").parse().unwrap_or_default()),
        nom: formulaire.texte("nom").to_owned(),
        portee: PorteeDeCle::de_code(formulaire.texte("portee")).unwrap_or(PorteeDeCle::Lecture),
        jours: formulaire.texte("jours").parse().unwrap_or_default(),
    };
    let stockage = &app.maison.stockage;
    let faite = creer(stockage, &connecte.agent, nouvelle, app.maintenant(), app.hasard()).await;
    let suites = suites(&app, faite, formulaire)?;
    rendre(&app, &connecte, suites).await
}

pub(crate) async fn changer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(id): Path<i64>,
    formulaire: Formulaire,
) -> Result<Html<String>, ErreurWeb> {
    let (stockage, qui, quand) = (&app.maison.stockage, &connecte.agent, app.maintenant());
    let suites = match formulaire.texte("geste") {
        "renouveler" => {
            let faite = renouveler(stockage, qui, id, quand, app.hasard()).await;
            suites(&app, faite, Formulaire::default())?
        }
        "retirer" => {
            revoquer(stockage, qui, id, quand).await?;
            let texte = "Le logiciel qui s'en servait n'entre plus. Une clé retirée ne se rend pas : faites-en une autre.";
            let message = Alerte::nouvelle(Ton::Succes, "Clé retirée", texte);
            Suites { message: Some(message), ..Suites::default() }
        }
        _ => return Err(ErreurWeb::demande_illisible()),
    };
    rendre(&app, &connecte, suites).await
}

fn suites(
    app: &App,
    faite: Result<CleRemise, Echec>,
    saisie: Formulaire,
) -> Result<Suites, ErreurWeb> {
    match faite {
        Ok(faite) => {
            let remise = Remise {
                cle: faite.cle.en_clair().to_owned(),
                fin: app.jour_de(faite.expire_le),
                nom: faite.nom,
            };
            Ok(Suites { remise: Some(remise), ..Suites::default() })
        }
        Err(refus) if refus.nature() == Nature::Refus => {
            Ok(Suites { erreur: refus.to_string(), saisie, ..Suites::default() })
        }
        Err(refus) if refus.nature() == Nature::Introuvable => {
            let erreur = "Le compte n'est pas choisi : une clé a les droits d'un compte. Choisissez-le dans la liste.";
            Ok(Suites { erreur: erreur.to_owned(), saisie, ..Suites::default() })
        }
        Err(echec) => Err(echec.into()),
    }
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    suites: Suites,
) -> Result<Html<String>, ErreurWeb> {
    let stockage = &app.maison.stockage;
    let comptes = comptes::lister(stockage, &connecte.agent).await?;
    let cles = lister(stockage, &connecte.agent).await?;
    let cadre = connecte.cadre(app, Section::Comptes, "Clés des programmes");
    let mut cadre = cadre.dans_sa_section();
    cadre.messages.extend(suites.message);
    page(&PageCles {
        cadre,
        compte: mots::compte(cles.len() as u64, "clé", "clés"),
        cles: cles.iter().map(|cle| ligne(app, cle, &comptes)).collect(),
        champs: champs(&comptes, &suites.saisie),
        erreur: suites.erreur,
        remise: suites.remise,
    })
}

fn ligne(app: &App, cle: &CleApi, comptes: &[CompteVu]) -> LigneCle {
    let compte = comptes.iter().find(|c| c.agent.id == cle.compte);
    let fin = app.jour_de(cle.expire_le);
    let sert = cle.sert(app.maintenant());
    let etat = match cle.revoquee_le {
        Some(le) => Badge::nouveau(Ton::Neutre, format!("Retirée le {}", app.jour_de(le))),
        None if sert => Badge::nouveau(Ton::Succes, format!("Jusqu'au {fin}")),
        None => Badge::nouveau(Ton::Attention, format!("Finie le {fin}")),
    };
    LigneCle {
        id: cle.id,
        nom: cle.nom.clone(),
        indice: cle.indice.clone(),
        compte: compte.map(|c| c.identifiant.clone()).unwrap_or_default(),
        organisme: compte.map(|c| c.agent.organisme.clone()).unwrap_or_default(),
        portee: match cle.portee {
            PorteeDeCle::Lecture => "Lire",
            PorteeDeCle::Ecriture => "Lire et écrire",
        },
        etat,
        derniere: cle.vue_le.map_or_else(
            || "Jamais servie".to_owned(),
            |le| format!("Servie le {}", app.instant(le)),
        ),
        sert,
    }
}

fn champs(comptes: &[CompteVu], saisie: &Formulaire) -> Vec<Champ> {
    let mut choix = vec![Choix::nouveau("", "Choisissez le compte")];
    choix.extend(comptes.iter().filter(|c| c.actif && c.agent.role != Role::Administrateur).map(
        |c| {
            let dit =
                format!("{} — {} ({})", c.agent.organisme, c.identifiant, c.agent.role.libelle());
            Choix::nouveau(c.agent.id.to_string(), dit)
        },
    ));
    let portees =
        vec![Choix::nouveau("lecture", "Lire"), Choix::nouveau("ecriture", "Lire et écrire")];
    let mut champs = vec![
        Champ::nouveau("compte", "Compte", Genre::Choix(choix))
            .obligatoire()
            .aide("La clé a ses droits, jamais plus ; ce qu'elle écrit est signé de lui."),
        Champ::nouveau("nom", "Logiciel", Genre::Texte)
            .obligatoire()
            .aide("Celui qui s'en servira : « Logiciel de l'étude »."),
        Champ::nouveau("portee", "Elle permet de", Genre::Choix(portees)).obligatoire(),
        Champ::nouveau("jours", "Durée, en jours", Genre::Texte)
            .obligatoire()
            .aide(format!("De 1 à {JOURS_AU_PLUS} jours."))
            .rempli(UN_AN.to_string()),
    ];
    for champ in &mut champs {
        let valeur = saisie.texte(&champ.nom);
        if !valeur.is_empty() {
            *champ = champ.clone().rempli(valeur);
        }
    }
    champs
}
