//! Une personne, son rôle, son organisme et son territoire.

use jiff::civil::Date;
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
    /// Préfecture, concours de la force publique : les dossiers où il est demandé, et la suite.
    ForcePublique,
    /// Bailleur social : sa part des dossiers de ses locataires.
    BailleurSocial,
    /// Autre bailleur personne morale, ou son gestionnaire : sa part.
    Bailleur,
    /// Centre communal ou intercommunal d'action sociale : sa part, dans ses communes.
    Ccas,
    /// Mairie : sa part, dans sa commune.
    Mairie,
    /// Agence départementale d'information sur le logement : sa part.
    Adil,
    /// Service intégré d'accueil et d'orientation : sa part.
    Siao,
    /// Fonds de solidarité pour le logement : sa part.
    Fsl,
    /// Commission de médiation (DALO, DAHO) : sa part.
    Comed,
    /// Banque de France, secrétariat du surendettement : sa part.
    BanqueDeFrance,
    /// Greffe du tribunal : sa part des dossiers assignés.
    Greffe,
    /// Police ou gendarmerie : sa part des demandes de concours.
    Police,
    /// Membre de la commission : sa part des cas qu'elle examine.
    MembreDeCommission,
    /// Délégué à la protection des données : le registre des accès, aucun dossier.
    Dpo,
    /// Pilotage : des chiffres, aucun dossier.
    Lecteur,
}

/// Ce qu'un rôle peut savoir d'un dossier (les deux niveaux de la réforme de 2025, à vérifier).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Niveau {
    /// Lit et écrit les dossiers de son périmètre.
    Acces,
    /// Ne voit que ce qu'on lui a envoyé et ce qu'il a envoyé.
    Destinataire,
    /// Aucun dossier.
    Aucun,
}

impl Role {
    /// Tous les rôles, dans l'ordre où on les présente.
    pub const TOUS: [Self; 21] = [
        Self::Administrateur,
        Self::SecretariatCentral,
        Self::SecretariatSousCommission,
        Self::ServiceSocial,
        Self::OrganismePayeur,
        Self::CommissaireDeJustice,
        Self::ForcePublique,
        Self::BailleurSocial,
        Self::Bailleur,
        Self::Ccas,
        Self::Mairie,
        Self::Adil,
        Self::Siao,
        Self::Fsl,
        Self::Comed,
        Self::BanqueDeFrance,
        Self::Greffe,
        Self::Police,
        Self::MembreDeCommission,
        Self::Dpo,
        Self::Lecteur,
    ];

    /// Le nom écrit dans la base et sur la ligne de commande.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrateur => "administrateur",
            Self::SecretariatCentral => "secretariat_central",
            Self::SecretariatSousCommission => "secretariat_sous_commission",
            Self::ServiceSocial => "service_social",
            Self::OrganismePayeur => "organisme_payeur",
            Self::CommissaireDeJustice => "commissaire_de_justice",
            Self::ForcePublique => "force_publique",
            Self::BailleurSocial => "bailleur_social",
            Self::Bailleur => "bailleur",
            Self::Ccas => "ccas",
            Self::Mairie => "mairie",
            Self::Adil => "adil",
            Self::Siao => "siao",
            Self::Fsl => "fsl",
            Self::Comed => "comed",
            Self::BanqueDeFrance => "banque_de_france",
            Self::Greffe => "greffe",
            Self::Police => "police",
            Self::MembreDeCommission => "membre_de_commission",
            Self::Dpo => "dpo",
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
            Self::ForcePublique => "Préfecture, concours de la force publique",
            Self::BailleurSocial => "Bailleur social",
            Self::Bailleur => "Bailleur ou gestionnaire",
            Self::Ccas => "CCAS",
            Self::Mairie => "Mairie",
            Self::Adil => "ADIL",
            Self::Siao => "SIAO",
            Self::Fsl => "Fonds de solidarité pour le logement",
            Self::Comed => "Commission de médiation (DALO)",
            Self::BanqueDeFrance => "Banque de France (surendettement)",
            Self::Greffe => "Greffe du tribunal",
            Self::Police => "Police ou gendarmerie",
            Self::MembreDeCommission => "Membre de la commission",
            Self::Dpo => "Délégué à la protection des données",
            Self::Lecteur => "Pilotage (chiffres seulement)",
        }
    }

    /// Ce que ce rôle peut savoir d'un dossier.
    #[must_use]
    pub const fn niveau(self) -> Niveau {
        match self {
            Self::SecretariatCentral
            | Self::SecretariatSousCommission
            | Self::ServiceSocial
            | Self::OrganismePayeur
            | Self::ForcePublique => Niveau::Acces,
            Self::CommissaireDeJustice
            | Self::BailleurSocial
            | Self::Bailleur
            | Self::Ccas
            | Self::Mairie
            | Self::Adil
            | Self::Siao
            | Self::Fsl
            | Self::Comed
            | Self::BanqueDeFrance
            | Self::Greffe
            | Self::Police
            | Self::MembreDeCommission => Niveau::Destinataire,
            Self::Administrateur | Self::Dpo | Self::Lecteur => Niveau::Aucun,
        }
    }

    /// Ce qui borne ce rôle, en plus de son profil : sans elle, le compte ne verrait rien.
    #[must_use]
    pub const fn borne(self) -> Borne {
        match self {
            Self::SecretariatSousCommission => Borne::SousCommission,
            Self::ServiceSocial | Self::OrganismePayeur => Borne::Service,
            Self::Ccas | Self::Mairie => Borne::Communes,
            Self::ForcePublique | Self::Greffe | Self::Police | Self::MembreDeCommission => {
                Borne::SousCommissionFacultative
            }
            Self::Administrateur
            | Self::SecretariatCentral
            | Self::CommissaireDeJustice
            | Self::BailleurSocial
            | Self::Bailleur
            | Self::Adil
            | Self::Siao
            | Self::Fsl
            | Self::Comed
            | Self::BanqueDeFrance
            | Self::Dpo
            | Self::Lecteur => Borne::Aucune,
        }
    }

    /// Un des deux secrétariats.
    #[must_use]
    pub const fn est_un_secretariat(self) -> bool {
        matches!(self, Self::SecretariatCentral | Self::SecretariatSousCommission)
    }
}

/// Ce qui borne un rôle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borne {
    /// Le profil seul.
    Aucune,
    /// Sa sous-commission.
    SousCommission,
    /// Sa sous-commission, ou tout le profil.
    SousCommissionFacultative,
    /// Son service.
    Service,
    /// Ses communes.
    Communes,
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
    /// Sa sous-commission, pour les rôles qu'elle borne.
    pub sous_commission: Option<String>,
    /// Le code du service, pour [`Role::ServiceSocial`] et [`Role::OrganismePayeur`] : « caf ».
    pub service: Option<String>,
    /// Les codes INSEE de ses communes, pour [`Role::Ccas`] et [`Role::Mairie`].
    pub communes: Vec<String>,
    /// Elle répond des comptes de son organisme : elle y invite, et y met fin.
    pub responsable: bool,
    /// Les collègues absents qu'elle supplée ce jour-là.
    pub suppleances: Vec<Supplee>,
}

/// Une personne absente, et jusqu'à quand une autre la supplée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplee {
    /// Son compte.
    pub id: AgentId,
    /// Ses nom et prénom.
    pub nom: String,
    /// Le dernier jour, compris.
    pub au: Date,
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
            communes: Vec::new(),
            responsable: false,
            suppleances: Vec::new(),
        }
    }
}
