//! La réponse donnée à une notice, et son motif.

use droit::regles::signalement::Seuil;
use serde::{Deserialize, Serialize};

/// La réponse donnée à une notice. Les noms écrits ne changent jamais.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statut {
    /// Déjà reçue : rien n'a changé.
    Doublon,
    /// Il manque de quoi la traiter : elle attend.
    Incomplet,
    /// Hors du champ de la commission, ou de ce que l'émetteur doit signaler.
    HorsChamp,
    /// Aucun seuil n'est atteint.
    NonEligible,
    /// Un seuil au moins est atteint.
    Eligible,
    /// Reçue ; sa nature ne se teste pas contre des seuils.
    Recu,
}

impl Statut {
    /// Tous les statuts, du plus au moins pressant pour une secrétaire.
    pub const TOUS: [Self; 6] = [
        Self::Incomplet,
        Self::Eligible,
        Self::Recu,
        Self::NonEligible,
        Self::HorsChamp,
        Self::Doublon,
    ];

    /// Le nom écrit.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Doublon => "doublon",
            Self::Incomplet => "incomplet",
            Self::HorsChamp => "hors_champ",
            Self::NonEligible => "non_eligible",
            Self::Eligible => "eligible",
            Self::Recu => "recu",
        }
    }

    /// Le statut d'un nom écrit, s'il en est un.
    #[must_use]
    pub fn de_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|s| s.code() == code)
    }

    /// Le statut, en mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Doublon => "Déjà reçue",
            Self::Incomplet => "À compléter",
            Self::HorsChamp => "Hors champ",
            Self::NonEligible => "Non éligible",
            Self::Eligible => "Éligible",
            Self::Recu => "Reçue",
        }
    }
}

/// Le nom écrit d'un seuil atteint.
#[must_use]
pub fn motif_du_seuil(seuil: Seuil) -> &'static str {
    match seuil {
        Seuil::Anciennete => "anciennete",
        Seuil::Montant => "montant",
        Seuil::LesDeux => "les_deux",
    }
}

/// Un motif écrit, en mots, pour les pages et les lettres.
#[must_use]
pub fn motif_en_mots(motif: &str) -> &str {
    match motif {
        "anciennete" => "seuil d'ancienneté atteint",
        "montant" => "seuil de montant atteint",
        "les_deux" => "les deux seuils sont atteints",
        "seuils_non_atteints" => "aucun des deux seuils n'est atteint",
        "hors_departement" => "logement situé hors du département",
        "proprietaire_occupant" => "propriétaire occupant",
        "bailleur_personne_morale" => "bailleur personne morale",
        "hors_impaye" => "procédure sans impayé",
        "signification_jour_interdit" => "acte daté d'un dimanche ou d'un jour férié",
        "date_future" => "acte daté d'après aujourd'hui",
        "seuils_inconnus" => "aucun arrêté connu ne fixe les seuils à cette date",
        champ => champ_en_mots(champ),
    }
}

/// Un champ canonique, comme on le nomme à un correspondant.
#[must_use]
pub fn champ_en_mots(champ: &str) -> &str {
    match champ {
        "locataire_nom" => "nom du locataire",
        "locataire_prenom" => "prénom du locataire",
        "locataire_date_naissance" => "date de naissance du locataire",
        "commune" => "commune du logement",
        "code_postal" => "code postal du logement",
        "logement_adresse" => "adresse du logement",
        "date_signification" => "date de signification du commandement",
        "date_assignation" => "date de l'assignation",
        "date" => "date de l'acte",
        "bailleur_type" => {
            "qualité du bailleur (personne physique, SCI familiale, personne morale, bailleur social)"
        }
        "bailleur_nom" => "nom du bailleur",
        "bailleur_adresse" => "adresse du bailleur",
        "date_bail" => "date du bail",
        "bail_reconduit_le" => "date de la dernière reconduction du bail",
        "loyer_hors_charges" => "loyer mensuel hors charges",
        "charges" => "provision mensuelle pour charges",
        "montant_dette" => "montant de la dette de loyers et de charges",
        "impaye_depuis" => "date du premier impayé",
        "aide_logement" => "aide au logement (oui ou non)",
        "nombre_enfants" => "nombre d'enfants à charge",
        "nombre_adultes" => "nombre d'adultes",
        "regime" => "régime de la location",
        "occupation" => "titre d'occupation",
        "date_notification_prefet" => "date de notification au préfet",
        "date_audience" => "date de l'audience",
        "telephone" => "téléphone du locataire",
        "courriel" => "courriel du locataire",
        autre => autre,
    }
}
