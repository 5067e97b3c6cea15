//! L'ouverture d'une base PostgreSQL.

use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

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
