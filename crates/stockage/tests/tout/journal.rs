//! Ce qui est écrit se relit tel quel, et ne se réécrit pas.

use std::collections::BTreeMap;

use ccapex::identifiants::{DossierId, NoticeId, PieceId};
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use stockage::base::Moteur;
use stockage::notice::{Doublon, Recue, SuiteDeNotice};
use stockage::transaction::Lot;

use crate::bases::{MOTEURS, depot, lecture, neuve, tout};
use crate::situations::{courrier, empreinte, fait, instant, notice, ouverture, ouvrir, vue};

#[tokio::test]
async fn un_lot_insere_se_relit_a_l_identique() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        // Assez de lignes pour plusieurs requêtes, et un reste de chaque taille.
        ouvrir(&base.stockage, 1..=203).await;
        let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
        let numeros: Vec<DossierId> = (1..=203).map(DossierId).collect();
        let lues = ecriture.dossiers(&numeros).await.unwrap();
        assert_eq!(lues, (1..=203).map(vue).collect::<Vec<_>>());
        let journaux = ecriture.journaux(&numeros).await.unwrap();
        assert_eq!(journaux[&DossierId(77)], [fait(77, 1)]);
        assert_eq!(journaux.len(), 203);
        let identites = ecriture.identites(&[5, 203, 999]).await.unwrap();
        assert_eq!(identites.keys().copied().collect::<Vec<_>>(), [5, 203]);
        let cherchees = [empreinte(9), empreinte(5_000), empreinte(203)];
        let connues = ecriture.notices_par_empreinte("62", &cherchees).await.unwrap();
        let attendues = [(empreinte(9), notice(9)), (empreinte(203), notice(203))];
        assert_eq!(connues, BTreeMap::from(attendues));
        let references = [empreinte(1_000_010), empreinte(1_000_009)];
        let connues = ecriture.notices_par_reference("62", &references).await.unwrap();
        assert_eq!(connues, BTreeMap::from([(empreinte(1_000_010), notice(10))]));
        let candidats = ecriture.candidats(&[2 * 1_000_003, 4]).await.unwrap();
        let par_mot = (1..=203).filter(|n| n % 23 == 4).map(|n| (4, DossierId(n)));
        let attendus: Vec<_> = par_mot.chain([(2 * 1_000_003, DossierId(2))]).collect();
        assert_eq!(candidats, attendus);
        drop(ecriture);
        let une = lecture(&base.stockage, "62-2026-000042").await;
        assert_eq!(base.stockage.dossier(&une).await.unwrap(), vue(42));
        assert_eq!(base.stockage.journal(&une).await.unwrap(), [fait(42, 1)]);
        let lettres = base.stockage.courriers_du_dossier(&une, &tout()).await.unwrap();
        assert_eq!(lettres, [courrier(42)]);
        let notices = base.stockage.notices_du_dossier(&une, &tout()).await.unwrap();
        assert_eq!(notices, [notice(42)]);
    }
}

#[tokio::test]
async fn une_transaction_abandonnee_n_ecrit_rien() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
        assert_eq!(ecriture.numeroter("dossier", 10).await.unwrap(), 1);
        ecriture.inserer(ouverture(1..=10)).await.unwrap();
        drop(ecriture);
        assert!(base.stockage.situation("62-2026-000001").await.is_err());
        let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
        assert_eq!(ecriture.numeroter("dossier", 3).await.unwrap(), 1);
        assert_eq!(ecriture.numeroter("dossier", 1).await.unwrap(), 4);
    }
}

#[tokio::test]
async fn ni_le_journal_ni_une_notice_recue_ne_se_reecrivent() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=2).await;
        for geste in [
            "UPDATE journal SET contenu = 'x'",
            "DELETE FROM journal",
            "UPDATE notice SET contenu = 'x'",
            "UPDATE notice SET emetteur = 'x' WHERE id = 1",
            "DELETE FROM notice",
        ] {
            let refuse = match moteur {
                Moteur::Sqlite => {
                    let url = base.url.to_string();
                    SqliteConnection::connect(&url).await.unwrap().execute(geste).await.is_err()
                }
                Moteur::Postgres => {
                    let url = epreuves_url(&base.url);
                    PgConnection::connect(&url).await.unwrap().execute(geste).await.is_err()
                }
            };
            assert!(refuse, "{moteur:?} accepte « {geste} »");
        }
    }
}

/// L'adresse entière : les essais n'ont pas de mot de passe.
fn epreuves_url(url: &stockage::base::UrlDeBase) -> String {
    url.to_string().replace("…@", "essais@")
}

#[tokio::test]
async fn une_notice_completee_change_de_statut_et_de_dossier_seulement() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let mut orpheline = notice(1);
        (orpheline.dossier, orpheline.sous_commission) = (None, String::new());
        let suite = SuiteDeNotice {
            notice: NoticeId(1),
            sous_commission: "lens".to_owned(),
            statut: "eligible".to_owned(),
            motif: "montant".to_owned(),
            dossier: Some(DossierId(8)),
            rapprochement: "certain".to_owned(),
        };
        let lots = [
            Lot { notices: vec![orpheline.clone()], ..Lot::default() },
            Lot { suites: vec![suite], ..Lot::default() },
        ];
        for lot in lots {
            let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
            ecriture.inserer(lot).await.unwrap();
            ecriture.valider().await.unwrap();
        }
        orpheline.statut = "eligible".to_owned();
        orpheline.motif = "montant".to_owned();
        orpheline.dossier = Some(DossierId(8));
        orpheline.sous_commission = "lens".to_owned();
        orpheline.rapprochement = "certain".to_owned();
        assert_eq!(base.stockage.notice(&tout(), NoticeId(1)).await.unwrap(), orpheline);
    }
}

#[tokio::test]
async fn les_resultats_d_une_piece_suivent_l_ordre_de_ses_lignes() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let doublon = |ordre| Doublon {
            piece: PieceId(1),
            ordre,
            ligne: ordre + 2,
            feuille: "Suite".to_owned(),
            notice: NoticeId(3),
        };
        let mut lot = ouverture([0, 3, 5].into_iter());
        lot.doublons = vec![doublon(4), doublon(6), doublon(1)];
        let mut ecriture = base.stockage.ecriture(&depot()).await.unwrap();
        ecriture.inserer(lot).await.unwrap();
        ecriture.valider().await.unwrap();
        let tous = base.stockage.resultats(PieceId(1), None, 100).await.unwrap();
        let recues: Vec<_> = tous.iter().map(|r| (r.ordre, r.recue, r.notice.id.0)).collect();
        use Recue::{Deja, PremiereFois};
        let attendues = [
            (0, PremiereFois, 0),
            (1, Deja, 3),
            (3, PremiereFois, 3),
            (4, Deja, 3),
            (5, PremiereFois, 5),
            (6, Deja, 3),
        ];
        assert_eq!(recues, attendues);
        let page = base.stockage.resultats(PieceId(1), Some(3), 2).await.unwrap();
        assert_eq!(page, tous[3..5]);
    }
}

#[tokio::test]
async fn une_identite_effacee_disparait_et_l_histoire_reste() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=3).await;
        let une = lecture(&base.stockage, "62-2026-000002").await;
        assert_eq!(base.stockage.identites(&une, &[2]).await.unwrap().len(), 1);
        assert_eq!(base.stockage.effacer_identites(&[2, 99], instant(0)).await.unwrap(), 1);
        assert_eq!(base.stockage.identites(&une, &[2]).await.unwrap(), BTreeMap::new());
        assert_eq!(base.stockage.journal(&une).await.unwrap(), [fait(2, 1)]);
        let toutes = [1, 2, 3].map(NoticeId);
        let reste = base.stockage.identites_des_notices(&tout(), &toutes).await.unwrap();
        assert_eq!(reste.keys().copied().collect::<Vec<_>>(), [1, 3]);
    }
}
