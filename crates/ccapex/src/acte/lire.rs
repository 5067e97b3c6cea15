//! Lire un acte : ses champs tels qu'écrits, un refus par champ fautif.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::acte::Quoi;
use crate::acte::gabarit::{Champ, GABARITS, Gabarit, Genre, gabarit};

/// Un acte lu : ce qui va au journal, et les textes qui vont au coffre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lu {
    /// Ce qui est arrivé.
    pub quoi: Quoi,
    /// Les textes libres, par champ.
    pub textes: BTreeMap<String, String>,
}

/// Un champ qu'on ne peut pas prendre : ce qui se passe, pourquoi, quoi faire.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refus {
    /// Le champ ; vide quand c'est l'acte entier.
    pub champ: String,
    /// La phrase.
    pub message: String,
}

impl Refus {
    fn du_champ(champ: &str, message: String) -> Self {
        Self { champ: champ.to_owned(), message }
    }
}

/// La plus longue note gardée, en caractères.
const TEXTE_MAX: usize = 20_000;
/// Un code plus long est une phrase.
const CODE_MAX: usize = 80;

/// Lit les champs d'un acte. Un champ absent, nul ou vide est le même : rien.
///
/// # Erreurs
///
/// Un [`Refus`] par champ : acte inconnu, champ inconnu, manquant, d'une autre forme.
///
/// ```
/// use ccapex::acte::lire::lire;
/// use serde_json::json;
///
/// let champs = json!({"delai_mois": 6}).as_object().unwrap().clone();
/// assert_eq!(lire("decision_jex", &champs).unwrap().quoi.nom(), "decision_jex");
///
/// let refus = lire("plan_apurement", &champs).unwrap_err();
/// assert!(refus.iter().any(|r| r.champ == "mensualite"));
/// ```
pub fn lire(nom: &str, champs: &Map<String, Value>) -> Result<Lu, Vec<Refus>> {
    let Some(gabarit) = gabarit(nom) else {
        return Err(vec![Refus::du_champ("", acte_inconnu(nom))]);
    };
    let mut refus = Vec::new();
    let mut lus = Map::new();
    let mut textes = BTreeMap::new();
    for (champ, valeur) in champs {
        if est_vide(valeur) {
            continue;
        }
        let Some(decrit) = gabarit.champ(champ) else {
            refus.push(Refus::du_champ(champ, champ_inconnu(gabarit, champ)));
            continue;
        };
        match lire_valeur(decrit, valeur) {
            Ok(lue) if decrit.genre == Genre::Texte => {
                textes.insert(champ.clone(), lue.as_str().unwrap_or_default().to_owned());
            }
            Ok(lue) => {
                lus.insert(champ.clone(), lue);
            }
            Err(attendu) => refus.push(Refus::du_champ(
                champ,
                format!("« {champ} » ne se lit pas : il faut {attendu}. Corrigez ce champ, puis recommencez."),
            )),
        }
    }
    for champ in gabarit.champs.iter().filter(|c| c.obligatoire) {
        let rempli = lus.contains_key(champ.nom) || textes.contains_key(champ.nom);
        if !rempli && !refus.iter().any(|r| r.champ == champ.nom) {
            refus.push(Refus::du_champ(
                champ.nom,
                format!(
                    "Il manque « {} » : l'acte « {} » n'a pas de sens sans lui. Écrivez {}.",
                    champ.nom,
                    gabarit.libelle,
                    attendu(champ.genre)
                ),
            ));
        }
    }
    if nom == "decision_jex" && refus.is_empty() && lus.is_empty() {
        refus.push(Refus::du_champ(
            "delai_mois",
            "Il manque la durée des délais accordés : écrivez « delai_mois » ou « jusqu_au »."
                .to_owned(),
        ));
    }
    let par_le_secretariat = lus.get("secretariat").and_then(Value::as_bool) == Some(true);
    if nom == "avis" && !lus.contains_key("seance") && !par_le_secretariat {
        refus.push(Refus::du_champ(
            "seance",
            "Il manque qui rend l'avis : écrivez « seance », la séance de la commission, ou « secretariat »: true."
                .to_owned(),
        ));
    }
    if !refus.is_empty() {
        return Err(refus);
    }
    match de_champs(nom, lus) {
        Ok(quoi) => Ok(Lu { quoi, textes }),
        Err(cause) => Err(vec![Refus::du_champ(
            "",
            format!(
                "L'acte « {nom} » ne se lit pas : {cause}. Corrigez ses champs, puis recommencez."
            ),
        )]),
    }
}

/// Relit un acte de ses champs, sans les juger : ce que le journal contient.
pub(crate) fn de_champs(nom: &str, champs: Map<String, Value>) -> Result<Quoi, serde_json::Error> {
    let mut etiquete = Map::new();
    etiquete.insert(nom.to_owned(), Value::Object(champs));
    serde_json::from_value(Value::Object(etiquete))
}

/// Les champs d'un acte, tels que le journal les écrit.
#[must_use]
pub fn champs(quoi: &Quoi) -> Map<String, Value> {
    match serde_json::to_value(quoi) {
        Ok(Value::Object(etiquete)) => match etiquete.into_iter().next() {
            Some((_, Value::Object(champs))) => champs,
            _ => Map::new(),
        },
        // Des structures sans clé calculée : leur écriture ne peut pas échouer.
        _ => Map::new(),
    }
}

fn est_vide(valeur: &Value) -> bool {
    match valeur {
        Value::Null => true,
        Value::String(texte) => texte.trim().is_empty(),
        Value::Array(liste) => liste.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn attendu(genre: Genre) -> String {
    match genre {
        Genre::Jour => "une date AAAA-MM-JJ".to_owned(),
        Genre::Montant => "une somme en centimes, zéro ou plus".to_owned(),
        Genre::Nombre { min, max } => format!("un nombre entier de {min} à {max}"),
        Genre::OuiNon => "true ou false".to_owned(),
        Genre::Choix(choix) => {
            let mots: Vec<&str> = choix.iter().map(|(code, _)| *code).collect();
            format!("l'un de : {}", mots.join(", "))
        }
        Genre::Code => format!("un code d'au plus {CODE_MAX} caractères"),
        Genre::Codes => "une liste de codes".to_owned(),
        Genre::Texte => format!("un texte d'au plus {TEXTE_MAX} caractères"),
    }
}

fn lire_valeur(champ: &Champ, valeur: &Value) -> Result<Value, String> {
    let lue = match (champ.genre, valeur) {
        (Genre::Jour, Value::String(texte)) => {
            texte.trim().parse::<Date>().ok().map(|jour| Value::String(jour.to_string()))
        }
        (Genre::Montant, Value::Number(n)) => {
            n.as_i64().filter(|centimes| *centimes >= 0).map(Value::from)
        }
        (Genre::Nombre { min, max }, Value::Number(n)) => {
            n.as_u64().filter(|n| (u64::from(min)..=u64::from(max)).contains(n)).map(Value::from)
        }
        (Genre::OuiNon, Value::Bool(oui)) => Some(Value::Bool(*oui)),
        (Genre::OuiNon, Value::String(texte)) => match texte.as_str() {
            "oui" => Some(Value::Bool(true)),
            "non" => Some(Value::Bool(false)),
            _ => None,
        },
        (Genre::Choix(choix), Value::String(texte)) => {
            choix.iter().find(|(code, _)| code == texte).map(|(code, _)| Value::from(*code))
        }
        (Genre::Code, Value::String(texte)) => code(texte).map(Value::from),
        (Genre::Code, Value::Number(n)) => Some(Value::String(n.to_string())),
        (Genre::Codes, Value::String(texte)) => code(texte).map(|c| Value::from(vec![c])),
        (Genre::Codes, Value::Array(liste)) => liste
            .iter()
            .map(|v| v.as_str().and_then(code))
            .collect::<Option<Vec<String>>>()
            .map(Value::from),
        (Genre::Texte, Value::String(texte)) => {
            (texte.chars().count() <= TEXTE_MAX).then(|| Value::String(texte.trim().to_owned()))
        }
        _ => None,
    };
    lue.ok_or_else(|| attendu(champ.genre))
}

fn code(texte: &str) -> Option<String> {
    let texte = texte.trim();
    let lisible = !texte.is_empty()
        && texte.chars().count() <= CODE_MAX
        && !texte.chars().any(char::is_control);
    lisible.then(|| texte.to_owned())
}

fn acte_inconnu(nom: &str) -> String {
    let proche = GABARITS
        .iter()
        .map(|g| (strsim::jaro_winkler(g.nom, nom), g.nom))
        .filter(|(proximite, _)| *proximite > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let conseil = match proche {
        Some((_, proche)) => format!("Vouliez-vous dire « {proche} » ?"),
        None => "La liste des actes est dans la documentation.".to_owned(),
    };
    format!("« {nom} » n'est pas un acte connu : rien n'a été consigné pour cette ligne. {conseil}")
}

fn champ_inconnu(gabarit: &Gabarit, champ: &str) -> String {
    let connus: Vec<&str> = gabarit.tous_les_champs().map(|c| c.nom).collect();
    format!(
        "L'acte « {} » n'a pas de champ « {champ} » : ce qu'il dit serait perdu. Ses champs sont : date, {}.",
        gabarit.nom,
        connus.join(", ")
    )
}
