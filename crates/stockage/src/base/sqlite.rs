//! L'ouverture d'un fichier SQLite.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlitePool};

use super::Base;
use crate::echec::Echec;

/// Ce que vaut la base : une base d'essai n'attend pas le disque.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Duree {
    Durable,
    Ephemere,
}

/// Comment commence une écriture. La durabilité se redit à chaque fois : la connexion a pu servir à l'autre.
#[derive(Clone, Copy)]
pub(crate) struct Debuts {
    /// Ce qu'une personne écrit : validé, c'est sur le disque.
    pub(crate) ecriture: &'static str,
    /// Les lectures inscrites au registre : chaque page en ajoute une, et n'attend pas le disque. Arrêter le
    /// programme n'en perd aucune ; une coupure de courant peut perdre les dernières, la chaîne reste juste.
    pub(crate) registre: &'static str,
}

impl Debuts {
    fn de(duree: Duree) -> Self {
        match duree {
            Duree::Durable => Self {
                ecriture: "PRAGMA synchronous = FULL; BEGIN IMMEDIATE",
                registre: "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE",
            },
            Duree::Ephemere => Self { ecriture: "BEGIN IMMEDIATE", registre: "BEGIN IMMEDIATE" },
        }
    }
}

/// Un lot de réception tient le fichier moins d'une seconde ; une restauration, plus longtemps.
const ATTENTE: Duration = Duration::from_mins(2);

/// Un lecteur par cœur, et deux pour ce qui dure (sauvegarder, vérifier) : davantage se disputeraient les
/// cœurs, et chacun a son cache de pages et de requêtes. Cinquante personnes s'y relaient.
fn lecteurs() -> u32 {
    let coeurs = std::thread::available_parallelism().map_or(2, usize::from);
    u32::try_from(coeurs).unwrap_or(u32::MAX).saturating_add(2)
}

pub(crate) async fn ouvrir(chemin: &Path, duree: Duree) -> Result<Base, Echec> {
    let commun = SqliteConnectOptions::new()
        .filename(chemin)
        .busy_timeout(ATTENTE)
        .foreign_keys(false)
        .statement_cache_capacity(256)
        // Une réponse entière passe d'un fil à l'autre d'un trait.
        .row_buffer_size(256)
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
        // pas à chaque ligne. Un lot touche beaucoup de pages d'index, un point de reprise aux
        // 128 Mo de journal n'écrit chacune qu'une fois pour plusieurs lots.
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "32768")
        .pragma("temp_store", "memory");
    let lecture = commun
        .pragma("query_only", "1")
        .pragma("cache_size", "-8192")
        .pragma("mmap_size", "268435456");

    let reserve = |n| SqlitePoolOptions::new().max_connections(n).acquire_timeout(ATTENTE);
    // Une connexion qu'on referme laisserait SQLite effacer le journal WAL sous les lecteurs.
    let ecrivain = reserve(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    let lecteurs =
        reserve(lecteurs()).idle_timeout(None).max_lifetime(None).test_before_acquire(false);
    Ok(Base::Sqlite {
        ecrivain: chacun_son_tour(&ecrivain, &ecriture).await?,
        lecteurs: lecteurs.connect_lazy_with(lecture),
        debuts: Debuts::de(duree),
    })
}

/// Ouvre le fichier, et recommence tant qu'un autre programme le tient, [`ATTENTE`] au plus.
///
/// `busy_timeout` fait attendre partout, sauf ici : une base qui n'est pas encore en WAL y passe à
/// l'ouverture, et ce passage change une lecture en écriture. SQLite n'attend jamais dans ce cas, de
/// peur que deux lecteurs s'attendent l'un l'autre ; de deux programmes lancés ensemble sur une base
/// neuve, il renvoie le second aussitôt. Le refus lui fait rendre sa lecture : le premier finit.
async fn chacun_son_tour(
    reserve: &SqlitePoolOptions,
    options: &SqliteConnectOptions,
) -> Result<SqlitePool, Echec> {
    const PAUSE_LA_PLUS_LONGUE: Duration = Duration::from_millis(100);
    let debut = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match reserve.clone().connect_with(options.clone()).await.map_err(Echec::from) {
            Err(Echec::Occupee) if debut.elapsed() < ATTENTE => tokio::time::sleep(pause).await,
            ouverte => return ouverte,
        }
        pause = PAUSE_LA_PLUS_LONGUE.min(pause * 2);
    }
}

/// Ouvre un fichier existant sans jamais y écrire : une sauvegarde.
pub(crate) async fn ouvrir_en_lecture(chemin: &Path) -> Result<Base, Echec> {
    let options = SqliteConnectOptions::new()
        .filename(chemin)
        .read_only(true)
        .busy_timeout(ATTENTE)
        .create_if_missing(false)
        .disable_statement_logging();
    let lecteurs = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let debuts = Debuts::de(Duree::Durable);
    Ok(Base::Sqlite { ecrivain: lecteurs.clone(), lecteurs, debuts })
}

/// Copie la base dans un fichier neuf, sans arrêter personne.
pub(crate) async fn copier(base: &SqlitePool, vers: &Path) -> Result<(), Echec> {
    // Une connexion de plus : l'écrivain continue d'écrire pendant la copie.
    let options = base.connect_options().as_ref().clone().create_if_missing(false);
    let mut connexion = options.connect().await?;
    let vers = vers.to_string_lossy().into_owned();
    sqlx::query("VACUUM INTO $1").bind(vers).execute(&mut connexion).await?;
    Ok(connexion.close().await?)
}

/// Réécrit le fichier sans ses pages libres, et vide son journal : ce qui a été effacé n'y est plus.
pub(crate) async fn compacter(base: &SqlitePool) -> Result<(), Echec> {
    for texte in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
        sqlx::query(texte).execute(base).await?;
    }
    Ok(())
}

/// Range un fichier qu'on vient de remplir : un seul fichier, sans journal à côté.
pub(crate) async fn ranger(base: Base) -> Result<(), Echec> {
    let Base::Sqlite { ecrivain, lecteurs, .. } = base else { return Ok(()) };
    lecteurs.close().await;
    sqlx::query("PRAGMA journal_mode = DELETE").execute(&ecrivain).await?;
    ecrivain.close().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Connexion, Sql};

    async fn durabilite(connexion: &mut Connexion) -> Option<i64> {
        let lire = Sql::Portable("SELECT synchronous AS n FROM pragma_synchronous");
        connexion.lire_une(lire, vec![]).await.unwrap()
    }

    #[tokio::test]
    async fn une_lecture_inscrite_n_attend_pas_le_disque_et_l_ecriture_suivante_l_attend() {
        const NORMAL: i64 = 1;
        const FULL: i64 = 2;
        let dossier = epreuves::Dossier::neuf("durabilite");
        let base = ouvrir(&dossier.chemin().join("seuil.db"), Duree::Durable).await.unwrap();
        for _ in 0..2 {
            let mut registre = base.ecrire_au_registre().await.unwrap();
            assert_eq!(durabilite(&mut registre).await, Some(NORMAL));
            drop(registre);
            let mut ecriture = base.ecrire().await.unwrap();
            assert_eq!(durabilite(&mut ecriture).await, Some(FULL));
        }
    }
}
