//! Un acte consigné, en mots : chaque champ avec le libellé de son formulaire.

use std::collections::BTreeMap;

use ccapex::acte::Quoi;
use ccapex::acte::gabarit::{Champ, Genre, gabarit};
use ccapex::acte::lire::champs;
use ccapex::fait::Acte;
use ccapex::profil::Profil;
use droit::montant::Montant;
use jiff::civil::Date;
use serde_json::Value;

use super::territoire;
use crate::mots;

/// Le nom de l'acte.
pub(crate) fn titre(quoi: &Quoi) -> &'static str {
    gabarit(quoi.nom()).map_or(quoi.nom(), |g| g.libelle)
}

/// Un fait du journal, en un mot.
pub(crate) fn fait(acte: &Acte) -> &'static str {
    match acte {
        Acte::NoticeRecue(notice) => notice.nature.map_or("Notice", |n| n.libelle()),
        Acte::Complement(_) => "Complément",
        Acte::Rapprochement(_) => "Rapprochement",
        Acte::Courrier(_) => "Lettre",
        Acte::SituationConfirmee(_) => "Situation confirmée",
        Acte::Consigne(consigne) => titre(&consigne.quoi),
        Acte::Rectification(_) => "Rectification",
    }
}

/// Ses textes libres, dans l'ordre du formulaire, chacun sous son libellé.
pub(crate) fn textes(
    quoi: &Quoi,
    textes: &BTreeMap<String, String>,
) -> Vec<(&'static str, String)> {
    let Some(gabarit) = gabarit(quoi.nom()) else { return Vec::new() };
    gabarit
        .tous_les_champs()
        .filter_map(|champ| Some((champ.libelle, textes.get(champ.nom)?.clone())))
        .collect()
}

/// Ses champs remplis, dans l'ordre du formulaire : « Décision : concours refusé ».
pub(crate) fn details(quoi: &Quoi, profil: &Profil) -> Vec<String> {
    let (Some(gabarit), ecrits) = (gabarit(quoi.nom()), champs(quoi)) else {
        return Vec::new();
    };
    gabarit
        .champs
        .iter()
        .filter_map(|champ| Some((champ, ecrits.get(champ.nom)?)))
        .map(|(champ, valeur)| {
            format!("{} : {}", champ.libelle, dite(quoi.nom(), champ, valeur, profil))
        })
        .collect()
}

/// Le nom d'un code, tel que le formulaire de cet acte le propose.
pub(crate) fn code(acte: &str, champ: &str, code: &str, profil: &Profil) -> String {
    territoire::choix(acte, champ, profil, &[])
        .and_then(|choix| choix.into_iter().find(|c| c.valeur == code))
        .map_or_else(|| profil.nom_de(code).to_owned(), |connu| connu.libelle)
}

fn dite(acte: &str, champ: &Champ, valeur: &Value, profil: &Profil) -> String {
    let code = |dit: &str| code(acte, champ.nom, dit, profil);
    match (champ.genre, valeur) {
        (Genre::Montant, Value::Number(n)) => {
            Montant::centimes(n.as_i64().unwrap_or_default()).to_string()
        }
        (Genre::Jour, Value::String(jour)) => {
            jour.parse::<Date>().map_or_else(|_| jour.clone(), mots::jour)
        }
        (Genre::Choix(choix), Value::String(dit)) => choix
            .iter()
            .find(|(c, _)| c == dit)
            .map_or_else(|| dit.clone(), |(_, libelle)| (*libelle).to_owned()),
        (_, Value::Bool(oui)) => if *oui { "oui" } else { "non" }.to_owned(),
        (_, Value::String(dit)) => code(dit),
        (_, Value::Array(liste)) => {
            liste.iter().filter_map(Value::as_str).map(code).collect::<Vec<_>>().join(", ")
        }
        (_, autre) => autre.to_string(),
    }
}
