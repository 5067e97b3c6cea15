//! La dette : ses décomptes, le plan et ses mensualités.

use ccapex::acte::Quoi;
use ccapex::cours::{EtatDEngagement, Plan};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::composants::{Badge, Ton};
use crate::dossiers::vu::Vu;
use crate::{mots, urls};

/// La dette d'un dossier.
pub struct Dette {
    /// « 2 480,00 € au 12/10/2026 ».
    pub reste: String,
    pub decomptes: Vec<Decompte>,
    pub plan: Option<PlanEnCours>,
    pub pcs: String,
    pub consigner: String,
}

/// La dette, un jour.
pub struct Decompte {
    pub jour: String,
    pub montant: String,
    pub source: String,
}

/// Le plan et ses mensualités.
pub struct PlanEnCours {
    pub resume: String,
    pub etat: Badge,
    pub compte: String,
    pub mensualites: Vec<Mensualite>,
    /// Où noter une mensualité.
    pub noter: String,
}

/// Une mensualité du plan.
pub struct Mensualite {
    pub rang: usize,
    pub jour: String,
    pub montant: String,
    pub etat: Badge,
    /// Le jour à noter, quand elle attend qu'on dise ce qu'elle est devenue.
    pub a_noter: Option<String>,
}

pub(super) fn dette(vu: &Vu<'_>) -> Option<Dette> {
    let reference = &vu.ouvert.vue.reference;
    let mut decomptes: Vec<(Date, String, String)> = Vec::new();
    for notice in vu.ouvert.dossier.en_vigueur() {
        if let Some(montant) = notice.contenu.montant_dette {
            let le = notice.contenu.date.unwrap_or(notice.recue_le);
            decomptes.push((le, montant.to_string(), notice.nature.libelle().to_owned()));
        }
    }
    for acte in &vu.ouvert.dossier.actes {
        if let Quoi::Dette { montant } = &acte.consigne.quoi {
            decomptes.push((acte.consigne.date, montant.to_string(), "Décompte".to_owned()));
        }
    }
    decomptes.sort_by_key(|(le, ..)| std::cmp::Reverse(*le));
    let dette = &vu.cours.dette;
    if decomptes.is_empty() && dette.plan.is_none() && dette.pcs.is_none() {
        return None;
    }
    Some(Dette {
        reste: match (dette.reglee_le, dette.reste) {
            (Some(le), _) => format!("Réglée le {}", mots::jour(le)),
            (None, Some((le, montant))) => format!("{montant} au {}", mots::jour(le)),
            (None, None) => "Montant inconnu".to_owned(),
        },
        decomptes: decomptes
            .into_iter()
            .map(|(le, montant, source)| Decompte { jour: mots::jour(le), montant, source })
            .collect(),
        plan: dette.plan.as_ref().map(|plan| en_cours(plan, vu)),
        pcs: dette.pcs.map_or_else(String::new, |pcs| {
            let etat = match pcs.etat {
                EtatDEngagement::EnCours => "en cours".to_owned(),
                EtatDEngagement::Rompu(le) => format!("dénoncé le {}", mots::jour(le)),
                EtatDEngagement::Tenu(le) => format!("respecté jusqu'au {}", mots::jour(le)),
            };
            format!("Du {} au {}, {etat}", mots::jour(pcs.du), mots::jour(pcs.au))
        }),
        consigner: urls::consigner_un_acte(reference, "dette"),
    })
}

fn en_cours(plan: &Plan, vu: &Vu<'_>) -> PlanEnCours {
    let (ton, etat, arrete_le) = match plan.etat {
        EtatDEngagement::EnCours => (Ton::Succes, "En cours".to_owned(), None),
        EtatDEngagement::Rompu(le) => {
            (Ton::Erreur, format!("Rompu le {}", mots::jour(le)), Some(le))
        }
        EtatDEngagement::Tenu(le) => {
            (Ton::Succes, format!("Terminé le {}", mots::jour(le)), Some(le))
        }
    };
    let origine = plan.origine.as_deref().map(|o| format!(", négocié par : {}", vu.noms.qui(o)));
    PlanEnCours {
        resume: format!(
            "{} de {} à compter du {}{}",
            mots::compte(plan.echeances.into(), "mensualité", "mensualités"),
            plan.mensualite,
            mots::jour(plan.du),
            origine.unwrap_or_default()
        ),
        etat: Badge::nouveau(ton, etat),
        compte: format!(
            "{}, {}, sur {}",
            mots::compte(plan.payees.len() as u64, "payée", "payées"),
            mots::compte(plan.manquees.len() as u64, "manquée", "manquées"),
            plan.echeances
        ),
        mensualites: mensualites(plan, arrete_le, vu),
        noter: urls::consigner_un_acte(&vu.ouvert.vue.reference, "echeance_plan"),
    }
}

/// Les mensualités échues, et les deux qui viennent.
fn mensualites(plan: &Plan, arrete_le: Option<Date>, vu: &Vu<'_>) -> Vec<Mensualite> {
    let due = |rang: usize| plan.du.saturating_add(i64::try_from(rang).unwrap_or(0).months());
    let dernier = usize::from(plan.echeances);
    // Un versement compte pour la mensualité dont le jour est le plus proche.
    let visee = |jour: Date| {
        (1..=dernier)
            .min_by_key(|rang| jour.until(due(*rang)).map_or(i32::MAX, |d| d.get_days().abs()))
    };
    let payees: Vec<usize> = plan.payees.iter().filter_map(|j| visee(*j)).collect();
    let manquees: Vec<usize> = plan.manquees.iter().filter_map(|j| visee(*j)).collect();
    let peut_noter = vu.peut_agir() && arrete_le.is_none();
    let mut a_venir = 0;
    let mut lignes = Vec::new();
    for rang in 1..=dernier {
        let jour = due(rang);
        if arrete_le.is_some_and(|le| jour > le) {
            break;
        }
        if jour > vu.jour {
            a_venir += 1;
        }
        if a_venir > 2 {
            break;
        }
        let (ton, etat) = match (payees.contains(&rang), manquees.contains(&rang)) {
            (true, _) => (Ton::Succes, "Payée"),
            (false, true) => (Ton::Erreur, "Manquée"),
            (false, false) if jour > vu.jour => (Ton::Neutre, "À venir"),
            (false, false) => (Ton::Attention, "À noter"),
        };
        let notee = payees.contains(&rang) || manquees.contains(&rang);
        lignes.push(Mensualite {
            rang,
            jour: mots::jour(jour),
            montant: plan.mensualite.to_string(),
            etat: Badge::nouveau(ton, etat),
            a_noter: (peut_noter && !notee && a_venir < 2).then(|| jour.min(vu.jour).to_string()),
        });
    }
    lignes
}
