//! Un dossier ouvert a toujours un service, et une étape datée dont la règle a un nom.

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Fait};
use ccapex::identifiants::AgentId;
use ccapex::procedure::situation::situation;
use ccapex::procedure::stade::stade_en_mots;
use ccapex::profil::Profil;
use jiff::Timestamp;
use proptest::prelude::*;

use crate::journal::{actes, jours, notices_recues};

pub(crate) fn faits(actes: impl IntoIterator<Item = Acte>) -> Vec<Fait> {
    (1..)
        .zip(actes)
        .map(|(rang, acte)| Fait {
            id: rang.to_string(),
            rang,
            agent: AgentId(0),
            ecrit_le: Timestamp::new(1_800_000_000 + rang, 0).expect("un instant"),
            acte,
        })
        .collect()
}

#[test]
fn aucun_dossier_ne_reste_sans_prochaine_etape() {
    let (pas_de_calais, paris) =
        (Profil::integre("62").expect("le 62"), Profil::integre("75").expect("Paris"));
    // La graine de proptest est fixée : la même suite à chaque passage.
    let mut essais = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) },
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let suites = (notices_recues(), prop::collection::vec(actes(), 0..12), jours(), any::<bool>());
    let verdict = essais.run(&suites, |(premiere, suite, aujourd_hui, a_paris)| {
        let profil = if a_paris { &paris } else { &pas_de_calais };
        let faits = faits(std::iter::once(Acte::NoticeRecue(Box::new(premiere))).chain(suite));
        let dossier = Dossier::relire(&faits);
        let situation = situation(&dossier, profil, aujourd_hui);
        prop_assert!(!situation.service.is_empty());
        prop_assert!(!situation.etapes.is_empty());
        prop_assert_ne!(stade_en_mots(situation.stade), situation.stade, "un stade sans nom");
        for etape in &situation.etapes {
            prop_assert!(
                !etape.regle.is_empty() && !etape.quoi.is_empty() && !etape.qui.is_empty()
            );
            prop_assert!(
                !etape.motifs.is_empty() && etape.motifs.iter().all(|m| !m.is_empty()),
                "{:?}",
                etape
            );
            let sans_notice = dossier.en_vigueur().next().is_none();
            prop_assert!(etape.regle != "a_examiner" || sans_notice, "{:?}", faits);
        }
        prop_assert!(situation.etapes.is_sorted_by_key(|e| e.avant_le));
        // Relire deux fois donne le même dossier.
        prop_assert_eq!(Dossier::relire(&faits), dossier);
        Ok(())
    });
    verdict.unwrap_or_else(|contre_exemple| panic!("{contre_exemple}"));
}
