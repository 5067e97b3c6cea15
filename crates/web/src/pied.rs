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
    /// À quoi sert la page.
    pub chapo: &'static str,
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
        "État de conformité",
        &[
            "Partiellement conforme au référentiel général d'amélioration de l'accessibilité (RGAA 4.1) : des contrôles automatiques passent à chaque changement, mais aucun audit n'a été mené par une personne. Les critères que seule une personne peut juger ne sont donc pas vérifiés.",
        ],
    ),
    (
        "Ce que des essais vérifient à chaque changement",
        &[
            "Chaque page s'ouvre dans un vrai navigateur, pour chaque rôle ; pour un rôle qui l'a, à 320, 768 et 1440 pixels de large, en clair et en sombre : l'outil axe-core n'y trouve aucun défaut, contrastes compris, et rien ne déborde.",
            "Chaque page a un titre de premier rang et une phrase qui dit à quoi elle sert.",
            "Se connecter, chercher un dossier, choisir un acte et le consigner se font au clavier seul. Après un refus, la page mène à ce qui est à corriger.",
            "Déposer un fichier, compléter ou saisir une notice, chercher, noter une lettre se font sans script.",
            "Les lettres sont composées en PDF balisé (PDF/UA-1). Les images des guides ont un texte qui les remplace.",
        ],
    ),
    (
        "Ce qui n'est pas vérifié",
        &[
            "La lecture de toutes les pages avec un lecteur d'écran, par une personne dont c'est l'outil.",
            "Le parcours au clavier de chaque page, sur chaque navigateur : nous n'essayons que Chromium.",
            "L'agrandissement du seul texte à 200 %.",
        ],
    ),
    (
        "Ce que nous savons imparfait",
        &[
            "Une liasse de nombreuses lettres, faite pour l'imprimante, n'est plus balisée : ouvrez chaque lettre seule, elle l'est.",
            "La frise d'un dossier est une image ; la même chose se lit en liste juste dessous.",
        ],
    ),
    (
        "Signaler une difficulté",
        &[
            "Écrivez à l'administration de votre commission : elle vous donne l'information sous une autre forme, et nous transmet ce qui est à corriger. Sans réponse, vous pouvez saisir le Défenseur des droits.",
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
    rendre(
        &app,
        connecte.as_ref(),
        "Accessibilité",
        "Ce qui est fait pour que Seuil serve à tous, ce qui est vérifié, et ce qui ne l'est pas.",
        ACCESSIBILITE,
    )
}

pub(crate) async fn mentions(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(
        &app,
        connecte.as_ref(),
        "Mentions légales",
        "Qui met ce service à disposition, avec quel logiciel, et ce que valent ses dates.",
        MENTIONS,
    )
}

pub(crate) async fn donnees(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    rendre(
        &app,
        connecte.as_ref(),
        "Données personnelles et cookies",
        "Ce qui est enregistré, qui le voit, et comment exercer vos droits.",
        DONNEES,
    )
}

pub(crate) async fn plan(
    State(app): State<App>,
    connecte: Option<AgentConnecte>,
) -> Result<Html<String>, ErreurWeb> {
    let cadre = cadre(&app, connecte.as_ref(), "Plan du site");
    let menu = cadre.menu.iter().map(|e| Lien::nouveau(e.titre, e.vers)).collect();
    let pied = [
        ("Aide", "/aide"),
        ("Les mots, expliqués", "/aide/mots"),
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
    page(&PagePied { cadre, chapo: "Toutes les pages qui vous sont ouvertes.", sections })
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
    chapo: &'static str,
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
    page(&PagePied { cadre: cadre(app, connecte, titre), chapo, sections })
}
