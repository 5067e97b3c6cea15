//! La prochaine étape : chacune vient d'une règle nommée, avec sa source.
//!
//! Un sujet par fichier. Les délais que ne fixe aucun texte sont ceux du profil, et le disent. Une
//! étape en retard change de main. Tant que rien d'autre n'est dû, le secrétariat revoit le dossier
//! à la cadence du règlement intérieur : un dossier ouvert a toujours une étape datée.
//!
//! Ordre de lecture : [`etapes`], `demande` (comment une étape s'écrit), `escalade`, puis les sujets
//! dans l'ordre de la procédure.

mod aide;
mod apres_le_depart;
mod apres_le_jugement;
mod audience;
mod commission;
mod demande;
mod demarches;
mod diagnostic;
mod escalade;
mod force_publique;
mod lettres;
mod notice;
mod paiement;
mod plan;
mod prise_en_charge;
mod revue;
mod situations;

use droit::calendrier::Territoire;
use droit::montant::Montant;
use jiff::civil::Date;

use crate::cours::Cours;
use crate::cours::etat::EtatParallele;
use crate::cours::horloge::Horloge;
use crate::dossier::Dossier;
use crate::procedure::etape::Etape;
use crate::profil::Profil;

/// Le nom de chaque règle, dans l'ordre de la procédure. Celles du droit portent le nom de leur texte.
#[rustfmt::skip]
pub const REGLES: [&str; 79] = [
    "completer_la_notice", "confirmer_la_situation", "envoyer_les_lettres", "relancer",
    "prendre_en_charge", "reattribuer",
    "signalement_impaye_bailleur", "chercher_un_plan", "renegocier_apres_rupture",
    "dette_inferieure_a_2000", "delai_commandement_de_payer", "delai_saisine_ccapex_personne_morale",
    "echeance_du_plan", "risque_de_rupture", "fin_du_plan",
    "pcs_duree", "pcs_nouveau_bail", "pcs_denonce",
    "decideur_maintien_aide", "notifier_la_decision_sur_l_aide", "effet_suspension",
    "retablir_l_aide", "mobiliser_la_garantie",
    "demander_la_date_d_audience", "delais_paiement_condition", "saisine_dsf", "dsf_entretien",
    "dsf_rendez_vous", "porte_close", "dsf_transmission", "connaitre_l_issue_de_l_audience",
    "absence_a_l_audience",
    "suivre_la_decision", "suspension_clause_resolutoire", "fin_des_delais_de_paiement",
    "apres_le_rejet", "jugement_non_avenu", "delai_appel", "suivre_l_appel",
    "preparer_le_relogement", "delai_cql", "delais_jex", "surendettement_suspension_expulsion",
    "nouveau_bail_promis",
    "solution_avant_la_force_publique", "canal_cfp", "delai_reponse_cfp", "avis_maire",
    "entretien_derniere_chance", "renseignement_police", "enquete_sociale", "place_siao",
    "information_ccapex_cfp", "solution_avant_l_execution", "suivre_l_execution",
    "reexaminer_le_refus", "indemnisation_silence",
    "conge", "coordonner_les_acteurs", "informer_le_protecteur",
    "fsl_decision", "fsl_delai_apurement", "dalo_instruction", "dalo_relogement",
    "daho_instruction", "surendettement_orientation", "surendettement_aide_logement",
    "suivre_l_offre", "apres_un_refus",
    "ccapex_delai_reponse", "repondre_a_l_alerte", "suite_de_l_avis",
    "inscrire_a_l_ordre_du_jour", "suivre_la_mesure",
    "accompagner_l_expulsion", "meubles_retrait", "constater_l_issue",
    "revoir_en_secretariat", "a_examiner",
];

/// Le secrétariat de la sous-commission.
const SECRETARIAT: &str = "secretariat";
/// La cellule technique, qui reprend ce qu'un service n'a pas fait (fiches 3-3 et 3-4).
const CELLULE: &str = "cellule_technique";
/// La sous-commission, dernière à qui une étape remonte.
const SOUS_COMMISSION: &str = "sous_commission";
/// Le préfet, qui seul décide du concours de la force publique.
const PREFET: &str = "prefet";

/// Toutes les étapes ouvertes d'un dossier, de la plus proche à la plus lointaine. Jamais vide.
///
/// `service` est le service en charge.
#[must_use]
pub fn etapes(
    dossier: &Dossier,
    cours: &Cours<'_>,
    service: &str,
    profil: &Profil,
    commune: &str,
    horloge: &Horloge,
) -> Vec<Etape> {
    let Some(connu_le) = connu_le(dossier) else {
        return vec![a_examiner(horloge)];
    };
    let territoire = Territoire::de_commune(commune);
    let vue = Vue { dossier, cours, service, profil, territoire, horloge, connu_le };
    let mut suite = Vec::with_capacity(8);
    notice::etapes(&vue, &mut suite);
    // D'un acte trop ancien, on ne sait que demander s'il dit encore vrai.
    if !notice::situation_incertaine(&vue) {
        paiement::etapes(&vue, &mut suite);
        plan::etapes(&vue, &mut suite);
        aide::etapes(&vue, &mut suite);
        audience::etapes(&vue, &mut suite);
        apres_le_jugement::etapes(&vue, &mut suite);
        force_publique::etapes(&vue, &mut suite);
        situations::etapes(&vue, &mut suite);
    }
    demarches::etapes(&vue, &mut suite);
    commission::etapes(&vue, &mut suite);
    apres_le_depart::etapes(&vue, &mut suite);
    lettres::etapes(&vue, &mut suite);
    prise_en_charge::etapes(&vue, &mut suite);
    if suite.is_empty() {
        revue::etapes(&vue, &mut suite);
    }
    for etape in &mut suite {
        escalade::remonter(etape, &vue);
    }
    suite.sort_by(|a, b| (a.avant_le, a.regle).cmp(&(b.avant_le, b.regle)));
    suite
}

/// L'étape de repli, quand le journal est vide : due le jour même, et chaque jour de nouveau. Elle est
/// comptée, et doit ne pas servir.
fn a_examiner(horloge: &Horloge) -> Etape {
    let avant_le = horloge.aujourd_hui();
    horloge.passe(avant_le);
    Etape {
        quoi: "examiner ce dossier : aucune règle ne dit ce qui vient ensuite".to_owned(),
        qui: SECRETARIAT.to_owned(),
        avant_le,
        regle: "a_examiner",
        motifs: vec!["le journal ne permet pas de déduire d'étape".to_owned()],
    }
}

/// Le premier jour où l'on a su quelque chose de ce ménage.
fn connu_le(dossier: &Dossier) -> Option<Date> {
    let notices = dossier.en_vigueur().map(|n| n.recue_le).min();
    let actes = dossier.actes.iter().map(|a| a.consigne.consigne_le).min();
    match (notices, actes) {
        (Some(notice), Some(acte)) => Some(notice.min(acte)),
        (notice, acte) => notice.or(acte).or(dossier.dernier_fait_le),
    }
}

/// Ce que regardent toutes les règles.
struct Vue<'a> {
    dossier: &'a Dossier,
    cours: &'a Cours<'a>,
    service: &'a str,
    profil: &'a Profil,
    territoire: Territoire,
    horloge: &'a Horloge,
    connu_le: Date,
}

impl Vue<'_> {
    /// Le jour où l'on a appris ce qui est arrivé ce jour-là : personne n'est en retard avant.
    fn appris(&self, jour: Date) -> Date {
        let actes = self.dossier.actes.iter().map(|a| &a.consigne);
        let actes = actes.filter(|c| c.date == jour).map(|c| c.consigne_le);
        let notices = self.dossier.en_vigueur().filter(|n| n.contenu.date == Some(jour));
        let appris = actes.chain(notices.map(|n| n.recue_le.max(n.jugee_le))).max();
        appris.map_or(jour, |appris| appris.max(jour)).max(self.connu_le)
    }

    /// La dette, d'après le dernier décompte, est réglée.
    fn solde(&self) -> bool {
        let dette = &self.cours.dette;
        // Ne rien devoir n'arrête ni un congé ni une procédure pour troubles.
        let autre_cause =
            self.cours.procedure.hors_impaye.is_some() || self.cours.procedure.conge_au.is_some();
        !autre_cause
            && (dette.reglee_le.is_some()
                || dette.reste.is_some_and(|(_, m)| m <= Montant::default()))
    }

    /// Un plan ou un protocole règle la dette.
    fn engage(&self) -> bool {
        self.cours.est(EtatParallele::PlanApurement) || self.cours.est(EtatParallele::Pcs)
    }

    /// Le dernier jour où quelqu'un a travaillé avec ce ménage, au plus tôt celui-ci : une étape sans
    /// terme légal se compte de là, pour ne pas presser qui agit.
    fn travail_depuis(&self, jour: Date) -> Date {
        let avis = self.cours.avis.iter().map(|a| a.le).max();
        let mesures = self.cours.dispositifs.iter().map(|m| m.le).max();
        let dernier = self.cours.joint_le.max(avis).max(mesures);
        self.appris(dernier.map_or(jour, |dernier| dernier.max(jour)))
    }

    /// L'organisme nommé s'il est un service du profil, sinon le service en charge.
    fn service_ou<'s>(&'s self, organisme: Option<&'s str>) -> &'s str {
        organisme.filter(|code| self.profil.service(code).is_some()).unwrap_or(self.service)
    }
}
