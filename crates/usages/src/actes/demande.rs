//! Ce qu'on demande de consigner, et ce qui est répondu.

use ccapex::acte::lire::Refus;
use ccapex::signalement::anomalies::Anomalie;
use jiff::civil::Date;
use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

/// Un acte à consigner, dans un dossier ou pour un ménage. Un champ absent, nul ou vide : rien.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demande {
    /// La référence du dossier.
    pub dossier: Option<String>,
    /// Les champs canoniques du ménage, du logement et du bail, quand le dossier n'est pas connu.
    pub menage: Option<Map<String, Value>>,
    /// Le nom de l'acte.
    pub acte: String,
    /// Le jour de l'acte, AAAA-MM-JJ.
    pub date: Option<String>,
    /// Les champs propres à l'acte : sommes en centimes, dates ISO.
    pub champs: Map<String, Value>,
}

/// Ce que devient une demande.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Statut {
    /// Au journal.
    Consigne,
    /// Déjà au journal : rien n'a changé.
    Doublon,
    /// Rien n'est écrit : quelque chose est à corriger.
    Refuse,
}

/// La réponse à une demande.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reponse {
    /// Ce qu'elle devient.
    pub statut: Statut,
    /// L'identifiant du fait, quand la personne peut le lire.
    pub id: Option<String>,
    /// La référence du dossier.
    pub dossier: Option<String>,
    /// Les irrégularités de ce fait : dites, jamais opposées.
    pub anomalies: Vec<Anomalie>,
    /// Ce qui est à corriger.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "refus_en_json")]
    pub refus: Vec<Refus>,
}

fn refus_en_json<S: Serializer>(refus: &[Refus], s: S) -> Result<S::Ok, S::Error> {
    let mut suite = s.serialize_seq(Some(refus.len()))?;
    for r in refus {
        suite.serialize_element(&json!({ "champ": r.champ, "message": r.message }))?;
    }
    suite.end()
}

impl Reponse {
    pub(super) fn consigne(id: Option<String>, dossier: &str, anomalies: Vec<Anomalie>) -> Self {
        Self {
            statut: Statut::Consigne,
            id,
            dossier: Some(dossier.to_owned()),
            anomalies,
            refus: Vec::new(),
        }
    }

    pub(super) fn doublon(id: Option<String>, dossier: &str, anomalies: Vec<Anomalie>) -> Self {
        Self { statut: Statut::Doublon, ..Self::consigne(id, dossier, anomalies) }
    }

    pub(super) fn refuse(refus: Vec<Refus>) -> Self {
        Self { statut: Statut::Refuse, id: None, dossier: None, anomalies: Vec::new(), refus }
    }

    /// Ce qui est à corriger, en une phrase.
    #[must_use]
    pub fn en_mots(&self) -> String {
        self.refus.iter().map(|r| r.message.as_str()).collect::<Vec<_>>().join(" ")
    }
}

pub(super) fn refus(champ: &str, message: impl Into<String>) -> Refus {
    Refus { champ: champ.to_owned(), message: message.into() }
}

/// Les années qu'un acte peut porter.
const ANNEES: std::ops::RangeInclusive<i16> = 1950..=2090;

impl Demande {
    /// Lit un objet JSON : `dossier` ou `menage`, `acte`, `date`, et les champs de l'acte.
    ///
    /// # Erreurs
    ///
    /// Un [`Refus`] par clé d'une autre forme.
    pub fn de_objet(mut objet: Map<String, Value>) -> Result<Self, Vec<Refus>> {
        let mut fautes = Vec::new();
        let mut texte = |cle: &str| match objet.remove(cle) {
            None | Some(Value::Null) => None,
            Some(Value::String(texte)) => Some(texte.trim().to_owned()).filter(|t| !t.is_empty()),
            Some(_) => {
                fautes.push(refus(
                    cle,
                    format!("« {cle} » ne se lit pas : il faut un texte entre guillemets."),
                ));
                None
            }
        };
        let (dossier, acte, date) = (texte("dossier"), texte("acte"), texte("date"));
        let menage = match objet.remove("menage") {
            None | Some(Value::Null) => None,
            Some(Value::Object(menage)) => Some(menage),
            Some(_) => {
                fautes.push(refus(
                    "menage",
                    "« menage » ne se lit pas : il faut un objet, avec au moins « locataire_nom » et « commune ».",
                ));
                None
            }
        };
        if acte.is_none() && !fautes.iter().any(|f| f.champ == "acte") {
            fautes.push(refus("acte", "Il manque « acte » : ce qui est arrivé. Écrivez par exemple \"acte\": \"audience\"."));
        }
        if !fautes.is_empty() {
            return Err(fautes);
        }
        Ok(Self { dossier, menage, acte: acte.unwrap_or_default(), date, champs: objet })
    }

    /// Le jour de l'acte, s'il est dit.
    pub(super) fn jour(&self) -> Result<Option<Date>, Refus> {
        let Some(ecrite) = &self.date else { return Ok(None) };
        let lue = ecrite.trim().parse::<Date>().ok().filter(|d| ANNEES.contains(&d.year()));
        lue.map(Some).ok_or_else(|| {
            refus(
                "date",
                format!("« {ecrite} » n'est pas une date possible : il faut AAAA-MM-JJ, par exemple 2026-05-11. Corrigez la date, puis recommencez."),
            )
        })
    }

    /// Le jour de l'acte, exigé.
    pub(super) fn jour_exige(&self) -> Result<Date, Refus> {
        self.jour()?.ok_or_else(|| {
            refus("date", "Il manque « date » : le jour de l'acte. Écrivez-le AAAA-MM-JJ.")
        })
    }

    /// La référence du dossier, exigée : cet acte ne peut pas en ouvrir un.
    pub(super) fn reference(&self) -> Result<&str, Refus> {
        self.dossier.as_deref().ok_or_else(|| {
            refus(
                "dossier",
                format!("Il manque « dossier » : l'acte « {} » concerne un dossier déjà ouvert. Écrivez sa référence, par exemple 62-2026-000123.", self.acte),
            )
        })
    }
}
