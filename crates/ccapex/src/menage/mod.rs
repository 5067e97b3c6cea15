//! Ce qu'on dit à un ménage, en mots simples, à chaque stade de la procédure et dans chaque situation
//! qui compte.
//!
//! Le même texte sert la page publique, qui ne contient aucune donnée, la page du dossier et la
//! lettre, qui ajoutent les dates. Il informe, il ne menace pas, il ne promet rien.
//!
//! Ordre de lecture : `texte` (la forme), `dates` (les jours d'un dossier), puis les textes :
//! `impaye`, `justice`, `depart`, `apres` pour les stades, `situations` pour ce qui court à côté.

mod apres;
mod dates;
mod depart;
mod impaye;
mod justice;
mod situations;
mod texte;

use jiff::civil::{Date, date};

pub use self::dates::{DateUtile, dates_utiles};
pub use self::texte::{Attendu, Conseil, Echeance, Explication, Guichet};
use crate::cours::etat::{EtatParallele, Stade};

/// Le jour où la commission décide de l'aide au logement (décret n° 2026-84).
const REFORME_DE_L_AIDE: Date = date(2027, 1, 1);

/// Ce qu'on dit à un ménage à ce stade, ce jour-là.
///
/// ```
/// use ccapex::cours::etat::Stade;
/// use ccapex::menage::explication;
/// use jiff::civil::date;
///
/// let texte = explication(Stade::CdpSignifie, date(2026, 11, 21));
/// assert_eq!(texte.code, "cdp_signifie");
/// ```
#[must_use]
pub fn explication(stade: Stade, jour: Date) -> &'static Explication {
    match stade {
        Stade::BailEnCours => &impaye::BAIL_EN_COURS,
        Stade::ImpayeNaissant => &impaye::IMPAYE_NAISSANT,
        Stade::ImpayeConstitueAide if jour < REFORME_DE_L_AIDE => &impaye::IMPAYE_AVANT_2027,
        Stade::ImpayeConstitueAide => &impaye::IMPAYE_DEPUIS_2027,
        Stade::CdpSignifie => &impaye::CDP_SIGNIFIE,
        Stade::ClauseAcquise => &impaye::CLAUSE_ACQUISE,
        Stade::AssignationDelivree => &justice::ASSIGNATION,
        Stade::Audience => &justice::AUDIENCE,
        Stade::DelaisAccordes => &justice::DELAIS_ACCORDES,
        Stade::RejetDemande => &justice::REJET,
        Stade::ExpulsionOrdonnee => &justice::EXPULSION_ORDONNEE,
        Stade::JugementSignifie => &justice::JUGEMENT_SIGNIFIE,
        Stade::CqlSignifie => &depart::CQL_SIGNIFIE,
        Stade::DelaiCqlExpire => &depart::DELAI_EXPIRE,
        Stade::CfpDemande => &depart::CFP_DEMANDE,
        Stade::CfpAccorde => &depart::CFP_ACCORDE,
        Stade::CfpRefuse => &depart::CFP_REFUSE,
        Stade::DepartVolontaire => &apres::DEPART_VOLONTAIRE,
        Stade::CongeDepart => &apres::CONGE_DEPART,
        Stade::ExpulsionRealisee => &apres::EXPULSION_REALISEE,
    }
}

/// Ce qu'on dit d'une situation qui court à côté de la procédure ; rien quand le stade suffit.
#[must_use]
pub fn explication_de_situation(etat: EtatParallele, jour: Date) -> Option<&'static Explication> {
    Some(match etat {
        EtatParallele::DsfEnCours => &situations::DIAGNOSTIC,
        EtatParallele::PlanApurement => &situations::PLAN,
        EtatParallele::AideSuspendue if jour < REFORME_DE_L_AIDE => &situations::AIDE_AVANT_2027,
        EtatParallele::AideSuspendue => &situations::AIDE_DEPUIS_2027,
        EtatParallele::Surendettement => &situations::SURENDETTEMENT,
        EtatParallele::DelaiJex => &situations::DELAIS_DU_JUGE,
        EtatParallele::Pcs => &situations::PROTOCOLE,
        EtatParallele::Dalo => &situations::DALO,
        EtatParallele::TreveActive => &situations::TREVE,
        EtatParallele::FslMaintien
        | EtatParallele::CcapexSaisie
        | EtatParallele::CcapexAvis
        | EtatParallele::AideMaintenue
        | EtatParallele::Appel
        | EtatParallele::IndemnisationEtat
        | EtatParallele::Relogement
        | EtatParallele::HebergementSiao
        | EtatParallele::NouveauBail
        | EtatParallele::Renonciation
        | EtatParallele::MesureProtection => return None,
    })
}
