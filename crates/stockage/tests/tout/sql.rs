//! Chaque requête se prépare sur les deux moteurs.

use std::path::{Path, PathBuf};

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
