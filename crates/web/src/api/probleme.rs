//! Un refus de l'interface : ce qui se passe, pourquoi, quoi faire (RFC 9457).

use std::any::Any;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use usages::echec::{Echec, Nature};

/// Un refus, en `application/problem+json`.
#[derive(Debug)]
pub(crate) struct Probleme {
    genre: &'static Genre,
    explication: String,
    /// Ce qui est à corriger, champ par champ.
    erreurs: Vec<(String, String)>,
    /// Ce que la réponse dit de plus.
    autres: Option<Box<Map<String, Value>>>,
    /// Pas avant ce nombre de secondes.
    attente: Option<i64>,
}

/// Un genre de refus. Son adresse, « /api#probleme-CODE », l'explique.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Genre {
    pub(crate) code: &'static str,
    pub(crate) statut: u16,
    pub(crate) titre: &'static str,
    pub(crate) que_faire: &'static str,
}

macro_rules! genres {
    ($($nom:ident = $code:literal, $statut:literal, $titre:literal, $que_faire:literal;)*) => {
        $(pub(crate) static $nom: Genre =
            Genre { code: $code, statut: $statut, titre: $titre, que_faire: $que_faire };)*
        /// Tous les genres, dans l'ordre où la page les explique.
        pub(crate) static GENRES: &[&Genre] = &[$(&$nom),*];
    };
}

genres! {
    ILLISIBLE = "illisible", 400, "La demande ne se lit pas",
        "Corrigez ce que « erreurs » et « detail » nomment, puis recommencez.";
    INCONNU = "inconnu", 401, "Qui demande n'est pas reconnu",
        "Envoyez une clé qui sert encore dans l'en-tête « Authorization: Bearer CLÉ ». La personne qui administre Seuil en fait à la page Comptes.";
    HORS_MISSION = "hors_mission", 403, "Ce n'est pas ouvert à cette clé",
        "Demandez une clé d'écriture, ou demandez ce travail à l'organisme dont c'est la mission.";
    INTROUVABLE = "introuvable", 404, "Introuvable",
        "Vérifiez la référence et l'adresse. Ce qui est hors de votre périmètre répond de même.";
    METHODE = "methode", 405, "Cette adresse ne s'emploie pas ainsi",
        "L'en-tête « Allow » dit les méthodes de cette adresse ; la page /api les décrit.";
    LENT = "lent", 408, "L'envoi n'arrive pas",
        "Vérifiez la connexion, puis recommencez.";
    CONFLIT = "conflit", 409, "Quelque chose a changé entre-temps",
        "Attendez un instant, relisez, puis recommencez.";
    TROP_LOURD = "trop_lourd", 413, "L'envoi est trop lourd",
        "Coupez-le en plusieurs.";
    FORMAT = "format", 415, "Ce format ne se lit pas",
        "Corrigez l'en-tête « Content-Type » : la page /api dit ceux de chaque adresse.";
    REFUSE = "refuse", 422, "Ce n'est pas possible",
        "Corrigez ce que « erreurs » et « detail » nomment, puis recommencez.";
    AUTRE_ENVOI = "autre_envoi", 422, "Ce nom d'envoi a déjà servi",
        "Donnez à chaque envoi son propre « Idempotency-Key » ; pour refaire le même, renvoyez le même corps.";
    TROP_DE_DEMANDES = "trop_de_demandes", 429, "Il faut attendre",
        "Attendez le nombre de secondes de l'en-tête « Retry-After », puis recommencez.";
    PANNE = "panne", 500, "Le service a rencontré une panne",
        "Réessayez dans un instant ; si cela recommence, prévenez la personne qui administre Seuil.";
    INDISPONIBLE = "indisponible", 503, "Le service est momentanément indisponible",
        "Réessayez dans un instant avec le même « Idempotency-Key » : rien ne se fera deux fois.";
}

impl Probleme {
    pub(crate) fn nouveau(genre: &'static Genre, explication: impl Into<String>) -> Self {
        Self {
            genre,
            explication: explication.into(),
            erreurs: Vec::new(),
            autres: None,
            attente: None,
        }
    }

    pub(crate) fn illisible(explication: impl Into<String>) -> Self {
        Self::nouveau(&ILLISIBLE, explication)
    }

    /// Ce qui est à corriger, champ par champ.
    pub(crate) fn avec_erreurs(mut self, erreurs: Vec<(String, String)>) -> Self {
        self.erreurs = erreurs;
        self
    }

    /// Ce que la réponse dit de plus, dans les mots du contrat.
    pub(crate) fn avec(mut self, autres: Map<String, Value>) -> Self {
        self.autres = Some(Box::new(autres));
        self
    }

    /// Pas avant ce nombre de secondes.
    pub(crate) fn dans(mut self, secondes: i64) -> Self {
        self.attente = Some(secondes.max(1));
        self
    }

    pub(crate) fn statut(&self) -> u16 {
        self.genre.statut
    }

    /// Le corps : les membres du contrat, puis ceux de la norme.
    pub(crate) fn corps(&self) -> String {
        let mut corps = self.autres.as_deref().cloned().unwrap_or_default();
        for (nom, valeur) in [
            ("type", json!(format!("/api#probleme-{}", self.genre.code))),
            ("title", json!(self.genre.titre)),
            ("status", json!(self.genre.statut)),
            ("detail", json!(self.explication)),
            ("que_faire", json!(self.genre.que_faire)),
        ] {
            corps.insert(nom.to_owned(), valeur);
        }
        if !self.erreurs.is_empty() {
            let erreurs: Vec<Value> = self
                .erreurs
                .iter()
                .map(|(champ, message)| json!({ "champ": champ, "message": message }))
                .collect();
            corps.insert("erreurs".to_owned(), Value::Array(erreurs));
        }
        Value::Object(corps).to_string()
    }
}

/// Le genre du corps d'un refus.
pub(crate) const GENRE: &str = "application/problem+json";

impl From<Echec> for Probleme {
    fn from(echec: Echec) -> Self {
        let genre = match echec.nature() {
            Nature::Introuvable => &INTROUVABLE,
            Nature::HorsMission => &HORS_MISSION,
            Nature::Refus => &REFUSE,
            Nature::Conflit => &CONFLIT,
            Nature::Panne => {
                let cause = std::error::Error::source(&echec).map(ToString::to_string);
                tracing::error!(cause, "panne");
                &INDISPONIBLE
            }
        };
        Self::nouveau(genre, echec.to_string())
    }
}

impl IntoResponse for Probleme {
    fn into_response(self) -> Response {
        let statut =
            StatusCode::from_u16(self.genre.statut).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut reponse = (statut, [(header::CONTENT_TYPE, GENRE)], self.corps()).into_response();
        if statut == StatusCode::UNAUTHORIZED {
            reponse.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"Seuil\""),
            );
        }
        if let Some(secondes) = self.attente {
            reponse.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(secondes));
        }
        reponse
    }
}

/// Une adresse que l'interface n'a pas.
pub(crate) async fn adresse_inconnue() -> Probleme {
    Probleme::nouveau(
        &INTROUVABLE,
        "Aucune adresse de l'interface ne s'écrit ainsi. La page /api les donne toutes.",
    )
}

/// Une adresse qui existe, sous une autre méthode.
pub(crate) async fn autre_methode() -> Probleme {
    Probleme::nouveau(&METHODE, "Cette adresse existe, mais pas avec cette méthode.")
}

/// Une panique est une panne : elle s'inscrit au journal technique, sans son message.
pub(crate) fn apres_panique(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("panique dans l'interface");
    Probleme::nouveau(&PANNE, "Ce n'est pas de votre fait.").into_response()
}
