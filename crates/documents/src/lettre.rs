//! Les lettres, une structure par destinataire.

pub mod accompagnement_maire;
pub mod accompagnement_menage;
pub mod avis_commission;
pub mod commun;
pub mod demande_complement;
pub mod hors_champ_commissaire;
pub mod ineligibilite_commissaire;
pub mod information_menage;
pub mod intervention_bailleur;
pub mod intervention_ccas;
pub mod intervention_locataire;
pub mod intervention_maire;
pub mod relance;
pub mod sensibilisation_locataire;

use serde_json::Value;

use self::accompagnement_maire::AccompagnementMaire;
use self::accompagnement_menage::AccompagnementMenage;
use self::avis_commission::AvisCommission;
use self::commun::EnTete;
use self::demande_complement::DemandeComplement;
use self::hors_champ_commissaire::HorsChampCommissaire;
use self::ineligibilite_commissaire::IneligibiliteCommissaire;
use self::information_menage::InformationMenage;
use self::intervention_bailleur::InterventionBailleur;
use self::intervention_ccas::InterventionCcas;
use self::intervention_locataire::InterventionLocataire;
use self::intervention_maire::InterventionMaire;
use self::relance::Relance;
use self::sensibilisation_locataire::SensibilisationLocataire;

/// Une lettre prête à composer.
///
/// Ce qu'une variante ne contient pas, son destinataire ne peut pas l'apprendre.
#[derive(Clone, Debug, PartialEq)]
pub enum Lettre {
    IneligibiliteCommissaire(IneligibiliteCommissaire),
    HorsChampCommissaire(HorsChampCommissaire),
    InterventionBailleur(InterventionBailleur),
    InterventionLocataire(InterventionLocataire),
    InterventionMaire(InterventionMaire),
    InterventionCcas(InterventionCcas),
    Relance(Relance),
    DemandeComplement(DemandeComplement),
    SensibilisationLocataire(SensibilisationLocataire),
    InformationMenage(InformationMenage),
    AvisCommission(AvisCommission),
    AccompagnementMenage(AccompagnementMenage),
    AccompagnementMaire(AccompagnementMaire),
}

impl Lettre {
    /// Nom du modèle : celui de son dossier sous `modeles/`, et de la surcharge d'un profil.
    pub fn modele(&self) -> &'static str {
        match self {
            Lettre::IneligibiliteCommissaire(_) => "ineligibilite_commissaire",
            Lettre::HorsChampCommissaire(_) => "hors_champ_commissaire",
            Lettre::InterventionBailleur(_) => "intervention_bailleur",
            Lettre::InterventionLocataire(_) => "intervention_locataire",
            Lettre::InterventionMaire(_) => "intervention_maire",
            Lettre::InterventionCcas(_) => "intervention_ccas",
            Lettre::Relance(_) => "relance",
            Lettre::DemandeComplement(_) => "demande_complement",
            Lettre::SensibilisationLocataire(_) => "sensibilisation_locataire",
            Lettre::InformationMenage(_) => "information_menage",
            Lettre::AvisCommission(_) => "avis_commission",
            Lettre::AccompagnementMenage(_) => "accompagnement_menage",
            Lettre::AccompagnementMaire(_) => "accompagnement_maire",
        }
    }

    pub fn entete(&self) -> &EnTete {
        self.contenu().entete()
    }

    /// L'objet de la lettre, le même sur le papier, dans le titre du PDF et dans le courriel.
    pub fn objet(&self) -> String {
        self.contenu().objet()
    }

    pub(crate) fn contenu(&self) -> &dyn Contenu {
        match self {
            Lettre::IneligibiliteCommissaire(lettre) => lettre,
            Lettre::HorsChampCommissaire(lettre) => lettre,
            Lettre::InterventionBailleur(lettre) => lettre,
            Lettre::InterventionLocataire(lettre) => lettre,
            Lettre::InterventionMaire(lettre) => lettre,
            Lettre::InterventionCcas(lettre) => lettre,
            Lettre::Relance(lettre) => lettre,
            Lettre::DemandeComplement(lettre) => lettre,
            Lettre::SensibilisationLocataire(lettre) => lettre,
            Lettre::InformationMenage(lettre) => lettre,
            Lettre::AvisCommission(lettre) => lettre,
            Lettre::AccompagnementMenage(lettre) => lettre,
            Lettre::AccompagnementMaire(lettre) => lettre,
        }
    }
}

/// Ce que chaque lettre sait dire d'elle-même.
pub(crate) trait Contenu {
    fn entete(&self) -> &EnTete;
    fn objet(&self) -> String;
    /// Ce que le modèle reçoit, en plus de l'en-tête et de l'objet.
    fn donnees(&self) -> Value;
    /// Le même message en courriel : mêmes raisons, moins de détails sur les personnes.
    fn courriel(&self) -> String;
}
