//! La fiche : ce qui, d'une notice, sert à reconnaître un ménage.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::notice::Identite;
use crate::texte::cle;

/// Un ménage et son logement, ramenés à ce qui se compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fiche {
    /// Code INSEE de la commune.
    #[serde(rename = "c")]
    pub commune: String,
    /// Numéro dans la voie, avec son indice : « 12bis ». Vide s'il n'est pas écrit.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub numero: String,
    /// Type de voie, en toutes lettres. Vide s'il n'est pas écrit.
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    pub type_de_voie: String,
    /// Mots de la voie, sans articles, dans l'ordre.
    #[serde(rename = "v", default, skip_serializing_if = "String::is_empty")]
    pub voie: String,
    /// Nom.
    #[serde(rename = "o", default, skip_serializing_if = "String::is_empty")]
    pub nom: String,
    /// Prénom.
    #[serde(rename = "p", default, skip_serializing_if = "String::is_empty")]
    pub prenom: String,
    /// Date de naissance.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub naissance: Option<Date>,
    /// Nom du bailleur.
    #[serde(rename = "b", default, skip_serializing_if = "String::is_empty")]
    pub bailleur: String,
}

impl Fiche {
    /// La fiche d'une identité, dans une commune connue.
    #[must_use]
    pub fn nouvelle(identite: &Identite, commune: &str) -> Self {
        let (numero, type_de_voie, voie) = decoupe_adresse(&identite.adresse);
        Self {
            commune: commune.to_owned(),
            numero,
            type_de_voie,
            voie,
            nom: sans_civilite(&cle(&identite.nom)),
            prenom: sans_civilite(&cle(&identite.prenom)),
            naissance: identite.naissance,
            bailleur: cle(&identite.bailleur_nom),
        }
    }

    /// Les mots du nom et du prénom, triés : l'ordre des deux ne compte pas.
    #[must_use]
    pub fn mots_du_nom(&self) -> Vec<&str> {
        let mut mots: Vec<&str> = self.nom.split(' ').chain(self.prenom.split(' ')).collect();
        mots.retain(|m| !m.is_empty());
        mots.sort_unstable();
        mots
    }
}

const CIVILITES: [&str; 12] = [
    "m",
    "mr",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "mademoiselle",
    "epouse",
    "ep",
    "nee",
    "veuve",
    "vve",
];

fn sans_civilite(nom: &str) -> String {
    let mots: Vec<&str> = nom.split(' ').filter(|mot| !CIVILITES.contains(mot)).collect();
    if mots.is_empty() { nom.to_owned() } else { mots.join(" ") }
}

/// Abréviations de voirie et de titres, telles que les logiciels d'études les écrivent.
const ABREVIATIONS: [(&str, &str); 40] = [
    ("r", "rue"),
    ("bd", "boulevard"),
    ("bld", "boulevard"),
    ("blvd", "boulevard"),
    ("boul", "boulevard"),
    ("av", "avenue"),
    ("ave", "avenue"),
    ("ch", "chemin"),
    ("che", "chemin"),
    ("chem", "chemin"),
    ("pl", "place"),
    ("imp", "impasse"),
    ("all", "allee"),
    ("allees", "allee"),
    ("rte", "route"),
    ("sq", "square"),
    ("crs", "cours"),
    ("qu", "quai"),
    ("q", "quai"),
    ("fbg", "faubourg"),
    ("fg", "faubourg"),
    ("lot", "lotissement"),
    ("res", "residence"),
    ("resid", "residence"),
    ("ham", "hameau"),
    ("pass", "passage"),
    ("st", "saint"),
    ("ste", "sainte"),
    ("gal", "general"),
    ("gen", "general"),
    ("mal", "marechal"),
    ("dr", "docteur"),
    ("cdt", "commandant"),
    ("cne", "capitaine"),
    ("col", "colonel"),
    ("lt", "lieutenant"),
    ("pdt", "president"),
    ("pres", "president"),
    ("pr", "professeur"),
    ("nd", "notre dame"),
];

const TYPES: [&str; 22] = [
    "rue",
    "boulevard",
    "avenue",
    "chemin",
    "place",
    "impasse",
    "allee",
    "route",
    "square",
    "cours",
    "quai",
    "faubourg",
    "lotissement",
    "residence",
    "hameau",
    "passage",
    "cite",
    "ruelle",
    "sentier",
    "voie",
    "villa",
    "domaine",
];

const ARTICLES: [&str; 10] = ["de", "du", "des", "d", "la", "le", "les", "l", "au", "aux"];

const INDICES: [&str; 7] = ["bis", "ter", "quater", "a", "b", "c", "d"];

/// Numéro, type de voie, mots de la voie.
fn decoupe_adresse(adresse: &str) -> (String, String, String) {
    let cle = cle(adresse);
    let mut mots = cle.split(' ').filter(|m| !m.is_empty()).peekable();
    let mut numero = String::new();
    if let Some(premier) = mots.next_if(|m| m.starts_with(|c: char| c.is_ascii_digit())) {
        numero.push_str(premier);
        if premier.bytes().all(|b| b.is_ascii_digit())
            && let Some(indice) = mots.next_if(|m| INDICES.contains(m))
        {
            numero.push_str(indice);
        }
    }
    let mut type_de_voie = String::new();
    let mut voie: Vec<&str> = Vec::new();
    for (place, mot) in mots.enumerate() {
        let mot = developpe(mot);
        if place == 0 && TYPES.contains(&mot) {
            type_de_voie.push_str(mot);
        } else if !ARTICLES.contains(&mot) {
            voie.push(mot);
        }
    }
    (numero, type_de_voie, voie.join(" "))
}

fn developpe(mot: &str) -> &str {
    ABREVIATIONS.iter().find(|(abrege, _)| *abrege == mot).map_or(mot, |(_, entier)| entier)
}
