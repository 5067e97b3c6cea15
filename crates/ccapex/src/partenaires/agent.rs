//! Une personne, son rôle, son organisme et son territoire.

use serde::{Deserialize, Serialize};

use crate::identifiants::AgentId;

/// La mission qu'une personne exerce dans Seuil. Les noms écrits ne changent jamais.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Comptes et réglages ; ne lit aucun dossier.
    Administrateur,
    /// Secrétariat de la commission départementale : tout le profil.
    SecretariatCentral,
    /// Secrétariat d'une sous-commission : son territoire.
    SecretariatSousCommission,
    /// Service social du Département : les dossiers qui lui sont confiés.
    ServiceSocial,
    /// Caf ou MSA : les dossiers qui lui sont confiés.
    OrganismePayeur,
    /// Étude de commissaire de justice : ce qu'elle a envoyé, et ce qu'il en est advenu.
    CommissaireDeJustice,
    /// Pilotage : des chiffres, aucun dossier.
    Lecteur,
}

impl Role {
    /// Tous les rôles, dans l'ordre où on les présente.
    pub const TOUS: [Self; 7] = [
        Self::Administrateur,
        Self::SecretariatCentral,
        Self::SecretariatSousCommission,
        Self::ServiceSocial,
        Self::OrganismePayeur,
        Self::CommissaireDeJustice,
        Self::Lecteur,
    ];

    /// Le nom écrit dans la base et sur la ligne de commande.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrateur => "administrateur",
            Self::SecretariatCentral => "secretariat_central",
            Self::SecretariatSousCommission => "secretariat_sous_commission",
            Self::ServiceSocial => "service_social",
            Self::OrganismePayeur => "organisme_payeur",
            Self::CommissaireDeJustice => "commissaire_de_justice",
            Self::Lecteur => "lecteur",
        }
    }

    /// Le rôle d'un nom écrit, s'il en est un.
    #[must_use]
    pub fn de_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|role| role.code() == code)
    }

    /// Le rôle, en mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Administrateur => "Administration",
            Self::SecretariatCentral => "Secrétariat de la commission",
            Self::SecretariatSousCommission => "Secrétariat de sous-commission",
            Self::ServiceSocial => "Service social du Département",
            Self::OrganismePayeur => "Organisme payeur (Caf, MSA)",
            Self::CommissaireDeJustice => "Commissaire de justice",
            Self::Lecteur => "Pilotage (chiffres seulement)",
        }
    }
}

/// Une personne connectée, ou le programme lui-même quand il reçoit un fichier en ligne de commande.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Son identifiant ; 0 pour le programme.
    pub id: AgentId,
    /// Ses nom et prénom, pour l'en-tête des pages.
    pub nom: String,
    /// Son organisme : « Sous-préfecture de Lens », « SCP Hanot Bécu ».
    pub organisme: String,
    /// Sa mission.
    pub role: Role,
    /// Le profil (département) où elle travaille : « 62 ».
    pub profil: String,
    /// Sa sous-commission, pour [`Role::SecretariatSousCommission`].
    pub sous_commission: Option<String>,
    /// Le code du service, pour [`Role::ServiceSocial`] et [`Role::OrganismePayeur`] : « caf ».
    pub service: Option<String>,
}

impl Agent {
    /// Le programme, au nom du secrétariat : réception en ligne de commande, démonstration, veille.
    #[must_use]
    pub fn programme(profil: &str) -> Self {
        Self {
            id: AgentId(0),
            nom: "Seuil".to_owned(),
            organisme: "Secrétariat".to_owned(),
            role: Role::SecretariatCentral,
            profil: profil.to_owned(),
            sous_commission: None,
            service: None,
        }
    }
}
