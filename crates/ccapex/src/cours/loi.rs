//! Une échéance lue dans le catalogue des règles, quand aucune fonction typée ne la donne.

use droit::catalogue::appliquer;
use droit::demande::Entree;
use jiff::civil::Date;

/// Une date que la loi donne, et pourquoi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Echue {
    /// Le dernier jour du délai.
    pub(super) jour: Date,
    /// Pourquoi.
    pub(super) motifs: Vec<String>,
}

/// Le dernier jour d'un délai qui court depuis ce jour ; rien hors de la période connue de la règle.
pub(super) fn echeance(regle: &str, depuis: Date, commune: &str) -> Option<Echue> {
    let mut entree = Entree::le(depuis);
    entree.depuis = Some(depuis);
    entree.commune = (!commune.is_empty()).then(|| commune.to_owned());
    let resultat = appliquer(regle, &entree).ok()?;
    Some(Echue { jour: resultat.retenue?, motifs: resultat.motifs })
}
