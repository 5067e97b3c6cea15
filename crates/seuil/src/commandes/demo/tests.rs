//! La démonstration, préparée pour de vrai, regardée dossier par dossier.

use std::collections::BTreeSet;

use ccapex::acte::codes::IssueDuMenage;
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::partenaires::agent::Agent;
use jiff::civil::{Date, date};
use stockage::base::Stockage;
use usages::dossiers::ouvrir::{DossierOuvert, ouvrir};
use usages::entretien::verifier::verifier;

use super::*;

/// Les dossiers des scènes d'une démonstration qui a lieu ce jour-là.
async fn dossiers(jour: Date) -> (Maison, Vec<(Scene, DossierOuvert)>) {
    let horloge = Horloge::new(Some(jour), "62");
    let stockage = Stockage::ephemere().await.expect("une base");
    let maison = Maison::avec_profils(stockage, Vec::new()).expect("les profils livrés");
    let preparee = preparer(&maison, &horloge).await.expect("la démonstration se prépare");
    let mut dossiers = Vec::new();
    for (scene, joue) in preparee.scenes {
        let agent = Agent::programme(&scene.profil);
        let reference = joue.reference.expect("un dossier par scène");
        let ouvert = ouvrir(&maison, &agent, &reference, jour, horloge.maintenant()).await;
        dossiers.push((scene, ouvert.expect("le dossier s'ouvre")));
    }
    (maison, dossiers)
}

#[tokio::test]
async fn voir() {
    let d = std::env::var("JOUR").ok().and_then(|j| j.parse().ok()).unwrap_or(date(2026, 11, 21));
    let t = std::time::Instant::now();
    let (maison, dossiers) = dossiers(d).await;
    println!("{:?}", t.elapsed());
    for (scene, o) in &dossiers {
        let e = o.situation.etapes.first();
        println!(
            "{}\n    {} {} [{}] svc={} {} {}",
            scene.titre,
            o.vue.reference,
            o.situation.stade,
            o.situation.etats.iter().map(|e| e.code()).collect::<Vec<_>>().join(","),
            o.situation.service,
            o.situation.clos.as_ref().map(|c| c.issue.code()).unwrap_or(""),
            o.vue.nom
        );
        for e in o.situation.etapes.iter() {
            println!(
                "      {} {} {} {}",
                e.avant_le,
                if e.avant_le < d { "RETARD" } else { "ok" },
                e.qui,
                e.regle
            );
        }
        let _ = e;
        for a in o.anomalies.values().flatten() {
            println!("      !! {} {}", a.regle, a.motif);
        }
    }
    println!("{:?}", verifier(&maison).await);
}
