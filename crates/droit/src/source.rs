//! D'où vient ce qu'on affirme, et ce que vaut notre lecture.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Un texte et l'endroit précis où il dit ce qu'on lui fait dire.
///
/// ```
/// use droit::source::{Certitude, Source};
///
/// let source = Source::rapportee("loi n° 89-462", "24");
/// assert_eq!(source.to_string(), "loi n° 89-462, art. 24");
/// assert_eq!(source.certitude, Certitude::Rapporte);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Le texte : loi, code, décret, décision, charte.
    pub texte: Cow<'static, str>,
    /// L'article, sans « art. ». Vide quand le texte entier est visé.
    #[serde(default)]
    pub article: Cow<'static, str>,
    /// Ce que vaut notre lecture.
    pub certitude: Certitude,
}

/// Ce que vaut notre lecture. Montré à l'écran avec la conclusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Certitude {
    /// L'article lui-même a été lu, dans sa version consolidée.
    #[serde(rename = "A")]
    TexteLu,
    /// Lu dans une source secondaire, ou dans un décret que cette source reproduit.
    #[serde(rename = "B")]
    Rapporte,
    /// De mémoire ou par déduction : à vérifier avant de s'y fier.
    #[serde(rename = "C")]
    AVerifier,
    /// Les sources se contredisent ou se taisent : une option choisit la lecture.
    #[serde(rename = "?")]
    Incertain,
}

impl Certitude {
    /// Le code de confiance de l'étude juridique : `A`, `B`, `C` ou `?`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TexteLu => "A",
            Self::Rapporte => "B",
            Self::AVerifier => "C",
            Self::Incertain => "?",
        }
    }

    /// La lecture est à vérifier, et l'écran doit le dire.
    pub const fn est_a_verifier(self) -> bool {
        matches!(self, Self::AVerifier | Self::Incertain)
    }
}

impl Source {
    const fn nouvelle(texte: &'static str, article: &'static str, certitude: Certitude) -> Self {
        Self { texte: Cow::Borrowed(texte), article: Cow::Borrowed(article), certitude }
    }

    /// Un article qu'on a lu.
    pub const fn lue(texte: &'static str, article: &'static str) -> Self {
        Self::nouvelle(texte, article, Certitude::TexteLu)
    }

    /// Un article qu'une source secondaire rapporte.
    pub const fn rapportee(texte: &'static str, article: &'static str) -> Self {
        Self::nouvelle(texte, article, Certitude::Rapporte)
    }

    /// Un article cité de mémoire ou par déduction.
    pub const fn a_verifier(texte: &'static str, article: &'static str) -> Self {
        Self::nouvelle(texte, article, Certitude::AVerifier)
    }

    /// Une lecture que les sources ne tranchent pas.
    pub const fn incertaine(texte: &'static str, article: &'static str) -> Self {
        Self::nouvelle(texte, article, Certitude::Incertain)
    }
}

impl fmt::Display for Source {
    /// « loi n° 89-462, art. 24 ».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texte)?;
        if self.article.is_empty() {
            return Ok(());
        }
        write!(f, ", art. {}", self.article)
    }
}
