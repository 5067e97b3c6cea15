//! Chaque requête se prépare sur les deux moteurs.

use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection};
use stockage::base::Moteur;
use stockage::echec::Echec;

use crate::bases::{MOTEURS, neuve};

fn requetes(dossier: &Path, trouvees: &mut Vec<PathBuf>) {
    for entree in std::fs::read_dir(dossier).unwrap() {
        let chemin = entree.unwrap().path();
        if chemin.is_dir() {
            requetes(&chemin, trouvees);
        } else if chemin.extension().is_some_and(|e| e == "sql") {
            trouvees.push(chemin);
        }
    }
}

#[tokio::test]
async fn chaque_requete_se_prepare_sur_son_moteur() {
    let mut fichiers = vec![];
    requetes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut fichiers);
    assert!(fichiers.len() > 60, "{} fichiers", fichiers.len());
    let sqlite = neuve(Moteur::Sqlite).await;
    let url = sqlite.url.to_string();
    let mut sqlite_ = SqliteConnection::connect(&url).await.unwrap();
    let url = epreuves::postgres::base("requetes");
    let _migree = stockage::base::Stockage::ouvrir(&url.parse().unwrap()).await.unwrap();
    let mut postgres = PgConnection::connect(&url).await.unwrap();
    for fichier in fichiers {
        let nom = fichier.to_string_lossy().into_owned();
        let sql = std::fs::read_to_string(&fichier).unwrap();
        if !nom.ends_with(".postgres.sql") {
            let texte = AssertSqlSafe(sql.clone()).into_sql_str();
            sqlite_.prepare(texte).await.unwrap_or_else(|e| panic!("{nom} : {e}"));
        }
        if !nom.ends_with(".sqlite.sql") {
            let texte = AssertSqlSafe(sql).into_sql_str();
            postgres.prepare(texte).await.unwrap_or_else(|e| panic!("{nom} : {e}"));
        }
    }
}

#[tokio::test]
async fn une_base_deja_migree_se_rouvre_et_garde_tout() {
    for moteur in MOTEURS {
        let base = neuve(moteur).await;
        crate::situations::ouvrir(&base.stockage, 1..=3).await;
        let rouverte = match moteur {
            Moteur::Sqlite => stockage::base::Stockage::ouvrir(&base.url).await.unwrap(),
            Moteur::Postgres => base.stockage.clone(),
        };
        assert_eq!(rouverte.situation("62-2026-000002").await.unwrap().dossier.0, 2);
    }
}

#[tokio::test]
async fn une_base_plus_recente_que_le_programme_est_refusee() {
    let base = neuve(Moteur::Sqlite).await;
    let mut connexion = SqliteConnection::connect(&base.url.to_string()).await.unwrap();
    connexion.execute("INSERT INTO migration (version, nom) VALUES (99, 'demain')").await.unwrap();
    let refus = stockage::base::Stockage::ouvrir(&base.url).await.err().unwrap();
    assert!(matches!(&refus, Echec::Refus(m) if m.contains("plus récente")), "{refus}");
}

#[test]
fn l_adresse_de_la_base_ne_montre_jamais_le_mot_de_passe() {
    for texte in [
        "postgres://seuil:secret@serveur:5432/seuil",
        "postgres://seuil:se@cret@serveur/seuil",
        "postgres://seuil@serveur/seuil?password=secret",
        "postgres:///seuil?password=secret",
    ] {
        let url: stockage::base::UrlDeBase = texte.parse().unwrap();
        let montree = format!("{url} {url:?}");
        assert!(!montree.contains("secret") && !montree.contains("cret"), "{montree}");
    }
}

#[test]
fn une_adresse_inconnue_est_refusee_avec_un_exemple() {
    for texte in ["mysql://x", "sqlite:", "", "seuil.db"] {
        let refus = texte.parse::<stockage::base::UrlDeBase>().unwrap_err();
        assert!(refus.to_string().contains("sqlite:./seuil.db"), "{texte}");
    }
}

/// Le schéma de la première version, tel qu'une base d'avant le contient.
const PREMIERE_VERSION: [&str; 2] = [
    include_str!("../../migrations/0001_socle.sql"),
    include_str!("../../migrations/0001_socle.sqlite.sql"),
];

#[tokio::test]
async fn une_base_de_la_premiere_version_s_ouvre_et_dit_qu_il_faut_refaire_ses_vues() {
    let dossier = epreuves::Dossier::neuf("avant");
    let url = crate::bases::adresse(Moteur::Sqlite, &dossier);
    let options = SqliteConnectOptions::new()
        .filename(dossier.chemin().join("seuil.db"))
        .create_if_missing(true);
    let mut connexion = SqliteConnection::connect_with(&options).await.unwrap();
    for texte in PREMIERE_VERSION {
        let texte: String = texte
            .lines()
            .filter(|l| !l.trim_start().starts_with("--"))
            .collect::<Vec<_>>()
            .join("\n");
        let texte = texte
            .replace("{cle}", "INTEGER PRIMARY KEY")
            .replace("{texte}", "TEXT")
            .replace("{octets}", "BLOB")
            .replace("{etroite}", "WITHOUT ROWID");
        connexion.execute(AssertSqlSafe(texte).into_sql_str()).await.unwrap();
    }
    connexion
        .execute("CREATE TABLE migration (version BIGINT NOT NULL PRIMARY KEY, nom TEXT NOT NULL)")
        .await
        .unwrap();
    connexion.execute("INSERT INTO migration (version, nom) VALUES (1, 'socle')").await.unwrap();
    connexion
        .execute(
            "INSERT INTO vue_dossier VALUES (1, '62-2026-000001', '62', 'lens', 'caf', 0, '62498', 'cdp_signifie', \
             'eligible', '', '', '', '', '9999-12-31', '', NULL, '', '', NULL, '2026-10-01', \
             '2026-10-01T00:00:00Z', NULL, 0, 0, '[\"etude 1\"]', '', '[]', '', 1, 0, 1, NULL, '', '', '', '9999-12-31')",
        )
        .await
        .unwrap();
    connexion
        .execute("INSERT INTO compte VALUES (1, 'lens', 'Nom', 'Org', 'lecteur', '62', NULL, NULL, '', 1, '2026-10-01T00:00:00Z', 0, NULL)")
        .await
        .unwrap();
    connexion.close().await.unwrap();

    let ouverte = stockage::base::Stockage::ouvrir(&url).await.unwrap();
    assert!(ouverte.vues_a_refaire().await.unwrap());
    assert!(ouverte.situation("62-2026-000001").await.unwrap().parties.is_empty());
    let compte = ouverte.compte_par_identifiant("lens").await.unwrap().unwrap();
    assert_eq!((compte.fin, compte.agent.communes), (None, vec![]));
    let mut refaite = ouverte.ecriture(&crate::bases::depot()).await.unwrap();
    refaite.vider_vues().await.unwrap();
    refaite.valider().await.unwrap();
    assert!(!ouverte.vues_a_refaire().await.unwrap());
    let neuve = neuve(Moteur::Sqlite).await;
    assert!(!neuve.stockage.vues_a_refaire().await.unwrap());
}
