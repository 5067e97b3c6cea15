//! Agir sur plusieurs dossiers : ce qui va être fait se lit avant de valider.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use ccapex::partenaires::agent::Agent;
use usages::courriers::file::des_dossiers;
use usages::courriers::modeles::titre;
use usages::dossiers::lister::lister;
use usages::formes::{EtatDeCourrier, Etendue, Filtre, VueDossier};

use super::liste::demande::Demande;
use super::liste::voit_la_suite;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::actes::consigner::{Suite, consigner};
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Champ, Choix, Genre, Lien, Ton, Vide};
use crate::courriers::liste::{au_secretariat, destinataire};
use crate::ensemble::{champs, nomme};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "dossiers/selection.html")]
pub struct PageSelection {
    pub cadre: Cadre,
    pub chapo: String,
    /// Les dossiers concernés.
    pub dossiers: Vec<LigneChoisie>,
    pub vide: Vide,
    /// Où envoyer ; vide : il n'y a rien à valider.
    pub envoyer: &'static str,
    pub geste: &'static str,
    pub champs: Vec<Champ>,
    /// Ce que le formulaire porte : les dossiers, ou leurs lettres.
    pub porte: (&'static str, Vec<String>),
    pub bouton: String,
    pub retour: String,
}

/// Un dossier choisi, et ce qui va lui arriver.
pub struct LigneChoisie {
    pub dossier: Lien,
    pub menage: String,
    pub suite: Vec<String>,
}

/// Une page de liste au plus.
const AU_PLUS: usize = 100;

/// Ce que cette personne peut faire de plusieurs lignes : un bouton par geste, vers où l'envoyer.
pub(super) fn gestes(agent: &Agent) -> Vec<Lien> {
    let mut gestes = Vec::new();
    if agent.tient_le_secretariat() {
        gestes.push(Lien::nouveau("Confier à un service", "/dossiers/selection/confier"));
        gestes.push(Lien::nouveau("Imprimer les lettres", "/dossiers/selection/lettres"));
    }
    if voit_la_suite(agent) {
        for (titre, format) in [("XLSX", "xlsx"), ("ODS", "ods"), ("CSV", "csv")] {
            let vers = format!("/dossiers/export/{format}");
            gestes.push(Lien::nouveau(format!("Exporter en {titre}"), vers));
        }
    }
    gestes
}

/// Confier les ménages cochés à un service : le choix, et qui est concerné.
pub(crate) async fn confier(
    State(app): State<App>,
    connecte: AgentConnecte,
    demande: Demande,
) -> Result<Html<String>, ErreurWeb> {
    au_secretariat(&connecte.agent)?;
    a_confier(&app, &connecte, &demande, "", vec![]).await
}

/// Propose chaque ménage au service. Un refus n'empêche pas les autres, et se dit.
pub(crate) async fn confier_les_menages(
    State(app): State<App>,
    connecte: AgentConnecte,
    formulaire: Formulaire,
) -> Result<Html<String>, ErreurWeb> {
    au_secretariat(&connecte.agent)?;
    let noms = Noms::du(&app, &connecte.agent.profil)?;
    let (service, motif) = (formulaire.texte("service"), formulaire.texte("motif"));
    let references: Vec<&str> = formulaire.tous("dossier").take(AU_PLUS).collect();
    let champs_du = |references: &[&str]| {
        Demande::des_champs(references.iter().map(|r| ("dossier".to_owned(), (*r).to_owned())))
    };
    if !noms.0.services.iter().any(|s| s.code == service && s.code != "secretariat") {
        let defaut = "On ne sait pas à qui confier ces ménages. Choisissez un service.";
        return a_confier(&app, &connecte, &champs_du(&references), defaut, vec![]).await;
    }
    let (mut faits, mut messages, mut restent) = (0, Vec::new(), Vec::new());
    for reference in references {
        let dits = champs(&[("service", service), ("issue", "proposee"), ("motif", motif)]);
        let jour = app.aujourd_hui();
        match consigner(&app, &connecte, reference, "prise_en_charge", jour, dits).await? {
            Suite::Consigne { .. } => faits += 1,
            Suite::Refuse(defauts) => {
                let raison: Vec<String> = defauts.into_values().collect();
                let titre = format!("Le dossier {reference} n'a pas été confié");
                messages.push(Alerte::nouvelle(Ton::Erreur, titre, raison.join(" ")));
                restent.push(reference);
            }
        }
    }
    let menages = mots::compte(faits, "ménage proposé", "ménages proposés");
    let fait = Alerte::nouvelle(
        if faits > 0 { Ton::Succes } else { Ton::Attention },
        format!("{menages} à : {}", noms.service(service)),
        "Le service a le délai de la charte pour répondre ; sans réponse, la cellule technique s'en saisit.",
    )
    .avec("Suivre les prises en charge", "/prises-en-charge");
    messages.insert(0, fait);
    a_confier(&app, &connecte, &champs_du(&restent), "", messages).await
}

/// Les lettres à envoyer des dossiers cochés, avant d'en faire un seul fichier.
pub(crate) async fn lettres(
    State(app): State<App>,
    connecte: AgentConnecte,
    demande: Demande,
) -> Result<Html<String>, ErreurWeb> {
    au_secretariat(&connecte.agent)?;
    let choisis = choisis(&app, &connecte, &demande).await?;
    let references: Vec<String> = choisis.iter().map(|d| d.reference.clone()).collect();
    let attendent =
        des_dossiers(&app.maison, &connecte.agent, &references, EtatDeCourrier::Prepare).await?;
    let lignes: Vec<LigneChoisie> = choisis
        .iter()
        .map(ligne)
        .zip(&choisis)
        .map(|(ligne, d)| {
            let siennes = attendent.iter().filter(|c| c.dossier == Some(d.id));
            let dite = |c: &usages::formes::VueCourrier| {
                format!("{} — {}", titre(&c.modele), destinataire(&c.destinataire))
            };
            let suite: Vec<String> = siennes.map(dite).collect();
            let suite =
                if suite.is_empty() { vec!["Aucune lettre à envoyer".to_owned()] } else { suite };
            LigneChoisie { suite, ..ligne }
        })
        .collect();
    let n = mots::compte(attendent.len() as u64, "lettre", "lettres");
    page(&PageSelection {
        cadre: connecte.cadre(&app, Section::Dossiers, "Imprimer les lettres").dans_sa_section(),
        chapo: "Les lettres à envoyer des dossiers cochés, en un seul PDF. Les imprimer ne les note pas envoyées : cela se fait dans Courriers."
            .to_owned(),
        vide: rien_de_coche(),
        envoyer: if attendent.is_empty() { "" } else { "/courriers" },
        geste: "ouvrir",
        champs: vec![],
        porte: ("lettre", attendent.iter().map(|c| c.id.to_string()).collect()),
        bouton: format!("Ouvrir {n} en un seul PDF"),
        retour: retour(&references),
        dossiers: lignes,
    })
}

async fn a_confier(
    app: &App,
    connecte: &AgentConnecte,
    demande: &Demande,
    defaut: &str,
    messages: Vec<Alerte>,
) -> Result<Html<String>, ErreurWeb> {
    let noms = Noms::du(app, &connecte.agent.profil)?;
    let choisis = if demande.un("dossier").is_empty() && !messages.is_empty() {
        vec![]
    } else {
        choisis(app, connecte, demande).await?
    };
    let mut services = vec![Choix::nouveau("", "Choisir")];
    let proposes = noms.0.services.iter().filter(|s| s.code != "secretariat");
    services.extend(proposes.map(|s| Choix::nouveau(&s.code, &s.nom)));
    let mut service = Champ::nouveau("service", "Service", Genre::Choix(services)).obligatoire();
    defaut.clone_into(&mut service.erreur);
    let mut cadre =
        connecte.cadre(app, Section::Dossiers, "Confier à un service").dans_sa_section();
    let tout_est_fait = choisis.is_empty() && !messages.is_empty();
    cadre.messages.extend(messages);
    let references: Vec<String> = choisis.iter().map(|d| d.reference.clone()).collect();
    let n = mots::compte(choisis.len() as u64, "ménage", "ménages");
    page(&PageSelection {
        cadre,
        chapo: "Chaque ménage est proposé au service, qui accepte ou refuse. La proposition est inscrite à chaque dossier."
            .to_owned(),
        dossiers: choisis
            .iter()
            .map(|d| LigneChoisie {
                suite: vec![format!("Aujourd'hui : {}", noms.service(&d.service))],
                ..ligne(d)
            })
            .collect(),
        vide: if tout_est_fait {
            Vide::nouveau("Plus rien à confier", "Tous les ménages cochés ont été proposés.")
                .avec("Revenir à la liste", "/dossiers")
        } else {
            rien_de_coche()
        },
        envoyer: "/dossiers/selection/confier",
        geste: "confier",
        champs: vec![
            service,
            Champ { large: true, ..Champ::nouveau("motif", "Pourquoi ce service", Genre::Texte) },
        ],
        porte: ("dossier", references.clone()),
        bouton: format!("Proposer {n} à ce service"),
        retour: retour(&references),
    })
}

/// Les dossiers cochés que cette personne voit.
async fn choisis(
    app: &App,
    connecte: &AgentConnecte,
    demande: &Demande,
) -> Result<Vec<VueDossier>, ErreurWeb> {
    if demande.un("dossier").is_empty() {
        return Ok(vec![]);
    }
    let jour = app.aujourd_hui();
    let filtre = Filtre {
        references: demande.tous("dossier").take(AU_PLUS).map(str::to_owned).collect(),
        etendue: Etendue::Tous,
        limite: i64::try_from(AU_PLUS).unwrap_or(i64::MAX),
        ..Demande::default().filtre(jour)
    };
    Ok(lister(&app.maison, &connecte.agent, &filtre, jour).await?.page.lignes)
}

fn ligne(dossier: &VueDossier) -> LigneChoisie {
    LigneChoisie {
        dossier: Lien::nouveau(&dossier.reference, urls::dossier(&dossier.reference)),
        menage: nomme(dossier),
        suite: vec![],
    }
}

fn rien_de_coche() -> Vide {
    Vide::nouveau(
        "Aucun dossier n'est coché",
        "Rien n'a été fait. Cochez des lignes dans la liste, puis choisissez quoi en faire.",
    )
    .avec("Revenir à la liste", "/dossiers")
}

fn retour(references: &[String]) -> String {
    let choisis: Vec<(&str, &str)> = references.iter().map(|r| ("dossier", r.as_str())).collect();
    urls::avec("/dossiers", &choisis)
}
