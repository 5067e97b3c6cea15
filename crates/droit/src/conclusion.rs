//! Une valeur et ce qui y conduit.

use std::fmt;

use serde::Serialize;

use crate::source::Source;

/// Une valeur et ce qui y conduit, dans l'ordre où un lecteur le vérifierait.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[must_use = "une conclusion sans ses motifs ne peut être ni vérifiée ni contestée"]
pub struct Conclusion<T> {
    /// Ce qu'on conclut.
    pub valeur: T,
    /// Pourquoi.
    pub motifs: Vec<Motif>,
}

/// Un constat et le texte qui lui donne son sens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Motif {
    /// Une phrase sans point final.
    pub constat: String,
    /// Le texte appliqué.
    pub source: Source,
}

impl Motif {
    /// Un motif tout écrit.
    pub fn new(constat: impl Into<String>, source: Source) -> Self {
        Self { constat: constat.into(), source }
    }
}

impl fmt::Display for Motif {
    /// Le constat, sa source, et « à vérifier » quand la lecture n'est pas sûre.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reserve = if self.source.certitude.est_a_verifier() { " ; à vérifier" } else { "" };
        write!(f, "{} ({}{reserve})", self.constat, self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn une_lecture_incertaine_le_dit_partout_ou_elle_se_montre() {
        let motif = |source| Motif::new("un mois", source).to_string();
        assert_eq!(motif(Source::lue("CPC", "538")), "un mois (CPC, art. 538)");
        assert_eq!(motif(Source::a_verifier("CPC", "538")), "un mois (CPC, art. 538 ; à vérifier)");
        assert_eq!(motif(Source::incertaine("CPC", "")), "un mois (CPC ; à vérifier)");
    }
}
