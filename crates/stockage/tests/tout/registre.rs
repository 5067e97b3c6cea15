//! Le registre des accès : chaque ligne continue la précédente, et tout ce qu'on y touche se voit.

use ccapex::partenaires::agent::{Agent, Role};
use epreuves::Dossier;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use stockage::acces::Auteur;
use stockage::acces::inscrire::Inscription;
use stockage::acces::releve::Ardoise;
use stockage::base::{Moteur, Stockage};

use crate::bases::{MOTEURS, central, controle, lecture, tout};
use crate::listes::SANS_FILTRE;
use crate::situations::{instant, ouvrir};

/// Une base, et de quoi y toucher sans passer par le programme.
struct Base {
    stockage: Stockage,
    moteur: Moteur,
    url: String,
    _dossier: Dossier,
}

impl Base {
    async fn neuve(moteur: Moteur) -> Self {
        let dossier = Dossier::neuf("registre");
        let url = match moteur {
            Moteur::Sqlite => format!("sqlite:{}", dossier.chemin().join("seuil.db").display()),
            Moteur::Postgres => epreuves::postgres::base("registre"),
        };
        let stockage = Stockage::ouvrir(&url.parse().unwrap()).await.unwrap();
        Self { stockage, moteur, url, _dossier: dossier }
    }

    /// Touche à la base comme le ferait quelqu'un qui en a les clés : le déclencheur d'abord.
    async fn toucher(&self, sql: &[&str]) {
        let desarmer = match self.moteur {
            Moteur::Sqlite => "DROP TRIGGER acces_sans_modification",
            Moteur::Postgres => "ALTER TABLE acces DISABLE TRIGGER ALL",
        };
        for sql in std::iter::once(&desarmer).chain(sql) {
            let sql = AssertSqlSafe((*sql).to_owned());
            match self.moteur {
                Moteur::Sqlite => {
                    let mut base = SqliteConnection::connect(&self.url).await.unwrap();
                    sqlx::raw_sql(sql).execute(&mut base).await.unwrap();
                }
                Moteur::Postgres => {
                    let mut base = PgConnection::connect(&self.url).await.unwrap();
                    sqlx::raw_sql(sql).execute(&mut base).await.unwrap();
                }
            }
        }
    }

    async fn ruptures(&self) -> Vec<String> {
        self.stockage.chaine_des_acces().await.unwrap().ruptures
    }

    /// Dix lectures, l'une après l'autre.
    async fn dix_lectures(moteur: Moteur) -> Self {
        let base = Self::neuve(moteur).await;
        for n in 1..=10 {
            base.stockage.inscrire(vec![lue(n, n)]).await.unwrap();
        }
        base
    }
}

fn lue(dossier: i64, jour: i64) -> Inscription {
    let personne = Agent { role: Role::ServiceSocial, organisme: "MDS".into(), ..central() };
    Inscription {
        auteur: Auteur::de(&personne),
        geste: "ouvrir".to_owned(),
        objet: "/dossiers/{reference}".to_owned(),
        dossiers: [dossier].into(),
        notices: [].into(),
        quand: instant(jour),
    }
}

#[tokio::test]
async fn la_chaine_d_un_registre_intact_se_suit_et_dit_sa_tete() {
    for moteur in MOTEURS {
        let base = Base::dix_lectures(moteur).await;
        let chaine = base.stockage.chaine_des_acces().await.unwrap();
        assert_eq!((chaine.lignes, chaine.ruptures.as_slice()), (10, [].as_slice()), "{moteur:?}");
        let (ligne, empreinte) = chaine.tete.unwrap();
        assert_eq!((ligne, empreinte.len()), (10, 64));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deux_programmes_inscrivent_ensemble_sans_rompre_la_chaine_ni_perdre_une_ligne() {
    for moteur in MOTEURS {
        let base = Base::neuve(moteur).await;
        let autre = Stockage::ouvrir(&base.url.parse().unwrap()).await.unwrap();
        let taches: Vec<_> = (0..40)
            .map(|n| {
                let stockage = if n % 2 == 0 { &base.stockage } else { &autre }.clone();
                tokio::spawn(async move { stockage.inscrire(vec![lue(n, 1)]).await.unwrap() })
            })
            .collect();
        for tache in taches {
            tache.await.unwrap();
        }
        let chaine = base.stockage.chaine_des_acces().await.unwrap();
        assert_eq!((chaine.lignes, chaine.ruptures.as_slice()), (40, [].as_slice()), "{moteur:?}");
    }
}

#[tokio::test]
async fn changer_retirer_ou_glisser_une_ligne_se_voit() {
    let decaler =
        "UPDATE acces SET id = -id - 1 WHERE id >= 5; UPDATE acces SET id = -id WHERE id < 0";
    let glisser = "INSERT INTO acces SELECT 5, quand, 9, organisme, role, profil, finalite, motif, geste, objet, \
                   dossier, dossiers, notices, empreinte FROM acces WHERE id = 4";
    let cas: [(&[&str], &str); 8] = [
        (&["UPDATE acces SET agent = 7 WHERE id = 5"], "la ligne 5 "),
        (&["UPDATE acces SET quand = '2020-01-01T00:00:00.000Z' WHERE id = 1"], "la ligne 1 "),
        (&["UPDATE acces SET dossiers = '1-9' WHERE id = 10"], "la ligne 10 "),
        (&["DELETE FROM acces WHERE id = 5"], "la ligne 5 manque"),
        (&["DELETE FROM acces WHERE id BETWEEN 4 AND 6"], "les lignes 4 à 6 manquent"),
        (&["DELETE FROM acces WHERE id >= 9"], "la fin manque"),
        (&["DELETE FROM acces WHERE id <= 3"], "aucune purge ne les dit retirées"),
        (&[decaler, glisser], "la ligne 5 "),
    ];
    for (sql, attendu) in cas {
        for moteur in MOTEURS {
            let base = Base::dix_lectures(moteur).await;
            base.toucher(sql).await;
            let ruptures = base.ruptures().await;
            assert!(
                ruptures.first().is_some_and(|r| r.contains(attendu)),
                "{moteur:?} {sql:?} : {ruptures:?}"
            );
        }
    }
}

#[tokio::test]
async fn une_purge_laisse_une_chaine_qui_se_verifie_et_qui_dit_ce_qui_a_ete_retire() {
    for moteur in MOTEURS {
        let base = Base::dix_lectures(moteur).await;
        let auteur = Auteur::de(&central());
        let purger =
            async |avant| base.stockage.purger_les_acces(avant, auteur.clone(), instant(20)).await;
        assert_eq!(purger(instant(5)).await.unwrap(), 4, "{moteur:?}");
        assert_eq!(base.ruptures().await, [""; 0], "{moteur:?}");
        assert_eq!(base.stockage.chaine_des_acces().await.unwrap().lignes, 7);
        assert_eq!(purger(instant(5)).await.unwrap(), 0, "rien de plus à retirer");
        assert_eq!(purger(instant(8)).await.unwrap(), 3);
        assert_eq!(base.ruptures().await, [""; 0], "{moteur:?}");
        base.toucher(&["DELETE FROM acces WHERE id = 8"]).await;
        let ruptures = base.ruptures().await;
        assert!(ruptures[0].contains("aucune purge ne les dit retirées"), "{ruptures:?}");
    }
}

#[tokio::test]
async fn ce_qu_une_demande_lit_se_releve_sans_qu_elle_le_dise() {
    for moteur in MOTEURS {
        let base = Base::neuve(moteur).await;
        ouvrir(&base.stockage, 1..=3).await;
        let ardoise = Ardoise::default();
        ardoise
            .pendant(async {
                let une = lecture(&base.stockage, "62-2026-000002").await;
                base.stockage.dossier(&une).await.unwrap();
                base.stockage.liste(&tout(), &SANS_FILTRE).await.unwrap();
            })
            .await;
        let releve = ardoise.releve();
        assert_eq!(releve.ouverts, [2].into(), "{moteur:?}");
        assert_eq!(releve.apercus, [1, 2, 3].into(), "{moteur:?}");
    }
}

#[tokio::test]
async fn qui_a_vu_un_dossier_dans_une_liste_se_retrouve() {
    for moteur in MOTEURS {
        let base = Base::neuve(moteur).await;
        ouvrir(&base.stockage, 1..=3).await;
        let liste = |dossiers: &[i64]| Inscription {
            geste: "lister".to_owned(),
            dossiers: dossiers.iter().copied().collect(),
            ..lue(1, 2)
        };
        base.stockage.inscrire(vec![liste(&[1, 2, 3]), liste(&[1, 3]), lue(2, 3)]).await.unwrap();
        let deux = controle(&base.stockage, "62-2026-000002").await;
        let acces = base.stockage.acces(&deux, 10).await.unwrap();
        let gestes: Vec<&str> = acces.iter().map(|a| a.acces.geste.as_str()).collect();
        assert_eq!(gestes, ["ouvrir", "lister", "ecrire"], "{moteur:?}");
    }
}
