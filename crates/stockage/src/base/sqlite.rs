//! L'ouverture d'un fichier SQLite.

use std::path::Path;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::Base;
use crate::echec::Echec;

/// Ce que vaut la base : une base d'essai n'attend pas le disque.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Duree {
    Durable,
    Ephemere,
}

/// Un lot de réception tient le fichier moins d'une seconde ; une restauration, plus longtemps.
const ATTENTE: Duration = Duration::from_mins(2);

/// Assez pour vingt personnes : une lecture dure moins d'une milliseconde.
const LECTEURS: u32 = 8;

pub(super) async fn ouvrir(chemin: &Path, duree: Duree) -> Result<Base, Echec> {
    let commun = SqliteConnectOptions::new()
        .filename(chemin)
        .busy_timeout(ATTENTE)
        .foreign_keys(false)
        .statement_cache_capacity(256)
        .disable_statement_logging();
    let ecriture = commun
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match duree {
            Duree::Durable => SqliteSynchronous::Full,
            Duree::Ephemere => SqliteSynchronous::Off,
        })
        // Soixante-quatre mégaoctets de pages : les index d'un million de dossiers ne se relisent
        // pas à chaque ligne. Le point de reprise, aux 64 Mo de journal, ne vient pas à chaque lot.
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "16384")
        .pragma("temp_store", "memory");
    let lecture = commun
        .pragma("query_only", "1")
        .pragma("cache_size", "-8192")
        .pragma("mmap_size", "1073741824");

    let reserve = |n| SqlitePoolOptions::new().max_connections(n).acquire_timeout(ATTENTE);
    // Une connexion qu'on referme laisserait SQLite effacer le journal WAL sous les lecteurs.
    let ecrivain = reserve(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    let lecteurs =
        reserve(LECTEURS).idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    Ok(Base::Sqlite {
        ecrivain: ecrivain.connect_with(ecriture).await?,
        lecteurs: lecteurs.connect_lazy_with(lecture),
    })
}
