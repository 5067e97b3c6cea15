//! Chercher, filtrer, trier les dossiers. Tout ce qui est choisi est dans l'adresse.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::coordination::listes::ListeDeSuivi;
use ccapex::cours::etat::Stade;
use ccapex::partenaires::agent::{Agent, Role};
use jiff::civil::Date;
use serde::Deserialize;
use usages::dossiers::lister::lister;
use usages::echeances::tout;
use usages::formes::{Curseur, Etendue, File, Filtre as Recherche, Tri, VueDossier};
use usages::tableau::nom_de_commune;

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Badge, Choix, Lien, Pagination, Vide};
use crate::echeances::{compte, pagination};
use crate::erreur::{ErreurWeb, page};
use crate::noms::{self, Noms};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "dossiers/liste.html")]
pub struct PageDossiers {
    pub cadre: Cadre,
    pub chapo: String,
    pub recherche: String,
    pub filtres: Vec<Filtre>,
    /// Les filtres posés ; chaque lien retire le sien.
    pub actifs: Vec<Lien>,
    pub compte: String,
    pub exports: Vec<Lien>,
    /// La suite du dossier est montrée.
    pub suite: bool,
    pub colonnes: Vec<Colonne>,
    pub dossiers: Vec<LigneDossier>,
    pub vide: Vide,
    pub pagination: Pagination,
}

/// Une liste déroulante de filtre.
pub struct Filtre {
    pub nom: &'static str,
    pub libelle: &'static str,
    pub choix: Vec<Choix>,
}

/// Un titre de colonne, qui trie quand c'est possible.
pub struct Colonne {
    pub titre: &'static str,
    pub trier: Option<String>,
    /// `ascending`, `descending`, ou rien.
    pub sens: &'static str,
    pub fleche: &'static str,
}

/// Un dossier dans la liste.
pub struct LigneDossier {
    pub reference: String,
    pub vers: String,
    pub menage: String,
    pub lieu: String,
    pub stade: Badge,
    pub prochaine: String,
    pub avant_le: String,
    pub en_retard: bool,
    pub service: String,
    pub maj: String,
}

/// Ce que l'adresse demande.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    q: String,
    file: String,
    liste: String,
    stade: String,
    service: String,
    sous_commission: String,
    statut: String,
    commune: String,
    etendue: String,
    tri: String,
    apres: String,
}

const CHEMIN: &str = "/dossiers";

#[rustfmt::skip]
const FILES: [(&str, &str, File); 6] = [
    ("a_completer", "À compléter", File::ACompleter),
    ("a_orienter", "À orienter", File::AOrienter),
    ("a_confirmer", "Rapprochement à confirmer", File::AConfirmer),
    ("courriers", "Courrier à envoyer", File::Courriers),
    ("a_examiner", "À examiner", File::AExaminer),
    ("sans_etape", "Sans prochaine étape", File::SansEtape),
];

const ETENDUES: [(&str, &str); 3] = [("", "Ouverts"), ("clos", "Clos"), ("tous", "Tous")];

impl Demande {
    /// Ce qu'on cherche, pour la page comme pour l'export.
    pub(crate) fn recherche(&self) -> Recherche {
        let choisi = |texte: &str| Some(texte.to_owned()).filter(|t| !t.is_empty());
        let tri = if self.tri == "maj" { Tri::MiseAJour } else { Tri::Echeance };
        Recherche {
            etendue: match self.etendue.as_str() {
                "clos" => Etendue::Clos,
                "tous" => Etendue::Tous,
                _ => Etendue::Ouverts,
            },
            file: FILES.iter().find(|(code, ..)| *code == self.file).map(|(_, _, file)| *file),
            sous_commission: choisi(&self.sous_commission),
            service: choisi(&self.service),
            statut: choisi(&self.statut),
            stade: choisi(&self.stade),
            liste: choisi(&self.liste),
            commune: choisi(&self.commune),
            texte: choisi(&self.q),
            apres: Curseur::de_code(&self.apres),
            ..tout(tri)
        }
    }

    /// Les paramètres de l'adresse, page exceptée.
    fn parametres(&self) -> [(&'static str, &str); 10] {
        [
            ("q", &self.q),
            ("file", &self.file),
            ("liste", &self.liste),
            ("stade", &self.stade),
            ("service", &self.service),
            ("sous_commission", &self.sous_commission),
            ("statut", &self.statut),
            ("commune", &self.commune),
            ("etendue", &self.etendue),
            ("tri", &self.tri),
        ]
    }

    /// L'adresse de la même liste, un paramètre changé. Changer de filtre ramène au début.
    fn avec(&self, chemin: &str, nom: &'static str, valeur: &str) -> String {
        let mut parametres: Vec<_> =
            self.parametres().into_iter().filter(|(n, _)| *n != nom).collect();
        parametres.push((nom, valeur));
        urls::avec(chemin, &parametres)
    }
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
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let (agent, aujourd_hui) = (&connecte.agent, app.aujourd_hui());
    if !Section::de(agent.role).contains(&Section::Dossiers) {
        return Err(ErreurWeb::hors_mission(agent.role, "de lire des dossiers"));
    }
    let liste = lister(&app.maison, agent, &demande.recherche(), aujourd_hui).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    let suite = voit_la_suite(agent);
    let filtres = filtres(&demande, agent, &noms);
    page(&PageDossiers {
        cadre: connecte.cadre(&app, Section::Dossiers, "Dossiers"),
        chapo: chapo(agent, &noms),
        actifs: actifs(&demande, &filtres),
        filtres,
        compte: mots::capitale(&compte(&liste.compte, "dossier", "dossiers")),
        exports: if suite { exports(&demande) } else { vec![] },
        suite,
        colonnes: colonnes(&demande, suite),
        dossiers: liste
            .page
            .lignes
            .iter()
            .map(|d| ligne(&app, d, &noms, suite, aujourd_hui))
            .collect(),
        vide: vide(&demande, agent),
        pagination: pagination(&liste, &demande.apres, |apres| {
            demande.avec(CHEMIN, "apres", apres)
        }),
        recherche: demande.q,
    })
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

fn filtres(demande: &Demande, agent: &Agent, noms: &Noms) -> Vec<Filtre> {
    let filtre = |nom, libelle, tous: &str, choix: Vec<(String, String)>, retenu: &str| {
        let mut liste = vec![Choix::nouveau("", tous)];
        liste.extend(choix.into_iter().map(|(code, dit)| Choix::nouveau(code, dit)));
        for c in &mut liste {
            c.retenu = c.valeur == retenu;
        }
        Filtre { nom, libelle, choix: liste }
    };
    let paires = |p: &[(&str, &str)]| {
        p.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
    };
    let mut filtres = Vec::new();
    if voit_la_suite(agent) {
        let stades =
            Stade::TOUS.iter().map(|s| (s.code().to_owned(), s.libelle().to_owned())).collect();
        filtres.push(filtre("stade", "Stade", "Tous", stades, &demande.stade));
        let files =
            FILES.iter().map(|(code, dit, _)| ((*code).to_owned(), (*dit).to_owned())).collect();
        filtres.push(filtre("file", "File de travail", "Toutes", files, &demande.file));
        let listes = ListeDeSuivi::TOUTES
            .iter()
            .map(|l| (l.code().to_owned(), l.libelle().to_owned()))
            .collect();
        filtres.push(filtre("liste", "Suivi", "Tous", listes, &demande.liste));
    }
    if agent.tient_le_secretariat() {
        let services = noms.0.services.iter().map(|s| (s.code.clone(), s.nom.clone())).collect();
        filtres.push(filtre("service", "Service", "Tous", services, &demande.service));
    }
    if agent.role == Role::SecretariatCentral {
        let liste =
            noms.0.sous_commissions.iter().map(|s| (s.code.clone(), s.nom.clone())).collect();
        filtres.push(filtre(
            "sous_commission",
            "Sous-commission",
            "Toutes",
            liste,
            &demande.sous_commission,
        ));
    }
    filtres.push(filtre(
        "etendue",
        "Dossiers",
        ETENDUES[0].1,
        paires(&ETENDUES[1..]),
        &demande.etendue,
    ));
    filtres
}

/// Les filtres posés, chacun avec l'adresse sans lui.
fn actifs(demande: &Demande, filtres: &[Filtre]) -> Vec<Lien> {
    let mut actifs = Vec::new();
    if !demande.q.is_empty() {
        actifs.push(Lien::nouveau(format!("« {} »", demande.q), demande.avec(CHEMIN, "q", "")));
    }
    if !demande.commune.is_empty() {
        let dite = format!("Commune : {}", nom_de_commune(&demande.commune));
        actifs.push(Lien::nouveau(dite, demande.avec(CHEMIN, "commune", "")));
    }
    for filtre in filtres {
        if let Some(choisi) = filtre.choix.iter().find(|c| c.retenu && !c.valeur.is_empty()) {
            let texte = format!("{} : {}", filtre.libelle, choisi.libelle);
            actifs.push(Lien::nouveau(texte, demande.avec(CHEMIN, filtre.nom, "")));
        }
    }
    actifs
}

fn exports(demande: &Demande) -> Vec<Lien> {
    [("CSV", "csv"), ("XLSX", "xlsx"), ("ODS", "ods")]
        .iter()
        .map(|(titre, format)| {
            Lien::nouveau(*titre, demande.avec(&format!("/dossiers/export/{format}"), "apres", ""))
        })
        .collect()
}

fn colonnes(demande: &Demande, suite: bool) -> Vec<Colonne> {
    let fixe = |titre| Colonne { titre, trier: None, sens: "", fleche: "" };
    let par_maj = demande.tri == "maj";
    let mut colonnes = vec![fixe("Dossier"), fixe("Ménage"), fixe("Stade")];
    if suite {
        colonnes.push(fixe("Prochaine étape"));
        colonnes.push(Colonne {
            titre: "Avant le",
            trier: Some(demande.avec(CHEMIN, "tri", "")),
            sens: if par_maj { "" } else { "ascending" },
            fleche: if par_maj { "↕" } else { "↑" },
        });
        colonnes.push(fixe("Service"));
    }
    colonnes.push(Colonne {
        titre: "Mis à jour",
        trier: Some(demande.avec(CHEMIN, "tri", "maj")),
        sens: if par_maj { "descending" } else { "" },
        fleche: if par_maj { "↓" } else { "↕" },
    });
    colonnes
}

fn ligne(
    app: &App,
    dossier: &VueDossier,
    noms: &Noms,
    suite: bool,
    aujourd_hui: Date,
) -> LigneDossier {
    let provisoire = if dossier.service_provisoire { " (provisoire)" } else { "" };
    LigneDossier {
        reference: dossier.reference.clone(),
        vers: urls::dossier(&dossier.reference),
        menage: dossier.nom.clone(),
        lieu: dossier.adresse.clone(),
        stade: if suite { noms::stade(&dossier.stade) } else { noms::statut_de(&dossier.statut) },
        prochaine: mots::capitale(&dossier.etape_quoi),
        avant_le: dossier.etape_avant_le.map(mots::jour).unwrap_or_default(),
        en_retard: dossier.clos_le.is_none()
            && dossier.etape_avant_le.is_some_and(|j| j < aujourd_hui),
        service: format!("{}{provisoire}", noms.service_court(&dossier.service)),
        maj: app.jour_de(dossier.maj_le),
    }
}

fn vide(demande: &Demande, agent: &Agent) -> Vide {
    let filtree =
        demande.parametres().iter().any(|(nom, valeur)| *nom != "tri" && !valeur.is_empty());
    if filtree {
        return Vide::nouveau(
            "Aucun dossier ne correspond",
            "Un filtre est peut-être de trop, ou le nom s'écrit autrement : essayez son début, ou la référence.",
        )
        .avec("Effacer les filtres", CHEMIN);
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
