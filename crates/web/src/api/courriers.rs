//! `GET /api/v1/courriers` : les lettres, par état, et chacune en PDF.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use usages::courriers::file::file;
use usages::courriers::modeles::titre;
use usages::courriers::pdf::pdf;
use usages::formes::EtatDeCourrier;

use super::lecture::{Demande, PAR_PAGE, avec_la_suite, mission, repondre};
use super::operation::PDF;
use super::probleme::Probleme;
use crate::cadre::Section;
use crate::urls;

pub(crate) async fn montrer_la_liste(demande: Demande) -> Result<Response, Probleme> {
    let Demande { app, agent, parametres, entetes } = demande;
    mission(&agent, Section::Courriers, "d'envoyer les courriers")?;
    let etat = EtatDeCourrier::de_code(parametres.texte("etat")).unwrap_or(EtatDeCourrier::Prepare);
    let limite = parametres.entier("limite").unwrap_or(PAR_PAGE);
    let apres = parametres.entier("apres");
    let mut lettres = file(&app.maison, &agent, etat, apres, limite + 1).await?;
    let encore = i64::try_from(lettres.len()).is_ok_and(|n| n > limite);
    lettres.truncate(usize::try_from(limite).unwrap_or_default());
    let suivant = lettres.last().filter(|_| encore).map(|lettre| lettre.courrier.id.to_string());
    let lignes: Vec<_> = lettres
        .iter()
        .map(|lettre| {
            let courrier = &lettre.courrier;
            json!({
                "id": courrier.id,
                "dossier": lettre.dossier.reference,
                "modele": courrier.modele,
                "titre": titre(&courrier.modele),
                "destinataire": courrier.destinataire,
                "canal": courrier.canal.code(),
                "etat": courrier.etat.code(),
                "prepare_le": courrier.prepare_le,
                "change_le": courrier.change_le,
                "detail": courrier.detail,
                "pdf": format!("/api/v1/courriers/{}/pdf", courrier.id),
            })
        })
        .collect();
    let suite = suivant.as_deref().map(|place| {
        let limite = limite.to_string();
        let memes = [("etat", etat.code()), ("limite", limite.as_str()), ("apres", place)];
        urls::avec("/api/v1/courriers", &memes)
    });
    let corps = json!({ "courriers": lignes, "suivant": suivant });
    Ok(avec_la_suite(repondre(&entetes, &corps), suite))
}

pub(crate) async fn ouvrir_le_pdf(demande: Demande) -> Result<Response, Probleme> {
    let Demande { app, agent, parametres, .. } = demande;
    let id = parametres.entier("id").unwrap_or_default();
    let pdf = pdf(&app.maison, &agent, id).await?;
    let nom = format!("attachment; filename=\"{}\"", pdf.nom.replace(['"', '\\'], ""));
    let genre = PDF.to_owned();
    Ok(([(header::CONTENT_TYPE, genre), (header::CONTENT_DISPOSITION, nom)], pdf.octets)
        .into_response())
}
