//! Une étape : quoi, qui, avant quand, et pourquoi.

use jiff::civil::Date;
use serde::Serialize;

/// Une étape à venir.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Etape {
    /// Ce qui est à faire, à l'infinitif.
    pub quoi: String,
    /// Le service qui doit le faire, ou `secretariat`, `cellule_technique`, `sous_commission`, `prefet`.
    pub qui: String,
    /// Dernier jour pour le faire, compris.
    pub avant_le: Date,
    /// La règle qui la demande.
    pub regle: &'static str,
    /// Pourquoi. Jamais vide.
    pub motifs: Vec<String>,
}
