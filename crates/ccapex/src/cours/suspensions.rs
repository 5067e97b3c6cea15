//! Ce qui arrête la procédure ou l'exécution, et de quand à quand.

use droit::conclusion::Motif;
use droit::jour::Jour;
use droit::regles::treve::fin_de_la_treve;
use droit::{calendrier::lendemain, catalogue};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::acte::Quoi;
use crate::acte::codes::{Avancee, IssueDAppel};
use crate::cours::Cours;
use crate::cours::fil::{Arrive, points};
use crate::cours::horloge::Horloge;
use crate::cours::loi::echeance;
use crate::dossier::Dossier;
use crate::notice::{Contenu, Nature};

/// Une période où la procédure, ou l'exécution, est arrêtée.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Premier jour.
    pub du: Date,
    /// Dernier jour, compris ; rien s'il n'est pas connu.
    pub au: Option<Date>,
    /// Ce qui suspend.
    pub quoi: TypeDeSuspension,
    /// La règle.
    pub regle: &'static str,
    /// Pourquoi.
    pub motif: String,
}

/// Ce qui suspend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeDeSuspension {
    /// Un plan d'apurement amiable, tant qu'il est respecté.
    PlanRespecte,
    /// Les délais de paiement du juge : la clause est suspendue.
    DelaisDuJuge,
    /// Les délais pour quitter les lieux.
    DelaisPourPartir,
    /// Le juge du surendettement suspend l'expulsion.
    Surendettement,
    /// Le protocole de cohésion sociale.
    Pcs,
    /// La trêve hivernale.
    Treve,
    /// Le premier président arrête l'exécution du jugement.
    ArretDeLExecution,
}

impl TypeDeSuspension {
    /// En mots.
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::PlanRespecte => "Plan d'apurement respecté",
            Self::DelaisDuJuge => "Délais de paiement du juge",
            Self::DelaisPourPartir => "Délais pour quitter les lieux",
            Self::Surendettement => "Expulsion suspendue (surendettement)",
            Self::Pcs => "Protocole de cohésion sociale",
            Self::Treve => "Trêve hivernale",
            Self::ArretDeLExecution => "Exécution arrêtée en appel",
        }
    }

    fn regle(self) -> &'static str {
        match self {
            Self::PlanRespecte => "plan_apurement",
            Self::DelaisDuJuge => "suspension_clause_resolutoire",
            Self::DelaisPourPartir => "delais_jex",
            Self::Surendettement => "surendettement_suspension_expulsion",
            Self::Pcs => "pcs_effet",
            Self::Treve => "treve_hivernale",
            Self::ArretDeLExecution => "execution_provisoire",
        }
    }
}

/// Tout ce qui a suspendu ou suspend la procédure, dans l'ordre des dates.
///
/// Les trêves comptent de la décision d'expulsion au départ du ménage, et la prochaine est annoncée.
#[must_use]
pub fn suspensions(dossier: &Dossier, cours: &Cours<'_>, horloge: &Horloge) -> Vec<Suspension> {
    let mut periodes = Periodes::default();
    let mut expulsable_depuis = None;
    let mut parti_le = None;
    for point in points(dossier, horloge) {
        match point.quoi {
            Arrive::Notice(notice) => {
                if notice.nature == Nature::Decision {
                    periodes.decision(&notice.contenu, point.jour);
                }
                let ordonne = notice.nature == Nature::Cql
                    || (notice.nature == Nature::Decision
                        && notice.contenu.mot("issue").is_none_or(|issue| issue == "resiliation"));
                if ordonne && expulsable_depuis.is_none() {
                    expulsable_depuis = Some(point.jour);
                }
            }
            Arrive::Acte(acte) => {
                let quoi = &acte.consigne.quoi;
                periodes.acte(quoi, point.jour);
                if matches!(
                    quoi,
                    Quoi::Depart {}
                        | Quoi::Expulsion { .. }
                        | Quoi::Relogement { .. }
                        | Quoi::Hebergement { .. }
                        | Quoi::NouveauBail { .. }
                        | Quoi::Renonciation {}
                ) {
                    parti_le.get_or_insert(point.jour);
                    periodes.tout_finit(point.jour);
                }
            }
        }
    }
    let mut suspensions = periodes.0;
    let expulsable = cours.stade.expulsable();
    if let Some(depuis) = expulsable_depuis.filter(|_| expulsable || parti_le.is_some()) {
        treves(depuis, parti_le.filter(|_| !expulsable), horloge, &mut suspensions);
    }
    suspensions.sort_by_key(|s| (s.du, s.quoi));
    suspensions
}

#[derive(Default)]
struct Periodes(Vec<Suspension>);

impl Periodes {
    fn ouvre(&mut self, quoi: TypeDeSuspension, du: Date, au: Option<Date>, constat: String) {
        // Une fin écrite avant le début ne suspend rien : l'irrégularité de l'acte le dit.
        if au.is_some_and(|au| au < du) {
            return;
        }
        let regle = quoi.regle();
        let motif = match catalogue::regle(regle).and_then(|r| r.le(du).ok()) {
            Some(version) => Motif::new(constat, version.source).to_string(),
            None => constat,
        };
        self.0.push(Suspension { du, au, quoi, regle, motif });
    }

    /// Ce qui court encore finit ce jour-là.
    fn finit(&mut self, quoi: TypeDeSuspension, jour: Date) {
        for periode in self.0.iter_mut().filter(|p| p.quoi == quoi) {
            if periode.au.is_none_or(|au| au > jour) {
                periode.au = Some(jour.max(periode.du));
            }
        }
    }

    fn tout_finit(&mut self, jour: Date) {
        for quoi in [
            TypeDeSuspension::PlanRespecte,
            TypeDeSuspension::DelaisDuJuge,
            TypeDeSuspension::DelaisPourPartir,
            TypeDeSuspension::Surendettement,
            TypeDeSuspension::Pcs,
            TypeDeSuspension::ArretDeLExecution,
        ] {
            self.finit(quoi, jour);
        }
    }

    fn decision(&mut self, contenu: &Contenu, jour: Date) {
        let fin = |mois: u16| jour.saturating_add(i64::from(mois).months());
        if contenu.mot("issue") == Some("delais") {
            let au = contenu.nombre("delais_mois").map(fin);
            let constat = format!("décision du {} : la clause est suspendue", Jour(jour));
            self.ouvre(TypeDeSuspension::DelaisDuJuge, jour, au, constat);
        }
        if let Some(mois) = contenu.nombre("delai_depart_mois").filter(|mois| *mois > 0) {
            let constat = format!("décision du {} : {mois} mois pour partir", Jour(jour));
            self.ouvre(TypeDeSuspension::DelaisPourPartir, jour, Some(fin(mois)), constat);
        }
    }

    fn acte(&mut self, quoi: &Quoi, jour: Date) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes ne suspendent rien")]
        match quoi {
            Quoi::PlanApurement { echeances, .. } => {
                self.finit(TypeDeSuspension::PlanRespecte, jour);
                let au = jour.saturating_add(i64::from(*echeances).months());
                let constat = format!("plan du {} : {echeances} mensualités", Jour(jour));
                self.ouvre(TypeDeSuspension::PlanRespecte, jour, Some(au), constat);
            }
            Quoi::PlanRompu {} => {
                self.finit(TypeDeSuspension::PlanRespecte, jour);
                self.finit(TypeDeSuspension::DelaisDuJuge, jour);
            }
            Quoi::PlanTermine {} => self.finit(TypeDeSuspension::PlanRespecte, jour),
            Quoi::DecisionJex { delai_mois, jusqu_au } => {
                let au = jusqu_au
                    .or_else(|| delai_mois.map(|m| jour.saturating_add(i64::from(m).months())));
                let constat = format!("délais accordés le {} pour quitter les lieux", Jour(jour));
                self.ouvre(TypeDeSuspension::DelaisPourPartir, jour, au, constat);
            }
            Quoi::Surendettement(demarche) => match demarche.etape {
                Avancee::SuspensionExpulsion => {
                    let plafond = echeance(TypeDeSuspension::Surendettement.regle(), jour, "")
                        .map(|e| e.jour);
                    let au = [demarche.jusqu_au, plafond].into_iter().flatten().min();
                    let constat =
                        format!("suspension ordonnée le {}, deux ans au plus", Jour(jour));
                    self.ouvre(TypeDeSuspension::Surendettement, jour, au, constat);
                }
                Avancee::Mesures
                | Avancee::Effacement
                | Avancee::Irrecevable
                | Avancee::Rejet
                | Avancee::SansSuite => self.finit(TypeDeSuspension::Surendettement, jour),
                Avancee::Depose
                | Avancee::Accord
                | Avancee::Refus
                | Avancee::Prioritaire
                | Avancee::Recevable
                | Avancee::Offre
                | Avancee::Relogement => {}
            },
            Quoi::Pcs { duree_mois } => {
                let mois = i64::from(*duree_mois).months();
                let prolonge =
                    self.0.iter_mut().rev().find(|p| {
                        p.quoi == TypeDeSuspension::Pcs && p.au.is_some_and(|au| au >= jour)
                    });
                match prolonge {
                    Some(pcs) => pcs.au = pcs.au.map(|au| au.saturating_add(mois)),
                    None => {
                        let au = Some(jour.saturating_add(mois));
                        let constat = format!(
                            "protocole signé le {} : expulsion suspendue, titre d'occupation, aide rouverte",
                            Jour(jour)
                        );
                        self.ouvre(TypeDeSuspension::Pcs, jour, au, constat);
                    }
                }
            }
            Quoi::PcsDenonce {} | Quoi::PcsRespecte {} => self.finit(TypeDeSuspension::Pcs, jour),
            Quoi::Appel { issue: Some(IssueDAppel::ArretExecution) } => {
                let constat = format!(
                    "le premier président arrête l'exécution du jugement le {}",
                    Jour(jour)
                );
                self.ouvre(TypeDeSuspension::ArretDeLExecution, jour, None, constat);
            }
            Quoi::Appel { issue: Some(_) } => {
                self.finit(TypeDeSuspension::ArretDeLExecution, jour);
            }
            _ => {}
        }
    }
}

/// La règle n'est connue que depuis la codification de 2012.
const TREVE_CONNUE: Date = date(2012, 6, 1);

/// Les trêves de l'ordre d'expulsion au départ, ou à la prochaine.
fn treves(depuis: Date, parti_le: Option<Date>, horloge: &Horloge, vers: &mut Vec<Suspension>) {
    let mut jour = depuis.max(TREVE_CONNUE);
    while let Ok(fin) = fin_de_la_treve(jour) {
        let debut = match fin {
            Some(_) if jour.month() >= 11 => date(jour.year(), 11, 1),
            Some(_) => date(jour.year().saturating_sub(1), 11, 1),
            None => date(jour.year(), 11, 1),
        };
        if parti_le.is_some_and(|parti_le| debut > parti_le) {
            return;
        }
        let deja_la = horloge.atteint(debut);
        let Ok(Some(dernier)) = fin_de_la_treve(debut.max(jour)) else { return };
        // Au bout du calendrier, la trêve ne finit plus.
        if dernier < debut {
            return;
        }
        let source = catalogue::regle("treve_hivernale").and_then(|r| r.le(dernier).ok());
        let constat = format!("pas d'expulsion jusqu'au {} inclus", Jour(dernier));
        vers.push(Suspension {
            du: debut,
            au: Some(dernier),
            quoi: TypeDeSuspension::Treve,
            regle: "treve_hivernale",
            motif: source
                .map_or_else(|| constat.clone(), |v| Motif::new(&*constat, v.source).to_string()),
        });
        // La prochaine trêve est annoncée, pas les suivantes.
        if !deja_la || (parti_le.is_none() && !horloge.passe(dernier)) {
            return;
        }
        jour = lendemain(dernier);
    }
}
