//! Jusqu'à quand le locataire peut payer, d'après un commandement.

use droit::calendrier::Territoire;
use droit::conclusion::Conclusion;
use droit::delai::{Echeance, Report};
use droit::regles::commandement::{self, Bail, BailReconduit};

use crate::notice::{Contenu, Nature};

/// Pourquoi un commandement n'a pas de fin de délai calculable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SansFin {
    /// Le champ qui manque : `date_signification`, `date_bail`.
    Champ(&'static str),
    /// La location ne relève pas de la loi du 6 juillet 1989 : régime à préciser.
    HorsLoi89,
    /// Aucune version de la règle ne couvre cette date.
    SansVersion(String),
}

/// Fin du délai d'un commandement de payer, avec les lectures par défaut : un bail reconduit garde
/// ses deux mois, et l'article 642 s'applique.
///
/// Le bail choisit la version de la loi ; l'acte fait courir le délai.
///
/// # Erreurs
///
/// [`SansFin`] quand une donnée manque, ou pour une location hors loi de 1989. Une notice d'une
/// autre nature n'a pas de date de signification.
pub fn fin_du_delai(nature: Nature, contenu: &Contenu) -> Result<Conclusion<Echeance>, SansFin> {
    let signifie_le = match (nature, contenu.date) {
        (Nature::Cdp, Some(date)) => date,
        _ => return Err(SansFin::Champ("date_signification")),
    };
    if !contenu.releve_de_la_loi_89() {
        return Err(SansFin::HorsLoi89);
    }
    let conclu_le = contenu.date_bail.ok_or(SansFin::Champ("date_bail"))?;
    let bail = Bail { conclu_le, reconduit_le: contenu.bail_reconduit_le };
    let territoire = Territoire::de_commune(contenu.commune.as_deref().unwrap_or_default());
    commandement::fin_du_delai(
        signifie_le,
        &bail,
        BailReconduit::DeuxMois,
        Report::JourOuvrable,
        territoire,
    )
    .map_err(|sans_version| SansFin::SansVersion(sans_version.to_string()))
}
