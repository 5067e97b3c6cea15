//! La page d'un dossier pour son ménage : le texte de son étape avec ses dates, et ce qu'il dit.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use ccapex::acte::Quoi;
use ccapex::acte::codes::Adhesion;
use ccapex::cours::etat::Stade;
use ccapex::menage::{
    DateUtile, Echeance, Explication, dates_utiles, explication, explication_de_situation,
};
use ccapex::partenaires::agent::Role;
use droit::jour::Jour;
use usages::courriers::modeles::titre;

use super::texte::Texte;
use crate::acces::formulaire::Formulaire;
use crate::acces::session::AgentConnecte;
use crate::app::App;
use crate::cadre::Cadre;
use crate::composants::{Badge, Champ, Choix, Genre, Lien};
use crate::courriers::liste::etat;
use crate::ensemble::{Annonce, Entier, Geste, champs, entier, message, noter, placer};
use crate::erreur::{ErreurWeb, page};
use crate::{mots, urls};

#[derive(Template)]
#[template(path = "information/menage.html")]
pub struct PageMenage {
    pub cadre: Cadre,
    pub menage: String,
    pub texte: Texte,
    /// Ce qui court à côté, et son explication publique.
    pub situations: Vec<Lien>,
    pub publique: String,
    pub paroles: Vec<Parole>,
    pub lettres: Vec<Lettre>,
    /// Les lettres qu'on peut faire préparer : le nom de leur texte, leur titre.
    pub a_preparer: Vec<(&'static str, &'static str)>,
    pub vers_lettre: String,
    pub erreurs: Vec<Lien>,
    pub champs: Vec<Champ>,
    pub peut_ecrire: bool,
    pub envoyer: String,
}

/// Ce que le ménage a dit un jour.
pub struct Parole {
    pub jour: String,
    pub adhesion: String,
    pub dit: String,
}

/// Une lettre au ménage.
pub struct Lettre {
    pub titre: String,
    pub vers: String,
    pub etat: Badge,
}

pub(crate) async fn montrer(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    Query(suite): Query<Annonce>,
) -> Result<Html<String>, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    rendre(&app, &connecte, &dossier, &Formulaire::default(), &BTreeMap::new(), &suite.fait)
}

pub(crate) async fn noter_la_parole(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    let mut defauts = BTreeMap::new();
    let date = mots::lire_jour(formulaire.texte("date"));
    if date.is_none() {
        defauts.insert(
            "date".to_owned(),
            "Ce jour ne se lit pas. Écrivez le jour, le mois et l'année : 21/11/2026.".to_owned(),
        );
    }
    let (adhesion, parole) = (formulaire.texte("adhesion"), formulaire.texte("parole"));
    if adhesion.is_empty() && parole.is_empty() {
        defauts.insert(
            "parole".to_owned(),
            "Rien n'est dit. Écrivez ce que dit le ménage, ou s'il adhère à l'accompagnement."
                .to_owned(),
        );
    }
    if let (Some(date), true) = (date, defauts.is_empty()) {
        let dits = champs(&[("adhesion", adhesion), ("parole", parole)]);
        let reference = dossier.reference();
        let retour = urls::menage(reference);
        let acte = ("parole_menage", date, dits);
        match noter(&app, &connecte, reference, acte, &retour, "parole").await? {
            Geste::Fait(reponse) => return Ok(reponse),
            Geste::Refuse(refus) => defauts = refus,
        }
    }
    Ok(rendre(&app, &connecte, &dossier, &formulaire, &defauts, "")?.into_response())
}

/// Fait préparer la lettre d'un texte : celui de l'étape, ou d'une situation qui court.
pub(crate) async fn preparer_une_lettre(
    State(app): State<App>,
    connecte: AgentConnecte,
    Path(reference): Path<String>,
    formulaire: Formulaire,
) -> Result<Response, ErreurWeb> {
    let dossier = entier(&app, &connecte, &reference).await?;
    let code = formulaire.texte("texte");
    let (jour, modele) = (dossier.jour, format!("information_{code}"));
    let dits = champs(&[("modele", &modele), ("destinataire", "locataire"), ("etape", "prepare")]);
    let retour = urls::menage(dossier.reference());
    let acte = ("courrier", jour, dits);
    match noter(&app, &connecte, dossier.reference(), acte, &retour, "lettre").await? {
        Geste::Fait(reponse) => Ok(reponse),
        Geste::Refuse(refus) => {
            let vide = Formulaire::default();
            Ok(rendre(&app, &connecte, &dossier, &vide, &refus, "")?.into_response())
        }
    }
}

fn rendre(
    app: &App,
    connecte: &AgentConnecte,
    dossier: &Entier,
    saisie: &Formulaire,
    defauts: &BTreeMap<String, String>,
    fait: &str,
) -> Result<Html<String>, ErreurWeb> {
    let horloge = dossier.horloge();
    let cours = dossier.cours(&horloge);
    let stade = Stade::de_code(dossier.ouvert.situation.stade).unwrap_or_default();
    let dit = explication(stade, dossier.jour);
    let quand = quand(dit, &dates_utiles(dit, &cours, dossier.jour));
    let mut champs = formulaire(saisie, dossier.jour);
    let erreurs = placer(&mut champs, defauts, "#parole");
    let mut cadre = dossier.cadre(app, connecte, "Pour le ménage");
    cadre.messages.extend(message(
        fait,
        &[
            ("parole", "C'est noté", "Ce que dit le ménage est au dossier, à sa date."),
            ("lettre", "Lettre préparée", "Ouvrez-la, puis notez son envoi depuis les courriers."),
        ],
    ));
    let textes: Vec<&Explication> = cours
        .etats
        .iter()
        .filter_map(|etat| explication_de_situation(*etat, dossier.jour))
        .collect();
    let situations =
        textes.iter().map(|dit| Lien::nouveau(dit.titre, urls::information(dit.code))).collect();
    let lettres = lettres(dossier);
    let a_preparer = if prepare_des_lettres(connecte.agent.role) && dossier.ouvert.peut_ecrire {
        a_preparer(dossier, std::iter::once(&dit).chain(&textes).copied())
    } else {
        Vec::new()
    };
    page(&PageMenage {
        cadre,
        menage: dossier.menage(),
        texte: Texte::avec(dit, quand, Some(&dossier.noms.0)),
        situations,
        publique: urls::avec(
            &urls::information(stade.code()),
            &[("departement", &dossier.noms.0.departement)],
        ),
        paroles: paroles(dossier),
        lettres,
        a_preparer,
        vers_lettre: format!("{}/lettre", urls::menage(dossier.reference())),
        erreurs,
        champs,
        peut_ecrire: dossier.ouvert.peut_ecrire,
        envoyer: urls::menage(dossier.reference()),
    })
}

/// Les dates du dossier d'abord ; celles qu'il ignore, dites pour tout le monde.
fn quand(dit: &Explication, connues: &[DateUtile]) -> Vec<String> {
    let de = |echeance: Echeance| connues.iter().find(|d| d.echeance == echeance);
    dit.avant_quand
        .iter()
        .map(|attendu| match de(attendu.echeance) {
            Some(date) => {
                let jour = Jour(date.jour);
                format!("{} {} {jour}.", date.annonce, jour.de_la_semaine())
            }
            None => attendu.en_general.to_owned(),
        })
        .collect()
}

fn formulaire(saisie: &Formulaire, jour: jiff::civil::Date) -> Vec<Champ> {
    let mut adhesion: Vec<Choix> =
        Adhesion::CHOIX.iter().map(|(c, l)| Choix::nouveau(*c, mots::capitale(l))).collect();
    adhesion.push(Choix::nouveau("", "Ne s'est pas prononcé"));
    let date = if saisie.texte("date").is_empty() {
        jour.to_string()
    } else {
        saisie.texte("date").to_owned()
    };
    vec![
        Champ::nouveau("date", "Jour de l'échange", Genre::Date).obligatoire().rempli(date),
        Champ::nouveau("adhesion", "Adhère-t-il à l'accompagnement ?", Genre::Rondes(adhesion))
            .rempli(saisie.texte("adhesion")),
        Champ {
            large: true,
            ..Champ::nouveau("parole", "Ce qu'il dit", Genre::Long)
                .aide("Ses mots, tels qu'il accepte qu'on les écrive. Aucune donnée de santé.")
                .rempli(saisie.texte("parole"))
        },
    ]
}

/// Ce que le ménage a dit, le plus récent d'abord.
fn paroles(dossier: &Entier) -> Vec<Parole> {
    let mut paroles: Vec<_> = dossier
        .ouvert
        .dossier
        .actes
        .iter()
        .filter_map(|acte| {
            let Quoi::ParoleMenage { adhesion } = &acte.consigne.quoi else { return None };
            Some((acte, *adhesion))
        })
        .collect();
    paroles.sort_by_key(|(acte, _)| std::cmp::Reverse(acte.consigne.date));
    paroles
        .into_iter()
        .map(|(acte, adhesion)| Parole {
            jour: mots::jour(acte.consigne.date),
            adhesion: adhesion.map(|a| mots::capitale(a.libelle())).unwrap_or_default(),
            dit: dossier.textes(&acte.id).remove("parole").unwrap_or_default(),
        })
        .collect()
}

/// Les lettres au ménage que le dossier a fait préparer.
fn lettres(dossier: &Entier) -> Vec<Lettre> {
    dossier
        .ouvert
        .courriers
        .iter()
        .filter(|lettre| lettre.destinataire == "locataire")
        .map(|lettre| Lettre {
            titre: titre(&lettre.modele).to_owned(),
            vers: urls::lettre(lettre.id),
            etat: etat(lettre.etat),
        })
        .collect()
}

/// Les textes qui n'ont pas encore leur lettre.
fn a_preparer<'a>(
    dossier: &Entier,
    textes: impl Iterator<Item = &'a Explication>,
) -> Vec<(&'static str, &'static str)> {
    let faite = |code: &str| {
        let modele = format!("information_{code}");
        dossier.ouvert.courriers.iter().any(|lettre| lettre.modele == modele)
    };
    textes.filter(|dit| !faite(dit.code)).map(|dit| (dit.code, dit.titre)).collect()
}

/// La commission écrit par la main de son secrétariat.
fn prepare_des_lettres(role: Role) -> bool {
    matches!(role, Role::SecretariatCentral | Role::SecretariatSousCommission)
}
