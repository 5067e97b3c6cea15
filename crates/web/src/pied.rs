//! Les pages du pied : accessibilité, mentions légales, données personnelles, plan du site.

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::{Cadre, Section};
use crate::composants::Lien;
use crate::erreur::{ErreurWeb, page};

#[derive(Template)]
#[template(path = "pied.html")]
pub struct PagePied {
    pub cadre: Cadre,
    pub sections: Vec<Paragraphes>,
}

/// Des paragraphes sous un titre.
#[derive(Default)]
pub struct Paragraphes {
    pub titre: String,
    pub paragraphes: Vec<String>,
    pub liens: Vec<Lien>,
}

/// Un titre et ses paragraphes.
type Texte = (&'static str, &'static [&'static str]);

const ACCESSIBILITE: &[Texte] = &[
    (
        "",
        &[
            "Seuil est conçu pour se servir du clavier seul, avec un lecteur d'écran, agrandi à 200 % et sur un écran de 320 pixels de large.",
        ],
    ),
    (
        "État de conformité",
        &[
            "Partiellement conforme : chaque page est contrôlée par un outil automatique, mais aucun audit complet n'a encore été mené par une personne. Les lettres en PDF sont balisées.",
        ],
    ),
    (
        "Signaler une difficulté",
        &[
            "Écrivez à l'administration de votre commission, qui vous donnera l'information sous une autre forme.",
        ],
    ),
];

const MENTIONS: &[Texte] = &[
    (
        "Éditeur",
        &[
            "L'organisme qui met ce service à disposition en est l'éditeur ; son nom et ses coordonnées sont tenus par l'administration de la commission.",
        ],
    ),
    (
        "Logiciel",
        &[
            "Seuil est un logiciel libre sous licence EUPL 1.2. Il n'utilise ni la marque, ni la police, ni le système de design de l'État.",
        ],
    ),
    (
        "Portée des dates",
        &[
            "Les dates et conclusions affichées citent leurs textes et leur degré de confiance. Elles aident une personne à décider ; elles ne remplacent ni un texte, ni un acte, ni une décision de justice.",
        ],
    ),
];

const DONNEES: &[Texte] = &[
    (
        "Ce qui est enregistré",
        &[
            "Les notices que la loi fait transmettre à la commission, ce qu'elles disent des ménages, et les gestes faits sur chaque dossier. Les identités sont gardées à part de l'histoire du dossier : les effacer ne réécrit rien d'autre.",
        ],
    ),
    (
        "Qui voit quoi",
        &[
            "Chaque personne voit les dossiers de son territoire et de sa mission, et eux seuls. Chaque lecture d'un dossier est inscrite à un registre qu'on ne peut retoucher sans que cela se voie ; le ménage peut en demander un extrait, qui dit quand, par quel organisme et pourquoi.",
        ],
    ),
    (
        "Combien de temps",
        &[
            "L'identité d'un ménage est gardée quelques années après la clôture de son dossier, selon ce qu'il est devenu ; deux avis datés précèdent tout effacement. Les dates, les décisions et les chiffres restent, sans personne derrière.",
        ],
    ),
    (
        "Vos droits",
        &[
            "Accès, rectification et effacement s'exercent auprès du responsable de traitement de la commission, ou de son délégué à la protection des données.",
        ],
    ),
    (
        "Cookies",
        &[
            "Un cookie tient votre session ouverte, un autre protège le formulaire de connexion. Ils sont nécessaires au service et ne suivent personne.",
        ],
    ),
];

pub(crate) async fn accessibilite(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, connecte.as_ref(), "Accessibilité", ACCESSIBILITE)
}

pub(crate) async fn mentions(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, connecte.as_ref(), "Mentions légales", MENTIONS)
}

pub(crate) async fn donnees(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(&app, connecte.as_ref(), "Données personnelles et cookies", DONNEES)
}

pub(crate) async fn plan(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    let cadre = cadre(&app, connecte.as_ref(), "Plan du site");
    let menu = cadre.menu.iter().map(|e| Lien::nouveau(e.titre, e.vers)).collect();
    let pied = [
        ("Accessibilité", "/accessibilite"),
        ("Mentions légales", "/mentions-legales"),
        ("Données personnelles et cookies", "/donnees-personnelles"),
        ("Interface de programme", "/api"),
    ];
    let pied = pied.iter().map(|(texte, vers)| Lien::nouveau(*texte, *vers)).collect();
    let section =
        |titre: &str, liens| Paragraphes { titre: titre.to_owned(), paragraphes: vec![], liens };
    let sections = match connecte {
        Some(_) => vec![section("Votre travail", menu), section("À propos", pied)],
        None => vec![
            section("Entrer", vec![Lien::nouveau("Se connecter", "/connexion")]),
            section("À propos", pied),
        ],
    };
    page(&PagePied { cadre, sections })
}

fn cadre(app: &App, connecte: Option<&AgentConnecte>, titre: &str) -> Cadre {
    connecte.map_or_else(
        || app.cadre(None, Section::Aucune, titre),
        |connecte| connecte.cadre(app, Section::Aucune, titre),
    )
}

fn rendre(
    app: &App,
    connecte: Option<&AgentConnecte>,
    titre: &str,
    textes: &[Texte],
) -> Result<Html<String>, ErreurWeb> {
    let sections = textes
        .iter()
        .map(|(titre, paragraphes)| Paragraphes {
            titre: (*titre).to_owned(),
            paragraphes: paragraphes.iter().map(|p| (*p).to_owned()).collect(),
            liens: vec![],
        })
        .collect();
    page(&PagePied { cadre: cadre(app, connecte, titre), sections })
}
