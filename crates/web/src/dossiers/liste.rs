//! Chercher, filtrer, trier les dossiers. Tout ce qui est choisi est dans l'adresse.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use ccapex::partenaires::agent::{Agent, Role};
use droit::montant::Montant;
use jiff::civil::Date;
use usages::dossiers::colonnes::Colonne;
use usages::dossiers::lister::lister;
use usages::dossiers::vues::mes_vues;
use usages::formes::{Cellule, VueDeListe, VueDossier};

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Choix, Lien, Pagination, Vide};
use crate::echeances::{compte, pagination};
use crate::erreur::{ErreurWeb, page};
use crate::noms::{self, Noms};
use crate::{mots, urls};

pub(crate) mod demande;
pub(crate) mod filtres;

use demande::{CHEMIN, Demande, PAR_PAGE};
use filtres::Filtre;

#[derive(Template)]
#[template(path = "dossiers/liste.html")]
pub struct PageDossiers {
    pub cadre: Cadre,
    pub chapo: String,
    pub recherche: String,
    pub filtres: Vec<Filtre>,
    /// Les communes déjà choisies : le formulaire les redit.
    pub communes: Vec<String>,
    /// Les filtres posés ; chaque lien retire le sien.
    pub actifs: Vec<Lien>,
    /// La même liste, sans aucun filtre.
    pub sans_filtre: String,
    pub vues: Vec<VueMontree>,
    /// Ce que la liste demande, à garder sous un nom.
    pub demande: String,
    /// Ce qu'un formulaire redit de l'ordre et des colonnes.
    pub rappels: Vec<(&'static str, String)>,
    pub compte: String,
    pub exports: Vec<Lien>,
    pub choix_des_colonnes: Vec<Choix>,
    pub par_page: Vec<Choix>,
    /// Ce qu'on peut faire de plusieurs lignes ; vide : pas de cases.
    pub gestes: Vec<Lien>,
    /// Ce que la sélection redit pour que son export ait les mêmes colonnes et le même ordre.
    pub reste: Vec<(&'static str, String)>,
    pub colonnes: Vec<ColonneMontree>,
    pub dossiers: Vec<LigneDossier>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une vue que la personne a nommée.
pub struct VueMontree {
    pub nom: String,
    pub vers: String,
    pub ouverte: bool,
    pub par_defaut: bool,
}

/// Un titre de colonne, qui trie quand c'est possible.
pub struct ColonneMontree {
    pub titre: &'static str,
    pub trier: Option<String>,
    /// `ascending`, `descending`, ou rien.
    pub sens: &'static str,
    pub fleche: &'static str,
}

/// Un dossier dans la liste : la référence, puis les autres colonnes.
pub struct LigneDossier {
    pub reference: String,
    pub vers: String,
    pub cellules: Vec<CelluleMontree>,
}

/// Une cellule, prête à lire.
pub struct CelluleMontree {
    /// Le titre de sa colonne, redit quand le tableau se replie.
    pub titre: &'static str,
    pub texte: String,
    pub badge: Option<Badge>,
    pub classe: &'static str,
    pub en_retard: bool,
}

/// Ce que la liste dit à qui n'a que sa part.
const SA_PART: &str = "Les dossiers dont une part vous concerne : ce que vous avez envoyé, ce qui vous a été envoyé, ce qu'on attend de vous.";

/// Qui n'a que sa part ne voit pas la suite du dossier.
pub(crate) fn voit_la_suite(agent: &Agent) -> bool {
    agent.suit_des_menages()
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    demande: Demande,
) -> Result<Response, ErreurWeb> {
    let (agent, aujourd_hui) = (&connecte.agent, app.aujourd_hui());
    if !Section::de(agent.role).contains(&Section::Dossiers) {
        return Err(ErreurWeb::hors_mission(agent.role, "de lire des dossiers"));
    }
    let vues = mes_vues(&app.maison, agent).await?;
    if let Some(vue) = vues.iter().find(|vue| vue.par_defaut && demande.est_vide()) {
        return Ok(Redirect::to(&Demande::lire(&vue.demande).adresse(CHEMIN)).into_response());
    }
    Ok(rendre(&app, &connecte, &demande, &vues, aujourd_hui).await?.into_response())
}

async fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    demande: &Demande,
    vues: &[VueDeListe],
    aujourd_hui: Date,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    let liste = lister(&app.maison, agent, &demande.filtre(aujourd_hui), aujourd_hui).await?;
    let noms = Noms::du(app, &agent.profil)?;
    let colonnes = demande.colonnes(agent);
    let filtres = filtres::filtres(demande, agent, &noms);
    let ligne = |d: &VueDossier| ligne(app, d, &colonnes, &noms, aujourd_hui);
    page(&PageDossiers {
        cadre: connecte.cadre(app, Section::Dossiers, "Dossiers"),
        chapo: chapo(agent, &noms),
        actifs: filtres::actifs(demande, &filtres),
        sans_filtre: demande.sans_filtre().adresse(CHEMIN),
        filtres,
        communes: demande.tous("commune").map(str::to_owned).collect(),
        vues: vues.iter().map(|vue| vue_montree(vue, demande)).collect(),
        demande: demande.durable().ecrite(),
        rappels: rappeles(demande, &["tri", "sens"]),
        compte: mots::capitale(&compte(&liste.compte, "dossier", "dossiers")),
        exports: if voit_la_suite(agent) { exports(demande) } else { vec![] },
        choix_des_colonnes: choix_des_colonnes(agent, &colonnes),
        par_page: PAR_PAGE
            .iter()
            .map(|n| Choix {
                retenu: *n == demande.par_page(),
                ..Choix::nouveau(n.to_string(), n.to_string())
            })
            .collect(),
        gestes: super::selection::gestes(agent),
        reste: rappeles(demande, &["etendue", "colonne", "tri", "sens"]),
        colonnes: colonnes.iter().map(|c| titre(*c, demande)).collect(),
        dossiers: liste.page.lignes.iter().map(ligne).collect(),
        vide: vide(demande, agent),
        pagination: pagination(&liste, demande.un("apres"), |apres| {
            demande.avec(&[("apres", apres)]).adresse(CHEMIN)
        }),
        recherche: demande.un("q").to_owned(),
    })
}

fn rappeles(demande: &Demande, noms: &[&str]) -> Vec<(&'static str, String)> {
    let parametres = demande.parametres().filter(|(nom, _)| noms.contains(nom));
    parametres.map(|(nom, valeur)| (nom, valeur.to_owned())).collect()
}

fn vue_montree(vue: &VueDeListe, demande: &Demande) -> VueMontree {
    let gardee = Demande::lire(&vue.demande);
    VueMontree {
        nom: vue.nom.clone(),
        vers: gardee.adresse(CHEMIN),
        ouverte: gardee == demande.durable(),
        par_defaut: vue.par_defaut,
    }
}

fn chapo(agent: &Agent, noms: &Noms) -> String {
    match agent.role {
        Role::SecretariatSousCommission => agent
            .sous_commission
            .as_deref()
            .map(|code| format!("Sous-commission : {}.", noms.sous_commission(code)))
            .unwrap_or_default(),
        Role::ServiceSocial | Role::OrganismePayeur => agent
            .service
            .as_deref()
            .map(|code| format!("Les dossiers confiés à : {}.", noms.service(code)))
            .unwrap_or_default(),
        Role::CommissaireDeJustice => "Les dossiers où figure un acte de votre étude.".to_owned(),
        Role::ForcePublique => {
            "Les dossiers où le concours de la force publique est demandé, et la suite.".to_owned()
        }
        Role::SecretariatCentral | Role::Administrateur | Role::Lecteur | Role::Dpo => {
            String::new()
        }
        Role::BailleurSocial
        | Role::Bailleur
        | Role::Ccas
        | Role::Mairie
        | Role::Adil
        | Role::Siao
        | Role::Fsl
        | Role::Comed
        | Role::BanqueDeFrance
        | Role::Greffe
        | Role::Police
        | Role::MembreDeCommission => SA_PART.to_owned(),
    }
}

fn exports(demande: &Demande) -> Vec<Lien> {
    [("CSV", "csv"), ("XLSX", "xlsx"), ("ODS", "ods")]
        .iter()
        .map(|(titre, format)| {
            let chemin = format!("/dossiers/export/{format}");
            Lien::nouveau(*titre, demande.sans(&["apres"]).adresse(&chemin))
        })
        .collect()
}

fn choix_des_colonnes(agent: &Agent, choisies: &[Colonne]) -> Vec<Choix> {
    Colonne::permises(agent)
        .into_iter()
        .filter(|c| *c != Colonne::Reference)
        .map(|c| Choix { retenu: choisies.contains(&c), ..Choix::nouveau(c.code(), c.titre()) })
        .collect()
}

fn titre(colonne: Colonne, demande: &Demande) -> ColonneMontree {
    let Some(tri) = colonne.tri() else {
        return ColonneMontree { titre: colonne.titre(), trier: None, sens: "", fleche: "" };
    };
    let (sens, fleche) = match (demande.tri() == tri, demande.sens().monte(tri)) {
        (false, _) => ("", "↕"),
        (true, true) => ("ascending", "↑"),
        (true, false) => ("descending", "↓"),
    };
    let trier = Some(demande.rangee_par(tri).adresse(CHEMIN));
    ColonneMontree { titre: colonne.titre(), trier, sens, fleche }
}

fn ligne(
    app: &App,
    dossier: &VueDossier,
    colonnes: &[Colonne],
    noms: &Noms,
    aujourd_hui: Date,
) -> LigneDossier {
    let jour = |instant: jiff::Timestamp| instant.to_zoned(app.config.fuseau.clone()).date();
    let cellule = |colonne: &Colonne| {
        let retard = *colonne == Colonne::AvantLe
            && dossier.clos_le.is_none()
            && dossier.etape_avant_le.is_some_and(|j| j < aujourd_hui);
        let (texte, classe) = match colonne.cellule(dossier, &noms.0, jour) {
            Cellule::Vide => (String::new(), ""),
            Cellule::Texte(texte) => (texte, ""),
            Cellule::Date(jour) => (mots::jour(jour), "tenu"),
            Cellule::Montant(centimes) => (Montant::centimes(centimes).to_string(), "nombre"),
            Cellule::Entier(n) => (n.to_string(), "nombre"),
            Cellule::OuiNon(oui) => (if oui { "oui" } else { "non" }.to_owned(), ""),
        };
        let badge = if texte.is_empty() {
            None
        } else if *colonne == Colonne::Stade {
            Some(noms::stade(&dossier.stade))
        } else {
            (*colonne == Colonne::Reponse).then(|| noms::statut_de(&dossier.statut))
        };
        CelluleMontree { titre: colonne.titre(), texte, badge, classe, en_retard: retard }
    };
    LigneDossier {
        reference: dossier.reference.clone(),
        vers: urls::dossier(&dossier.reference),
        cellules: colonnes.iter().filter(|c| **c != Colonne::Reference).map(cellule).collect(),
    }
}

fn vide(demande: &Demande, agent: &Agent) -> Vide {
    if demande.filtre_quelque_chose() {
        return Vide::nouveau(
            "Aucun dossier ne correspond",
            "Un filtre est peut-être de trop, ou le nom s'écrit autrement : la recherche en haut de la page le trouve sous toute écriture.",
        )
        .avec("Effacer les filtres", "/dossiers?etendue=ouverts");
    }
    let vide = Vide::nouveau(
        "Aucun dossier pour l'instant",
        "Un dossier s'ouvre quand une notice reçue nomme un ménage de votre périmètre.",
    );
    if agent.peut_deposer().is_ok() {
        vide.avec("Déposer des fichiers", "/reception")
    } else {
        vide
    }
}
