//! L'habilitation : la règle qui dit qui voit quoi, et les preuves qu'elle seule délivre.
//!
//! Un cas d'usage ne lit ni n'écrit un dossier sans [`Lecture`] ou [`Ecriture`] ; une liste ne
//! se cherche pas sans [`Perimetre`]. Aucune de ces valeurs ne se construit hors de ce module.

use crate::identifiants::{AgentId, DossierId};
use crate::partenaires::agent::{Agent, Role};

/// Ce qu'une personne peut voir dans les listes, les compteurs et les recherches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Perimetre {
    profil: String,
    vue: Vue,
}

/// La part du profil qu'un périmètre ouvre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vue {
    /// Tout le profil.
    Profil,
    /// Les dossiers d'une sous-commission.
    SousCommission(String),
    /// Les dossiers confiés à un service.
    Service(String),
    /// Les notices envoyées par un émetteur (nom normalisé).
    Emetteur(String),
    /// Les dossiers dont une alerte attend la réponse d'un service, qu'ils lui soient confiés ou non.
    Alerte(String),
    /// Aucun dossier : des chiffres seulement.
    Chiffres,
}

impl Perimetre {
    /// Le code du profil.
    #[must_use]
    pub fn profil(&self) -> &str {
        &self.profil
    }

    /// La part ouverte.
    #[must_use]
    pub fn vue(&self) -> &Vue {
        &self.vue
    }

    fn contient(&self, situation: &Situation<'_>) -> bool {
        self.profil == situation.profil
            && match &self.vue {
                Vue::Profil => true,
                Vue::SousCommission(code) => code == situation.sous_commission,
                Vue::Service(code) => code == situation.service,
                Vue::Emetteur(nom) => situation.emetteurs.iter().any(|e| e == nom),
                Vue::Alerte(code) => situation.listes.contains(&liste_des_alertes(code)),
                Vue::Chiffres => false,
            }
    }
}

/// Ce qui, d'un dossier, décide de qui peut le voir.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Le dossier.
    pub dossier: DossierId,
    /// Son profil.
    pub profil: &'a str,
    /// Sa sous-commission.
    pub sous_commission: &'a str,
    /// Le service qui en a la charge.
    pub service: &'a str,
    /// Les émetteurs (noms normalisés) des notices qu'il contient.
    pub emetteurs: &'a [String],
    /// Les listes où il figure, dont celle de chaque service qu'une alerte attend.
    pub listes: &'a [String],
}

/// Preuve qu'une personne peut lire un dossier. Chaque lecture est inscrite au registre des accès.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lecture {
    dossier: DossierId,
    agent: AgentId,
    portee: Portee,
}

/// Ce qui, dans le dossier, est montré.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portee {
    /// Tout le dossier.
    Entier,
    /// Ce que l'émetteur a envoyé, et la réponse qui lui a été faite.
    SesNotices,
    /// Les alertes adressées à cette personne, et de quoi y répondre.
    SesAlertes,
}

impl Lecture {
    /// Le dossier lu.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.dossier
    }

    /// La personne qui lit.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }

    /// Ce qui est montré.
    #[must_use]
    pub fn portee(&self) -> Portee {
        self.portee
    }
}

/// Preuve qu'une personne peut écrire dans un dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecriture {
    dossier: DossierId,
    agent: AgentId,
}

impl Ecriture {
    /// Le dossier où l'on écrit.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.dossier
    }

    /// L'auteur.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }
}

/// Preuve qu'une personne peut déposer des notices pour un profil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depot {
    profil: String,
    agent: AgentId,
    emetteur: Option<String>,
}

impl Depot {
    /// Le profil qui reçoit.
    #[must_use]
    pub fn profil(&self) -> &str {
        &self.profil
    }

    /// L'auteur du dépôt.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }

    /// L'émetteur imposé : une étude ne dépose qu'en son nom.
    #[must_use]
    pub fn emetteur(&self) -> Option<&str> {
        self.emetteur.as_deref()
    }
}

/// Preuve qu'une personne administre les comptes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administration {
    agent: AgentId,
}

impl Administration {
    /// L'administrateur.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }
}

/// Ce que l'habilitation refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refus {
    /// Le dossier est hors du périmètre : il n'est pas « interdit », il n'existe pas pour cette personne.
    #[error(
        "Ce dossier n'existe pas, ou vous n'y avez pas accès. Vérifiez la référence, ou demandez au secrétariat."
    )]
    Introuvable,
    /// Le rôle n'a pas cette mission.
    #[error("Votre rôle ({role}) ne permet pas {geste}. Demandez à une personne du secrétariat.")]
    HorsMission {
        /// Le rôle, en mots.
        role: &'static str,
        /// Ce qui était demandé, à l'infinitif.
        geste: &'static str,
    },
}

impl Agent {
    /// Le périmètre des listes, compteurs, recherches et exports de cette personne.
    #[must_use]
    pub fn perimetre(&self) -> Perimetre {
        let rien = || "\u{0}".to_owned();
        let vue = match self.role {
            Role::SecretariatCentral => Vue::Profil,
            Role::SecretariatSousCommission => {
                Vue::SousCommission(self.sous_commission.clone().unwrap_or_else(rien))
            }
            Role::ServiceSocial | Role::OrganismePayeur => {
                Vue::Service(self.service.clone().unwrap_or_else(rien))
            }
            // Une notice sans émetteur n'appartient pas à une étude sans nom.
            Role::CommissaireDeJustice => {
                let etude = cle_emetteur(&self.organisme);
                Vue::Emetteur(if etude.is_empty() { rien() } else { etude })
            }
            Role::Administrateur | Role::Lecteur => Vue::Chiffres,
        };
        Perimetre { profil: self.profil.clone(), vue }
    }

    /// Les dossiers dont une alerte attend cette personne : pour un service, même ceux d'un autre.
    #[must_use]
    pub fn perimetre_des_alertes(&self) -> Perimetre {
        match (self.role, &self.service) {
            (Role::ServiceSocial | Role::OrganismePayeur, Some(service)) => {
                Perimetre { profil: self.profil.clone(), vue: Vue::Alerte(service.clone()) }
            }
            _ => self.perimetre(),
        }
    }

    /// Le droit de lire les alertes qu'un dossier adresse à cette personne, et d'y répondre.
    ///
    /// Qui a tout le dossier le garde entier. Un destinataire n'en voit que ce qui lui a été envoyé.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] quand aucune alerte ne l'attend.
    pub fn peut_repondre(&self, situation: &Situation<'_>) -> Result<(Lecture, Ecriture), Refus> {
        let ecriture = Ecriture { dossier: situation.dossier, agent: self.id };
        match self.peut_ecrire(situation) {
            Ok(ecriture) => Ok((self.peut_lire(situation)?, ecriture)),
            Err(Refus::Introuvable) if self.perimetre_des_alertes().contient(situation) => {
                let (dossier, agent) = (situation.dossier, self.id);
                Ok((Lecture { dossier, agent, portee: Portee::SesAlertes }, ecriture))
            }
            Err(refus) => Err(refus),
        }
    }

    /// Le droit de lire un dossier.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] hors du périmètre.
    pub fn peut_lire(&self, situation: &Situation<'_>) -> Result<Lecture, Refus> {
        if !self.perimetre().contient(situation) {
            return Err(Refus::Introuvable);
        }
        let portee = match self.role {
            Role::CommissaireDeJustice => Portee::SesNotices,
            Role::Administrateur
            | Role::SecretariatCentral
            | Role::SecretariatSousCommission
            | Role::ServiceSocial
            | Role::OrganismePayeur
            | Role::Lecteur => Portee::Entier,
        };
        Ok(Lecture { dossier: situation.dossier, agent: self.id, portee })
    }

    /// Le droit d'écrire dans un dossier : compléter, rapprocher, préparer et suivre les lettres.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] hors du périmètre ; [`Refus::HorsMission`] pour qui ne fait que lire.
    pub fn peut_ecrire(&self, situation: &Situation<'_>) -> Result<Ecriture, Refus> {
        let lecture = self.peut_lire(situation)?;
        match self.role {
            Role::SecretariatCentral
            | Role::SecretariatSousCommission
            | Role::ServiceSocial
            | Role::OrganismePayeur => Ok(Ecriture { dossier: lecture.dossier, agent: self.id }),
            Role::Administrateur | Role::CommissaireDeJustice | Role::Lecteur => {
                Err(Refus::HorsMission {
                    role: self.role.libelle(),
                    geste: "d'écrire dans un dossier",
                })
            }
        }
    }

    /// Le droit de déposer des notices : les secrétariats, et une étude en son propre nom.
    ///
    /// # Erreurs
    ///
    /// [`Refus::HorsMission`] pour les autres rôles.
    pub fn peut_deposer(&self) -> Result<Depot, Refus> {
        let emetteur = match self.role {
            Role::SecretariatCentral | Role::SecretariatSousCommission => None,
            Role::CommissaireDeJustice | Role::OrganismePayeur | Role::ServiceSocial => {
                Some(self.organisme.clone())
            }
            Role::Administrateur | Role::Lecteur => {
                return Err(Refus::HorsMission {
                    role: self.role.libelle(),
                    geste: "de déposer des notices",
                });
            }
        };
        Ok(Depot { profil: self.profil.clone(), agent: self.id, emetteur })
    }

    /// Le droit de suivre les files du secrétariat : à compléter, rapprochements, courriers.
    #[must_use]
    pub fn tient_le_secretariat(&self) -> bool {
        matches!(self.role, Role::SecretariatCentral | Role::SecretariatSousCommission)
    }

    /// Le droit d'administrer les comptes.
    ///
    /// # Erreurs
    ///
    /// [`Refus::HorsMission`] pour qui n'est pas administrateur.
    pub fn peut_administrer(&self) -> Result<Administration, Refus> {
        match self.role {
            Role::Administrateur => Ok(Administration { agent: self.id }),
            Role::SecretariatCentral
            | Role::SecretariatSousCommission
            | Role::ServiceSocial
            | Role::OrganismePayeur
            | Role::CommissaireDeJustice
            | Role::Lecteur => Err(Refus::HorsMission {
                role: self.role.libelle(),
                geste: "d'administrer les comptes",
            }),
        }
    }
}

/// Le nom écrit de la liste des dossiers où une alerte attend ce service.
#[must_use]
pub fn liste_des_alertes(service: &str) -> String {
    format!("alerte_a:{service}")
}

/// Le nom d'un émetteur ramené à ce qui l'identifie : sans casse, sans accents, sans ponctuation.
///
/// ```
/// # use ccapex::partenaires::habilitation::cle_emetteur;
/// assert_eq!(cle_emetteur("  SCP  Delattre & Vasseur "), cle_emetteur("scp delattre vasseur"));
/// ```
#[must_use]
pub fn cle_emetteur(nom: &str) -> String {
    crate::texte::cle(nom)
}
