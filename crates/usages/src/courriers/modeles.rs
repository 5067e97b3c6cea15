//! Les lettres, par leur nom : destinataire, numéro, titre.

use ccapex::identifiants::NoticeId;

/// Les modèles, à leur place : le numéro d'une lettre s'en déduit, l'ordre ne change jamais.
const MODELES: [(&str, &str, &str); 40] = [
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
    ("information_bail_en_cours", "locataire", "Information du ménage : bail en cours"),
    ("information_impaye_naissant", "locataire", "Information du ménage : impayé naissant"),
    (
        "information_impaye_constitue_aide",
        "locataire",
        "Information du ménage : impayé constitué (aide au logement)",
    ),
    (
        "information_cdp_signifie",
        "locataire",
        "Information du ménage : commandement de payer signifié",
    ),
    (
        "information_clause_acquise",
        "locataire",
        "Information du ménage : délai du commandement expiré",
    ),
    (
        "information_assignation_delivree",
        "locataire",
        "Information du ménage : assignation délivrée",
    ),
    ("information_audience", "locataire", "Information du ménage : audience tenue"),
    (
        "information_delais_accordes_clause_suspendue",
        "locataire",
        "Information du ménage : délais accordés, clause suspendue",
    ),
    ("information_rejet_demande", "locataire", "Information du ménage : demande rejetée"),
    (
        "information_resiliation_expulsion_ordonnee",
        "locataire",
        "Information du ménage : expulsion ordonnée",
    ),
    ("information_jugement_signifie", "locataire", "Information du ménage : jugement signifié"),
    (
        "information_cql_signifie",
        "locataire",
        "Information du ménage : commandement de quitter les lieux",
    ),
    (
        "information_delai_cql_expire",
        "locataire",
        "Information du ménage : délai pour quitter les lieux expiré",
    ),
    (
        "information_cfp_demande",
        "locataire",
        "Information du ménage : concours de la force publique demandé",
    ),
    (
        "information_cfp_accorde",
        "locataire",
        "Information du ménage : concours de la force publique accordé",
    ),
    (
        "information_cfp_refuse",
        "locataire",
        "Information du ménage : concours de la force publique refusé",
    ),
    ("information_depart_volontaire", "locataire", "Information du ménage : ménage parti"),
    (
        "information_conge_depart",
        "locataire",
        "Information du ménage : ménage parti avant le jugement",
    ),
    ("information_expulsion_realisee", "locataire", "Information du ménage : expulsion réalisée"),
    ("information_dsf_en_cours", "locataire", "Information du ménage : diagnostic en cours"),
    ("information_plan_apurement", "locataire", "Information du ménage : plan d'apurement"),
    (
        "information_aide_suspendue",
        "locataire",
        "Information du ménage : aide au logement suspendue",
    ),
    ("information_surendettement", "locataire", "Information du ménage : surendettement"),
    ("information_delai_jex", "locataire", "Information du ménage : délais du juge de l'exécution"),
    ("information_pcs", "locataire", "Information du ménage : protocole de cohésion sociale"),
    ("information_dalo", "locataire", "Information du ménage : DALO"),
    ("information_treve_active", "locataire", "Information du ménage : trêve hivernale"),
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

/// À cette étape, la lettre est partie : son destinataire l'a, ou va l'avoir.
pub(crate) fn est_partie(etape: &str) -> bool {
    matches!(etape, "envoye" | "imprime" | "repondu")
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
