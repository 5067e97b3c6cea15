//! Ce qui court à côté de la procédure : plans, démarches, diagnostic, alertes, avis.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::acte::codes::{
    Avancee, CodeDAlerte, IssueDAccueil, IssueDeComplexite, IssueDePriseEnCharge,
    NatureDeProtection, SortDEcheance, SortDeLAide,
};
use crate::acte::{Demarche, Quoi};
use crate::cours::etat::{EtatParallele, Stade};
use crate::cours::fil::{Arrive, Point};
use crate::cours::{
    AlerteLevee, AvisRendu, Cours, Dsf, EtatDEngagement, Mesure, Pcs, Plan, Prise, Suivi,
};
use crate::notice::Nature;

impl<'a> Cours<'a> {
    /// Ce qu'un point change à ce qui court à côté de la procédure.
    pub(super) fn accompagne(&mut self, point: &Point<'a>) {
        match point.quoi {
            Arrive::Notice(notice) => match notice.nature {
                Nature::Alerte | Nature::SaisineBailleur | Nature::SignalementImpaye => {
                    self.etats.insert(EtatParallele::CcapexSaisie);
                }
                // Une nouvelle audience appelle un nouveau diagnostic.
                Nature::Assignation => self.dsf = Dsf::default(),
                Nature::Cdp | Nature::Decision | Nature::Cql | Nature::RequisitionCfp => {}
            },
            Arrive::Acte(acte) => {
                self.suit(&acte.consigne.quoi, point.jour, &acte.id);
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes sont ceux du fil")]
    fn suit(&mut self, quoi: &Quoi, jour: Date, fait: &str) {
        if let Some(code) = moment_cle(quoi)
            && !self.alertes.iter().any(|a| a.code == code && a.ouverte())
        {
            self.leve(code, quoi.nom(), jour, fait, Vec::new());
        }
        match quoi {
            Quoi::DsfDemande(d) => {
                self.dsf.demande_le = Some(jour);
                self.dsf.organisme.clone_from(&d.organisme);
            }
            Quoi::DsfRendezVous(_) => self.dsf.rendez_vous.push(jour),
            Quoi::PorteClose(_) => {
                self.dsf.portes_closes.push(jour);
                self.tentatives.insert(jour);
            }
            Quoi::DsfRedige { .. } => self.dsf.redige_le = Some(jour),
            Quoi::DsfRealise(_) => {
                self.dsf.realise_le = Some(jour);
                // Écrit après une porte close, sans personne depuis, il dit une carence.
                let porte = self.dsf.portes_closes.last();
                if porte.is_none_or(|porte| self.joint_le.is_some_and(|joint| joint >= *porte)) {
                    self.joint_le = Some(jour);
                }
            }
            Quoi::DsfTransmis(_) => self.dsf.transmis_le = Some(jour),
            Quoi::Contact { issue, .. } => match issue {
                IssueDAccueil::Joint => self.joint_le = Some(jour),
                IssueDAccueil::SansReponse => {
                    self.tentatives.insert(jour);
                }
            },
            Quoi::ParoleMenage { adhesion } => {
                self.joint_le = Some(jour);
                self.adhesion = adhesion.or(self.adhesion);
            }
            Quoi::Audience { locataire_present: Some(true), .. } => self.joint_le = Some(jour),
            Quoi::PlanApurement { mensualite, echeances, origine } => {
                self.dette.plan = Some(Plan {
                    du: jour,
                    mensualite: *mensualite,
                    echeances: *echeances,
                    origine: origine.clone(),
                    payees: Vec::new(),
                    manquees: Vec::new(),
                    etat: EtatDEngagement::EnCours,
                });
            }
            Quoi::EcheancePlan { issue } => {
                if let Some(plan) = self.dette.plan.as_mut() {
                    match issue {
                        SortDEcheance::Payee => plan.payees.push(jour),
                        SortDEcheance::Manquee => plan.manquees.push(jour),
                    }
                }
            }
            Quoi::PlanRompu {} => self.finit_le_plan(EtatDEngagement::Rompu(jour)),
            Quoi::Pcs { duree_mois } => {
                let au = |depuis: Date| depuis.saturating_add(i64::from(*duree_mois).months());
                self.dette.pcs = Some(match self.dette.pcs {
                    // Un renouvellement prolonge le premier protocole.
                    Some(pcs) if pcs.etat == EtatDEngagement::EnCours => {
                        Pcs { au: au(pcs.au.max(jour)), ..pcs }
                    }
                    _ => Pcs { du: jour, au: au(jour), etat: EtatDEngagement::EnCours },
                });
            }
            Quoi::PcsDenonce {} => self.finit_le_pcs(EtatDEngagement::Rompu(jour)),
            Quoi::PcsRespecte {} => self.finit_le_pcs(EtatDEngagement::Tenu(jour)),
            Quoi::Fsl(demarche) => {
                suivre(&mut self.demarches.fsl, demarche, jour);
                self.note(EtatParallele::FslMaintien, demarche.etape);
            }
            Quoi::Dalo(demarche) => {
                suivre(&mut self.demarches.dalo, demarche, jour);
                self.note(EtatParallele::Dalo, demarche.etape);
            }
            Quoi::Daho(demarche) => {
                suivre(&mut self.demarches.daho, demarche, jour);
                self.note(EtatParallele::Dalo, demarche.etape);
            }
            Quoi::Surendettement(demarche) => {
                suivre(&mut self.demarches.surendettement, demarche, jour);
                self.note(EtatParallele::Surendettement, demarche.etape);
            }
            Quoi::AideLogement { etape } => {
                self.dette.aide = Some((*etape, jour));
                let suspendue = *etape == SortDeLAide::Suspendue;
                self.pose(EtatParallele::AideSuspendue, suspendue);
                self.pose(EtatParallele::AideMaintenue, !suspendue);
            }
            Quoi::DecisionAide { issue, notifiee_le } => {
                self.dette.decision_aide = Some((*issue, jour, *notifiee_le));
            }
            Quoi::PriseEnCharge { service, issue } => {
                self.prises_en_charge.push(Prise {
                    service: service.clone(),
                    issue: *issue,
                    le: jour,
                });
                if *issue == IssueDePriseEnCharge::Acceptee {
                    self.joint_le = self.joint_le.max(Some(jour));
                }
            }
            Quoi::Dispositif { code, etape } => {
                self.dispositifs.retain(|m| m.code != *code);
                self.dispositifs.push(Mesure { code: code.clone(), etape: *etape, le: jour });
            }
            Quoi::Garantie { code, etape } => {
                self.garanties.retain(|(connue, ..)| connue != code);
                self.garanties.push((code.clone(), *etape, jour));
            }
            Quoi::Alerte { code, destinataires } => {
                self.etats.insert(EtatParallele::CcapexSaisie);
                self.leve(*code, quoi.nom(), jour, fait, destinataires.clone());
            }
            Quoi::AlerteReponse { code, destinataires } => {
                for alerte in self.alertes.iter_mut().filter(|a| a.code == *code) {
                    alerte.recoit(destinataires, jour);
                }
            }
            Quoi::Avis { destinataire, .. } => {
                self.etats.insert(EtatParallele::CcapexAvis);
                self.avis.push(AvisRendu {
                    fait: fait.to_owned(),
                    le: jour,
                    destinataire: destinataire.clone(),
                    suite: None,
                });
            }
            Quoi::Suite { avis, issue } => {
                if let Some(rendu) = self.avis.iter_mut().find(|a| a.fait == *avis) {
                    rendu.suite = Some((*issue, jour));
                }
            }
            Quoi::MesureProtection { nature } => {
                let levee = *nature == NatureDeProtection::Levee;
                self.protection = (!levee).then_some((*nature, jour));
                self.pose(EtatParallele::MesureProtection, !levee);
            }
            Quoi::Relogement { .. } => {
                self.etats.insert(EtatParallele::Relogement);
            }
            Quoi::Hebergement { .. } => {
                self.etats.insert(EtatParallele::HebergementSiao);
            }
            Quoi::CasComplexe { issue, criteres } => {
                self.complexite = Some((*issue, jour, criteres.clone()));
            }
            _ => {}
        }
    }

    /// Le délai que le FSL a pour répondre : celui de la procédure d'impayé de l'organisme payeur quand
    /// le dossier en est là, sinon celui de son règlement intérieur.
    #[must_use]
    pub fn regle_du_fsl(&self) -> &'static str {
        if self.stade == Stade::ImpayeConstitueAide {
            "fsl_delai_apurement"
        } else {
            "fsl_decision"
        }
    }

    fn leve(
        &mut self,
        code: CodeDAlerte,
        par: &'static str,
        le: Date,
        fait: &str,
        destinataires: Vec<String>,
    ) {
        let fait = fait.to_owned();
        self.alertes.push(AlerteLevee { fait, par, code, le, destinataires, reponses: Vec::new() });
    }

    fn pose(&mut self, etat: EtatParallele, vrai: bool) {
        if vrai {
            self.etats.insert(etat);
        } else {
            self.etats.remove(&etat);
        }
    }

    /// Une démarche court jusqu'à son refus ou son aboutissement.
    fn note(&mut self, etat: EtatParallele, etape: Avancee) {
        let finie = matches!(
            etape,
            Avancee::Refus
                | Avancee::Rejet
                | Avancee::Irrecevable
                | Avancee::Effacement
                | Avancee::Relogement
                | Avancee::SansSuite
        );
        self.pose(etat, !finie);
    }

    pub(super) fn finit_le_plan(&mut self, etat: EtatDEngagement) {
        if let Some(plan) = self.dette.plan.as_mut() {
            plan.etat = etat;
        }
    }

    fn finit_le_pcs(&mut self, etat: EtatDEngagement) {
        if let Some(pcs) = self.dette.pcs.as_mut() {
            pcs.etat = etat;
        }
    }
}

impl AlerteLevee {
    /// Quelqu'un au moins se tait encore : un même moment ne lève pas une seconde alerte.
    ///
    /// Une alerte à ceux du profil n'est plus ouverte dès qu'un seul a répondu : ce qui arrive
    /// ensuite est une nouvelle.
    #[must_use]
    pub fn ouverte(&self) -> bool {
        let a_repondu = |qui: &str| self.reponses.iter().any(|(nom, _)| nom == qui);
        if a_repondu("") {
            return false;
        }
        match self.destinataires.as_slice() {
            [] => self.reponses.is_empty(),
            nommes => nommes.iter().any(|nomme| !a_repondu(nomme)),
        }
    }

    /// La première réponse de chacun compte ; personne de nommé répond pour tous.
    fn recoit(&mut self, de: &[String], le: Date) {
        let tous = [String::new()];
        for qui in if de.is_empty() { &tous } else { de } {
            let deja = |(nom, _): &(String, Date)| nom.is_empty() || nom == qui;
            if !self.reponses.iter().any(deja) {
                self.reponses.push((qui.clone(), le));
            }
        }
    }
}

/// Le moment clé de la charte que cet acte est à lui seul.
#[expect(clippy::wildcard_enum_match_arm, reason = "les autres actes n'alertent personne")]
fn moment_cle(quoi: &Quoi) -> Option<CodeDAlerte> {
    match quoi {
        Quoi::Audience { locataire_present: Some(false), .. } => Some(CodeDAlerte::AbsenceAudience),
        Quoi::PorteClose(_) => Some(CodeDAlerte::PorteClose),
        Quoi::AideLogement { etape: SortDeLAide::Suspendue } => Some(CodeDAlerte::SuspensionAide),
        Quoi::Pcs { .. } | Quoi::NouveauBail { .. } => Some(CodeDAlerte::ProtocoleOuBail),
        Quoi::EcheancePlan { issue: SortDEcheance::Manquee } => Some(CodeDAlerte::RisqueDeRupture),
        Quoi::CasComplexe { issue: IssueDeComplexite::Retenu, .. } => {
            Some(CodeDAlerte::DossierComplexe)
        }
        _ => None,
    }
}

fn suivre(suivi: &mut Option<Suivi>, demarche: &Demarche, jour: Date) {
    let depose_le = if demarche.etape == Avancee::Depose {
        Some(jour)
    } else {
        suivi.as_ref().and_then(|s| s.depose_le)
    };
    *suivi = Some(Suivi { depose_le, le: jour, demarche: demarche.clone() });
}
