//! Un dossier ouvert a toujours un service et une étape datée dont la règle a un nom ; il ne se clôt
//! que sur l'issue du ménage ; entre deux changements annoncés, le temps seul ne change rien.

use ccapex::acte::Quoi;
use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Fait};
use ccapex::identifiants::AgentId;
use ccapex::procedure::etapes::REGLES;
use ccapex::procedure::situation::{Situation, situation};
use ccapex::procedure::stade::stade_en_mots;
use ccapex::profil::Profil;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::journal::{actes, consignes, jours, notices_recues};

pub(crate) fn faits(actes: impl IntoIterator<Item = Acte>) -> Vec<Fait> {
    (1..)
        .zip(actes)
        .map(|(rang, acte)| Fait {
            id: rang.to_string(),
            rang,
            agent: AgentId(0),
            pour: None,
            ecrit_le: Timestamp::new(1_800_000_000 + rang, 0).expect("un instant"),
            acte,
        })
        .collect()
}

/// Des histoires au hasard : la plupart commencent par une notice, comme à la réception.
fn histoires() -> impl Strategy<Value = Vec<Fait>> {
    let notice = || notices_recues().prop_map(|recue| Acte::NoticeRecue(Box::new(recue))).boxed();
    let consigne = || consignes().prop_map(|consigne| Acte::Consigne(Box::new(consigne))).boxed();
    let premiere = prop_oneof![9 => notice(), 1 => consigne()];
    (
        premiere,
        prop::collection::vec(
            prop_oneof![1 => notice(), 3 => consigne(), 2 => actes().boxed()],
            0..14,
        ),
    )
        .prop_map(|(premiere, suite)| faits(std::iter::once(premiere).chain(suite)))
}

/// Joue autant de cas que dit, la moitié sur chaque fil : la même suite à chaque passage.
fn eprouver<S: Strategy>(
    cas: u32,
    valeurs: impl Fn() -> S + Sync,
    essai: impl Fn(S::Value) -> Result<(), TestCaseError> + Sync,
) {
    std::thread::scope(|fils| {
        let [a, b] = [1_u8, 2].map(|graine| {
            let (valeurs, essai) = (&valeurs, &essai);
            fils.spawn(move || eprouver_la_moitie(graine, cas.div_ceil(2), &valeurs(), essai))
        });
        for fil in [a, b] {
            if let Err(echec) = fil.join() {
                std::panic::resume_unwind(echec);
            }
        }
    });
}

fn eprouver_la_moitie<S: Strategy>(
    graine: u8,
    cas: u32,
    valeurs: &S,
    essai: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let mut essais = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig {
            failure_persistence: None,
            max_shrink_iters: 20_000,
            ..ProptestConfig::with_cases(cas)
        },
        proptest::test_runner::TestRng::from_seed(
            proptest::test_runner::RngAlgorithm::ChaCha,
            &[graine; 32],
        ),
    );
    essais.run(valeurs, essai).unwrap_or_else(|contre_exemple| panic!("{contre_exemple}"));
}

fn est_suivi(dossier: &Dossier, situation: &Situation) -> Result<(), TestCaseError> {
    prop_assert!(!situation.service.is_empty());
    prop_assert_ne!(stade_en_mots(situation.stade), situation.stade, "un stade sans nom");
    prop_assert_eq!(situation.etapes.is_empty(), situation.clos.is_some());
    for etape in &situation.etapes {
        prop_assert!(REGLES.contains(&etape.regle), "{} n'est pas une règle nommée", etape.regle);
        prop_assert!(!etape.quoi.is_empty() && !etape.qui.is_empty(), "{:?}", etape);
        prop_assert!(
            !etape.motifs.is_empty() && etape.motifs.iter().all(|m| !m.is_empty()),
            "{:?}",
            etape
        );
        let vide = dossier.en_vigueur().next().is_none() && dossier.actes.is_empty();
        prop_assert!(etape.regle != "a_examiner" || vide, "{:?}", etape);
    }
    prop_assert!(situation.etapes.is_sorted_by_key(|e| e.avant_le));
    Ok(())
}

/// Un dossier clos a son issue, ou une dette réglée dans un bail qui continue.
fn est_bien_clos(
    dossier: &Dossier,
    situation: &Situation,
    aujourd_hui: Date,
) -> Result<(), TestCaseError> {
    let Some(clos) = &situation.clos else { return Ok(()) };
    prop_assert!(clos.le <= aujourd_hui, "clos {} avant l'heure", clos.le);
    let issue = dossier.actes.iter().any(|a| {
        a.consigne.date == clos.le
            && matches!(a.consigne.quoi, Quoi::IssueMenage { issue } if issue == clos.issue)
    });
    let regle = situation.stade == "bail_en_cours" || dossier.joint_a.is_some();
    prop_assert!(issue || (regle && clos.motif.contains("réglée")), "{:?}", clos);
    Ok(())
}

#[test]
fn aucun_dossier_ne_reste_sans_prochaine_etape_ni_ne_se_clot_sans_issue() {
    let (pas_de_calais, paris) =
        (Profil::integre("62").expect("le 62"), Profil::integre("75").expect("Paris"));
    eprouver(
        100_000,
        || (histoires(), jours(), any::<bool>()),
        |(faits, aujourd_hui, a_paris)| {
            let profil = if a_paris { &paris } else { &pas_de_calais };
            let dossier = Dossier::relire(&faits);
            let situation = situation(&dossier, profil, aujourd_hui);
            est_suivi(&dossier, &situation)?;
            est_bien_clos(&dossier, &situation, aujourd_hui)?;
            // Relire deux fois donne le même dossier.
            prop_assert_eq!(Dossier::relire(&faits), dossier);
            Ok(())
        },
    );
}

#[test]
fn rien_ne_change_avant_le_jour_annonce() {
    let profil = Profil::integre("62").expect("le 62");
    let tirages = || prop::collection::vec(0_i64..1_000, 3);
    eprouver(
        15_000,
        || (histoires(), jours(), tirages()),
        |(faits, aujourd_hui, tirages)| {
            let dossier = Dossier::relire(&faits);
            let attendue = situation(&dossier, &profil, aujourd_hui);
            let prochain = attendue.prochain_changement;
            prop_assert!(prochain.is_none_or(|jour| jour > aujourd_hui), "{:?}", prochain);
            let lendemain = aujourd_hui.saturating_add(1.day());
            let veille = prochain.map(|jour| jour.saturating_sub(1.day()));
            let autres = tirages.iter().map(|ecart| aujourd_hui.saturating_add(ecart.days()));
            for jour in autres.chain([lendemain]).chain(veille) {
                if prochain.is_some_and(|prochain| jour >= prochain) {
                    continue;
                }
                let autre = situation(&dossier, &profil, jour);
                let autre = Situation { prochain_changement: prochain, ..autre };
                prop_assert_eq!(&autre, &attendue, "au {}, et non au {}", jour, aujourd_hui);
            }
            Ok(())
        },
    );
}
