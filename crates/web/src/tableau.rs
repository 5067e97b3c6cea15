//! Le tableau de bord : les stades, les retards, les communes, dessinés à côté de leurs nombres.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use ccapex::cours::etat::Stade;
use ccapex::partenaires::agent::{Agent, Role};
use serde::Deserialize;
use usages::tableau::{DUnService, DansUneCommune, tableau};

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::{Lien, Vide};
use crate::erreur::{ErreurWeb, page};
use crate::noms::Noms;
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "tableau.html")]
pub struct PageTableau {
    pub cadre: Cadre,
    pub chapo: String,
    pub stades: Vec<Barre>,
    pub retards: Vec<Barre>,
    pub communes: Vec<LigneDeCommune>,
    pub compte_communes: String,
    pub tris: Vec<Tri>,
    pub vide: Option<Vide>,
}

/// Une ligne d'un tableau, et sa barre à côté du nombre.
pub struct Barre {
    pub nom: String,
    pub nombre: String,
    /// En pour cent de la plus longue : « 42.5% ».
    pub largeur: String,
    /// Ce que la barre compte parmi un tout : « sur 12 ouverts ».
    pub precision: String,
    /// La liste qu'elle ouvre ; vide quand le rôle n'y a pas accès.
    pub vers: String,
}

/// Les dossiers ouverts d'une commune.
pub struct LigneDeCommune {
    pub nom: String,
    pub arrondissement: String,
    pub nombre: String,
    pub largeur: String,
    pub vers: String,
}

/// Une colonne qui trie le tableau des communes.
pub struct Tri {
    pub titre: &'static str,
    pub vers: String,
    pub sens: &'static str,
    pub fleche: &'static str,
    pub nombre: bool,
}

/// Ce que l'adresse demande.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Demande {
    tri: String,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Query(demande): Query<Demande>,
) -> Result<Html<String>, ErreurWeb> {
    let agent = &connecte.agent;
    if !a_un_tableau(agent) {
        return Err(ErreurWeb::hors_mission(agent.role, "de suivre les chiffres d'un territoire"));
    }
    let mut lu = tableau(&app.maison, agent, app.aujourd_hui()).await?;
    let noms = Noms::du(&app, &agent.profil)?;
    // Un pilote a des chiffres, et aucune liste derrière.
    let ouvre = |vers: String| if agent.suit_des_menages() { vers } else { String::new() };
    let ouverts: i64 = lu.stades.values().sum();
    let par_stade = Stade::TOUS.iter().filter_map(|stade| {
        let nombre = lu.stades.get(stade.code()).copied()?;
        let vers = urls::avec("/dossiers", &[("stade", stade.code())]);
        Some((mots::capitale(stade.libelle()), nombre, String::new(), ouvre(vers)))
    });
    let stades = barres(par_stade.collect());
    lu.services.sort_by_key(|service| std::cmp::Reverse(service.en_retard));
    let par_service = lu.services.iter().map(|service| {
        let nom = match service.code.as_str() {
            "" => "Sans service".to_owned(),
            code => noms.service_court(code),
        };
        (nom, service.en_retard, sur(service), ouvre(urls::retards(&service.code)))
    });
    let retards = barres(par_service.collect());
    trier(&mut lu.communes, &demande.tri);
    let plus_grand = lu.communes.iter().map(|c| c.ouverts).max().unwrap_or_default();
    let communes: Vec<LigneDeCommune> = lu
        .communes
        .into_iter()
        .map(|c| LigneDeCommune {
            largeur: largeur(c.ouverts, plus_grand),
            nombre: milliers(c.ouverts),
            vers: ouvre(urls::dossiers_de_la_commune(&c.code)),
            nom: c.nom,
            arrondissement: c.arrondissement,
        })
        .collect();
    page(&PageTableau {
        cadre: connecte.cadre(&app, Section::Tableau, "Tableau de bord"),
        chapo: format!(
            "{} dans votre périmètre. Chaque barre a son nombre dans le tableau qui la suit.",
            mots::compte(positif(ouverts), "dossier ouvert", "dossiers ouverts")
        ),
        compte_communes: mots::compte(communes.len() as u64, "commune", "communes"),
        tris: tris(&demande.tri),
        vide: (ouverts == 0).then(|| {
            Vide::nouveau(
                "Aucun dossier ouvert",
                "Les images se dessinent dès qu'une notice reçue ouvre un dossier de votre périmètre.",
            )
            .avec("Revenir à l'accueil", "/")
        }),
        stades,
        retards,
        communes,
    })
}

/// Le rôle a des chiffres à suivre : qui lit des dossiers en entier, et le pilotage.
pub(crate) fn a_un_tableau(agent: &Agent) -> bool {
    // Le préfet suit des demandes de concours, dont aucun compteur n'est tenu.
    let compte = agent.suit_des_menages() && agent.role != Role::ForcePublique;
    compte || agent.role == Role::Lecteur
}

fn sur(service: &DUnService) -> String {
    format!("sur {}", mots::compte(positif(service.ouverts), "ouvert", "ouverts"))
}

/// Les barres, à l'échelle de la plus longue.
fn barres(lignes: Vec<(String, i64, String, String)>) -> Vec<Barre> {
    let plus_grand = lignes.iter().map(|(_, nombre, ..)| *nombre).max().unwrap_or_default();
    let barre = |(nom, nombre, precision, vers)| Barre {
        nombre: milliers(nombre),
        largeur: largeur(nombre, plus_grand),
        nom,
        precision,
        vers,
    };
    lignes.into_iter().map(barre).collect()
}

/// Pour un tableau de communes : par nom, par arrondissement, ou les plus nombreuses d'abord.
fn trier(communes: &mut [DansUneCommune], tri: &str) {
    let nom = |c: &DansUneCommune| ccapex::texte::cle(&c.nom);
    match tri {
        "commune" => communes.sort_by_key(nom),
        "arrondissement" => communes.sort_by_key(|c| (c.arrondissement.clone(), nom(c))),
        _ => communes.sort_by_key(|c| (std::cmp::Reverse(c.ouverts), nom(c))),
    }
}

fn tris(choisi: &str) -> Vec<Tri> {
    let ouvert = if choisi == "commune" || choisi == "arrondissement" { choisi } else { "" };
    [("Commune", "commune"), ("Arrondissement", "arrondissement"), ("Dossiers ouverts", "")]
        .map(|(titre, tri)| Tri {
            titre,
            vers: urls::avec("/tableau-de-bord", &[("tri", tri)]) + "#communes",
            sens: match (tri == ouvert, tri) {
                (false, _) => "",
                (true, "") => "descending",
                (true, _) => "ascending",
            },
            fleche: match (tri == ouvert, tri) {
                (false, _) => "↕",
                (true, "") => "↓",
                (true, _) => "↑",
            },
            nombre: tri.is_empty(),
        })
        .into()
}

/// « 42.5% » : la part de la plus longue, qui se voit encore quand elle est petite.
fn largeur(nombre: i64, plus_grand: i64) -> String {
    if nombre <= 0 || plus_grand <= 0 {
        return "0%".to_owned();
    }
    let pour_mille = (nombre.saturating_mul(1_000) / plus_grand).max(5);
    format!("{}.{}%", pour_mille / 10, pour_mille % 10)
}

fn milliers(nombre: i64) -> String {
    mots::milliers(positif(nombre))
}

fn positif(nombre: i64) -> u64 {
    u64::try_from(nombre).unwrap_or_default()
}

/// Le lien vers le tableau de bord, pour qui en a un.
pub(crate) fn lien(agent: &Agent) -> Option<Lien> {
    a_un_tableau(agent).then(|| Lien::nouveau("Tableau de bord", "/tableau-de-bord"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_barre_est_a_l_echelle_de_la_plus_longue_et_se_voit_toujours() {
        assert_eq!(largeur(50, 200), "25.0%");
        assert_eq!(largeur(200, 200), "100.0%");
        assert_eq!(largeur(1, 1_000_000), "0.5%");
        assert_eq!(largeur(0, 200), "0%");
        assert_eq!(largeur(0, 0), "0%");
    }

    #[test]
    fn les_communes_se_trient_sans_regarder_les_accents() {
        let commune = |nom: &str, arrondissement: &str, ouverts| DansUneCommune {
            code: String::new(),
            nom: nom.to_owned(),
            arrondissement: arrondissement.to_owned(),
            ouverts,
        };
        let mut communes = vec![
            commune("Lens", "Lens", 3),
            commune("Évin", "Lens", 9),
            commune("Arras", "Arras", 3),
        ];
        let noms = |communes: &[DansUneCommune]| {
            communes.iter().map(|c| c.nom.clone()).collect::<Vec<_>>().join(" ")
        };
        trier(&mut communes, "");
        assert_eq!(noms(&communes), "Évin Arras Lens");
        trier(&mut communes, "commune");
        assert_eq!(noms(&communes), "Arras Évin Lens");
        trier(&mut communes, "arrondissement");
        assert_eq!(noms(&communes), "Arras Évin Lens");
    }
}
