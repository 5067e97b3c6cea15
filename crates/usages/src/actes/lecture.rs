//! Les champs d'une notice, écrits en JSON : des types, pas des cellules. Un refus par champ fautif.

use ccapex::acte::codes::IssueDeDecision;
use ccapex::acte::lire::Refus;
use ccapex::notice::Nature;
use jiff::civil::Date;
use serde_json::{Map, Value};
use tableur::champ::{Champ, Genre};
use tableur::valeur::{Valeur, lue};

use crate::actes::demande::refus;
use crate::reception::vraisemblance::vraisemblable;

/// Les champs lus, et la note libre.
#[derive(Clone, Debug, Default)]
pub(super) struct Lus {
    pub(super) champs: Vec<(Champ, Valeur)>,
    pub(super) note: Option<String>,
}

impl Lus {
    pub(super) fn valeur(&self, champ: Champ) -> Option<&Valeur> {
        self.champs.iter().find(|(c, _)| *c == champ).map(|(_, v)| v)
    }

    pub(super) fn texte(&self, champ: Champ) -> Option<&str> {
        if let Valeur::Texte(texte) = self.valeur(champ)? { Some(texte) } else { None }
    }

    pub(super) fn date(&self, champ: Champ) -> Option<Date> {
        if let Valeur::Date(date) = self.valeur(champ)? { Some(*date) } else { None }
    }

    /// Ajoute des champs ; les premiers l'emportent.
    pub(super) fn complete(&mut self, autres: Self) {
        for (champ, valeur) in autres.champs {
            if self.valeur(champ).is_none() {
                self.champs.push((champ, valeur));
            }
        }
        self.note = self.note.take().or(autres.note);
    }
}

/// Lit des champs canoniques.
pub(super) fn lire(champs: &Map<String, Value>, acte: &str) -> Result<Lus, Vec<Refus>> {
    let (mut lus, mut fautes) = (Lus::default(), Vec::new());
    for (nom, valeur) in champs {
        if nom == "note" {
            match valeur {
                Value::String(note) => {
                    lus.note = Some(note.trim().to_owned()).filter(|n| !n.is_empty());
                }
                Value::Null => {}
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    fautes.push(refus(nom, "« note » ne se lit pas : il faut un texte. Corrigez ce champ, puis recommencez."));
                }
            }
            continue;
        }
        let connu = Champ::de_nom(nom).filter(|c| !matches!(c, Champ::Nature | Champ::Dossier));
        let Some(champ) = connu else {
            fautes.push(refus(
                nom,
                format!("« {acte} » n'a pas de champ « {nom} » : ce qu'il dit serait perdu. Vérifiez son nom dans la liste des champs."),
            ));
            continue;
        };
        match lire_une(champ, valeur) {
            Ok(Some(lue)) => lus.champs.push((champ, lue)),
            Ok(None) => {}
            Err(pourquoi) => fautes.push(refus(
                nom,
                format!(
                    "« {nom} » ne se lit pas : {pourquoi}. Corrigez ce champ, puis recommencez."
                ),
            )),
        }
    }
    if fautes.is_empty() { Ok(lus) } else { Err(fautes) }
}

/// Le plus long texte gardé, en caractères.
const TEXTE_MAX: usize = 20_000;

fn lire_une(champ: Champ, valeur: &Value) -> Result<Option<Valeur>, String> {
    let lue = match (champ.genre(), valeur) {
        (_, Value::Null) => return Ok(None),
        (_, Value::String(texte)) if texte.trim().is_empty() => return Ok(None),
        (Genre::Date | Genre::DateNaissance, Value::String(texte)) => texte
            .trim()
            .parse()
            .map(|date| Some(Valeur::Date(date)))
            .map_err(|_| "il faut une date AAAA-MM-JJ".to_owned())?,
        (Genre::Montant, Value::Number(n)) => {
            let centimes = n.as_i64().ok_or("il faut une somme entière, en centimes")?;
            Some(Valeur::Montant(centimes))
        }
        (Genre::Montant, _) => {
            return Err("il faut une somme en centimes, sans guillemets".to_owned());
        }
        (Genre::Entier, Value::Number(n)) => {
            let entier = n.as_i64().filter(|n| (0..=1_200).contains(n));
            Some(Valeur::Entier(entier.ok_or("il faut un nombre entier, zéro ou plus")?))
        }
        (Genre::OuiNon, Value::Bool(oui)) => Some(Valeur::OuiNon(*oui)),
        (Genre::Texte | Genre::CodePostal, Value::Number(n)) => lue(champ, &n.to_string()),
        (Genre::Texte, Value::Array(liste)) if champ == Champ::Destinataires => {
            let mots: Option<Vec<&str>> = liste.iter().map(Value::as_str).collect();
            Some(Valeur::Texte(mots.ok_or("il faut une liste de textes")?.join(", ")))
        }
        (_, Value::String(texte)) if texte.chars().count() > TEXTE_MAX => {
            return Err(format!("il faut un texte d'au plus {TEXTE_MAX} caractères"));
        }
        (_, Value::String(texte)) => lue(champ, texte),
        (genre, _) => return Err(attendu(genre).to_owned()),
    };
    match lue.map(|valeur| vraisemblable(champ, valeur)) {
        Some(Valeur::Illisible { pourquoi, .. }) => Err(pourquoi),
        lue => Ok(lue),
    }
}

fn attendu(genre: Genre) -> &'static str {
    match genre {
        Genre::Date | Genre::DateNaissance => "il faut une date AAAA-MM-JJ",
        Genre::Montant => "il faut une somme en centimes",
        Genre::Entier => "il faut un nombre entier",
        Genre::OuiNon => "il faut true ou false",
        Genre::Texte | Genre::CodePostal | Genre::Code(_) => "il faut un texte",
    }
}

/// Ce sans quoi la notice ne dit rien.
pub(super) fn manques(nature: Nature, lus: &Lus) -> Vec<Refus> {
    let absent = |champ: Champ| lus.valeur(champ).is_none();
    let manque = |champ: Champ, quoi: &str| {
        refus(champ.nom(), format!("Il manque « {} » : {quoi}.", champ.nom()))
    };
    let mots =
        |choix: &[(&str, &str)]| choix.iter().map(|(code, _)| *code).collect::<Vec<_>>().join(", ");
    match nature {
        Nature::Decision => match lus.texte(Champ::Issue) {
            Some(issue) if IssueDeDecision::CHOIX.iter().any(|(code, _)| *code == issue) => vec![],
            _ => vec![manque(
                Champ::Issue,
                &format!("ce que le juge décide, l'un de : {}", mots(IssueDeDecision::CHOIX)),
            )],
        },
        Nature::SignalementImpaye if absent(Champ::Origine) => vec![manque(
            Champ::Origine,
            "qui signale, l'un de : caf, msa, bailleur, fsl, comed, adil, service_social, maire, locataire, association, prefet",
        )],
        Nature::Alerte if absent(Champ::Origine) && absent(Champ::Contenu) => vec![refus(
            "code",
            "Il manque « code », le moment clé de la charte, ou ce que dit l'alerte (« origine », « contenu »).",
        )],
        Nature::Cdp
        | Nature::SaisineBailleur
        | Nature::Assignation
        | Nature::Cql
        | Nature::RequisitionCfp
        | Nature::SignalementImpaye
        | Nature::Alerte => vec![],
    }
}
