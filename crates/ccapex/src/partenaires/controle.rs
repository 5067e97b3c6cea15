//! Contrôler les accès : la preuve qu'une personne peut lire qui a lu un dossier, sans lire le dossier.

use crate::identifiants::{AgentId, DossierId};
use crate::partenaires::agent::{Agent, Role};
use crate::partenaires::habilitation::{Refus, Situation};

/// Preuve qu'une personne peut contrôler les accès à un dossier, répondre au ménage sur ses données, et
/// décider de leur effacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Controle {
    dossier: DossierId,
    profil: String,
    agent: AgentId,
}

impl Controle {
    /// Le dossier contrôlé.
    #[must_use]
    pub fn dossier(&self) -> DossierId {
        self.dossier
    }

    /// Le profil du dossier.
    #[must_use]
    pub fn profil(&self) -> &str {
        &self.profil
    }

    /// La personne qui contrôle.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }
}

impl Agent {
    /// Le droit de contrôler les accès du profil.
    ///
    /// # Erreurs
    ///
    /// [`Refus::HorsMission`] pour les autres rôles.
    pub fn controle_les_acces(&self) -> Result<(), Refus> {
        if matches!(self.role, Role::Dpo | Role::SecretariatCentral) {
            return Ok(());
        }
        Err(Refus::HorsMission {
            role: self.role.libelle(),
            geste: "de contrôler les accès aux dossiers",
        })
    }

    /// Le droit d'examiner les accès exceptionnels : à qui n'en ouvre aucun.
    ///
    /// # Erreurs
    ///
    /// [`Refus::HorsMission`] pour les autres rôles.
    pub fn examine_les_exceptions(&self) -> Result<(), Refus> {
        if self.role == Role::Dpo {
            return Ok(());
        }
        Err(Refus::HorsMission {
            role: self.role.libelle(),
            geste: "d'examiner les accès exceptionnels",
        })
    }

    /// Le droit de contrôler les accès à ce dossier.
    ///
    /// # Erreurs
    ///
    /// [`Refus::Introuvable`] hors du profil ; [`Refus::HorsMission`] pour les autres rôles.
    pub fn peut_controler(&self, situation: &Situation<'_>) -> Result<Controle, Refus> {
        self.controle_les_acces()?;
        if self.profil != situation.profil {
            return Err(Refus::Introuvable);
        }
        Ok(Controle {
            dossier: situation.dossier,
            profil: situation.profil.to_owned(),
            agent: self.id,
        })
    }
}
