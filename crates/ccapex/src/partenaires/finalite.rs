//! Pourquoi une personne regarde un dossier : ce que sa mission permet, dit en une phrase au ménage.

use crate::partenaires::agent::Role;

/// Ce pour quoi les données d'un ménage sont lues ou écrites. Les noms écrits ne changent jamais.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finalite {
    /// Instruire et suivre la situation en commission.
    Instruire,
    /// Accompagner le ménage.
    Accompagner,
    /// Tenir les droits à l'aide au logement.
    TenirLesDroits,
    /// Suivre les actes transmis.
    SuivreSesActes,
    /// Contrôler la protection des données, et répondre au ménage.
    Controler,
    /// Faire marcher le service.
    Administrer,
    /// Suivre des chiffres.
    Piloter,
    /// Traiter sa part de la situation, et y répondre.
    TraiterSaPart,
    /// Suivre le logement qu'on loue, et chercher une solution avec le ménage.
    SuivreLeLogement,
    /// Instruire la demande de concours de la force publique.
    InstruireLeConcours,
}

impl Finalite {
    /// Toutes.
    pub const TOUTES: [Self; 10] = [
        Self::Instruire,
        Self::Accompagner,
        Self::TenirLesDroits,
        Self::SuivreSesActes,
        Self::Controler,
        Self::Administrer,
        Self::Piloter,
        Self::TraiterSaPart,
        Self::SuivreLeLogement,
        Self::InstruireLeConcours,
    ];

    /// Le nom écrit au registre des accès.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Instruire => "instruire",
            Self::Accompagner => "accompagner",
            Self::TenirLesDroits => "tenir_les_droits",
            Self::SuivreSesActes => "suivre_ses_actes",
            Self::Controler => "controler",
            Self::Administrer => "administrer",
            Self::Piloter => "piloter",
            Self::TraiterSaPart => "traiter_sa_part",
            Self::SuivreLeLogement => "suivre_le_logement",
            Self::InstruireLeConcours => "instruire_le_concours",
        }
    }

    /// La finalité d'un nom écrit, s'il en est un.
    #[must_use]
    pub fn de_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|finalite| finalite.code() == code)
    }

    /// Ce qu'on en dit au ménage.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Instruire => "instruire et suivre la situation pour la commission",
            Self::Accompagner => "accompagner le ménage et chercher une solution avec lui",
            Self::TenirLesDroits => "tenir les droits à l'aide au logement et suivre l'impayé",
            Self::SuivreSesActes => "suivre les actes que l'étude a transmis",
            Self::Controler => "contrôler la protection des données et répondre au ménage",
            Self::Administrer => "faire marcher le service",
            Self::Piloter => "suivre des chiffres",
            Self::TraiterSaPart => "traiter ce qui lui est adressé de la situation, et y répondre",
            Self::SuivreLeLogement => "suivre le logement qu'il loue et chercher une solution",
            Self::InstruireLeConcours => "instruire la demande de concours de la force publique",
        }
    }
}

impl Role {
    /// Ce que la mission de ce rôle permet de faire des données d'un ménage.
    #[must_use]
    pub fn finalite(self) -> Finalite {
        match self {
            Self::SecretariatCentral | Self::SecretariatSousCommission => Finalite::Instruire,
            Self::ServiceSocial => Finalite::Accompagner,
            Self::OrganismePayeur => Finalite::TenirLesDroits,
            Self::CommissaireDeJustice => Finalite::SuivreSesActes,
            Self::Administrateur => Finalite::Administrer,
            Self::Lecteur => Finalite::Piloter,
            Self::Dpo => Finalite::Controler,
            Self::BailleurSocial | Self::Bailleur => Finalite::SuivreLeLogement,
            Self::ForcePublique | Self::Police => Finalite::InstruireLeConcours,
            Self::Ccas
            | Self::Mairie
            | Self::Adil
            | Self::Siao
            | Self::Fsl
            | Self::Comed
            | Self::BanqueDeFrance
            | Self::Greffe
            | Self::MembreDeCommission => Finalite::TraiterSaPart,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chaque_finalite_se_relit_de_son_nom() {
        for finalite in Finalite::TOUTES {
            assert_eq!(Finalite::de_code(finalite.code()), Some(finalite));
        }
        assert_eq!(Finalite::de_code("curiosite"), None);
    }
}
