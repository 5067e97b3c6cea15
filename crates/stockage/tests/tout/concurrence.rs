//! Deux écritures en même temps : l'une passe, l'autre le sait.

use std::sync::Arc;

use ccapex::identifiants::{DossierId, NoticeId};
use epreuves::Dossier;
use stockage::base::{Moteur, Stockage, UrlDeBase};
use stockage::dossier::VueDossier;
use stockage::echec::Echec;
use stockage::transaction::Lot;
use tokio::sync::Barrier;

use crate::bases::{MOTEURS, adresse, controle, depot, ecriture, lecture, neuve, tout};
use crate::situations::{empreinte, fait, instant, notice, ouvrir, vue};

/// Reçoit la notice 1, si elle n'est pas déjà connue.
async fn recevoir(stockage: Stockage) -> bool {
    let mut ecriture = stockage.ecriture(&depot()).await.unwrap();
    let connues = ecriture.notices_par_empreinte("62", &[empreinte(1)]).await.unwrap();
    tokio::task::yield_now().await;
    if !connues.is_empty() {
        return false;
    }
    let id = ecriture.numeroter("notice", 1).await.unwrap();
    let mut recue = notice(1);
    (recue.id.0, recue.ordre) = (id, id);
    let lot = Lot { notices: vec![recue], ..Lot::default() };
    ecriture.inserer(lot).await.unwrap();
    ecriture.valider().await.unwrap();
    true
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn la_meme_notice_recue_huit_fois_en_parallele_s_inscrit_une_fois() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        // Un second programme, avec ses propres connexions.
        let autre = match moteur {
            Moteur::Sqlite => Stockage::ouvrir(&base.url).await.unwrap(),
            Moteur::Postgres => base.stockage.clone(),
        };
        let taches: Vec<_> = (0..8)
            .map(|i| {
                tokio::spawn(recevoir(if i % 2 == 0 { &base.stockage } else { &autre }.clone()))
            })
            .collect();
        let mut inscrites = 0;
        for tache in taches {
            inscrites += u32::from(tache.await.unwrap());
        }
        assert_eq!(inscrites, 1, "{moteur:?}");
    }
}

/// Le nombre de programmes qui ouvrent la même base au même instant.
const PROGRAMMES: usize = 8;

/// Ouvre la base comme un programme seul, reçoit la notice 1, ferme, puis rouvre pour relire.
async fn vivre(url: UrlDeBase, depart: Arc<Barrier>) -> Result<bool, Echec> {
    depart.wait().await;
    let stockage = Stockage::ouvrir(&url).await?;
    let inscrite = recevoir(stockage.clone()).await;
    stockage.fermer().await;
    let relue = Stockage::ouvrir(&url).await?;
    relue.notice(&tout(), NoticeId(1)).await?;
    relue.fermer().await;
    Ok(inscrite)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn des_programmes_lances_ensemble_sur_une_base_neuve_attendent_chacun_leur_tour() {
    for (moteur, bases) in [(Moteur::Sqlite, 30), (Moteur::Postgres, 5)] {
        for numero in 0..bases {
            let dossier = Dossier::neuf("ensemble");
            let url = adresse(moteur, &dossier);
            let depart = Arc::new(Barrier::new(PROGRAMMES));
            let programmes: Vec<_> = (0..PROGRAMMES)
                .map(|_| tokio::spawn(vivre(url.clone(), Arc::clone(&depart))))
                .collect();
            let mut inscrites = 0;
            for programme in programmes {
                let vecu = programme.await.unwrap();
                inscrites += u32::from(vecu.unwrap_or_else(|echec| {
                    panic!("{moteur:?}, base {numero} : {echec:?}");
                }));
            }
            assert_eq!(inscrites, 1, "{moteur:?}, base {numero}");
        }
    }
}

fn suite(n: i64, rang: i64) -> Lot {
    let apres = VueDossier { rang, ..vue(n) };
    Lot { faits: vec![fait(n, rang)], dossiers: vec![(apres, Some(vue(n)))], ..Lot::default() }
}

#[tokio::test]
async fn ecrire_sur_une_version_depassee_est_un_conflit() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=2).await;
        let preuve = ecriture(&base.stockage, "62-2026-000001").await;
        let geste = async |version, rang| {
            let preuves = [(&preuve, version)];
            base.stockage.ajouter(&preuves, suite(1, rang), "consigner", instant(9)).await
        };
        geste(1, 2).await.unwrap();
        assert!(matches!(geste(1, 2).await, Err(Echec::Conflit)), "{moteur:?}");
        // Une version juste et un rang pris ne passent pas non plus.
        assert!(matches!(geste(2, 2).await, Err(Echec::Conflit)), "{moteur:?}");
        geste(2, 3).await.unwrap();
        let une = lecture(&base.stockage, "62-2026-000001").await;
        let journal = base.stockage.journal(&une).await.unwrap();
        assert_eq!(journal.iter().map(|f| f.rang).collect::<Vec<_>>(), [1, 2, 3]);
        let controle = controle(&base.stockage, "62-2026-000001").await;
        let acces = base.stockage.acces(&controle, 10).await.unwrap();
        let gestes: Vec<_> = acces.iter().map(|a| a.acces.geste.as_str()).collect();
        assert_eq!(gestes, ["consigner", "consigner", "ecrire"]);
    }
}

#[tokio::test]
async fn une_ecriture_ne_touche_que_les_dossiers_dont_elle_a_la_preuve() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=2).await;
        let preuve = ecriture(&base.stockage, "62-2026-000001").await;
        let preuves = [(&preuve, 1)];
        let refus = base.stockage.ajouter(&preuves, suite(2, 2), "consigner", instant(9)).await;
        assert!(matches!(refus, Err(Echec::Refus(_))), "{moteur:?}");
        let deux = lecture(&base.stockage, "62-2026-000002").await;
        assert_eq!(base.stockage.journal(&deux).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn ouvrir_un_dossier_s_inscrit_au_registre_des_acces() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=1).await;
        let une = lecture(&base.stockage, "62-2026-000001").await;
        base.stockage.noter_lecture(&une, instant(3)).await.unwrap();
        let controle = controle(&base.stockage, "62-2026-000001").await;
        let acces = base.stockage.acces(&controle, 10).await.unwrap();
        let gestes: Vec<_> = acces.iter().map(|a| a.acces.geste.as_str()).collect();
        assert_eq!(gestes, ["ouvrir", "ecrire"]);
        assert_eq!(
            (acces[0].acces.dossier, acces[0].acces.quand),
            (Some(DossierId(1)), instant(3))
        );
    }
}
