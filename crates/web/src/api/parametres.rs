//! Ce que l'adresse demande, vérifié d'après la déclaration de l'opération.

use std::collections::BTreeMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::civil::Date;

use super::operation::{Genre, Lieu, Operation};
use super::probleme::Probleme;
use crate::acces::formulaire::lire_les_champs;
use crate::app::App;

/// Les paramètres d'une demande : chacun a la forme que l'opération déclare.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parametres {
    textes: Vec<(String, String)>,
}

impl Parametres {
    /// Lit et vérifie les paramètres d'une demande.
    ///
    /// # Erreurs
    ///
    /// Un refus par paramètre inconnu, répété ou d'une autre forme.
    pub(crate) fn lire(
        operation: &Operation,
        chemin: &[(String, String)],
        question: &str,
    ) -> Result<Self, Probleme> {
        let mut erreurs = Vec::new();
        let mut textes: Vec<(String, String)> = Vec::new();
        let dans_la_question = lire_les_champs(question.as_bytes());
        let tous = chemin
            .iter()
            .map(|(nom, valeur)| (Lieu::Chemin, nom, valeur))
            .chain(dans_la_question.iter().map(|(nom, valeur)| (Lieu::Question, nom, valeur)));
        for (lieu, nom, valeur) in tous {
            let declare = operation.parametres.iter().find(|p| p.nom == nom && p.lieu == lieu);
            let Some(declare) = declare else {
                erreurs.push((nom.clone(), inconnu(operation, nom)));
                continue;
            };
            let repete = textes.iter().any(|(deja, _)| deja == nom)
                && !matches!(declare.genre, Genre::Paires);
            if repete {
                erreurs.push((nom.clone(), format!("« {nom} » est dit deux fois. Gardez-en un.")));
                continue;
            }
            match verifier(declare.genre, valeur) {
                Ok(()) => textes.push((nom.clone(), valeur.clone())),
                Err(attendu) => erreurs
                    .push((nom.clone(), format!("« {nom} » ne se lit pas : il faut {attendu}."))),
            }
        }
        if erreurs.is_empty() {
            return Ok(Self { textes });
        }
        let dit = erreurs.iter().map(|(_, message)| message.as_str()).collect::<Vec<_>>();
        Err(Probleme::illisible(dit.join(" ")).avec_erreurs(erreurs))
    }

    /// Un texte ; vide s'il n'est pas dit.
    pub(crate) fn texte(&self, nom: &str) -> &str {
        self.textes.iter().find(|(cle, _)| cle == nom).map_or("", |(_, valeur)| valeur.as_str())
    }

    /// Un texte, s'il est dit et n'est pas vide.
    pub(crate) fn dit(&self, nom: &str) -> Option<String> {
        Some(self.texte(nom).to_owned()).filter(|t| !t.is_empty())
    }

    pub(crate) fn jour(&self, nom: &str) -> Option<Date> {
        self.texte(nom).parse().ok()
    }

    pub(crate) fn entier(&self, nom: &str) -> Option<i64> {
        self.texte(nom).parse().ok()
    }

    /// Des « NOM=VALEUR » répétés.
    pub(crate) fn paires(&self, nom: &str) -> BTreeMap<String, String> {
        self.textes
            .iter()
            .filter(|(cle, _)| cle == nom)
            .filter_map(|(_, paire)| paire.split_once('='))
            .map(|(cle, valeur)| (cle.trim().to_owned(), valeur.trim().to_owned()))
            .collect()
    }
}

/// Ce que la garde a vérifié, pour la fonction qui répond.
impl FromRequestParts<App> for Parametres {
    type Rejection = Probleme;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Probleme> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

fn inconnu(operation: &Operation, nom: &str) -> String {
    let connus: Vec<&str> =
        operation.parametres.iter().filter(|p| p.lieu == Lieu::Question).map(|p| p.nom).collect();
    match connus.as_slice() {
        [] => format!("« {nom} » n'est pas connu ici : cette adresse n'a pas de paramètre."),
        connus => format!("« {nom} » n'est pas connu ici. Il y a : {}.", connus.join(", ")),
    }
}

fn verifier(genre: Genre, valeur: &str) -> Result<(), String> {
    let juste = match genre {
        Genre::Texte { max } => valeur.chars().count() <= max && !valeur.contains(char::is_control),
        Genre::Jour => valeur.len() == 10 && valeur.parse::<Date>().is_ok(),
        Genre::Entier { min, max } => valeur.parse::<i64>().is_ok_and(|n| (min..=max).contains(&n)),
        Genre::Place => {
            (1..=60).contains(&valeur.len())
                && valeur.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(&b))
        }
        Genre::Choix(choix) => choix().contains(&valeur),
        Genre::Paires => valeur.split_once('=').is_some_and(|(nom, valeur)| {
            !nom.is_empty() && valeur.chars().count() <= 200 && !valeur.contains(char::is_control)
        }),
    };
    if juste {
        return Ok(());
    }
    Err(match genre {
        Genre::Texte { max } => format!("un texte de {max} caractères au plus"),
        Genre::Jour => "un jour qui existe, AAAA-MM-JJ".to_owned(),
        Genre::Entier { min, max } => format!("un nombre de {min} à {max}"),
        Genre::Place => "la place que la page d'avant a rendue dans « suivant »".to_owned(),
        Genre::Choix(choix) => format!("un mot parmi {}", choix().join(", ")),
        Genre::Paires => "NOM=VALEUR, par exemple date_bail=2024-05-01".to_owned(),
    })
}
