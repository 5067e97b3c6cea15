//! La suppléance : pour un temps, une personne fait aussi ce qui n'était qu'à une collègue absente.
//!
//! Un droit est presque toujours celui de l'organisme et de la mission : un suppléant, qui a les mêmes, l'a
//! déjà. La suppléance ne donne que ce qui est personnel : les dossiers restreints qui nomment l'absent, et
//! de quoi corriger ce qu'il a écrit. Elle ne se chaîne pas : on supplée une personne, non celles qu'elle
//! supplée.

use crate::identifiants::AgentId;
use crate::partenaires::agent::{Agent, Niveau};

/// Preuve qu'une personne peut désigner qui supplée cette absente.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Designation {
    absent: AgentId,
    agent: AgentId,
}

impl Designation {
    /// La personne absente.
    #[must_use]
    pub fn absent(&self) -> AgentId {
        self.absent
    }

    /// Qui désigne.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }
}

/// Ce qui empêche une personne d'en suppléer une autre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Empechement {
    /// C'est la même personne.
    #[error(
        "Une personne ne se supplée pas elle-même : il n'y aurait personne de plus. Choisissez une collègue ou un collègue."
    )]
    SoiMeme,
    /// Elle n'est pas du même organisme.
    #[error(
        "Cette personne n'est pas de votre organisme : elle verrait des dossiers qui ne sont pas les siens. Choisissez quelqu'un de votre organisme, ou demandez un compte à la personne qui administre."
    )]
    AutreOrganisme,
    /// Elle n'a pas la même mission.
    #[error(
        "Cette personne n'a pas la même mission : une suppléance ne donne jamais un droit de plus. Choisissez quelqu'un qui a la même, ou demandez à la personne qui administre de lui ouvrir cette mission."
    )]
    AutreMission,
    /// Elle n'a pas le même territoire, ou le même service.
    #[error(
        "Cette personne n'a pas le même territoire ou le même service : une suppléance n'en change pas. Demandez à la personne qui administre de lui ouvrir ce territoire, avec une date de fin."
    )]
    AutreTerritoire,
    /// Sa mission ne lit aucun dossier.
    #[error(
        "Cette mission ne lit aucun dossier : une suppléance n'y donnerait rien. Une autre personne de la même mission fait déjà tout ce qu'elle permet."
    )]
    SansDossier,
}

impl Agent {
    /// Cette personne peut en suppléer une autre : même organisme, même mission, même territoire.
    ///
    /// # Erreurs
    ///
    /// Ce qui l'empêche.
    pub fn peut_suppleer(&self, absent: &Self) -> Result<(), Empechement> {
        if self.id == absent.id {
            return Err(Empechement::SoiMeme);
        }
        if !self.est_du_meme_organisme(absent) {
            return Err(Empechement::AutreOrganisme);
        }
        if self.role != absent.role {
            return Err(Empechement::AutreMission);
        }
        if self.role.niveau() == Niveau::Aucun {
            return Err(Empechement::SansDossier);
        }
        let memes = self.sous_commission == absent.sous_commission
            && self.service == absent.service
            && self.communes == absent.communes;
        if memes { Ok(()) } else { Err(Empechement::AutreTerritoire) }
    }

    /// La preuve que cette personne désigne qui supplée celle-ci : elle-même, la personne responsable de
    /// son organisme, ou l'administration.
    #[must_use]
    pub fn designe_pour(&self, absent: &Self) -> Option<Designation> {
        let permis = self.id == absent.id || self.tient_le_compte(absent).is_some();
        permis.then_some(Designation { absent: absent.id, agent: self.id })
    }

    /// Ce fait est de cette personne, ou d'une absente qu'elle supplée.
    #[must_use]
    pub fn ecrit_pour(&self, auteur: AgentId) -> bool {
        self.id == auteur || self.suppleances.iter().any(|s| s.id == auteur)
    }
}
