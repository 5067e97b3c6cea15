use std::fmt;

use crate::champ::Champ;

/// Un fichier refusé en entier : rien n'en a été lu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusFichier {
    /// L'endroit : le fichier, une feuille, une ligne.
    pub ou: String,
    /// Ce qui se passe, pourquoi, quoi faire.
    pub motif: String,
    /// La raison, pour qui doit en faire autre chose qu'une phrase.
    pub cause: Cause,
}

/// Pourquoi un fichier est refusé.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Aucun contenu.
    Vide,
    /// Dépasse une limite de taille, déclarée ou réelle.
    TropGros,
    /// Autre chose qu'un tableau : PDF, image, ancien classeur…
    FormatEtranger,
    /// Classeur protégé par un mot de passe.
    Chiffre,
    /// Le bon format, abîmé ou incomplet.
    Abime,
    /// Un guillemet ouvert n'est jamais fermé.
    GuillemetOuvert {
        /// Ligne du fichier où il s'ouvre.
        ligne: u64,
    },
    /// Trop peu d'en-têtes reconnus : une correspondance est à donner.
    EntetesInconnus(Vec<EnteteInconnu>),
    /// Le tableau se lit, mais rien ne dit de quels actes il parle.
    NatureInconnue,
}

/// Un en-tête qu'aucun synonyme ne reconnaît.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteteInconnu {
    /// L'en-tête tel que le fichier l'écrit.
    pub texte: String,
    /// Les champs les plus ressemblants, le meilleur d'abord.
    pub proches: Vec<Champ>,
    /// La première valeur de la colonne ; vide si aucune n'est près du haut.
    pub exemple: String,
}

impl fmt::Display for RefusFichier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : {}", self.ou, self.motif)
    }
}

impl std::error::Error for RefusFichier {}

impl RefusFichier {
    pub(crate) fn nouveau(ou: impl Into<String>, cause: Cause, motif: impl Into<String>) -> Self {
        Self { ou: ou.into(), motif: motif.into(), cause }
    }

    /// L'endroit n'est connu que de celui qui appelle.
    pub(crate) fn dans(mut self, fichier: &str) -> Self {
        if self.ou.is_empty() {
            self.ou = fichier.to_owned();
        } else {
            self.ou = format!("{fichier}, {}", self.ou);
        }
        self
    }
}
