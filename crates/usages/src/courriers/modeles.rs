//! Les lettres, par leur nom : destinataire, numéro, titre.

use ccapex::identifiants::NoticeId;

/// Les modèles, à leur place : le numéro d'une lettre s'en déduit, l'ordre ne change jamais.
const MODELES: [(&str, &str, &str); 13] = [
    ("intervention_bailleur", "bailleur", "Intervention de la commission, au bailleur"),
    ("intervention_locataire", "locataire", "Intervention de la commission, au locataire"),
    ("intervention_maire", "maire", "Intervention de la commission, au maire"),
    ("intervention_ccas", "ccas", "Intervention de la commission, au CCAS"),
    ("ineligibilite_commissaire", "emetteur", "Non-éligibilité, au commissaire de justice"),
    ("hors_champ_commissaire", "emetteur", "Hors champ, à l'émetteur"),
    ("demande_complement", "emetteur", "Demande de complément, à l'émetteur"),
    ("sensibilisation_locataire", "locataire", "Information du locataire"),
    ("relance_bailleur", "bailleur", "Relance du bailleur"),
    ("relance_locataire", "locataire", "Relance du locataire"),
    ("relance_maire", "maire", "Relance du maire"),
    ("relance_ccas", "ccas", "Relance du CCAS"),
    ("relance_complement", "emetteur", "Relance de l'émetteur"),
];

/// Assez de place pour les modèles à venir.
const PAS: i64 = 64;

/// Le numéro d'une lettre : une notice n'en fait préparer qu'une de chaque modèle.
pub(crate) fn numero(notice: NoticeId, modele: &str) -> i64 {
    let place = MODELES.iter().position(|(nom, _, _)| *nom == modele).unwrap_or(MODELES.len());
    notice.0 * PAS + i64::try_from(place).unwrap_or_default()
}

/// Ce modèle est-il l'un des nôtres ?
pub(crate) fn est_connu(modele: &str) -> bool {
    MODELES.iter().any(|(nom, _, _)| *nom == modele)
}

/// À qui s'adresse un modèle : « bailleur », « locataire », « maire », « ccas », « emetteur ».
#[must_use]
pub fn destinataire(modele: &str) -> &'static str {
    MODELES
        .iter()
        .find(|(nom, _, _)| *nom == modele)
        .map_or("emetteur", |(_, destinataire, _)| destinataire)
}

/// Le titre d'un modèle, pour les écrans.
#[must_use]
pub fn titre(modele: &str) -> &str {
    MODELES.iter().find(|(nom, _, _)| *nom == modele).map_or(modele, |(_, _, titre)| titre)
}
