//! Le diagnostic social et financier : les rubriques du formulaire national, ce qu'on y écrit, ce
//! qu'il y manque avant de le transmettre.
//!
//! Ce qu'il contient nomme des gens et dit leur vie : le journal n'en garde que le nom des rubriques
//! écrites, et leurs textes sont au coffre, sous la clé « rubrique.champ ».
//!
//! Ordre de lecture : `rubriques`, puis `lire` (une saisie), `redige` (ce qui est gardé), `fondre` (deux
//! personnes à la fois), `preremplir` (ce que le dossier sait déjà), `manques` (avant l'envoi).

pub mod fondre;
pub mod lire;
pub mod manques;
pub mod preremplir;
pub mod redige;
pub mod rubriques;

use std::collections::BTreeMap;

use droit::jour::Jour;
use droit::montant::Montant;
use jiff::civil::Date;

pub use self::rubriques::RUBRIQUES;

/// Ce qui est écrit, par clé « rubrique.champ », sous sa forme gardée.
pub type Saisie = BTreeMap<String, String>;

/// Une rubrique du formulaire national.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rubrique {
    /// Le nom écrit.
    pub code: &'static str,
    /// Le titre.
    pub titre: &'static str,
    /// Ce qu'on y attend.
    pub aide: &'static str,
    /// Ses champs, dans l'ordre du formulaire.
    pub champs: &'static [Champ],
}

/// Un champ d'une rubrique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Champ {
    /// Le nom écrit.
    pub code: &'static str,
    /// Le libellé.
    pub libelle: &'static str,
    /// Ce qu'on y écrit.
    pub genre: Genre,
    /// Quand il le faut pour transmettre.
    pub exigence: Exigence,
    /// Le dossier sait souvent le remplir.
    pub prerempli: bool,
}

/// Ce qu'un champ accepte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// Une ligne.
    Ligne,
    /// Un paragraphe.
    Texte,
    /// Une somme : gardée en centimes.
    Montant,
    /// Un jour : gardé AAAA-MM-JJ.
    Jour,
    /// Un nombre entier, bornes comprises.
    Nombre {
        /// Le plus petit.
        min: u16,
        /// Le plus grand.
        max: u16,
    },
    /// `oui` ou `non`.
    OuiNon,
    /// Un mot parmi ceux-ci : nom écrit, libellé.
    Choix(&'static [(&'static str, &'static str)]),
}

/// Quand un champ est demandé avant de transmettre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exigence {
    /// Toujours.
    Toujours,
    /// Si le locataire a été rencontré : lui seul peut le dire.
    SiRencontre,
    /// S'il ne l'a pas été : le juge doit savoir ce qui a été tenté.
    SiAbsent,
    /// Jamais.
    Facultatif,
}

/// La rubrique de ce nom.
///
/// ```
/// use ccapex::diagnostic::rubrique;
///
/// assert_eq!(rubrique("dette").map(|r| r.titre), Some("La dette"));
/// assert!(rubrique("horoscope").is_none());
/// ```
#[must_use]
pub fn rubrique(code: &str) -> Option<&'static Rubrique> {
    RUBRIQUES.iter().find(|r| r.code == code)
}

impl Rubrique {
    /// Le champ de ce nom.
    #[must_use]
    pub fn champ(&self, code: &str) -> Option<&'static Champ> {
        self.champs.iter().find(|c| c.code == code)
    }

    /// La clé d'un de ses champs au coffre : « dette.montant ».
    #[must_use]
    pub fn cle(&self, champ: &Champ) -> String {
        format!("{}.{}", self.code, champ.code)
    }
}

impl Champ {
    /// Ce qui est écrit, tel qu'il se lit dans le diagnostic : « 1 300,00 € », « 12 mai 2026 ».
    #[must_use]
    pub fn en_mots(&self, ecrit: &str) -> String {
        let lu = match self.genre {
            Genre::Ligne | Genre::Texte | Genre::Nombre { .. } => None,
            Genre::Montant => {
                ecrit.parse().ok().map(|centimes| Montant::centimes(centimes).to_string())
            }
            Genre::Jour => ecrit.parse::<Date>().ok().map(|jour| Jour(jour).to_string()),
            Genre::OuiNon => match ecrit {
                "oui" => Some("Oui".to_owned()),
                "non" => Some("Non".to_owned()),
                _ => None,
            },
            Genre::Choix(choix) => choix
                .iter()
                .find(|(code, _)| *code == ecrit)
                .map(|(_, libelle)| (*libelle).to_owned()),
        };
        lu.unwrap_or_else(|| ecrit.to_owned())
    }
}
