//! Les lettres, par état, par période, par destinataire.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::partenaires::agent::Agent;
use usages::courriers::annuler::se_defait;
use usages::courriers::file::{LettreEnFile, a_qui, retenues};
use usages::courriers::modeles::titre;
use usages::formes::{Canal, EtatDeCourrier, VueCourrier};

use super::filtres::{Demande, FiltrePose, onglets};
use super::gestes::{gestes, message};
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Alerte, Badge, Choix, Lien, Onglets, Pagination, Ton, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "courriers/liste.html")]
pub struct PageCourriers {
    pub cadre: Cadre,
    pub chapo: String,
    pub onglets: Onglets,
    /// L'onglet ouvert, que les filtres gardent.
    pub onglet: String,
    /// L'état des lettres montrées : ce que défait le bouton d'une ligne.
    pub etat: &'static str,
    pub filtres: Vec<FiltrePose>,
    /// Les filtres posés, chacun avec l'adresse sans lui.
    pub actifs: Vec<Lien>,
    pub sans_filtre: String,
    pub compte: String,
    /// Ce qu'on peut faire des lettres cochées.
    pub gestes: Vec<Choix>,
    /// Ce que dit le jour de chaque ligne.
    pub quand: &'static str,
    pub lettres: Vec<LigneLettre>,
    pub vide: Vide,
    pub pagination: Pagination,
    pub ici: String,
}

/// Une lettre de la liste.
pub struct LigneLettre {
    pub id: String,
    pub cochee: bool,
    pub modele: String,
    pub pdf: String,
    pub destinataire: String,
    /// Ce qu'est ce destinataire, et par où la lettre lui parvient.
    pub qualite: String,
    pub dossier: Lien,
    pub menage: String,
    pub jour: String,
    pub etat: Badge,
    pub precision: String,
    pub se_defait: bool,
}

/// La page à rendre : ce que l'adresse demande, ce qui vient d'arriver, ce qui reste coché.
#[derive(Default)]
pub(super) struct Page {
    pub(super) demande: Demande,
    pub(super) alerte: Option<Alerte>,
    pub(super) cochees: Vec<i64>,
}

/// Assez pour une liasse qu'on plie d'une traite.
const PAR_PAGE: i64 = 100;

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, &connecte, Page { demande, ..Page::default() }).await
}

pub(super) async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    demandee: Page,
) -> Result<Html<String>, ErreurWeb> {
    let Page { demande, alerte, cochees } = demandee;
    let agent = &connecte.agent;
    au_secretariat(agent)?;
    let (etat, filtre) = (demande.etat(), demande.filtre(app));
    let mut lettres = retenues(&app.maison, agent, &filtre, demande.apres, PAR_PAGE + 1).await?;
    let suite = lettres.len() as i64 > PAR_PAGE;
    lettres.truncate(usize::try_from(PAR_PAGE).unwrap_or(usize::MAX));
    let noms = a_qui(&app.maison, agent, &lettres).await?;
    let derniere = lettres.last().map(|l| l.courrier.id);
    let mut cadre = connecte.cadre(app, Section::Courriers, "Courriers");
    let jeton = cadre.jeton.clone();
    cadre.messages.extend(alerte.or_else(|| message(&demande, &jeton)));
    let compte = mots::compte(lettres.len() as u64, "lettre", "lettres");
    let actifs = demande.actifs();
    page(&PageCourriers {
        cadre,
        chapo: "Cochez des lettres pour les ouvrir en un seul fichier à imprimer, puis notez ce qu'elles deviennent.".to_owned(),
        onglets: onglets(app, agent, &demande, &demande.etat).await?,
        onglet: demande.etat.clone(),
        etat: etat.code(),
        filtres: demande.filtres(),
        pagination: Pagination {
            resume: format!("{compte} sur cette page"),
            debut: demande.apres.map(|_| demande.adresse(&demande.etat, None)),
            suite: derniere.filter(|_| suite).map(|id| demande.adresse(&demande.etat, Some(id))),
        },
        // Cent lettres sur mille ne sont pas « cent lettres ».
        compte: if suite { format!("{compte} sur cette page") } else { compte },
        gestes: gestes(etat),
        quand: if etat == EtatDeCourrier::Prepare { "Préparée" } else { "Notée" },
        lettres: lettres
            .iter()
            .zip(&noms)
            .map(|(l, nom)| ligne(app, l, nom, cochees.contains(&l.courrier.id)))
            .collect(),
        vide: vide(&demande, actifs.is_empty()),
        actifs,
        sans_filtre: demande.sans_filtre(),
        ici: demande.adresse(&demande.etat, demande.apres),
    })
}

fn vide(demande: &Demande, sans_filtre: bool) -> Vide {
    if sans_filtre {
        Vide::nouveau("Aucune lettre ici", "Les lettres se préparent quand une notice est reçue.")
            .avec("Déposer des fichiers", "/reception")
    } else {
        Vide::nouveau(
            "Aucune lettre avec ces filtres",
            "D'autres lettres de cet onglet peuvent ne pas y répondre.",
        )
        .avec("Retirer les filtres", demande.sans_filtre())
    }
}

/// Les courriers sont la mission des secrétariats.
pub(crate) fn au_secretariat(agent: &Agent) -> Result<(), ErreurWeb> {
    if agent.tient_le_secretariat() {
        Ok(())
    } else {
        Err(ErreurWeb::hors_mission(agent.role, "d'envoyer les courriers"))
    }
}

fn ligne(app: &App, lettre: &LettreEnFile, nom: &str, cochee: bool) -> LigneLettre {
    let courrier = &lettre.courrier;
    let (qui, par) = (destinataire(&courrier.destinataire), canal(courrier));
    // Sans nom écrit dans la notice, il reste ce qu'il est.
    let (destinataire, qualite) = if nom.trim().is_empty() {
        (qui, par)
    } else {
        (nom.to_owned(), format!("{qui} · {}", par.to_lowercase()))
    };
    let instant = if courrier.etat == EtatDeCourrier::Prepare {
        courrier.prepare_le
    } else {
        courrier.change_le
    };
    LigneLettre {
        id: courrier.id.to_string(),
        cochee,
        modele: titre(&courrier.modele).to_owned(),
        pdf: urls::lettre(courrier.id),
        destinataire,
        qualite,
        dossier: Lien::nouveau(&lettre.dossier.reference, urls::dossier(&lettre.dossier.reference)),
        menage: lettre.dossier.nom.clone(),
        jour: app.jour_de(instant),
        etat: etat(courrier.etat),
        precision: courrier.detail.clone(),
        se_defait: se_defait(courrier),
    }
}

/// L'état d'une lettre.
pub(crate) fn etat(etat: EtatDeCourrier) -> Badge {
    let (ton, texte) = match etat {
        EtatDeCourrier::Prepare => (Ton::Attention, "À envoyer"),
        EtatDeCourrier::Imprime => (Ton::Info, "Imprimée"),
        EtatDeCourrier::Envoye => (Ton::Info, "Envoyée"),
        EtatDeCourrier::Repondu => (Ton::Succes, "Réponse reçue"),
        EtatDeCourrier::Retourne => (Ton::Erreur, "Retournée"),
        EtatDeCourrier::Echec => (Ton::Erreur, "Échec de l'envoi"),
        EtatDeCourrier::Annule => (Ton::Neutre, "Sans objet"),
    };
    Badge::nouveau(ton, texte)
}

pub(crate) fn canal(courrier: &VueCourrier) -> String {
    match courrier.canal {
        // La page de la notice la demande aussi bien par courriel.
        Canal::Papier if courrier.modele.ends_with("_complement") => "Courriel ou courrier",
        Canal::Papier => "Courrier postal",
        Canal::Courriel => "Courriel",
    }
    .to_owned()
}

/// À qui s'adresse une lettre.
pub(crate) fn destinataire(code: &str) -> String {
    match code {
        "bailleur" => "Le bailleur",
        "locataire" => "Le locataire",
        "maire" => "Le maire",
        "ccas" => "Le CCAS",
        "emetteur" => "L'émetteur de l'acte",
        autre => autre,
    }
    .to_owned()
}
