//! Qui consigne quoi : la mission de chacun sur chaque acte. Ce qui n'est pas écrit ici est refusé.

use crate::acte::gabarit::{Famille, gabarit};
use crate::partenaires::agent::Role;

/// Ce que tout partenaire peut dire d'un dossier qu'il voit : alerter, dire un contact, répondre à ce
/// qu'on lui demande, et corriger ce qu'il a lui-même écrit.
const COMMUNS: &[&str] = &["alerte", "alerte_reponse", "contact", "suite", "rectification"];

const BAILLEUR: &[&str] = &[
    "saisine_bailleur",
    "signalement_impaye",
    "dette",
    "plan_apurement",
    "echeance_plan",
    "plan_rompu",
    "plan_termine",
    "garantie",
    "conge",
    "desistement",
    "renonciation",
    "nouveau_bail",
    "depart",
];

impl Role {
    /// Les familles d'actes que ce rôle consigne en entier.
    fn familles(self) -> &'static [Famille] {
        match self {
            Self::SecretariatCentral | Self::SecretariatSousCommission => &Famille::TOUTES,
            Self::ServiceSocial => {
                &[Famille::Accompagnement, Famille::Dette, Famille::Diagnostic, Famille::Issue]
            }
            Self::OrganismePayeur => {
                &[Famille::Accompagnement, Famille::Dette, Famille::Diagnostic]
            }
            Self::ForcePublique => &[Famille::ForcePublique],
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
            | Self::MembreDeCommission
            | Self::Administrateur
            | Self::Dpo
            | Self::Lecteur => &[],
        }
    }

    /// Les actes qui sont sa mission propre, un à un.
    #[rustfmt::skip]
    fn actes_propres(self) -> &'static [&'static str] {
        match self {
            Self::ServiceSocial => &["signalement_impaye", "complement", "audience", "enquete_sociale", "entretien_derniere_chance", "place_siao"],
            Self::OrganismePayeur => &["signalement_impaye", "complement"],
            // Une étude envoie ses actes ; elle n'écrit pas l'histoire du ménage.
            Self::CommissaireDeJustice => &["cdp", "assignation", "decision", "cql", "requisition_cfp"],
            Self::ForcePublique => &["requisition_cfp", "notification_cfp"],
            Self::BailleurSocial => &["pcs", "pcs_denonce", "pcs_respecte", "relogement"],
            Self::Ccas => &[
                "signalement_impaye", "parole_menage", "dispositif", "dsf_rendez_vous", "porte_close",
                "dsf_redige", "dsf_realise", "dsf_transmis",
            ],
            Self::Mairie => &["signalement_impaye", "avis_maire"],
            Self::Adil => &["parole_menage", "dispositif"],
            Self::Siao => &["place_siao", "hebergement"],
            Self::Fsl => &["fsl", "garantie"],
            Self::Comed => &["dalo", "daho"],
            Self::BanqueDeFrance => &["surendettement"],
            Self::Greffe => &["audience", "decision", "decision_jex", "appel"],
            Self::Police => &["renseignement_police"],
            Self::SecretariatCentral
            | Self::SecretariatSousCommission
            | Self::Bailleur
            | Self::MembreDeCommission
            | Self::Administrateur
            | Self::Dpo
            | Self::Lecteur => &[],
        }
    }

    /// La mission de ce rôle comprend cet acte.
    ///
    /// ```
    /// use ccapex::partenaires::agent::Role;
    ///
    /// assert!(Role::Greffe.consigne("audience"));
    /// assert!(!Role::Greffe.consigne("decision_cfp"));
    /// ```
    #[must_use]
    pub fn consigne(self, acte: &str) -> bool {
        match self {
            Self::SecretariatCentral | Self::SecretariatSousCommission => true,
            Self::Administrateur | Self::Dpo | Self::Lecteur => false,
            Self::CommissaireDeJustice => self.actes_propres().contains(&acte),
            Self::BailleurSocial | Self::Bailleur => {
                BAILLEUR.contains(&acte)
                    || self.actes_propres().contains(&acte)
                    || COMMUNS.contains(&acte)
            }
            Self::ServiceSocial
            | Self::OrganismePayeur
            | Self::ForcePublique
            | Self::Ccas
            | Self::Mairie
            | Self::Adil
            | Self::Siao
            | Self::Fsl
            | Self::Comed
            | Self::BanqueDeFrance
            | Self::Greffe
            | Self::Police
            | Self::MembreDeCommission => {
                COMMUNS.contains(&acte)
                    || self.actes_propres().contains(&acte)
                    || gabarit(acte).is_some_and(|g| self.familles().contains(&g.famille))
            }
        }
    }
}
