//! Quelles lettres une notice fait préparer.

use crate::notice::Nature;
use crate::profil::Profil;
use crate::signalement::examen::Examen;
use crate::signalement::statut::Statut;

/// Les modèles de lettres à préparer pour une notice, dans l'ordre d'envoi.
///
/// - Éligible : bailleur, locataire, maire et CCAS sont informés de l'intervention et sollicités
///   (règlement intérieur, 4.4).
/// - Non éligible ou hors champ : l'émetteur reçoit la raison ; le ménage, la lettre de
///   sensibilisation si le profil la prévoit.
/// - Incomplet : l'émetteur reçoit la question.
/// - Commandement de quitter les lieux : la famille, le maire et le président du CCAS sont avertis
///   (charte du Pas-de-Calais, IV.3).
/// - Acte trop ancien : aucune.
#[must_use]
pub fn lettres(nature: Nature, examen: &Examen, profil: &Profil) -> Vec<&'static str> {
    if examen.trop_ancien {
        return Vec::new();
    }
    let mut lettres = Vec::new();
    match (nature, examen.statut) {
        (Nature::Cdp, Statut::Eligible) => lettres.extend([
            "intervention_bailleur",
            "intervention_locataire",
            "intervention_maire",
            "intervention_ccas",
        ]),
        (Nature::Cdp, Statut::NonEligible) => lettres.push("ineligibilite_commissaire"),
        (_, Statut::HorsChamp) => lettres.push("hors_champ_commissaire"),
        (_, Statut::Incomplet) if examen.motif != Some("seuils_inconnus") => {
            lettres.push("demande_complement")
        }
        (Nature::Cql, Statut::Recu) => {
            lettres.extend(["intervention_locataire", "intervention_maire", "intervention_ccas"]);
        }
        (
            _,
            Statut::Incomplet
            | Statut::Recu
            | Statut::Doublon
            | Statut::Eligible
            | Statut::NonEligible,
        ) => {}
    }
    // Le ménage que l'intervention n'informe pas déjà.
    let informe = examen.statut == Statut::Eligible;
    if nature == Nature::Cdp
        && !informe
        && profil.sensibilise_chaque_menage()
        && matches!(examen.statut, Statut::NonEligible | Statut::HorsChamp)
    {
        lettres.push("sensibilisation_locataire");
    }
    lettres
}
