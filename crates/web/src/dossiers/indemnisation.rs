//! La période que l'État doit au bailleur après un refus du concours : de quand à quand, et pourquoi.

use ccapex::cours::indemnisation::periode;

use super::vu::Vu;
use crate::{mots, urls};

/// La période, et où en est la demande du bailleur.
pub struct Indemnisation {
    pub resume: String,
    pub demande: String,
    pub motifs: Vec<String>,
    /// Où consigner une étape de la demande.
    pub consigner: String,
}

/// Rien sans refus du concours.
pub(super) fn indemnisation(vu: &Vu<'_>) -> Option<Indemnisation> {
    let periode = periode(&vu.ouvert.dossier, &vu.cours, &vu.horloge)?;
    let du = mots::jour(periode.premier_jour);
    Some(Indemnisation {
        resume: match periode.au {
            Some(au) => format!("Du {du} au {}", mots::jour(au)),
            None => format!("Depuis le {du}, et elle court encore"),
        },
        demande: vu.cours.procedure.indemnisation.map_or_else(
            || "Aucune demande du bailleur n'est consignée.".to_owned(),
            |(etape, le, montant)| {
                let somme = montant.map(|m| format!(", {m}")).unwrap_or_default();
                format!("Demande : {} le {}{somme}", etape.libelle(), mots::jour(le))
            },
        ),
        motifs: periode.motifs.iter().map(|m| mots::capitale(m)).collect(),
        consigner: urls::consigner_un_acte(&vu.ouvert.vue.reference, "indemnisation"),
    })
}
