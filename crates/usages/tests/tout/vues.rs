//! Une vue abîmée se voit, et se refait.

use std::sync::Arc;

use usages::entretien::reconstruire::reconstruire;
use usages::entretien::verifier::verifier;

use crate::appareil::Appareil;
use crate::notices::{assignation, cdp};

async fn une_vue_abimee_est_signalee_puis_refaite(a: Arc<Appareil>) {
    a.recoit(
        "notices.csv",
        &[cdp("R-1"), cdp("R-2").du_menage(1), cdp("R-3").du_menage(2).a_arras()],
    )
    .await;
    a.recoit_une(assignation("A-1")).await;
    let saine = a.maison.stockage.empreinte_des_vues().await.unwrap();
    let brut = a.brut().await;
    for (degat, attendu) in [
        ("UPDATE vue_dossier SET service = 'msa' WHERE id = 1", "service"),
        ("DELETE FROM vue_terme WHERE dossier = 2", "vue_terme"),
        ("UPDATE vue_mot SET n = n + 1", "vue_mot"),
        ("DELETE FROM vue_courrier WHERE dossier = 1", "vue_courrier"),
        ("INSERT INTO vue_cle (cle, dossier) VALUES (42, 3)", "vue_cle"),
        ("UPDATE vue_compte SET n = n + 1", "vue_compte"),
    ] {
        assert!(brut.executer(degat).await > 0, "{degat}");
        let verification = verifier(&a.maison).await.unwrap();
        assert!(
            verification.defauts.iter().any(|d| d.contains(attendu)),
            "{degat} : {:?}",
            verification.defauts
        );
        assert_eq!(reconstruire(&a.maison, None).await.unwrap(), 3);
        assert_eq!(a.maison.stockage.empreinte_des_vues().await.unwrap(), saine, "{degat}");
    }
}

async fn une_base_vide_est_saine(a: Arc<Appareil>) {
    let verification = verifier(&a.maison).await.unwrap();
    assert!(verification.est_bonne());
    assert_eq!(verification.dossiers, 0);
}

sur_les_deux_moteurs!(une_vue_abimee_est_signalee_puis_refaite, une_base_vide_est_saine);
