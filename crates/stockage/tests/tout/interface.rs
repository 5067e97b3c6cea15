//! L'interface de programme : le flux des changements, les envois faits une fois, les clés.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ccapex::identifiants::AgentId;
use ccapex::partenaires::agent::{Agent, Role};
use epreuves::Dossier;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection};
use stockage::base::{Moteur, Stockage};
use stockage::cle_api::{CleApi, PorteeDeCle};
use stockage::compte::Compte;
use stockage::echec::Echec;
use stockage::envoi::{Envoi, ReponseDEnvoi, Reservation};

use crate::bases::{MOTEURS, central, depot, neuve, sous_commission, tout};
use crate::situations::{instant, ouverture, ouvrir, vue};

/// Ouvre ces dossiers un à un ; un sur cinq est abandonné sans être validé, et n'existe pas.
async fn ecrire(stockage: Stockage, numeros: Vec<i64>) {
    for n in numeros {
        let mut ecriture = stockage.ecriture(&depot()).await.unwrap();
        ecriture.inserer(ouverture(n..=n)).await.unwrap();
        tokio::task::yield_now().await;
        if n % 5 != 0 {
            ecriture.valider().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn le_flux_ne_saute_ni_ne_repete_rien_pendant_que_plusieurs_ecrivent() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        // Un second programme, avec ses propres connexions.
        let autre = match moteur {
            Moteur::Sqlite => Stockage::ouvrir(&base.url).await.unwrap(),
            Moteur::Postgres => base.stockage.clone(),
        };
        let fini = Arc::new(AtomicBool::new(false));
        let lecteur = {
            let (stockage, fini) = (base.stockage.clone(), Arc::clone(&fini));
            tokio::spawn(async move {
                let (mut vus, mut place, mut tour) = (Vec::new(), 0, 0);
                loop {
                    let dernier_tour = fini.load(Ordering::SeqCst);
                    tour += 1;
                    let page = stockage.changements(&tout(), place, tour % 4 + 1).await.unwrap();
                    assert!(page.jusqu_a >= place, "la place ne recule pas");
                    place = page.jusqu_a;
                    vus.extend(page.changements.into_iter().map(|c| (c.numero, c.reference)));
                    if dernier_tour && !page.encore {
                        return vus;
                    }
                    tokio::task::yield_now().await;
                }
            })
        };
        let ecrivains: Vec<_> = (0..4)
            .map(|k| {
                let stockage = if k % 2 == 0 { &base.stockage } else { &autre }.clone();
                tokio::spawn(ecrire(stockage, (1..=60).filter(|n| n % 4 == k).collect()))
            })
            .collect();
        for ecrivain in ecrivains {
            ecrivain.await.unwrap();
        }
        fini.store(true, Ordering::SeqCst);
        let vus = lecteur.await.unwrap();
        assert!(vus.windows(2).all(|p| p[0].0 < p[1].0), "{moteur:?} : {vus:?}");
        let attendus: BTreeSet<String> = (1..=60)
            .filter(|n| n % 5 != 0)
            .map(vue)
            .filter(|d| d.profil == "62")
            .map(|d| d.reference)
            .collect();
        let references: BTreeSet<String> = vus.iter().map(|(_, r)| r.clone()).collect();
        assert_eq!((references, vus.len()), (attendus.clone(), attendus.len()), "{moteur:?}");
    }
}

#[tokio::test]
async fn le_flux_d_un_territoire_est_celui_de_tous_moins_les_autres_territoires() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        ouvrir(&base.stockage, 1..=40).await;
        let s = &base.stockage;
        let lens = sous_commission("lens").perimetre();
        for limite in [1, 3, 100] {
            let (mut vus, mut place) = (Vec::new(), 0);
            loop {
                let page = s.changements(&lens, place, limite).await.unwrap();
                place = page.jusqu_a;
                vus.extend(page.changements.into_iter().map(|c| c.reference));
                if !page.encore {
                    break;
                }
            }
            let attendus: Vec<String> = (1..=40)
                .map(vue)
                .filter(|d| d.profil == "62" && d.sous_commission == "lens")
                .map(|d| d.reference)
                .collect();
            assert_eq!(vus, attendus, "{moteur:?}, {limite} par page");
            assert_eq!(place, s.dernier_changement().await.unwrap());
        }
        // Une place d'une autre base, plus loin que la fin, ne perd pas ce qui suivra.
        assert_eq!(s.changements(&lens, i64::MAX, 5).await.unwrap().jusqu_a, 40);
    }
}

#[tokio::test]
async fn une_base_d_avant_l_interface_a_tout_son_journal_dans_le_flux() {
    let migration = include_str!("../../migrations/0006_interface.sql");
    let reprise = &migration[migration.find("INSERT INTO changement").unwrap()..];
    for moteur in MOTEURS {
        let dossier = Dossier::neuf("interface");
        let adresse = match moteur {
            Moteur::Sqlite => format!("sqlite:{}", dossier.chemin().join("seuil.db").display()),
            Moteur::Postgres => epreuves::postgres::base("interface"),
        };
        let stockage = Stockage::ouvrir(&adresse.parse().unwrap()).await.unwrap();
        ouvrir(&stockage, 1..=30).await;
        let avant = "DELETE FROM changement; DELETE FROM compteur WHERE nom = 'changement';";
        let sql = AssertSqlSafe(format!("{avant}{reprise}")).into_sql_str();
        match moteur {
            Moteur::Sqlite => {
                let mut connexion = SqliteConnection::connect(&adresse).await.unwrap();
                connexion.execute(sqlx::raw_sql(sql)).await.unwrap();
            }
            Moteur::Postgres => {
                let mut connexion = PgConnection::connect(&adresse).await.unwrap();
                connexion.execute(sqlx::raw_sql(sql)).await.unwrap();
            }
        }
        ouvrir(&stockage, 31..=32).await;
        let page = stockage.changements(&tout(), 0, 100).await.unwrap();
        let vus: Vec<String> = page.changements.into_iter().map(|c| c.reference).collect();
        let attendus: Vec<String> =
            (1..=32).map(vue).filter(|d| d.profil == "62").map(|d| d.reference).collect();
        assert_eq!((vus, page.jusqu_a), (attendus, 32), "{moteur:?}");
    }
}

fn envoi(empreinte: &str, secondes: i64) -> Envoi {
    Envoi {
        compte: AgentId(7),
        jeton: "envoi-1".to_owned(),
        empreinte: empreinte.to_owned(),
        recu_le: instant(secondes),
    }
}

#[tokio::test]
async fn un_envoi_se_fait_une_fois_se_redit_et_s_oublie_apres_deux_jours() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let reserver = async |empreinte: &str, secondes| {
            base.stockage.reserver_l_envoi(&envoi(empreinte, secondes)).await.unwrap()
        };
        assert_eq!(reserver("a", 0).await, Reservation::AFaire);
        assert_eq!(reserver("a", 1).await, Reservation::EnCours);
        assert_eq!(reserver("b", 1).await, Reservation::AutreDemande);
        base.stockage.oublier_l_envoi(&envoi("a", 0)).await.unwrap();
        assert_eq!(reserver("a", 2).await, Reservation::AFaire, "une panne ne compte pas");
        let reponse =
            ReponseDEnvoi { statut: 201, genre: "x".to_owned(), octets: vec![0, 255, 10] };
        base.stockage.repondre_a_l_envoi(&envoi("a", 2), &reponse).await.unwrap();
        assert_eq!(reserver("a", 100_000).await, Reservation::DejaRepondu(reponse));
        assert_eq!(reserver("b", 100_000).await, Reservation::AutreDemande);
        let deux_jours = 2 + 48 * 3600;
        assert_eq!(reserver("b", deux_jours + 1).await, Reservation::AFaire);
        // Coupé sans réponse, il se refait plus tard.
        assert_eq!(reserver("b", deux_jours + 601).await, Reservation::AFaire);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn huit_programmes_qui_reservent_le_meme_envoi_sont_un_seul_a_le_faire() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let taches: Vec<_> = (0..8)
            .map(|_| {
                let stockage = base.stockage.clone();
                tokio::spawn(
                    async move { stockage.reserver_l_envoi(&envoi("a", 0)).await.unwrap() },
                )
            })
            .collect();
        let mut faits = 0;
        for tache in taches {
            match tache.await.unwrap() {
                Reservation::AFaire => faits += 1,
                autre @ (Reservation::DejaRepondu(_)
                | Reservation::EnCours
                | Reservation::AutreDemande) => assert_eq!(autre, Reservation::EnCours),
            }
        }
        assert_eq!(faits, 1, "{moteur:?}");
    }
}

#[tokio::test]
async fn une_cle_se_retrouve_par_son_empreinte_et_s_eteint() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        let s = &base.stockage;
        let admin = Agent { role: Role::Administrateur, ..central() }.peut_administrer().unwrap();
        let compte = Compte {
            agent: central(),
            identifiant: "genesis".to_owned(),
            secret: "$argon2id$…".to_owned(),
            actif: true,
            cree_le: instant(0),
            echecs: 0,
            dernier_echec: None,
            fin: None,
        };
        let compte = s.creer_compte(&compte).await.unwrap();
        let cle = CleApi {
            id: 0,
            compte,
            nom: "Genesis".to_owned(),
            empreinte: "e".to_owned(),
            indice: "a1b2".to_owned(),
            portee: PorteeDeCle::Ecriture,
            cree_le: instant(0),
            cree_par: AgentId(0),
            expire_le: instant(1_000),
            vue_le: None,
            revoquee_le: None,
        };
        let id = s.creer_cle_api(&admin, &cle).await.unwrap();
        let (lue, du_compte) = s.cle_api_par_empreinte("e").await.unwrap().unwrap();
        assert_eq!((lue.id, du_compte.identifiant.as_str()), (id, "genesis"));
        assert!(s.cle_api_par_empreinte("f").await.unwrap().is_none());
        assert!(lue.sert(instant(999)) && !lue.sert(instant(1_000)));
        s.noter_usage_de_cle(id, instant(5)).await.unwrap();
        s.abreger_cle_api(&admin, id, instant(500)).await.unwrap();
        s.abreger_cle_api(&admin, id, instant(2_000)).await.unwrap();
        let lue = s.cle_api(&admin, id).await.unwrap();
        assert_eq!((lue.vue_le, lue.expire_le), (Some(instant(5)), instant(500)));
        s.revoquer_cle_api(&admin, id, instant(6)).await.unwrap();
        assert!(!s.cles_api(&admin).await.unwrap()[0].sert(instant(7)));
        let encore = s.revoquer_cle_api(&admin, id, instant(8)).await;
        assert!(matches!(encore, Err(Echec::Introuvable)), "{moteur:?}");
    }
}
