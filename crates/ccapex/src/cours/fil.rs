//! Le fil de la procédure : un acte après l'autre, dans l'ordre de leurs dates.
//!
//! Une suite impossible ne se refuse pas : l'acte compte s'il fait avancer la procédure, son
//! irrégularité se dit ailleurs.

use droit::calendrier::{Territoire, lendemain};
use droit::delai::Report;
use droit::montant::Montant;
use droit::regles::force_publique::refus_implicite;
use droit::regles::quitter_les_lieux::{NonNotifie, fin_du_delai as fin_du_delai_cql};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::acte::Quoi;
use crate::acte::codes::{Avancee, IssueDAppel, IssueDIndemnisation, IssueDeCfp, IssueDeDecision};
use crate::cours::etat::{EtatParallele, Stade};
use crate::cours::horloge::Horloge;
use crate::cours::irregularites::{depuis_2018, voie_sans_effet};
use crate::cours::{Cfp, Commandement, Cours, Cql, EtatDEngagement, Jugement, Plan};
use crate::dossier::{ActeSuivi, Dossier, Suivie};
use crate::notice::{Contenu, Nature};
use crate::signalement::fin_du_delai::fin_du_delai;

/// Le bailleur signe un nouveau bail dans les trois mois d'un protocole respecté (CCH, L. 353-15-2).
const NOUVEAU_BAIL_APRES_PCS: i64 = 3;

/// Ce qui est arrivé un jour.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point<'a> {
    pub(super) jour: Date,
    /// Le jour où on l'a appris.
    pub(super) appris_le: Date,
    pub(super) rang: i64,
    pub(super) quoi: Arrive<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Arrive<'a> {
    Notice(&'a Suivie),
    Acte(&'a ActeSuivi),
}

/// Tout ce qui est déjà arrivé, dans l'ordre des dates, puis de ce qu'on a appris d'abord.
pub(super) fn points<'a>(dossier: &'a Dossier, horloge: &Horloge) -> Vec<Point<'a>> {
    let notices = dossier.en_vigueur().map(|n| Point {
        jour: n.contenu.date.unwrap_or(n.recue_le),
        appris_le: n.recue_le,
        rang: n.rang,
        quoi: Arrive::Notice(n),
    });
    let actes = dossier.actes.iter().map(|a| Point {
        jour: a.consigne.date,
        appris_le: a.consigne.consigne_le,
        rang: a.rang,
        quoi: Arrive::Acte(a),
    });
    let mut points: Vec<Point<'a>> =
        notices.chain(actes).filter(|p| horloge.atteint(p.jour)).collect();
    points.sort_by_key(|p| (p.jour, p.appris_le, p.rang));
    points
}

/// Une alerte ouvre le dossier d'un ménage inconnu sans rien dire de son loyer.
fn parle_d_impaye(notice: &Suivie) -> bool {
    let contenu = &notice.contenu;
    contenu.montant_dette.is_some_and(|dette| dette > Montant::centimes(0))
        || contenu.impaye_depuis.is_some()
        || matches!(notice.nature, Nature::SaisineBailleur | Nature::SignalementImpaye)
}

/// Depuis 2018, une demande de concours n'a d'effet que par la voie électronique (CPCE, L. 431-2).
pub(super) fn sans_voie_electronique(contenu: &Contenu, jour: Date) -> bool {
    voie_sans_effet(contenu).is_some() && depuis_2018(jour).is_some()
}

impl<'a> Cours<'a> {
    fn entre(&mut self, stade: Stade, jour: Date) {
        if self.stade != stade {
            self.stade = stade;
            self.depuis = Some(jour);
        }
    }

    /// Ce qu'un point change à la procédure.
    pub(super) fn avance(&mut self, point: &Point<'a>) {
        match point.quoi {
            Arrive::Notice(notice) => self.recoit(notice, point.jour),
            Arrive::Acte(acte) => self.consigne(&acte.consigne.quoi, point.jour),
        }
    }

    fn recoit(&mut self, notice: &'a Suivie, jour: Date) {
        let contenu = &notice.contenu;
        self.procedure.bail = self.procedure.bail.max(contenu.date_bail);
        if let Some(motif) = contenu.motif.as_deref().filter(|m| *m != "impaye") {
            self.procedure.hors_impaye = Some(motif.to_owned());
        }
        self.dette.impaye_dit |= parle_d_impaye(notice);
        let debut = self.stade <= Stade::ImpayeConstitueAide;
        match notice.nature {
            Nature::Alerte if debut && !self.seul_le_conge_menace() => {
                self.entre(self.stade.max(Stade::ImpayeNaissant), jour);
            }
            Nature::SaisineBailleur => {
                self.procedure.saisine_bailleur_le = Some(jour);
                if debut {
                    self.entre(self.stade.max(Stade::ImpayeNaissant), jour);
                }
            }
            Nature::SignalementImpaye if debut => self.entre(Stade::ImpayeConstitueAide, jour),
            Nature::Alerte | Nature::SignalementImpaye => {}
            Nature::Cdp => self.commandement(notice, jour),
            Nature::Assignation => {
                if self.stade < Stade::DelaisAccordes || self.stade == Stade::RejetDemande {
                    self.entre(Stade::AssignationDelivree, jour);
                    self.procedure.assignation = Some(notice);
                    self.procedure.audience = contenu.date_audience;
                    self.procedure.present = None;
                    self.procedure.audience_tenue_le = None;
                }
            }
            Nature::Decision => self.decision(contenu, jour),
            Nature::Cql => self.quitter_les_lieux(contenu, jour),
            Nature::RequisitionCfp => {
                if !self.stade.parti() {
                    self.entre(Stade::CfpDemande, jour);
                    self.procedure.instruction.clear();
                    self.procedure.cfp = Some(Cfp {
                        demande_le: Some(jour),
                        silence_le: refus_implicite(jour).ok().map(|c| c.valeur.retenue),
                        decision: None,
                        refus_implicite: false,
                        notifiee_le: None,
                        sans_voie_electronique: sans_voie_electronique(contenu, jour),
                    });
                }
            }
        }
    }

    /// Un congé est donné, et rien ne dit qu'un loyer manque : le bail court jusqu'à son effet.
    fn seul_le_conge_menace(&self) -> bool {
        self.procedure.conge_au.is_some() && !self.dette.impaye_dit
    }

    fn commandement(&mut self, notice: &'a Suivie, jour: Date) {
        let recommence = matches!(self.stade, Stade::RejetDemande | Stade::DelaisAccordes);
        if self.stade > Stade::ClauseAcquise && !recommence {
            return;
        }
        // Un commandement délivré pendant les délais du juge ne les rompt pas.
        if self.stade != Stade::DelaisAccordes {
            self.entre(Stade::CdpSignifie, jour);
            self.depuis = Some(jour);
        }
        let fin = fin_du_delai(notice.nature, &notice.contenu).ok().map(|fin| fin.valeur);
        self.procedure.cdp = Some(Commandement {
            notice,
            signifie_le: jour,
            dernier_jour: fin.map(|f| f.retenue),
            assignation_possible_le: fin.map(|f| f.premier_jour_possible),
        });
        self.dette.reglee_le = None;
    }

    fn decision(&mut self, contenu: &Contenu, jour: Date) {
        if self.stade.parti() {
            return;
        }
        let issue = match contenu.mot("issue") {
            Some("delais") => IssueDeDecision::Delais,
            Some("rejet") => IssueDeDecision::Rejet,
            Some("desistement") => IssueDeDecision::Desistement,
            _ => IssueDeDecision::Resiliation,
        };
        let delais_mois = contenu.nombre("delais_mois");
        self.procedure.jugement = Some(Jugement {
            le: jour,
            issue,
            delais_mois,
            fin_des_delais: delais_mois.map(|mois| jour.saturating_add(i64::from(mois).months())),
            delai_depart_mois: contenu.nombre("delai_depart_mois"),
            loyer_repris: contenu.oui("loyer_repris"),
            par_defaut: contenu.oui("par_defaut"),
        });
        match issue {
            IssueDeDecision::Delais => self.entre(Stade::DelaisAccordes, jour),
            IssueDeDecision::Rejet | IssueDeDecision::Desistement => {
                self.entre(Stade::RejetDemande, jour);
            }
            IssueDeDecision::Resiliation if self.stade < Stade::ExpulsionOrdonnee => {
                self.entre(Stade::ExpulsionOrdonnee, jour);
            }
            IssueDeDecision::Resiliation => {}
        }
    }

    fn quitter_les_lieux(&mut self, contenu: &Contenu, jour: Date) {
        if self.stade >= Stade::CfpDemande {
            return;
        }
        self.entre(Stade::CqlSignifie, jour);
        self.depuis = Some(jour);
        let territoire = Territoire::de_commune(contenu.commune.as_deref().unwrap_or_default());
        let notifie_le = contenu.date_notification_prefet;
        let fin =
            fin_du_delai_cql(jour, notifie_le, NonNotifie::Suspend, Report::Aucun, territoire)
                .ok()
                .map(|fin| fin.valeur);
        self.procedure.cql = Some(Cql {
            signifie_le: jour,
            notifie_le,
            dernier_jour: fin.map(|f| f.retenue),
            expulsion_possible_le: fin.map(|f| f.premier_jour_possible),
        });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "les autres actes courent à côté de la procédure"
    )]
    fn consigne(&mut self, quoi: &Quoi, jour: Date) {
        match quoi {
            Quoi::Conge { effet_au, motif } => {
                self.procedure.conge_au = Some(*effet_au);
                self.procedure.hors_impaye = Some(format!("conge_{}", motif.code()));
                if self.stade == Stade::ImpayeNaissant && self.seul_le_conge_menace() {
                    self.entre(Stade::BailEnCours, jour);
                }
            }
            Quoi::Audience { locataire_present, renvoi_au } => {
                if self.stade < Stade::DelaisAccordes {
                    self.entre(Stade::Audience, jour);
                }
                self.procedure.audience_tenue_le = Some(jour);
                self.procedure.present = *locataire_present;
                if renvoi_au.is_some() {
                    self.procedure.audience = *renvoi_au;
                } else if self.procedure.audience.is_none() {
                    self.procedure.audience = Some(jour);
                }
            }
            Quoi::SignificationJugement { .. } => {
                self.procedure.signifie_le = Some(jour);
                let suspendu = matches!(self.stade, Stade::DelaisAccordes | Stade::RejetDemande);
                if self.stade < Stade::JugementSignifie && !suspendu {
                    self.entre(Stade::JugementSignifie, jour);
                }
            }
            Quoi::Appel { issue } => {
                self.procedure.appel = Some((jour, *issue));
                if *issue == Some(IssueDAppel::Infirmation) && !self.stade.parti() {
                    self.entre(Stade::RejetDemande, jour);
                }
            }
            Quoi::DecisionJex { delai_mois, jusqu_au } => {
                let fin = jusqu_au
                    .or_else(|| delai_mois.map(|m| jour.saturating_add(i64::from(m).months())));
                self.procedure.jex = fin.filter(|fin| *fin >= jour).map(|fin| (jour, fin));
            }
            Quoi::TentativeExpulsion(_) => self.procedure.tentative_le = Some(jour),
            Quoi::AvisMaire(i)
            | Quoi::EntretienDerniereChance(i)
            | Quoi::RenseignementPolice(i)
            | Quoi::EnqueteSociale(i)
            | Quoi::PlaceSiao(i) => {
                self.procedure.instruction.push((quoi.nom(), jour, i.avis.clone()));
            }
            Quoi::NotificationCfp { .. } => {
                if let Some(cfp) = self.procedure.cfp.as_mut().filter(|c| c.decision.is_some()) {
                    cfp.notifiee_le = Some(jour);
                }
            }
            Quoi::DecisionCfp { issue, .. } => {
                if self.stade.parti() {
                    return;
                }
                let demande = self.procedure.cfp.unwrap_or(Cfp {
                    demande_le: None,
                    silence_le: None,
                    decision: None,
                    refus_implicite: false,
                    notifiee_le: None,
                    sans_voie_electronique: false,
                });
                self.procedure.cfp =
                    Some(Cfp { decision: Some((*issue, jour)), notifiee_le: None, ..demande });
                self.entre(
                    match issue {
                        IssueDeCfp::Accord => Stade::CfpAccorde,
                        IssueDeCfp::Refus | IssueDeCfp::Revocation => Stade::CfpRefuse,
                    },
                    jour,
                );
            }
            Quoi::Expulsion { .. } => {
                self.procedure.expulse_le = Some(jour);
                self.entre(Stade::ExpulsionRealisee, jour);
            }
            Quoi::Depart {} | Quoi::Relogement { .. } | Quoi::Hebergement { .. } => {
                self.procedure.parti_le = Some(jour);
                if self.stade.parti() {
                    return;
                }
                let avant_le_jugement =
                    self.stade < Stade::ExpulsionOrdonnee && matches!(quoi, Quoi::Depart {});
                self.entre(
                    if avant_le_jugement { Stade::CongeDepart } else { Stade::DepartVolontaire },
                    jour,
                );
            }
            Quoi::Desistement {} if self.stade < Stade::AssignationDelivree => {}
            Quoi::Desistement {} if self.stade < Stade::ExpulsionOrdonnee => {
                self.entre(Stade::RejetDemande, jour);
            }
            Quoi::Desistement {} | Quoi::Renonciation {} => {
                self.procedure.renonce_le = Some(jour);
                if !self.stade.parti() {
                    self.entre(Stade::BailEnCours, jour);
                }
            }
            Quoi::PlanTermine {} => {
                self.finit_le_plan(EtatDEngagement::Tenu(jour));
                self.reglee(jour);
            }
            Quoi::PlanRompu {} if self.stade == Stade::DelaisAccordes => {
                self.entre(Stade::ExpulsionOrdonnee, jour);
            }
            Quoi::PcsRespecte {} => self.dette.reglee_le = Some(jour),
            Quoi::PcsDenonce {} => {
                // Une nouvelle demande de concours est nécessaire (décret n° 2025-1052).
                if matches!(self.stade, Stade::CfpDemande | Stade::CfpAccorde | Stade::CfpRefuse) {
                    self.procedure.cfp = None;
                    let reprise = match self.procedure.cql {
                        Some(_) => Stade::DelaiCqlExpire,
                        None => Stade::JugementSignifie,
                    };
                    self.entre(reprise, jour);
                }
            }
            Quoi::Surendettement(demarche) if demarche.etape == Avancee::Effacement => {
                self.procedure.expulsion_suspendue_jusqu_au = None;
                self.reglee(jour);
            }
            Quoi::Surendettement(demarche) => {
                if demarche.etape == Avancee::SuspensionExpulsion {
                    let deux_ans = jour.saturating_add(2.years());
                    self.procedure.expulsion_suspendue_jusqu_au =
                        Some(demarche.jusqu_au.unwrap_or(deux_ans).min(deux_ans));
                } else if matches!(
                    demarche.etape,
                    Avancee::Mesures | Avancee::Irrecevable | Avancee::Rejet | Avancee::SansSuite
                ) {
                    // La suspension cesse avec le plan, les mesures ou le rejet (C. conso., L. 722-9).
                    self.procedure.expulsion_suspendue_jusqu_au = None;
                }
            }
            Quoi::Dette { montant } => {
                if *montant <= Montant::centimes(0) {
                    self.reglee(jour);
                } else {
                    self.dette.reglee_le = None;
                    self.dette.impaye_dit = true;
                }
            }
            Quoi::PlanApurement { .. } => self.dette.impaye_dit = true,
            Quoi::NouveauBail { date_bail } => {
                let bail = date_bail.unwrap_or(jour);
                let reglee_le = self.dette.reglee_le;
                self.procedure = super::Procedure {
                    bail: Some(bail),
                    nouveau_bail_le: Some(jour),
                    indemnisation: self.procedure.indemnisation,
                    ..super::Procedure::default()
                };
                self.dette.reglee_le = reglee_le;
                self.entre(Stade::BailEnCours, jour);
            }
            Quoi::Indemnisation { etape, montant } => {
                self.procedure.indemnisation = Some((*etape, jour, *montant));
            }
            _ => {}
        }
    }

    /// La dette est réglée : ce qui en découle dépend du moment.
    fn reglee(&mut self, jour: Date) {
        self.dette.reglee_le = Some(jour);
        let dans_le_delai = self
            .procedure
            .cdp
            .is_none_or(|cdp| cdp.dernier_jour.is_none_or(|dernier| jour <= dernier));
        let plan = self
            .dette
            .plan
            .as_ref()
            .is_some_and(|plan| matches!(plan.etat, EtatDEngagement::Tenu(_)));
        let bail_continue = match self.stade {
            Stade::BailEnCours
            | Stade::ImpayeNaissant
            | Stade::ImpayeConstitueAide
            | Stade::DelaisAccordes
            | Stade::RejetDemande => true,
            Stade::CdpSignifie | Stade::ClauseAcquise => dans_le_delai || plan,
            Stade::AssignationDelivree
            | Stade::Audience
            | Stade::ExpulsionOrdonnee
            | Stade::JugementSignifie
            | Stade::CqlSignifie
            | Stade::DelaiCqlExpire
            | Stade::CfpDemande
            | Stade::CfpAccorde
            | Stade::CfpRefuse
            | Stade::DepartVolontaire
            | Stade::CongeDepart
            | Stade::ExpulsionRealisee => false,
        };
        if bail_continue {
            self.entre(Stade::BailEnCours, jour);
        }
    }

    /// Ce que le temps seul fait à la procédure.
    #[expect(clippy::wildcard_enum_match_arm, reason = "les autres stades attendent un acte")]
    pub(super) fn le_temps_passe(&mut self, horloge: &Horloge) {
        self.le_protocole_protege(horloge);
        match self.stade {
            Stade::CdpSignifie => {
                let acquise = self.procedure.cdp.and_then(|c| c.assignation_possible_le);
                if let Some(jour) = acquise.filter(|jour| horloge.atteint(*jour)) {
                    self.entre(Stade::ClauseAcquise, jour);
                }
            }
            Stade::AssignationDelivree => {
                if let Some(jour) = self.procedure.audience.filter(|jour| horloge.atteint(*jour)) {
                    self.entre(Stade::Audience, jour);
                }
            }
            Stade::CqlSignifie => {
                let expire = self.procedure.cql.and_then(|c| c.dernier_jour).map(|fin| {
                    let jex = self.procedure.jex.map_or(fin, |(_, au)| au.max(fin));
                    lendemain(self.procedure.expulsion_suspendue_jusqu_au.unwrap_or(jex).max(jex))
                });
                let protege = self.est(EtatParallele::Pcs);
                if let Some(jour) = expire.filter(|jour| horloge.atteint(*jour) && !protege) {
                    self.entre(Stade::DelaiCqlExpire, jour);
                }
            }
            Stade::CfpDemande => {
                let Some(cfp) = self.procedure.cfp.as_mut() else { return };
                // Une demande sans effet n'oblige pas le préfet : son silence ne refuse rien.
                let Some(silence) = cfp.silence_le.filter(|_| !cfp.sans_voie_electronique) else {
                    return;
                };
                if horloge.passe(silence) {
                    cfp.refus_implicite = true;
                    self.entre(Stade::CfpRefuse, silence);
                }
            }
            _ => {}
        }
    }

    fn le_protocole_protege(&mut self, horloge: &Horloge) {
        if self.fin_de_protection_du_protocole().is_some_and(|fin| !horloge.passe(fin)) {
            self.etats.insert(EtatParallele::Pcs);
        } else {
            self.etats.remove(&EtatParallele::Pcs);
        }
    }

    /// Le dernier jour où un protocole de cohésion sociale protège : son terme, et tant que le bailleur
    /// doit encore un bail (doute n° 46). Rien s'il n'y en a pas, ou s'il est dénoncé ou respecté.
    #[must_use]
    pub fn fin_de_protection_du_protocole(&self) -> Option<Date> {
        let pcs = self.dette.pcs.filter(|pcs| pcs.etat == EtatDEngagement::EnCours)?;
        Some(pcs.au.saturating_add(NOUVEAU_BAIL_APRES_PCS.months()))
    }

    /// Les états parallèles que le jour décide.
    pub(super) fn etats_du_jour(&mut self, horloge: &Horloge) {
        let mut pose = |etat, vrai: bool| {
            if vrai {
                self.etats.insert(etat);
            } else {
                self.etats.remove(&etat);
            }
        };
        pose(
            EtatParallele::PlanApurement,
            self.dette.plan.as_ref().is_some_and(|p: &Plan| p.etat == EtatDEngagement::EnCours),
        );
        let jex = self.procedure.jex.is_some_and(|(_, au)| !horloge.passe(au));
        pose(EtatParallele::DelaiJex, jex);
        let appel = self.procedure.appel.is_some_and(|(_, issue)| {
            issue.is_none_or(|issue| issue == IssueDAppel::ArretExecution)
        });
        pose(EtatParallele::Appel, appel);
        let indemnisation = self.procedure.indemnisation.is_some_and(|(etape, le, _)| {
            // Deux mois de silence valent rejet (CRPA, L. 231-4).
            etape == IssueDIndemnisation::Demande && !horloge.passe(le.saturating_add(2.months()))
        });
        pose(EtatParallele::IndemnisationEtat, indemnisation);
        let treve = self.stade.expulsable() && horloge.fin_de_la_treve().is_some();
        pose(EtatParallele::TreveActive, treve);
        pose(EtatParallele::NouveauBail, self.procedure.nouveau_bail_le.is_some());
        pose(EtatParallele::Renonciation, self.procedure.renonce_le.is_some());
        let dsf = self.dsf.demande_le.is_some()
            && self.dsf.transmis_le.is_none()
            && self.stade < Stade::DelaisAccordes;
        pose(EtatParallele::DsfEnCours, dsf);
    }
}
