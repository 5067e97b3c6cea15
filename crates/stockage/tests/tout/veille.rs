//! La veille réécrit ce que le temps change, et rien d'autre.

use jiff::civil::date;
use stockage::dossier::VueDossier;
use stockage::echec::Echec;
use stockage::transaction::Lot;

use crate::bases::{MOTEURS, depot, ecriture, lecture, neuve, tout};
use crate::situations::{fait, instant, ouvrir, vue};

#[tokio::test]
async fn la_veille_lit_ce_que_le_temps_change_page_apres_page() {
    let jour = date(2026, 12, 10);
    let mut attendus: Vec<VueDossier> = (1..=400)
        .map(vue)
        .filter(|d| d.profil == "62" && d.change_le.is_some_and(|le| le <= jour))
        .map(|d| VueDossier {
            nom: String::new(),
            adresse: String::new(),
            mots: vec![],
            cles: vec![],
            fiche: String::new(),
            termes: vec![],
            ..d
        })
        .collect();
    attendus.sort_by_key(|d| (d.change_le, d.id));
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=400).await;
        let mut transaction = base.stockage.ecriture(&depot()).await.unwrap();
        let (mut lus, mut apres) = (vec![], None);
        loop {
            let page = transaction.a_veiller("62", jour, apres, 7).await.unwrap();
            let Some(dernier) = page.last() else { break };
            apres = dernier.change_le.map(|le| (le, dernier.id));
            lus.extend(page);
        }
        assert_eq!(lus, attendus, "{moteur:?}");
    }
}

#[tokio::test]
async fn la_veille_garde_le_nom_et_deplace_les_compteurs() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=1).await;
        let jour = date(2027, 1, 1);
        let mut transaction = base.stockage.ecriture(&depot()).await.unwrap();
        let avant = transaction.a_veiller("62", jour, None, 10).await.unwrap().remove(0);
        let apres = VueDossier {
            stade: "clause_acquise".to_owned(),
            etats: vec![],
            listes: vec!["a_clore".to_owned()],
            etape_avant_le: None,
            change_le: None,
            ..avant.clone()
        };
        transaction.veiller(vec![(apres, avant)]).await.unwrap();
        transaction.avancer_la_veille("62", jour).await.unwrap();
        transaction.avancer_la_veille("62", date(2026, 1, 1)).await.unwrap();
        transaction.valider().await.unwrap();
        let relue =
            base.stockage.dossier(&lecture(&base.stockage, "62-2026-000001").await).await.unwrap();
        let attendue = VueDossier {
            stade: "clause_acquise".to_owned(),
            etats: vec![],
            listes: vec!["a_clore".to_owned()],
            etape_avant_le: None,
            change_le: None,
            ..vue(1)
        };
        assert_eq!(relue, attendue, "{moteur:?}");
        let nombres = base.stockage.compteurs(&tout(), jour, jour).await.unwrap();
        assert_eq!(nombres.listes, [("a_clore".to_owned(), 1)].into_iter().collect(), "{moteur:?}");
        assert_eq!((nombres.ouverts, nombres.en_retard), (1, 0), "{moteur:?}");
        assert_eq!(base.stockage.veille("62").await.unwrap(), Some(jour), "{moteur:?}");
        assert_eq!(base.stockage.veille("75").await.unwrap(), None, "{moteur:?}");
    }
}

/// Une personne ouvre un dossier, la veille passe, la personne écrit.
#[tokio::test]
async fn un_geste_ecrit_apres_la_veille_compte_d_apres_ce_qu_elle_a_laisse() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=1).await;
        let preuve = ecriture(&base.stockage, "62-2026-000001").await;
        let jour = date(2026, 12, 20);
        let mut transaction = base.stockage.ecriture(&depot()).await.unwrap();
        let avant = transaction.a_veiller("62", jour, None, 10).await.unwrap().remove(0);
        let veillee = VueDossier {
            listes: vec!["a_clore".to_owned()],
            change_le: Some(date(2027, 2, 1)),
            ..avant.clone()
        };
        transaction.veiller(vec![(veillee, avant)]).await.unwrap();
        transaction.avancer_la_veille("62", jour).await.unwrap();
        transaction.valider().await.unwrap();

        let geste = async |change_le, listes| {
            let apres = VueDossier { rang: 2, change_le, listes, ..vue(1) };
            let lot = Lot {
                faits: vec![fait(1, 2)],
                dossiers: vec![(apres, Some(vue(1)))],
                ..Lot::default()
            };
            base.stockage.ajouter(&[(&preuve, 1)], lot, "consigner", instant(9)).await
        };
        let depassee = geste(Some(date(2026, 12, 2)), vec![]).await;
        assert!(matches!(depassee, Err(Echec::Conflit)), "{moteur:?}");
        geste(Some(date(2027, 3, 1)), vec!["petite_dette".to_owned()]).await.unwrap();
        let nombres = base.stockage.compteurs(&tout(), jour, jour).await.unwrap();
        let attendues = [("petite_dette".to_owned(), 1)].into_iter().collect();
        assert_eq!(nombres.listes, attendues, "{moteur:?}");
    }
}
