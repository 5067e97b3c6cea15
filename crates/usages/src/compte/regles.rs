//! Ce que l'installation demande pour entrer.

use ccapex::partenaires::agent::{Agent, Role};
use jiff::SignedDuration;

/// Le second facteur est-il exigé des rôles qui voient ou ouvrent tout ?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFacteur {
    /// Exigé dès la première connexion : rien d'autre n'est ouvert avant.
    Exige,
    /// Chacun choisit. Réservé à une démonstration.
    AuChoix,
}

/// Les règles de connexion d'une installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regles {
    /// Le second facteur des rôles qui l'exigent.
    pub second_facteur: SecondFacteur,
    /// Une session s'éteint après ce temps sans activité.
    pub inactivite: SignedDuration,
    /// Une session finit après ce temps, même active.
    pub duree: SignedDuration,
    /// Essais manqués permis depuis une même adresse avant que l'attente commence.
    pub essais_par_adresse: i64,
}

impl Regles {
    /// Une session dure une journée de travail, pauses comprises.
    pub const DUREE: SignedDuration = SignedDuration::from_hours(12);
    /// Un organisme entier sort souvent par une seule adresse : il se trompe aussi plus souvent.
    pub const ESSAIS_PAR_ADRESSE: i64 = 100;

    /// Chacun choisit son second facteur : une démonstration, une mesure, un essai.
    #[must_use]
    pub const fn au_choix(inactivite: SignedDuration) -> Self {
        Self {
            second_facteur: SecondFacteur::AuChoix,
            inactivite,
            duree: Self::DUREE,
            essais_par_adresse: Self::ESSAIS_PAR_ADRESSE,
        }
    }

    /// Cette personne doit-elle donner deux facteurs ici ?
    #[must_use]
    pub fn exige_deux_facteurs(&self, agent: &Agent) -> bool {
        self.second_facteur == SecondFacteur::Exige && sensible(agent)
    }
}

/// Les comptes qui, pris par un autre, ouvriraient tout un territoire, des comptes ou tous les accès.
#[must_use]
pub fn sensible(agent: &Agent) -> bool {
    agent.responsable
        || matches!(
            agent.role,
            Role::Administrateur
                | Role::SecretariatCentral
                | Role::SecretariatSousCommission
                | Role::Dpo
        )
}
