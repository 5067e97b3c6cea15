//! `GET /api/v1/dossiers` et ce qui est dessous : la liste, un dossier, ses échéances.

use axum::response::Response;
use ccapex::partenaires::habilitation::Portee;
use jiff::civil::Date;
use serde_json::{Value, json};
use usages::dossiers::en_json::{en_json, ligne_en_json};
use usages::dossiers::lister::lister;
use usages::dossiers::ouvrir::ouvrir;
use usages::echeances::{self, tout};
use usages::formes::{Compte, Curseur, Etendue, File, Filtre, Tri};

use super::lecture::{Demande, PAR_PAGE, avec_la_suite, mission, repondre};
use super::parametres::Parametres;
use super::probleme::{self, Probleme};
use crate::cadre::Section;
use crate::urls;

/// Les files de travail.
pub(super) const FILES: [File; 6] = [
    File::ACompleter,
    File::AOrienter,
    File::AConfirmer,
    File::Courriers,
    File::SansEtape,
    File::AExaminer,
];

const FILTRES: [&str; 11] = [
    "q",
    "file",
    "liste",
    "stade",
    "etat",
    "statut",
    "service",
    "sous_commission",
    "commune",
    "etendue",
    "tri",
];

pub(crate) async fn montrer_la_liste(demande: Demande) -> Result<Response, Probleme> {
    let Demande { agent, parametres, .. } = &demande;
    mission(agent, Section::Dossiers, "de lire des dossiers")?;
    let tri = if parametres.texte("tri") == "maj" { Tri::MiseAJour } else { Tri::Echeance };
    let filtre = Filtre {
        etendue: match parametres.texte("etendue") {
            "clos" => Etendue::Clos,
            "tous" => Etendue::Tous,
            _ => Etendue::Ouverts,
        },
        file: FILES.into_iter().find(|f| f.code() == parametres.texte("file")),
        sous_commission: parametres.dit("sous_commission").into_iter().collect(),
        service: parametres.dit("service").into_iter().collect(),
        statut: parametres.dit("statut").into_iter().collect(),
        stade: parametres.dit("stade").into_iter().collect(),
        etat: parametres.dit("etat"),
        liste: parametres.dit("liste"),
        commune: parametres.dit("commune").into_iter().collect(),
        texte: parametres.dit("q"),
        apres: place(parametres)?,
        limite: parametres.entier("limite").unwrap_or(PAR_PAGE),
        ..tout(tri)
    };
    let jour = demande.app.aujourd_hui();
    let perimetre = agent.perimetre();
    page(&demande, &filtre, "dossiers", |vue| {
        let entier = perimetre.portee(&vue.situation()) == Some(Portee::Entier);
        ligne_en_json(vue, entier, jour)
    })
    .await
}

pub(crate) async fn montrer_les_echeances(demande: Demande) -> Result<Response, Probleme> {
    let Demande { agent, parametres, .. } = &demande;
    mission(agent, Section::Echeances, "de suivre des échéances")?;
    let jour = demande.app.aujourd_hui();
    let filtre = Filtre {
        service: parametres.dit("service").into_iter().collect(),
        // Toujours une borne : un dossier dont on n'a qu'une part n'a pas d'échéance à montrer.
        echeance_avant: parametres
            .jour("jusqu_au")
            .map_or(Some(Date::MAX), |jour| jour.tomorrow().ok().or(Some(Date::MAX))),
        apres: place(parametres)?,
        limite: parametres.entier("limite").unwrap_or(PAR_PAGE),
        ..tout(Tri::Echeance)
    };
    page(&demande, &filtre, "echeances", |vue| echeances::en_json(vue, jour)).await
}

pub(crate) async fn montrer(demande: Demande) -> Result<Response, Probleme> {
    Ok(repondre(&demande.entetes, &lire(&demande).await?))
}

pub(crate) async fn montrer_ses_echeances(demande: Demande) -> Result<Response, Probleme> {
    mission(&demande.agent, Section::Echeances, "de suivre des échéances")?;
    let mut dossier = lire(&demande).await?;
    let corps = json!({
        "dossier": dossier["reference"],
        "echeances": dossier.get_mut("echeances").map_or_else(|| json!([]), Value::take),
    });
    Ok(repondre(&demande.entetes, &corps))
}

async fn lire(demande: &Demande) -> Result<Value, Probleme> {
    let Demande { app, agent, parametres, .. } = demande;
    let reference = parametres.texte("reference");
    let jour = app.aujourd_hui();
    let ouvert = ouvrir(&app.maison, agent, reference, jour, app.maintenant()).await?;
    Ok(en_json(&ouvert, jour))
}

fn place(parametres: &Parametres) -> Result<Option<Curseur>, Probleme> {
    let Some(ecrite) = parametres.dit("apres") else { return Ok(None) };
    Curseur::de_code(&ecrite).map(Some).ok_or_else(|| {
        let message = "« apres » ne se lit pas : il faut la place que la page d'avant a rendue dans « suivant ».";
        Probleme::nouveau(&probleme::REFUSE, message).avec_erreurs(vec![("apres".to_owned(), message.to_owned())])
    })
}

/// Une page de dossiers, sous ce nom, avec l'adresse de la suivante.
async fn page(
    demande: &Demande,
    filtre: &Filtre,
    nom: &str,
    ligne: impl Fn(&usages::formes::VueDossier) -> Value,
) -> Result<Response, Probleme> {
    let Demande { app, agent, parametres, entetes } = demande;
    let liste = lister(&app.maison, agent, filtre, app.aujourd_hui()).await?;
    let (nombre, exact) = match liste.compte {
        Compte::Exact(n) => (n, true),
        Compte::AuMoins(n) => (n, false),
    };
    let suivant = liste.page.suivant.as_ref().map(Curseur::code);
    let corps = json!({
        nom: liste.page.lignes.iter().map(ligne).collect::<Vec<_>>(),
        "total": { "nombre": nombre, "exact": exact },
        "suivant": suivant,
    });
    let suite = suivant.map(|place| {
        let mut memes: Vec<(&str, &str)> = FILTRES
            .iter()
            .chain(&["jusqu_au", "limite"])
            .map(|nom| (*nom, parametres.texte(nom)))
            .collect();
        memes.push(("apres", &place));
        urls::avec(&format!("/api/v1/{nom}"), &memes)
    });
    Ok(avec_la_suite(repondre(entetes, &corps), suite))
}
