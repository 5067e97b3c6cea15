//! Les actes qu'une personne, un fichier ou un partenaire consigne : tout ce qui arrive à un ménage
//! hors des notices reçues.
//!
//! [`Quoi`] dit ce qui est arrivé, en types. [`gabarit`] dit quels champs un acte demande, et lit une
//! ligne, un formulaire ou une requête avec les mêmes refus. Aucun texte libre n'est dans [`Quoi`] :
//! une phrase peut nommer quelqu'un, elle va au coffre.

pub mod codes;
pub mod gabarit;
pub mod lire;

use std::collections::BTreeSet;

use droit::montant::Montant;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::acte::codes::{
    Adhesion, Avancee, CodeDAlerte, IssueDAccueil, IssueDAppel, IssueDAvis, IssueDIndemnisation,
    IssueDeCfp, IssueDeComplexite, IssueDeDecisionSurAide, IssueDeDispositif, IssueDeGarantie,
    IssueDePriseEnCharge, IssueDuMenage, ModeDeContact, MotifDeConge, MotifDeRestriction,
    NatureDeProtection, RemiseDeLActe, SortDEcheance, SortDeLAide,
};
use crate::identifiants::NoticeId;

/// Un acte consigné.
#[derive(Clone, Debug, PartialEq)]
pub struct Consigne {
    /// Le jour de l'acte. Peut être à venir : un rendez-vous, une expulsion annoncée.
    pub date: Date,
    /// Le jour où il a été consigné.
    pub consigne_le: Date,
    /// Clé au coffre de ses textes libres, s'il en a.
    pub coffre: Option<NoticeId>,
    /// Ce qui est arrivé.
    pub quoi: Quoi,
}

/// Ce qui est arrivé. Les noms écrits sont ceux de la ligne de commande.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoi {
    /// Congé donné par le bailleur.
    Conge {
        /// Pourquoi.
        motif: MotifDeConge,
        /// Le jour où le bail finit.
        effet_au: Date,
    },
    /// Mandat donné à un organisme pour le diagnostic social et financier.
    DsfDemande(Diagnostic),
    /// Entretien proposé au ménage ; la date est celle de l'entretien.
    DsfRendezVous(Diagnostic),
    /// Personne n'a ouvert, ou n'est venu.
    PorteClose(Diagnostic),
    /// Rubriques du diagnostic écrites à l'écran : les textes sont au coffre.
    DsfRedige {
        /// Les rubriques que cette écriture remplace.
        rubriques: Vec<String>,
    },
    /// Diagnostic terminé.
    DsfRealise(Diagnostic),
    /// Diagnostic transmis au juge et à la commission.
    DsfTransmis(Diagnostic),
    /// Audience tenue.
    Audience {
        /// Le locataire y était.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        locataire_present: Option<bool>,
        /// L'affaire est renvoyée à ce jour.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        renvoi_au: Option<Date>,
    },
    /// Jugement signifié au locataire.
    SignificationJugement {
        /// Comment l'acte a été remis.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issue: Option<RemiseDeLActe>,
    },
    /// Appel, ou ce qu'il est devenu.
    Appel {
        /// Sa suite ; rien quand il vient d'être formé.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        issue: Option<IssueDAppel>,
    },
    /// Délais accordés par le juge de l'exécution pour quitter les lieux.
    DecisionJex {
        /// Leur durée.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        delai_mois: Option<u16>,
        /// Leur dernier jour, s'il est écrit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        jusqu_au: Option<Date>,
    },
    /// Le commissaire de justice s'est présenté pour expulser, sans y parvenir.
    TentativeExpulsion(Instruction),
    /// Avis motivé du maire sur le concours de la force publique.
    AvisMaire(Instruction),
    /// Entretien de la dernière chance.
    EntretienDerniereChance(Instruction),
    /// Renseignement de la police ou de la gendarmerie.
    RenseignementPolice(Instruction),
    /// Enquête sociale du Département.
    EnqueteSociale(Instruction),
    /// Place demandée ou trouvée par le SIAO.
    PlaceSiao(Instruction),
    /// Décision du préfet sur le concours de la force publique.
    DecisionCfp {
        /// Ce qu'il décide.
        issue: IssueDeCfp,
        /// Le jour où l'accord prend effet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date_effet: Option<Date>,
    },
    /// Cette décision est notifiée au bailleur et au ménage.
    NotificationCfp {
        /// Comment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mode: Option<ModeDeContact>,
    },
    /// Procès-verbal d'expulsion.
    Expulsion {
        /// Le relogement était assuré, dans le respect de l'unité et des besoins de la famille.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relogement_assure: Option<bool>,
        /// Le juge a constaté une entrée par voie de fait.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        voie_de_fait: Option<bool>,
    },
    /// Le ménage a quitté le logement.
    Depart {},
    /// Le bailleur se désiste de l'instance.
    Desistement {},
    /// Le bailleur renonce à la procédure.
    Renonciation {},
    /// Plan d'apurement.
    PlanApurement {
        /// Ce qui est payé chaque mois, en plus du loyer.
        mensualite: Montant,
        /// Le nombre de mensualités.
        echeances: u16,
        /// Qui l'a négocié : `bailleur`, `caf`, `juge`, `fsl`…
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origine: Option<String>,
    },
    /// Une mensualité du plan.
    EcheancePlan {
        /// Payée ou manquée.
        issue: SortDEcheance,
    },
    /// Le plan n'est plus tenu.
    PlanRompu {},
    /// Le plan est allé à son terme.
    PlanTermine {},
    /// Protocole de cohésion sociale.
    Pcs {
        /// Sa durée.
        duree_mois: u16,
    },
    /// Le bailleur dénonce le protocole.
    PcsDenonce {},
    /// Le protocole est allé à son terme, respecté.
    PcsRespecte {},
    /// Fonds de solidarité pour le logement.
    Fsl(Demarche),
    /// Recours amiable pour un logement.
    Dalo(Demarche),
    /// Recours amiable pour un hébergement.
    Daho(Demarche),
    /// Procédure de surendettement.
    Surendettement(Demarche),
    /// Aide au logement.
    AideLogement {
        /// Ce qu'elle devient.
        etape: SortDeLAide,
    },
    /// Décision de la commission sur l'aide au logement (décret n° 2026-84).
    DecisionAide {
        /// Ce qu'elle décide.
        issue: IssueDeDecisionSurAide,
        /// Le jour où l'organisme payeur l'a reçue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notifiee_le: Option<Date>,
    },
    /// Garantie du loyer.
    Garantie {
        /// Laquelle : `visale`, `loca_pass`, `fsl`, `caution`…
        code: String,
        /// Ce qu'elle devient.
        etape: IssueDeGarantie,
    },
    /// Un décompte de la dette ; zéro : elle est réglée.
    Dette {
        /// Ce qui reste dû.
        montant: Montant,
    },
    /// Une prise en charge, proposée ou répondue.
    PriseEnCharge {
        /// Le service.
        service: String,
        /// Sa réponse.
        issue: IssueDePriseEnCharge,
    },
    /// Une mesure activée par un avis.
    Dispositif {
        /// Son code dans le profil.
        code: String,
        /// Ce qu'elle devient.
        etape: IssueDeDispositif,
    },
    /// Une alerte entre partenaires, à l'un des neuf moments clés de la charte (action 4).
    Alerte {
        /// Le moment clé.
        code: CodeDAlerte,
        /// Les services et organismes alertés ; vide : ceux du profil.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        destinataires: Vec<String>,
    },
    /// Un destinataire répond à une alerte.
    AlerteReponse {
        /// Le moment clé.
        code: CodeDAlerte,
        /// Ceux qui répondent ; vide : tous.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        destinataires: Vec<String>,
    },
    /// Un avis ou une recommandation de la commission.
    Avis {
        /// La séance, si l'avis en vient.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seance: Option<String>,
        /// Le secrétariat l'a rendu seul.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secretariat: Option<bool>,
        /// À qui il s'adresse.
        destinataire: String,
    },
    /// Ce qu'un destinataire a fait d'un avis.
    Suite {
        /// L'identifiant de l'avis dans le journal.
        avis: String,
        /// Suivi ou non.
        issue: IssueDAvis,
    },
    /// Tutelle, curatelle…
    MesureProtection {
        /// Laquelle.
        nature: NatureDeProtection,
    },
    /// Un nouveau bail dans le même logement.
    NouveauBail {
        /// Sa date, quand elle n'est pas celle de l'acte.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date_bail: Option<Date>,
    },
    /// Le ménage est relogé.
    Relogement {
        /// La date du nouveau bail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date_bail: Option<Date>,
    },
    /// Le ménage est hébergé.
    Hebergement {
        /// La date d'entrée, quand elle n'est pas celle de l'acte.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        date_bail: Option<Date>,
    },
    /// Demande d'indemnisation du bailleur à l'État.
    Indemnisation {
        /// Où elle en est.
        etape: IssueDIndemnisation,
        /// La somme.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        montant: Option<Montant>,
    },
    /// Ce que le ménage est devenu. C'est ce qui clôt un dossier.
    IssueMenage {
        /// Ce qu'il est devenu.
        issue: IssueDuMenage,
    },
    /// Une tentative de joindre le ménage.
    Contact {
        /// Comment.
        mode: ModeDeContact,
        /// Le ménage a été joint.
        issue: IssueDAccueil,
    },
    /// Ce que dit le ménage, et s'il adhère à l'accompagnement. Ses mots sont au coffre.
    ParoleMenage {
        /// Il adhère.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        adhesion: Option<Adhesion>,
    },
    /// Une personne décide si le cas est complexe.
    CasComplexe {
        /// Ce qu'elle décide.
        issue: IssueDeComplexite,
        /// Les critères du profil qu'elle retient.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        criteres: Vec<String>,
    },
    /// Le dossier n'est plus ouvert qu'à ceux que l'acte nomme.
    AccesRestreint {
        /// Pourquoi.
        motif: MotifDeRestriction,
        /// Des comptes (« compte:12 ») et des organismes (« caf », « secretariat:lens »).
        nommes: BTreeSet<String>,
    },
    /// Le dossier est de nouveau ouvert à chacun selon sa mission.
    AccesRetabli {},
}

/// Une étape du diagnostic social et financier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Le service ou l'organisme mandaté.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisme: Option<String>,
    /// Comment : visite, courrier, téléphone…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ModeDeContact>,
}

/// Une pièce de l'instruction d'une demande de concours. Son contenu est au coffre.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instruction {
    /// Ce qu'elle conclut : `favorable`, `defavorable`, `reserve`, `trouvee`, `demandee`…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avis: Option<String>,
}

/// Une démarche auprès d'un organisme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demarche {
    /// Où elle en est.
    pub etape: Avancee,
    /// La somme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub montant: Option<Montant>,
    /// Le dernier jour de ce qu'elle accorde.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jusqu_au: Option<Date>,
}

impl Quoi {
    /// Le nom écrit : « audience », « plan_apurement »…
    #[must_use]
    pub fn nom(&self) -> &'static str {
        match self {
            Self::Conge { .. } => "conge",
            Self::DsfDemande(_) => "dsf_demande",
            Self::DsfRendezVous(_) => "dsf_rendez_vous",
            Self::PorteClose(_) => "porte_close",
            Self::DsfRedige { .. } => "dsf_redige",
            Self::DsfRealise(_) => "dsf_realise",
            Self::DsfTransmis(_) => "dsf_transmis",
            Self::Audience { .. } => "audience",
            Self::SignificationJugement { .. } => "signification_jugement",
            Self::Appel { .. } => "appel",
            Self::DecisionJex { .. } => "decision_jex",
            Self::TentativeExpulsion(_) => "tentative_expulsion",
            Self::AvisMaire(_) => "avis_maire",
            Self::EntretienDerniereChance(_) => "entretien_derniere_chance",
            Self::RenseignementPolice(_) => "renseignement_police",
            Self::EnqueteSociale(_) => "enquete_sociale",
            Self::PlaceSiao(_) => "place_siao",
            Self::DecisionCfp { .. } => "decision_cfp",
            Self::NotificationCfp { .. } => "notification_cfp",
            Self::Expulsion { .. } => "expulsion",
            Self::Depart {} => "depart",
            Self::Desistement {} => "desistement",
            Self::Renonciation {} => "renonciation",
            Self::PlanApurement { .. } => "plan_apurement",
            Self::EcheancePlan { .. } => "echeance_plan",
            Self::PlanRompu {} => "plan_rompu",
            Self::PlanTermine {} => "plan_termine",
            Self::Pcs { .. } => "pcs",
            Self::PcsDenonce {} => "pcs_denonce",
            Self::PcsRespecte {} => "pcs_respecte",
            Self::Fsl(_) => "fsl",
            Self::Dalo(_) => "dalo",
            Self::Daho(_) => "daho",
            Self::Surendettement(_) => "surendettement",
            Self::AideLogement { .. } => "aide_logement",
            Self::DecisionAide { .. } => "decision_aide",
            Self::Garantie { .. } => "garantie",
            Self::Dette { .. } => "dette",
            Self::PriseEnCharge { .. } => "prise_en_charge",
            Self::Dispositif { .. } => "dispositif",
            Self::Alerte { .. } => "alerte",
            Self::AlerteReponse { .. } => "alerte_reponse",
            Self::Avis { .. } => "avis",
            Self::Suite { .. } => "suite",
            Self::MesureProtection { .. } => "mesure_protection",
            Self::NouveauBail { .. } => "nouveau_bail",
            Self::Relogement { .. } => "relogement",
            Self::Hebergement { .. } => "hebergement",
            Self::Indemnisation { .. } => "indemnisation",
            Self::IssueMenage { .. } => "issue_menage",
            Self::Contact { .. } => "contact",
            Self::ParoleMenage { .. } => "parole_menage",
            Self::CasComplexe { .. } => "cas_complexe",
            Self::AccesRestreint { .. } => "acces_restreint",
            Self::AccesRetabli {} => "acces_retabli",
        }
    }
}
