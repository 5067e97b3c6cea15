//! L'ouverture d'une base PostgreSQL.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Postgres, Transaction};

use super::Base;
use crate::echec::Echec;

pub(crate) async fn ouvrir(url: &str) -> Result<Base, Echec> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("seuil")
        .statement_cache_capacity(256)
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_mins(2))
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(Base::Postgres(pool))
}

/// Ouvre une transaction, dans une tâche que rien n'interrompt.
///
/// Une demande abandonnée entre l'envoi de `BEGIN` et sa réponse rendrait au groupe une connexion déjà en
/// transaction : l'écriture suivante s'y perdrait.
pub(crate) async fn commencer(
    pool: &PgPool,
    debut: &'static str,
) -> Result<Transaction<'static, Postgres>, Echec> {
    let pool = pool.clone();
    let ouverte = tokio::spawn(async move { pool.begin_with(debut).await });
    Ok(ouverte.await.map_err(Echec::panne)??)
}
