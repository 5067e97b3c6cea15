//! Les dates que la loi compte, à venir ou passées.

use droit::calendrier::{Calendrier, Territoire, lendemain};
use droit::conclusion::Motif;
use droit::delai::Report;
use droit::jour::Jour;
use droit::regles::aide::effet_de_la_suspension;
use droit::regles::appel::dernier_jour_d_appel;
use droit::regles::assignation::{dernier_jour_notification_prefet, premiere_audience};
use droit::regles::diagnostic::{dernier_jour_transmission, entretien_avant_le};
use droit::regles::distance::Residence;
use droit::regles::force_publique::refus_implicite;
use droit::regles::quitter_les_lieux::{NonNotifie, fin_du_delai};
use droit::regles::saisine::fin_de_l_attente;
use droit::regles::treve::premier_jour_d_expulsion;
use jiff::civil::Date;

use super::{Jalon, Sorte};
use crate::acte::codes::{Avancee, IssueDIndemnisation, IssueDeDecisionSurAide};
use crate::cours::etat::Stade;
use crate::cours::horloge::Horloge;
use crate::cours::loi::echeance;
use crate::cours::suspensions::{Suspension, TypeDeSuspension};
use crate::cours::{Cours, EtatDEngagement, Suivi};
use crate::notice::{BailleurType, Nature};
use crate::signalement::fin_du_delai::fin_du_delai as fin_du_commandement;

pub(super) fn echeances(
    cours: &Cours<'_>,
    suspensions: &[Suspension],
    commune: &str,
    horloge: &Horloge,
) -> Vec<Jalon> {
    let mut dates =
        Dates { cours, commune, territoire: Territoire::de_commune(commune), jalons: Vec::new() };
    dates.commandement();
    dates.assignation(horloge);
    dates.jugement();
    dates.quitter_les_lieux(suspensions);
    dates.concours();
    dates.indemnisation();
    dates.suspensions(suspensions);
    dates.engagements();
    dates.demarches();
    dates.aide();
    dates.jalons
}

struct Dates<'a> {
    cours: &'a Cours<'a>,
    commune: &'a str,
    territoire: Territoire,
    jalons: Vec<Jalon>,
}

impl Dates<'_> {
    fn pose(&mut self, jour: Date, titre: &str, regle: &'static str, motifs: Vec<String>) {
        self.jalons.push(Jalon {
            jour,
            titre: titre.to_owned(),
            sorte: Sorte::Calcule,
            regle: Some(regle),
            motifs,
            fait: None,
            anomalies: Vec::new(),
        });
    }

    /// Une échéance du catalogue.
    fn compte(&mut self, depuis: Date, titre: &str, regle: &'static str) -> Option<Date> {
        let echue = echeance(regle, depuis, self.commune)?;
        self.pose(echue.jour, titre, regle, echue.motifs);
        Some(echue.jour)
    }

    fn commandement(&mut self) {
        let procedure = &self.cours.procedure;
        let Some(cdp) = procedure.cdp else { return };
        let Ok(fin) = fin_du_commandement(Nature::Cdp, &cdp.notice.contenu) else { return };
        let mut motifs = mots(&fin.motifs);
        let regle = "delai_commandement_de_payer";
        self.pose(fin.valeur.retenue, "Dernier jour pour payer", regle, motifs.clone());
        if procedure.assignation.is_some() || self.cours.dette.reglee_le.is_some() {
            return;
        }
        let mut possible = fin.valeur.premier_jour_possible;
        let bailleur = cdp.notice.contenu.bailleur_type;
        if matches!(bailleur, BailleurType::PersonneMorale | BailleurType::BailleurSocial) {
            // Sans saisine connue, aucune date d'assignation ne se calcule.
            let Some(attente) = procedure
                .saisine_bailleur_le
                .and_then(|le| fin_de_l_attente(le, Report::Aucun, self.territoire).ok())
            else {
                return;
            };
            possible = possible.max(attente.valeur.premier_jour_possible);
            motifs.extend(mots(&attente.motifs));
        }
        self.pose(
            possible,
            "Première assignation possible, si la dette n'est pas payée",
            "premiere_assignation_possible",
            motifs,
        );
    }

    fn assignation(&mut self, horloge: &Horloge) {
        let procedure = &self.cours.procedure;
        let (Some(assignation), Some(audience_du_jour)) =
            (procedure.assignation, procedure.audience.or(procedure.audience_tenue_le))
        else {
            self.premiere_audience();
            return;
        };
        let contenu = &assignation.contenu;
        let assignee_le = contenu.date.unwrap_or(assignation.recue_le);
        // Un renvoi ne fait pas recompter la notification : l'audience est celle de l'assignation.
        let visee = contenu.date_audience.unwrap_or(audience_du_jour);
        if let Ok(limite) = dernier_jour_notification_prefet(visee, assignee_le) {
            self.pose(
                limite.valeur,
                "Dernier jour pour notifier l'assignation au préfet",
                "delai_notification_prefet",
                mots(&limite.motifs),
            );
        }
        if procedure.audience_tenue_le != Some(audience_du_jour) {
            let annoncee = if audience_du_jour == visee {
                format!("date donnée par l'assignation du {}", Jour(assignee_le))
            } else {
                "affaire renvoyée à ce jour".to_owned()
            };
            self.jalons.push(Jalon {
                jour: audience_du_jour,
                titre: "Audience".to_owned(),
                sorte: if horloge.passe(audience_du_jour) { Sorte::Passe } else { Sorte::Annonce },
                regle: None,
                motifs: vec![annoncee],
                fait: Some(assignation.fait.clone()),
                anomalies: Vec::new(),
            });
        }
        if let Ok(limite) = dernier_jour_transmission(audience_du_jour, self.territoire) {
            self.pose(
                limite.valeur,
                "Dernier jour pour transmettre le diagnostic",
                "dsf_transmission",
                mots(&limite.motifs),
            );
        }
        self.entretien();
    }

    /// Une assignation notifiée dont l'audience n'est pas encore fixée.
    fn premiere_audience(&mut self) {
        self.entretien();
        let Some(assignation) = self.cours.procedure.assignation else { return };
        let contenu = &assignation.contenu;
        let (Some(notifiee_le), Some(assignee_le)) =
            (contenu.date_notification_prefet, contenu.date)
        else {
            return;
        };
        let Ok(premiere) = premiere_audience(notifiee_le, assignee_le) else { return };
        let jour = self.territoire.ouvrable_a_partir_de(premiere);
        let motif = format!(
            "assignation notifiée au préfet le {} : audience le {} au plus tôt",
            Jour(notifiee_le),
            Jour(premiere)
        );
        self.pose(jour, "Première audience possible", "delai_notification_prefet", vec![motif]);
    }

    fn entretien(&mut self) {
        let Some(demande_le) = self.cours.dsf.demande_le else { return };
        if let Ok(limite) = entretien_avant_le(demande_le, self.territoire) {
            self.pose(
                limite.valeur,
                "Dernier jour pour proposer l'entretien du diagnostic",
                "dsf_entretien",
                mots(&limite.motifs),
            );
        }
    }

    fn jugement(&mut self) {
        let procedure = &self.cours.procedure;
        let Some(jugement) = procedure.jugement else { return };
        if let Some(signifie_le) = procedure.signifie_le {
            let residence = Residence::France(self.territoire);
            if let Ok(limite) = dernier_jour_d_appel(signifie_le, self.territoire, residence) {
                self.pose(
                    limite.valeur.retenue,
                    "Dernier jour pour faire appel",
                    "delai_appel",
                    mots(&limite.motifs),
                );
            }
        } else if jugement.par_defaut == Some(true) && procedure.cql.is_none() {
            self.compte(
                jugement.le,
                "Dernier jour pour signifier le jugement, ensuite non avenu",
                "jugement_non_avenu",
            );
        }
    }

    fn quitter_les_lieux(&mut self, suspensions: &[Suspension]) {
        let Some(cql) = self.cours.procedure.cql else { return };
        let Ok(fin) = fin_du_delai(
            cql.signifie_le,
            cql.notifie_le,
            NonNotifie::Suspend,
            Report::Aucun,
            self.territoire,
        ) else {
            return;
        };
        let mut motifs = mots(&fin.motifs);
        self.pose(
            fin.valeur.retenue,
            "Fin du délai du commandement de quitter les lieux",
            "delai_cql",
            motifs.clone(),
        );
        let expulsable = (Stade::CqlSignifie..=Stade::CfpRefuse).contains(&self.cours.stade);
        if !expulsable {
            return;
        }
        let mut libre = lendemain(fin.valeur.retenue);
        for suspension in suspensions.iter().filter(|s| arrete_l_execution(s.quoi)) {
            match suspension.au {
                Some(au) if au >= libre => {
                    libre = lendemain(au);
                    motifs.push(suspension.motif.clone());
                }
                Some(_) => {}
                // Rien ne dit quand elle finit : aucun jour ne se calcule.
                None => return,
            }
        }
        let Ok(possible) = premier_jour_d_expulsion(libre, self.territoire) else { return };
        if possible != libre && fin.valeur.premier_jour_possible != possible {
            motifs.push(format!(
                "trêve hivernale, dimanche ou jour férié : pas avant le {}",
                Jour(possible)
            ));
        }
        motifs.push("il faut encore le concours de la force publique".to_owned());
        self.pose(
            possible,
            "Premier jour où une expulsion est possible",
            "treve_hivernale",
            motifs,
        );
    }

    fn concours(&mut self) {
        let demande = self.cours.procedure.cfp.filter(|cfp| !cfp.sans_voie_electronique);
        let Some(demande_le) = demande.and_then(|cfp| cfp.demande_le) else { return };
        let decide_le = demande.and_then(|cfp| cfp.decision).map(|(_, le)| le);
        if let Ok(silence) = refus_implicite(demande_le) {
            // Une réponse venue à temps a rompu le silence.
            if decide_le.is_some_and(|le| (demande_le..=silence.valeur.retenue).contains(&le)) {
                return;
            }
            self.pose(
                silence.valeur.retenue,
                "Fin des deux mois du préfet : son silence vaut refus",
                "delai_reponse_cfp",
                mots(&silence.motifs),
            );
        }
    }

    fn indemnisation(&mut self) {
        let Some((IssueDIndemnisation::Demande, le, _)) = self.cours.procedure.indemnisation else {
            return;
        };
        let regle = "indemnisation_silence";
        if let Some(silence) = self.compte(le, "Silence sur l'indemnisation : rejet", regle) {
            self.compte(silence, "Dernier jour pour saisir le tribunal administratif", regle);
        }
    }

    fn suspensions(&mut self, suspensions: &[Suspension]) {
        for suspension in suspensions {
            // Un plan finit à sa dernière mensualité, un protocole à son terme : dits plus bas.
            if matches!(suspension.quoi, TypeDeSuspension::PlanRespecte | TypeDeSuspension::Pcs) {
                continue;
            }
            if let Some(au) = suspension.au {
                let titre = format!("Dernier jour : {}", suspension.quoi.libelle().to_lowercase());
                self.pose(au, &titre, suspension.regle, vec![suspension.motif.clone()]);
            }
        }
    }

    fn engagements(&mut self) {
        if let Some(plan) = &self.cours.dette.plan
            && plan.etat == EtatDEngagement::EnCours
        {
            let fin =
                droit::delai::Delai::Mois(plan.echeances).terme(plan.du, &Territoire::Metropole);
            let motif = format!(
                "plan du {} : {} mensualités de {}",
                Jour(plan.du),
                plan.echeances,
                plan.mensualite
            );
            self.pose(fin, "Dernière mensualité du plan", "plan_apurement", vec![motif]);
        }
        let Some(pcs) = self.cours.dette.pcs else { return };
        let terme = match pcs.etat {
            EtatDEngagement::EnCours => {
                let motif = format!("protocole signé le {}", Jour(pcs.du));
                self.pose(pcs.au, "Fin du protocole de cohésion sociale", "pcs_duree", vec![motif]);
                pcs.au
            }
            EtatDEngagement::Tenu(le) => le,
            EtatDEngagement::Rompu(_) => return,
        };
        if self.cours.procedure.nouveau_bail_le.is_none() {
            self.compte(
                terme,
                "Dernier jour pour signer le nouveau bail, protocole respecté",
                "pcs_nouveau_bail",
            );
        }
    }

    fn demarches(&mut self) {
        let demarches = &self.cours.demarches;
        let depot = |suivi: &Option<Suivi>| {
            suivi.as_ref().filter(|s| s.demarche.etape == Avancee::Depose).map(|s| s.le)
        };
        let attendues = [
            (depot(&demarches.fsl), "Réponse du FSL attendue", self.cours.regle_du_fsl()),
            (depot(&demarches.dalo), "Décision attendue sur le recours DALO", "dalo_instruction"),
            (depot(&demarches.daho), "Décision attendue sur le recours DAHO", "daho_instruction"),
            (
                depot(&demarches.surendettement),
                "Décision attendue sur la recevabilité du surendettement",
                "surendettement_orientation",
            ),
        ];
        let prioritaire = demarches
            .dalo
            .as_ref()
            .filter(|suivi| suivi.demarche.etape == Avancee::Prioritaire)
            .map(|suivi| suivi.le);
        for (depuis, titre, regle) in attendues {
            if let Some(depuis) = depuis {
                self.compte(depuis, titre, regle);
            }
        }
        if let Some(le) = prioritaire
            && let Some(offre) =
                self.compte(le, "Offre de logement due par le préfet", "dalo_relogement")
        {
            self.compte(
                offre,
                "Dernier jour pour demander une injonction au tribunal",
                "dalo_recours_injonction",
            );
        }
    }

    fn aide(&mut self) {
        let Some((IssueDeDecisionSurAide::Suspension, _, Some(notifiee_le))) =
            self.cours.dette.decision_aide
        else {
            return;
        };
        if let Ok(effet) = effet_de_la_suspension(notifiee_le) {
            self.pose(
                effet.valeur,
                "L'aide au logement n'est plus versée",
                "effet_suspension",
                mots(&effet.motifs),
            );
        }
    }
}

/// Ce qui arrête l'expulsion elle-même, hors trêve : la trêve a sa propre règle.
fn arrete_l_execution(quoi: TypeDeSuspension) -> bool {
    match quoi {
        TypeDeSuspension::DelaisPourPartir
        | TypeDeSuspension::Surendettement
        | TypeDeSuspension::Pcs
        | TypeDeSuspension::ArretDeLExecution => true,
        TypeDeSuspension::PlanRespecte
        | TypeDeSuspension::DelaisDuJuge
        | TypeDeSuspension::Treve => false,
    }
}

fn mots(motifs: &[Motif]) -> Vec<String> {
    motifs.iter().map(ToString::to_string).collect()
}
