//! Un fait en mots : son libellé, et ce qu'il décide.

use crate::acte::Quoi;
use crate::acte::gabarit::gabarit;
use crate::cours::fil::{Arrive, Point};
use droit::jour::Jour;

/// « Décision sur le concours de la force publique : concours refusé ».
pub(super) fn titre(point: &Point<'_>) -> String {
    let quoi = match point.quoi {
        Arrive::Notice(notice) => {
            let issue = notice.contenu.mot("issue").map(|issue| match issue {
                "delais" => "délais accordés",
                "rejet" => "demande rejetée",
                "desistement" => "désistement",
                _ => "résiliation et expulsion",
            });
            return joint(notice.nature.libelle(), issue.map(str::to_owned));
        }
        Arrive::Acte(acte) => &acte.consigne.quoi,
    };
    joint(gabarit(quoi.nom()).map_or(quoi.nom(), |g| g.libelle), precision(quoi))
}

fn joint(libelle: &str, precision: Option<String>) -> String {
    match precision {
        Some(precision) => format!("{libelle} : {precision}"),
        None => libelle.to_owned(),
    }
}

fn precision(quoi: &Quoi) -> Option<String> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes se disent sans précision")]
    let mot = match quoi {
        Quoi::Conge { motif, effet_au } => {
            return Some(format!("{}, au {}", motif.libelle(), Jour(*effet_au)));
        }
        Quoi::Audience { renvoi_au: Some(renvoi), .. } => {
            return Some(format!("renvoyée au {}", Jour(*renvoi)));
        }
        Quoi::Audience { locataire_present: Some(present), .. } => {
            if *present {
                "locataire présent"
            } else {
                "locataire absent"
            }
        }
        Quoi::Appel { issue: Some(issue) } => issue.libelle(),
        Quoi::DecisionJex { jusqu_au: Some(fin), .. } => {
            return Some(format!("jusqu'au {}", Jour(*fin)));
        }
        Quoi::DecisionJex { delai_mois: Some(mois), .. } | Quoi::Pcs { duree_mois: mois } => {
            return Some(format!("{mois} mois"));
        }
        Quoi::DecisionCfp { issue, .. } => issue.libelle(),
        Quoi::PlanApurement { mensualite, echeances, .. } => {
            return Some(format!("{echeances} mensualités de {mensualite}"));
        }
        Quoi::EcheancePlan { issue } => issue.libelle(),
        Quoi::Fsl(d) | Quoi::Dalo(d) | Quoi::Daho(d) | Quoi::Surendettement(d) => d.etape.libelle(),
        Quoi::AideLogement { etape } => etape.libelle(),
        Quoi::DecisionAide { issue, .. } => issue.libelle(),
        Quoi::Garantie { etape, .. } => etape.libelle(),
        Quoi::Dette { montant } => return Some(montant.to_string()),
        Quoi::PriseEnCharge { issue, .. } => issue.libelle(),
        Quoi::Dispositif { etape, .. } => etape.libelle(),
        Quoi::Alerte { code, .. } | Quoi::AlerteReponse { code, .. } => code.libelle(),
        Quoi::Suite { issue, .. } => issue.libelle(),
        Quoi::MesureProtection { nature } => nature.libelle(),
        Quoi::Indemnisation { etape, .. } => etape.libelle(),
        Quoi::IssueMenage { issue } => issue.libelle(),
        Quoi::Contact { issue, .. } => issue.libelle(),
        Quoi::ParoleMenage { adhesion: Some(adhesion) } => adhesion.libelle(),
        Quoi::CasComplexe { issue, .. } => issue.libelle(),
        Quoi::AccesRestreint { motif, .. } => motif.libelle(),
        _ => return None,
    };
    Some(mot.to_owned())
}
