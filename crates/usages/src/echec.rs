//! Pourquoi un cas d'usage n'a pas abouti.

use ccapex::partenaires::habilitation;

/// Pourquoi un cas d'usage n'a pas abouti. Le texte se montre tel quel à la personne.
#[derive(Debug, thiserror::Error)]
pub enum Echec {
    /// Ce que l'habilitation refuse.
    #[error(transparent)]
    Habilitation(#[from] habilitation::Refus),

    /// Ce que la règle ou la saisie refuse ; le texte dit pourquoi et quoi faire.
    #[error("{0}")]
    Refus(String),

    /// Trop d'essais : réessayer plus tard, et pas avant.
    #[error("{texte}")]
    Attente {
        /// Le temps qui reste, en secondes.
        secondes: i64,
        /// Ce qui se passe, pourquoi, quoi faire.
        texte: String,
    },

    /// La base : introuvable, conflit, disque plein, panne.
    #[error(transparent)]
    Base(#[from] stockage::echec::Echec),

    /// Un modèle de lettre ne se compose pas.
    #[error("{0}")]
    Lettre(String),
}

/// La nature d'un échec, pour qui doit y répondre sans connaître la base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Rien sous ce nom, ou rien que cette personne puisse voir.
    Introuvable,
    /// Le rôle n'a pas cette mission.
    HorsMission,
    /// La personne peut corriger ; le texte dit comment.
    Refus,
    /// Le dossier a changé entre-temps.
    Conflit,
    /// La personne n'y peut rien ; réessayer peut suffire.
    Panne,
}

impl Echec {
    /// Sa nature.
    #[must_use]
    pub fn nature(&self) -> Nature {
        use stockage::echec::Echec as Base;
        match self {
            Self::Habilitation(habilitation::Refus::Introuvable)
            | Self::Base(Base::Introuvable) => Nature::Introuvable,
            Self::Habilitation(
                habilitation::Refus::HorsMission { .. } | habilitation::Refus::ParException,
            ) => Nature::HorsMission,
            Self::Refus(_)
            | Self::Attente { .. }
            | Self::Lettre(_)
            | Self::Base(Base::Refus(_)) => Nature::Refus,
            Self::Base(Base::Conflit) => Nature::Conflit,
            Self::Base(Base::DisquePlein | Base::Occupee | Base::Panne(_)) => Nature::Panne,
        }
    }
}
