//! Les tables de lecture se refont, et un écart se voit.

use ccapex::identifiants::DossierId;
use jiff::civil::date;
use proptest::prelude::*;
use stockage::base::{Moteur, Stockage};
use stockage::dossier::VueDossier;
use stockage::transaction::Lot;
use stockage::vues::{Difference, Ecart};

use crate::bases::{MOTEURS, depot, neuve};
use crate::situations::{courrier, fait, ouverture, ouvrir, vue};

/// Écrit les vues de ces dossiers, et rien d'autre.
async fn ecrire_les_vues(stockage: &Stockage, vues: impl Iterator<Item = VueDossier>) {
    let mut ecriture = stockage.ecriture(&depot()).await.unwrap();
    let lot = Lot { dossiers: vues.map(|v| (v, None)).collect(), ..Lot::default() };
    ecriture.inserer(lot).await.unwrap();
    ecriture.valider().await.unwrap();
}

/// Une suite de changements : (dossier, forme qu'il prend). La forme emprunte tout à un autre numéro.
fn changements() -> impl Strategy<Value = Vec<Vec<(i64, i64)>>> {
    prop::collection::vec(prop::collection::vec((1_i64..12, 1_i64..200), 1..6), 1..12)
}

fn forme(dossier: i64, de: i64) -> VueDossier {
    let reference = crate::situations::reference(dossier);
    VueDossier { id: DossierId(dossier), reference, ..vue(de) }
}

async fn rejouer(stockage: &Stockage, suite: &[Vec<(i64, i64)>]) -> Vec<VueDossier> {
    let mut formes = std::collections::BTreeMap::<i64, VueDossier>::new();
    for lot in suite {
        let mut ecriture = stockage.ecriture(&depot()).await.unwrap();
        let mut changes = std::collections::BTreeMap::new();
        for (dossier, de) in lot {
            changes.insert(*dossier, forme(*dossier, *de));
        }
        let dossiers = changes
            .into_iter()
            .map(|(id, apres)| (apres.clone(), formes.insert(id, apres)))
            .collect();
        ecriture.inserer(Lot { dossiers, ..Lot::default() }).await.unwrap();
        ecriture.valider().await.unwrap();
    }
    formes.into_values().collect()
}

fn verifie_que_les_vues_sont_celles_d_une_base_refaite(
    moteur: Moteur,
    suite: &[Vec<(i64, i64)>],
) -> Vec<Difference> {
    let executeur = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    executeur.block_on(async {
        let base = neuve(moteur).await;
        let finales = rejouer(&base.stockage, suite).await;
        let refaite = Stockage::ephemere().await.unwrap();
        ecrire_les_vues(&refaite, finales.into_iter()).await;
        let differences = base.stockage.differences(&refaite, 10).await.unwrap();
        let memes = base.stockage.empreinte_des_vues().await.unwrap()
            == refaite.empreinte_des_vues().await.unwrap();
        assert_eq!(memes, differences.is_empty());
        differences
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn apres_toute_suite_d_ecritures_compteurs_et_index_sont_ceux_d_un_recomptage(
        suite in changements(), postgres in any::<bool>()
    ) {
        let moteur = if postgres { Moteur::Postgres } else { Moteur::Sqlite };
        prop_assert_eq!(verifie_que_les_vues_sont_celles_d_une_base_refaite(moteur, &suite), []);
    }
}

#[tokio::test]
async fn un_ecart_entre_deux_bases_est_nomme_sans_montrer_d_identite() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let refaite = Stockage::ephemere().await.unwrap();
        ecrire_les_vues(&base.stockage, (1..=3).map(vue)).await;
        let mut autre = vue(3);
        autre.dette = Some(1);
        autre.mots = vec!["secret".to_owned(), autre.mots[1].clone()];
        ecrire_les_vues(&refaite, [vue(1), vue(2), autre].into_iter()).await;
        let trouvees = base.stockage.differences(&refaite, 10).await.unwrap();
        let ecart = |table, cle: &str, ecart| Difference { table, cle: cle.to_owned(), ecart };
        let attendues = [
            ecart("vue_dossier", "id=3", Ecart::Colonnes(vec!["dette", "mots"])),
            ecart("vue_terme", "terme=…, commune=62003, dossier=3", Ecart::EnTrop),
            ecart("vue_terme", "terme=…, commune=62003, dossier=3", Ecart::Manquante),
        ];
        assert_eq!(trouvees, attendues);
        assert_eq!(base.stockage.differences(&refaite, 1).await.unwrap(), attendues[..1]);
    }
}

#[tokio::test]
async fn une_relecture_rend_chaque_dossier_entier_dans_l_ordre() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, (1..=25).filter(|n| n % 4 != 0)).await;
        let mut relecture = base.stockage.relecture().await.unwrap();
        // Figée : ce qui s'écrit après elle n'y est pas.
        let avant = relecture.page(None, 1).await.unwrap();
        ouvrir(&base.stockage, 30..=31).await;
        let (mut relus, mut apres) = (avant.clone(), avant.last().map(|d| d.dossier));
        loop {
            let page = relecture.page(apres, 4).await.unwrap();
            let Some(dernier) = page.last() else { break };
            apres = Some(dernier.dossier);
            relus.extend(page);
        }
        let numeros: Vec<i64> = relus.iter().map(|d| d.dossier.0).collect();
        assert_eq!(numeros, (1..=25).filter(|n| n % 4 != 0).collect::<Vec<_>>());
        for relu in relus {
            let n = relu.dossier.0;
            assert_eq!(relu.faits, [fait(n, 1)]);
            assert_eq!(relu.notices, [crate::situations::notice(n)]);
            assert_eq!(relu.courriers, [courrier(n)]);
            assert_eq!(relu.identites[&n], format!(r#"{{"nom":"NOM{n}"}}"#));
        }
    }
}

#[tokio::test]
async fn vider_les_vues_garde_le_journal_les_notices_et_le_coffre() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=3).await;
        let avant = base.stockage.empreinte_des_vues().await.unwrap();
        let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
        ecriture.vider_vues().await.unwrap();
        let Lot { dossiers, courriers, .. } = ouverture(1..=3);
        ecriture.inserer(Lot { dossiers, courriers, ..Lot::default() }).await.unwrap();
        ecriture.valider().await.unwrap();
        assert_eq!(base.stockage.empreinte_des_vues().await.unwrap(), avant);
        let nombres = crate::bases::tout();
        let aujourd_hui = date(2026, 11, 18);
        let n = base.stockage.compteurs(&nombres, aujourd_hui, aujourd_hui).await.unwrap();
        assert_eq!(n.ouverts, 3);
    }
}
