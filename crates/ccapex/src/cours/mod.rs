//! Le cours d'un dossier : où il en est un jour donné, d'après tout ce qui lui est arrivé.
//!
//! Se déduit du dossier et du jour, et de rien d'autre. Les actes comptent dans l'ordre de leurs
//! dates, non dans celui où on les a appris ; un acte à venir ne compte pas encore.
//!
//! Ordre de lecture : `etat`, `horloge`, puis `fil` (la procédure), `accompagnement` (ce qui court à
//! côté), `cloture`.

pub mod etat;
pub mod frise;
pub mod horloge;
pub mod indemnisation;
pub mod irregularites;
pub mod suspensions;

mod accompagnement;
mod cloture;
mod fil;
mod loi;

use std::collections::BTreeSet;

use droit::montant::Montant;
use jiff::civil::Date;

use crate::acte::Demarche;
use crate::acte::codes::{
    Adhesion, CodeDAlerte, IssueDAppel, IssueDAvis, IssueDIndemnisation, IssueDeCfp,
    IssueDeComplexite, IssueDeDecision, IssueDeDecisionSurAide, IssueDeDispositif, IssueDeGarantie,
    IssueDePriseEnCharge, IssueDuMenage, NatureDeProtection, SortDeLAide,
};
use crate::cours::etat::{EtatParallele, Stade};
use crate::cours::horloge::Horloge;
use crate::dossier::{Dossier, Suivie};

/// Où en est un dossier, un jour donné.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cours<'a> {
    /// Le stade de la procédure.
    pub stade: Stade,
    /// Le jour où il y est entré.
    pub depuis: Option<Date>,
    /// Ce qui court à côté.
    pub etats: BTreeSet<EtatParallele>,
    /// La procédure.
    pub procedure: Procedure<'a>,
    /// La dette et ce qui la règle.
    pub dette: Dettes,
    /// Le diagnostic de l'assignation en cours.
    pub dsf: Dsf,
    /// Les démarches, la dernière de chaque sorte.
    pub demarches: Demarches,
    /// Les réponses des services à qui le ménage a été confié, dans l'ordre.
    pub prises_en_charge: Vec<Prise>,
    /// Les jours où l'on a cherché en vain à joindre le ménage, chacun une fois.
    pub tentatives: BTreeSet<Date>,
    /// Le dernier jour où le ménage a été joint ou s'est exprimé.
    pub joint_le: Option<Date>,
    /// Ce qu'il dit de l'accompagnement.
    pub adhesion: Option<Adhesion>,
    /// Les alertes, dans l'ordre.
    pub alertes: Vec<AlerteLevee>,
    /// Les avis, dans l'ordre.
    pub avis: Vec<AvisRendu>,
    /// Les mesures activées, la dernière étape de chacune.
    pub dispositifs: Vec<Mesure>,
    /// Les garanties, la dernière étape de chacune.
    pub garanties: Vec<(String, IssueDeGarantie, Date)>,
    /// La mesure de protection en cours.
    pub protection: Option<(NatureDeProtection, Date)>,
    /// Ce qu'une personne a décidé de la complexité du cas.
    pub complexite: Option<(IssueDeComplexite, Date, Vec<String>)>,
    /// La fin du dossier, s'il est clos.
    pub clos: Option<Cloture>,
}

/// La procédure, acte après acte : le dernier de chaque sorte.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Procedure<'a> {
    /// Date du bail en cours, quand elle est connue.
    pub bail: Option<Date>,
    /// Congé donné : le jour où le bail finit.
    pub conge_au: Option<Date>,
    /// La saisine de la commission par un bailleur personne morale.
    pub saisine_bailleur_le: Option<Date>,
    /// Le commandement de payer qui compte.
    pub cdp: Option<Commandement<'a>>,
    /// L'assignation qui compte.
    pub assignation: Option<&'a Suivie>,
    /// Le jour de l'audience, renvois compris.
    pub audience: Option<Date>,
    /// Le locataire était-il à la dernière audience tenue ?
    pub present: Option<bool>,
    /// Une audience a été notée comme tenue ce jour-là.
    pub audience_tenue_le: Option<Date>,
    /// La décision.
    pub jugement: Option<Jugement>,
    /// La signification du jugement.
    pub signifie_le: Option<Date>,
    /// L'appel, ou sa suite.
    pub appel: Option<(Date, Option<IssueDAppel>)>,
    /// Les délais du juge de l'exécution : premier et dernier jour.
    pub jex: Option<(Date, Date)>,
    /// Le commandement de quitter les lieux.
    pub cql: Option<Cql>,
    /// La tentative d'expulsion.
    pub tentative_le: Option<Date>,
    /// La demande de concours.
    pub cfp: Option<Cfp>,
    /// Ce qui, de l'instruction de cette demande, est fait : acte, jour, conclusion.
    pub instruction: Vec<(&'static str, Date, Option<String>)>,
    /// L'expulsion par la force publique suspendue par le juge du surendettement jusqu'à ce jour.
    pub expulsion_suspendue_jusqu_au: Option<Date>,
    /// L'expulsion.
    pub expulse_le: Option<Date>,
    /// Le départ.
    pub parti_le: Option<Date>,
    /// La demande d'indemnisation : étape, jour, montant.
    pub indemnisation: Option<(IssueDIndemnisation, Date, Option<Montant>)>,
    /// Le nouveau bail promis ou signé dans le même logement.
    pub nouveau_bail_le: Option<Date>,
    /// Le bailleur a renoncé.
    pub renonce_le: Option<Date>,
    /// Une procédure qui n'est pas fondée sur l'impayé : troubles, congé, occupation sans titre…
    pub hors_impaye: Option<String>,
}

/// Un commandement de payer et le délai qu'il laisse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Commandement<'a> {
    /// La notice.
    pub notice: &'a Suivie,
    /// Le jour de sa signification.
    pub signifie_le: Date,
    /// Dernier jour pour payer ; rien si le bail n'est pas daté, ou hors loi de 1989.
    pub dernier_jour: Option<Date>,
    /// Premier jour où une assignation est possible.
    pub assignation_possible_le: Option<Date>,
}

/// Ce que le juge a décidé.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jugement {
    /// Le jour.
    pub le: Date,
    /// La décision.
    pub issue: IssueDeDecision,
    /// Les mois accordés pour payer.
    pub delais_mois: Option<u16>,
    /// Le dernier jour de ces délais, tel que le juge les donne.
    pub fin_des_delais: Option<Date>,
    /// Les mois accordés pour partir.
    pub delai_depart_mois: Option<u16>,
    /// Le loyer courant était repris avant l'audience.
    pub loyer_repris: Option<bool>,
    /// Rendu par défaut, ou réputé contradictoire.
    pub par_defaut: Option<bool>,
}

/// Un commandement de quitter les lieux et le délai qu'il laisse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cql {
    /// Le jour de sa signification.
    pub signifie_le: Date,
    /// Le jour où le préfet en a été avisé.
    pub notifie_le: Option<Date>,
    /// Dernier jour du délai ; rien avant la codification de 2012.
    pub dernier_jour: Option<Date>,
    /// Premier jour où une expulsion est possible en droit, trêve, dimanches et fériés compris.
    pub expulsion_possible_le: Option<Date>,
}

/// Une demande de concours et la réponse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cfp {
    /// Le jour de la demande ; rien si seule la décision est connue.
    pub demande_le: Option<Date>,
    /// Le jour où deux mois de silence valent refus, que la réponse soit venue ou non.
    pub silence_le: Option<Date>,
    /// La décision.
    pub decision: Option<(IssueDeCfp, Date)>,
    /// Le jour où elle est notifiée, s'il est connu.
    pub notifiee_le: Option<Date>,
    /// Le silence vaut refus, aujourd'hui.
    pub refus_implicite: bool,
    /// Le canal annoncé, quand ce n'est pas la voie électronique.
    pub sans_voie_electronique: bool,
}

/// La dette et ce qui la règle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dettes {
    /// Le dernier décompte, aujourd'hui.
    pub reste: Option<(Date, Montant)>,
    /// Quelque chose dit qu'un loyer manque : un acte, un décompte, un plan.
    pub impaye_dit: bool,
    /// Le jour depuis lequel elle est réglée, si elle l'est.
    pub reglee_le: Option<Date>,
    /// Le plan d'apurement.
    pub plan: Option<Plan>,
    /// Le protocole de cohésion sociale.
    pub pcs: Option<Pcs>,
    /// Ce que devient l'aide au logement.
    pub aide: Option<(SortDeLAide, Date)>,
    /// La décision de la commission sur l'aide : issue, jour, notification.
    pub decision_aide: Option<(IssueDeDecisionSurAide, Date, Option<Date>)>,
}

/// Un plan d'apurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Le jour de l'accord.
    pub du: Date,
    /// La mensualité.
    pub mensualite: Montant,
    /// Le nombre de mensualités.
    pub echeances: u16,
    /// Qui l'a négocié.
    pub origine: Option<String>,
    /// Les mensualités dites payées.
    pub payees: Vec<Date>,
    /// Les mensualités dites manquées.
    pub manquees: Vec<Date>,
    /// Ce qu'il est devenu.
    pub etat: EtatDEngagement,
}

/// Un protocole de cohésion sociale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pcs {
    /// Le jour de la signature du premier protocole.
    pub du: Date,
    /// Son dernier jour, renouvellements compris.
    pub au: Date,
    /// Ce qu'il est devenu.
    pub etat: EtatDEngagement,
}

/// Ce qu'un plan ou un protocole est devenu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EtatDEngagement {
    /// Il court.
    EnCours,
    /// Rompu ou dénoncé ce jour-là.
    Rompu(Date),
    /// Mené à son terme ce jour-là.
    Tenu(Date),
}

/// Un diagnostic social et financier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dsf {
    /// Le mandat.
    pub demande_le: Option<Date>,
    /// L'organisme mandaté.
    pub organisme: Option<String>,
    /// Les entretiens proposés.
    pub rendez_vous: Vec<Date>,
    /// Les portes closes.
    pub portes_closes: Vec<Date>,
    /// La dernière rubrique écrite.
    pub redige_le: Option<Date>,
    /// Le diagnostic est fait.
    pub realise_le: Option<Date>,
    /// Il est transmis au juge et à la commission.
    pub transmis_le: Option<Date>,
}

/// Les démarches, la dernière étape de chacune, et le jour du dépôt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demarches {
    /// Fonds de solidarité pour le logement.
    pub fsl: Option<Suivi>,
    /// Recours pour un logement.
    pub dalo: Option<Suivi>,
    /// Recours pour un hébergement.
    pub daho: Option<Suivi>,
    /// Surendettement.
    pub surendettement: Option<Suivi>,
}

/// Une démarche et ses dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Suivi {
    /// Le jour du dépôt, s'il est connu.
    pub depose_le: Option<Date>,
    /// Le jour de la dernière étape.
    pub le: Date,
    /// La dernière étape.
    pub demarche: Demarche,
}

/// La réponse d'un service à qui le ménage est confié.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prise {
    /// Le service.
    pub service: String,
    /// Sa réponse.
    pub issue: IssueDePriseEnCharge,
    /// Le jour.
    pub le: Date,
}

/// Une alerte entre partenaires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlerteLevee {
    /// L'identifiant du fait.
    pub fait: String,
    /// L'acte qui l'a levée : `alerte` à la main, sinon `audience`, `porte_close`…
    pub par: &'static str,
    /// Le moment clé.
    pub code: CodeDAlerte,
    /// Le jour.
    pub le: Date,
    /// Les destinataires nommés ; vide : ceux du profil.
    pub destinataires: Vec<String>,
    /// Ceux qui ont répondu, et quand ; un nom vide répond pour tous.
    pub reponses: Vec<(String, Date)>,
}

/// Un avis de la commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AvisRendu {
    /// L'identifiant du fait.
    pub fait: String,
    /// Le jour.
    pub le: Date,
    /// À qui il s'adresse.
    pub destinataire: String,
    /// Ce qui en a été fait, et quand.
    pub suite: Option<(IssueDAvis, Date)>,
}

/// Une mesure activée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mesure {
    /// Son code.
    pub code: String,
    /// Ce qu'elle devient.
    pub etape: IssueDeDispositif,
    /// Depuis quand.
    pub le: Date,
}

/// La fin d'un dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cloture {
    /// Le jour.
    pub le: Date,
    /// Ce que le ménage est devenu.
    pub issue: IssueDuMenage,
    /// Pourquoi le dossier est clos.
    pub motif: String,
}

impl<'a> Cours<'a> {
    /// Le cours d'un dossier ce jour-là.
    ///
    /// `tentatives_exigees` est le nombre de jours de tentatives que le profil demande avant de clore
    /// « sans nouvelles ».
    ///
    /// Totale : aucune suite d'actes, même impossible, ne la fait échouer.
    #[must_use]
    pub fn de(dossier: &'a Dossier, tentatives_exigees: u8, horloge: &Horloge) -> Self {
        let points = fil::points(dossier, horloge);
        let mut cours = Self::default();
        for point in &points {
            cours.avance(point);
            cours.accompagne(point);
        }
        cours.dette.reste = reste_du(dossier, horloge);
        cours.le_temps_passe(horloge);
        cours.etats_du_jour(horloge);
        cours.clos = cloture::cloture(&cours, &points, tentatives_exigees, horloge);
        cours
    }

    /// Un état parallèle court-il ?
    #[must_use]
    pub fn est(&self, etat: EtatParallele) -> bool {
        self.etats.contains(&etat)
    }

    /// La dernière réponse d'un service.
    #[must_use]
    pub fn reponse_de(&self, service: &str) -> Option<&Prise> {
        self.prises_en_charge.iter().rev().find(|p| p.service == service)
    }

    /// Le jour où une personne a proposé le ménage à ce service, tant qu'il n'a pas répondu.
    #[must_use]
    pub fn propose_le(&self, service: &str) -> Option<Date> {
        let derniere = self.reponse_de(service)?;
        (derniere.issue == IssueDePriseEnCharge::Proposee).then_some(derniere.le)
    }
}

/// Le dernier décompte déjà daté, d'après une notice ou un acte.
fn reste_du(dossier: &Dossier, horloge: &Horloge) -> Option<(Date, Montant)> {
    dossier.dette.filter(|(le, _)| horloge.atteint(*le))
}
