//! Qui répond des comptes : l'administration de tous, un responsable de ceux de son organisme.

use crate::identifiants::AgentId;
use crate::partenaires::agent::{Agent, Role};
use crate::partenaires::habilitation::Refus;

/// Les comptes dont une personne répond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comptes {
    /// Tous : elle administre.
    Tous,
    /// Ceux de son organisme : elle en est responsable.
    DeLOrganisme,
}

/// Preuve qu'une personne tient ce compte : elle y invite, le revoit, y met fin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenue {
    compte: AgentId,
    agent: AgentId,
}

impl Tenue {
    /// Le compte tenu.
    #[must_use]
    pub fn compte(&self) -> AgentId {
        self.compte
    }

    /// La personne qui en répond.
    #[must_use]
    pub fn agent(&self) -> AgentId {
        self.agent
    }
}

impl Role {
    /// Les missions qu'un responsable de cette mission peut confier dans son organisme : la sienne, ou une
    /// plus étroite. Les comptes, les accès et les chiffres ne se confient que par l'administration.
    #[must_use]
    pub const fn missions_a_confier(self) -> &'static [Self] {
        match self {
            Self::SecretariatCentral => {
                &[Self::SecretariatCentral, Self::SecretariatSousCommission]
            }
            Self::SecretariatSousCommission => &[Self::SecretariatSousCommission],
            Self::ServiceSocial => &[Self::ServiceSocial],
            Self::OrganismePayeur => &[Self::OrganismePayeur],
            Self::CommissaireDeJustice => &[Self::CommissaireDeJustice],
            Self::ForcePublique => &[Self::ForcePublique],
            Self::BailleurSocial => &[Self::BailleurSocial],
            Self::Bailleur => &[Self::Bailleur],
            Self::Ccas => &[Self::Ccas],
            Self::Mairie => &[Self::Mairie],
            Self::Adil => &[Self::Adil],
            Self::Siao => &[Self::Siao],
            Self::Fsl => &[Self::Fsl],
            Self::Comed => &[Self::Comed],
            Self::BanqueDeFrance => &[Self::BanqueDeFrance],
            Self::Greffe => &[Self::Greffe],
            Self::Police => &[Self::Police],
            Self::MembreDeCommission => &[Self::MembreDeCommission],
            Self::Administrateur | Self::Dpo | Self::Lecteur => &[],
        }
    }
}

impl Agent {
    /// Les comptes dont cette personne répond.
    ///
    /// # Erreurs
    ///
    /// [`Refus::HorsMission`] pour qui n'administre pas et n'est pas responsable de son organisme.
    pub fn repond_de_comptes(&self) -> Result<Comptes, Refus> {
        if self.peut_administrer().is_ok() {
            return Ok(Comptes::Tous);
        }
        if self.responsable && !self.role.missions_a_confier().is_empty() {
            return Ok(Comptes::DeLOrganisme);
        }
        Err(self.hors_mission("de tenir les comptes d'un organisme"))
    }

    /// Le compte de cette personne est de ceux qu'on lui montre : tous, ou ceux de son organisme.
    #[must_use]
    pub fn voit_le_compte(&self, autre: &Self) -> bool {
        match self.repond_de_comptes() {
            Ok(Comptes::Tous) => true,
            Ok(Comptes::DeLOrganisme) => {
                self.est_du_meme_organisme(autre)
                    && self.role.missions_a_confier().contains(&autre.role)
            }
            Err(_) => false,
        }
    }

    /// La preuve que cette personne tient ce compte ; rien s'il n'est pas des siens, ou s'il a plus de
    /// droits que le sien.
    #[must_use]
    pub fn tient_le_compte(&self, autre: &Self) -> Option<Tenue> {
        let tenu = self.voit_le_compte(autre)
            && (self.peut_administrer().is_ok()
                || (self.id != autre.id && !autre.responsable && self.borne_aussi(autre)));
        tenu.then_some(Tenue { compte: autre.id, agent: self.id })
    }

    /// Les deux comptes sont du même organisme, dans le même département.
    #[must_use]
    pub fn est_du_meme_organisme(&self, autre: &Self) -> bool {
        self.profil == autre.profil && self.organisme == autre.organisme
    }

    /// Rien de ce qui borne cette personne ne manque à l'autre : le territoire de l'autre est dans le sien.
    fn borne_aussi(&self, autre: &Self) -> bool {
        let sous_commission = self.role == Role::SecretariatCentral
            || self.sous_commission.is_none()
            || self.sous_commission == autre.sous_commission;
        sous_commission
            && (self.service.is_none() || self.service == autre.service)
            && autre.communes.iter().all(|commune| self.communes.contains(commune))
    }
}
