//! Lire un formulaire d'acte : les valeurs, et une phrase à côté de chaque champ fautif.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::sorte::{Demande, Lecture};
use crate::acces::formulaire::Formulaire;
use crate::mots::{lire_euros, lire_jour};

/// Ce qu'un formulaire d'acte dit.
pub(crate) struct Ecrit {
    pub(crate) date: Option<Date>,
    pub(crate) champs: Map<String, Value>,
    /// Une phrase par champ fautif.
    pub(crate) defauts: BTreeMap<String, String>,
}

pub(crate) fn lire(demandes: &[Demande], formulaire: &Formulaire) -> Ecrit {
    let mut ecrit = Ecrit { date: None, champs: Map::new(), defauts: BTreeMap::new() };
    for demande in demandes {
        let nom = demande.champ.nom.as_str();
        match valeur(demande, formulaire) {
            Ok(Some(Value::String(jour))) if nom == "date" => ecrit.date = jour.parse().ok(),
            Ok(Some(valeur)) => {
                ecrit.champs.insert(nom.to_owned(), valeur);
            }
            Ok(None) if demande.champ.obligatoire => {
                ecrit.defauts.insert(nom.to_owned(), manque(demande));
            }
            Ok(None) => {}
            Err(defaut) => {
                ecrit.defauts.insert(nom.to_owned(), defaut);
            }
        }
    }
    ecrit
}

/// Ce qui est écrit ; rien quand le champ est vide.
fn valeur(demande: &Demande, formulaire: &Formulaire) -> Result<Option<Value>, String> {
    let texte = formulaire.texte(&demande.champ.nom);
    if demande.lecture == Lecture::Codes {
        let codes: Vec<Value> = formulaire
            .tous(&demande.champ.nom)
            .flat_map(|valeur| valeur.split(','))
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .map(Value::from)
            .collect();
        return Ok((!codes.is_empty()).then_some(Value::Array(codes)));
    }
    if texte.is_empty() {
        return Ok(None);
    }
    let lue = match demande.lecture {
        Lecture::Jour => lire_jour(texte).map(|jour| Value::String(jour.to_string())),
        Lecture::Euros => lire_euros(texte).map(Value::from),
        Lecture::Nombre { min, max } => {
            texte.parse::<u16>().ok().filter(|n| (min..=max).contains(n)).map(Value::from)
        }
        Lecture::OuiNon => match texte {
            "oui" => Some(Value::Bool(true)),
            "non" => Some(Value::Bool(false)),
            _ => None,
        },
        Lecture::Texte | Lecture::Codes => Some(Value::from(texte)),
    };
    lue.map(Some).ok_or_else(|| illisible(demande.lecture, texte))
}

fn illisible(lecture: Lecture, texte: &str) -> String {
    match lecture {
        Lecture::Jour => format!(
            "« {texte} » n'est pas un jour du calendrier. Écrivez le jour, le mois et l'année : 21/11/2026."
        ),
        Lecture::Euros => format!(
            "« {texte} » n'est pas une somme. Écrivez-la en euros, deux décimales au plus : 1 234,56."
        ),
        Lecture::Nombre { min, max } => {
            format!("« {texte} » ne convient pas. Écrivez un nombre entier, de {min} à {max}.")
        }
        Lecture::OuiNon | Lecture::Texte | Lecture::Codes => {
            format!("« {texte} » n'est pas une réponse possible. Choisissez dans la liste.")
        }
    }
}

fn manque(demande: &Demande) -> String {
    let quoi = match demande.lecture {
        Lecture::Jour => "Sans ce jour, aucune date ne se calcule. Écrivez-le : 21/11/2026.",
        Lecture::Euros => {
            "Sans cette somme, l'acte n'a pas de sens. Écrivez-la en euros : 1 234,56."
        }
        Lecture::Nombre { .. } => "Sans ce nombre, l'acte n'a pas de sens. Écrivez-le en chiffres.",
        Lecture::OuiNon => "Sans cette réponse, l'acte n'a pas de sens. Choisissez oui ou non.",
        Lecture::Codes => "Sans cela, l'acte n'a pas de sens. Donnez au moins une réponse.",
        Lecture::Texte => "Sans cela, l'acte n'a pas de sens. Donnez une réponse.",
    };
    quoi.to_owned()
}
