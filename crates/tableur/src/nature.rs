//! La nature d'une notice : ce qui s'est passé.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::champ::Champ;

/// Nature d'une notice reçue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Commandement de payer.
    Cdp,
    /// Saisine de la commission par un bailleur personne morale.
    SaisineBailleur,
    /// Assignation en résiliation de bail.
    Assignation,
    /// Décision de justice.
    Decision,
    /// Commandement de quitter les lieux.
    Cql,
    /// Réquisition du concours de la force publique.
    RequisitionCfp,
    /// Signalement d'impayé, par la CAF ou la MSA le plus souvent.
    SignalementImpaye,
    /// Alerte d'un partenaire de la charte.
    Alerte,
}

impl Nature {
    /// Toutes les natures, dans l'ordre du contrat.
    pub const TOUTES: [Nature; 8] = [
        Nature::Cdp,
        Nature::SaisineBailleur,
        Nature::Assignation,
        Nature::Decision,
        Nature::Cql,
        Nature::RequisitionCfp,
        Nature::SignalementImpaye,
        Nature::Alerte,
    ];

    /// Nom du contrat : `cdp`, `assignation`…
    pub const fn nom(self) -> &'static str {
        match self {
            Nature::Cdp => "cdp",
            Nature::SaisineBailleur => "saisine_bailleur",
            Nature::Assignation => "assignation",
            Nature::Decision => "decision",
            Nature::Cql => "cql",
            Nature::RequisitionCfp => "requisition_cfp",
            Nature::SignalementImpaye => "signalement_impaye",
            Nature::Alerte => "alerte",
        }
    }

    /// La nature d'après son nom exact.
    pub fn de_nom(nom: &str) -> Option<Self> {
        Nature::TOUTES.into_iter().find(|nature| nature.nom() == nom)
    }

    /// Le champ qui porte la date de l'acte.
    pub const fn champ_date(self) -> Champ {
        match self {
            Nature::Cdp => Champ::DateSignification,
            Nature::Assignation => Champ::DateAssignation,
            Nature::SaisineBailleur
            | Nature::Decision
            | Nature::Cql
            | Nature::RequisitionCfp
            | Nature::SignalementImpaye
            | Nature::Alerte => Champ::Date,
        }
    }

    /// Les champs génériques d'un expéditeur, et ceux qu'ils désignent pour cette nature.
    pub(crate) fn precisions(self) -> impl Iterator<Item = (Champ, Champ)> {
        let dates = [Champ::Date, Champ::DateSignification, Champ::DateAssignation];
        let dettes = [Champ::Dette, Champ::MontantDette];
        let vers = |cible: Champ| move |generique: Champ| (generique, cible);
        let paires = dates.into_iter().map(vers(self.champ_date()));
        paires
            .chain(dettes.into_iter().map(vers(self.champ_dette())))
            .filter(|(g, cible)| g != cible)
    }

    /// Le champ qui porte la dette.
    pub const fn champ_dette(self) -> Champ {
        match self {
            Nature::SaisineBailleur | Nature::SignalementImpaye => Champ::Dette,
            Nature::Cdp
            | Nature::Assignation
            | Nature::Decision
            | Nature::Cql
            | Nature::RequisitionCfp
            | Nature::Alerte => Champ::MontantDette,
        }
    }
}

impl fmt::Display for Nature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.nom())
    }
}
