//! L'ouverture d'une base et l'envoi des requêtes : le seul endroit qui distingue les deux moteurs.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, PgPool, Postgres, Sqlite, SqlitePool};

use crate::acces::inscrire::Attente;
use crate::echec::Echec;
use crate::migration;
use crate::piece::cles::Cles;

pub(crate) mod insertion;
pub(crate) mod ligne;
pub(crate) mod noms;
pub(crate) mod parcours;
pub(crate) mod postgres;
pub(crate) mod requete;
pub(crate) mod sqlite;
pub(crate) mod valeur;

use ligne::{DepuisLigne, Ligne};
use valeur::{Valeur, lies};

/// Adresse de la base : `sqlite:CHEMIN` ou `postgres://…`. Son affichage ne montre jamais le mot de passe.
#[derive(Clone, PartialEq, Eq)]
pub struct UrlDeBase(String);

impl UrlDeBase {
    /// L'adresse d'un fichier SQLite.
    #[must_use]
    pub fn fichier(chemin: &Path) -> Self {
        Self(format!("sqlite:{}", chemin.display()))
    }

    /// Le chemin du fichier, pour SQLite.
    #[must_use]
    pub fn chemin(&self) -> Option<&Path> {
        let reste = self.0.strip_prefix("sqlite:")?;
        Some(Path::new(reste.strip_prefix("//").unwrap_or(reste)))
    }
}

impl FromStr for UrlDeBase {
    type Err = Echec;

    fn from_str(texte: &str) -> Result<Self, Echec> {
        let connue = ["postgres://", "postgresql://"].iter().any(|debut| texte.starts_with(debut))
            || texte.strip_prefix("sqlite:").is_some_and(|chemin| !chemin.is_empty());
        if connue {
            Ok(Self(texte.to_owned()))
        } else {
            Err(Echec::Refus(
                "L'adresse de la base ne se lit pas : elle commence par « sqlite: » ou « postgres:// ». \
                 Exemple : sqlite:./seuil.db"
                    .to_owned(),
            ))
        }
    }
}

impl fmt::Display for UrlDeBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.chemin(), self.0.rsplit_once('@')) {
            (Some(chemin), _) => write!(f, "sqlite:{}", chemin.display()),
            (None, Some((_, hote))) => {
                write!(f, "postgres://…@{}", hote.split('?').next().unwrap_or_default())
            }
            (None, None) => f.write_str("postgres://…"),
        }
    }
}

impl fmt::Debug for UrlDeBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UrlDeBase({self})")
    }
}

/// Le moteur d'une base ouverte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moteur {
    /// Un fichier, un seul écrivain à la fois.
    Sqlite,
    /// Un serveur, plusieurs programmes à la fois.
    Postgres,
}

/// Une base ouverte, à jour de ses migrations. Se copie sans coût : les copies partagent les connexions.
#[derive(Clone)]
pub struct Stockage {
    pub(crate) base: Base,
    pub(crate) attente: Arc<Attente>,
    pub(crate) cles: Arc<Cles>,
    _fichier: Option<Arc<FichierEphemere>>,
}

#[derive(Clone)]
pub(crate) enum Base {
    Sqlite { ecrivain: SqlitePool, lecteurs: SqlitePool, debuts: sqlite::Debuts },
    Postgres(PgPool),
}

/// Une transaction d'écriture ou de lecture sur l'un des moteurs.
pub(crate) enum Connexion {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// Une requête : le même texte pour les deux moteurs, ou une variante pour chacun.
#[derive(Clone, Debug)]
pub(crate) enum Sql {
    Portable(&'static str),
    ParMoteur {
        sqlite: &'static str,
        postgres: &'static str,
    },
    /// Assemblé par le programme à partir de ses propres fragments, jamais d'une saisie.
    Assemble(String),
}

impl Sql {
    fn pour(self, moteur: Moteur) -> sqlx::SqlStr {
        use sqlx::SqlSafeStr;
        match (self, moteur) {
            (Self::Portable(sql), _)
            | (Self::ParMoteur { sqlite: sql, .. }, Moteur::Sqlite)
            | (Self::ParMoteur { postgres: sql, .. }, Moteur::Postgres) => sql.into_sql_str(),
            (Self::Assemble(sql), _) => AssertSqlSafe(sql).into_sql_str(),
        }
    }
}

fn pour_sqlite(
    sql: Sql,
    valeurs: Vec<Valeur>,
) -> Result<Query<'static, Sqlite, SqliteArguments>, Echec> {
    Ok(sqlx::query_with(sql.pour(Moteur::Sqlite), lies::<SqliteArguments>(valeurs)?))
}

fn pour_postgres(
    sql: Sql,
    valeurs: Vec<Valeur>,
) -> Result<Query<'static, Postgres, PgArguments>, Echec> {
    Ok(sqlx::query_with(sql.pour(Moteur::Postgres), lies::<PgArguments>(valeurs)?))
}

/// La requête portable d'un fichier `.sql` voisin.
macro_rules! sql {
    ($fichier:literal) => {
        $crate::base::Sql::Portable(include_str!($fichier))
    };
}
pub(crate) use sql;

/// Les deux variantes d'une requête : `NOM.sqlite.sql` et `NOM.postgres.sql`.
macro_rules! sql_par_moteur {
    ($nom:literal) => {
        $crate::base::Sql::ParMoteur {
            sqlite: include_str!(concat!($nom, ".sqlite.sql")),
            postgres: include_str!(concat!($nom, ".postgres.sql")),
        }
    };
}
pub(crate) use sql_par_moteur;

impl Stockage {
    /// Ouvre la base, la crée si le fichier manque, et exécute les migrations qui lui manquent.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si la base vient d'une version plus récente du programme ; [`Echec::Panne`]
    /// si elle ne s'ouvre pas.
    pub async fn ouvrir(url: &UrlDeBase) -> Result<Self, Echec> {
        let base = match url.chemin() {
            Some(chemin) => sqlite::ouvrir(chemin, sqlite::Duree::Durable).await?,
            None => postgres::ouvrir(&url.0).await?,
        };
        migration::migrer(&base).await?;
        Ok(Self::sur(base))
    }

    /// Une base déjà ouverte et migrée.
    pub(crate) fn sur(base: Base) -> Self {
        Self { base, attente: Arc::default(), cles: Arc::default(), _fichier: None }
    }

    /// Ouvre une base qui n'a jamais servi. Une autre est refusée sans que rien n'y change.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] si la base existe déjà ; sinon celles de [`Stockage::ouvrir`].
    pub async fn ouvrir_neuve(url: &UrlDeBase) -> Result<Self, Echec> {
        let existe = match url.chemin() {
            Some(chemin) => chemin.try_exists()?,
            None => migration::a_servi(&postgres::ouvrir(&url.0).await?).await,
        };
        if existe {
            return Err(Echec::Refus(format!(
                "La base {url} existe déjà, et rien n'y a été changé : il en faut une neuve. \
                 Donnez-en une autre, par exemple --base sqlite:./demo.db, ou effacez celle-ci."
            )));
        }
        Self::ouvrir(url).await
    }

    /// Une base SQLite neuve, effacée quand on n'en a plus besoin : pour les essais.
    ///
    /// # Erreurs
    ///
    /// Celles de [`Stockage::ouvrir`].
    pub async fn ephemere() -> Result<Self, Echec> {
        let fichier = FichierEphemere::nouveau();
        let base = sqlite::ouvrir(&fichier.0, sqlite::Duree::Ephemere).await?;
        migration::migrer(&base).await?;
        Ok(Self { _fichier: Some(Arc::new(fichier)), ..Self::sur(base) })
    }

    /// Le moteur de la base.
    #[must_use]
    pub fn moteur(&self) -> Moteur {
        self.base.moteur()
    }

    /// Ferme les connexions, en laissant finir les requêtes en cours.
    pub async fn fermer(&self) {
        match &self.base {
            Base::Sqlite { ecrivain, lecteurs, .. } => {
                lecteurs.close().await;
                ecrivain.close().await;
            }
            Base::Postgres(pool) => pool.close().await,
        }
    }
}

impl Base {
    pub(crate) fn moteur(&self) -> Moteur {
        match self {
            Self::Sqlite { .. } => Moteur::Sqlite,
            Self::Postgres(_) => Moteur::Postgres,
        }
    }

    /// Lit toutes les lignes, hors de toute transaction.
    pub(crate) async fn lire<T: DepuisLigne>(
        &self,
        sql: Sql,
        valeurs: Vec<Valeur>,
    ) -> Result<Vec<T>, Echec> {
        match self {
            Self::Sqlite { lecteurs, .. } => {
                let requete = pour_sqlite(sql, valeurs)?;
                let lignes = requete.fetch_all(lecteurs).await?;
                lignes.into_iter().map(|l| T::depuis(&Ligne::Sqlite(l))).collect()
            }
            Self::Postgres(pool) => {
                let requete = pour_postgres(sql, valeurs)?;
                let lignes = requete.fetch_all(pool).await?;
                lignes.into_iter().map(|l| T::depuis(&Ligne::Postgres(l))).collect()
            }
        }
    }

    /// Lit la première ligne, s'il y en a une.
    pub(crate) async fn lire_une<T: DepuisLigne>(
        &self,
        sql: Sql,
        valeurs: Vec<Valeur>,
    ) -> Result<Option<T>, Echec> {
        Ok(self.lire(sql, valeurs).await?.into_iter().next())
    }

    /// Exécute une écriture seule, et dit combien de lignes elle a touchées.
    pub(crate) async fn executer(&self, sql: Sql, valeurs: Vec<Valeur>) -> Result<u64, Echec> {
        match self {
            Self::Sqlite { .. } => {
                let mut connexion = self.ecrire().await?;
                let touchees = connexion.executer(sql, valeurs).await?;
                connexion.valider().await?;
                Ok(touchees)
            }
            Self::Postgres(pool) => {
                let requete = pour_postgres(sql, valeurs)?;
                Ok(requete.execute(pool).await?.rows_affected())
            }
        }
    }

    /// Ouvre une transaction d'écriture, seule à la fois : le rapprochement doit voir tout ce qui précède.
    pub(crate) async fn ecrire(&self) -> Result<Connexion, Echec> {
        match self {
            Self::Sqlite { ecrivain, debuts, .. } => {
                Ok(Connexion::Sqlite(ecrivain.begin_with(debuts.ecriture).await?))
            }
            Self::Postgres(pool) => {
                let mut connexion = Connexion::Postgres(postgres::commencer(pool, "BEGIN").await?);
                connexion.executer(sql!("verrou_d_ecriture.postgres.sql"), vec![]).await?;
                Ok(connexion)
            }
        }
    }

    /// Ouvre une transaction qui n'ajoute qu'au registre des accès. Sur PostgreSQL, elle n'attend pas les
    /// lots de réception : le compteur du registre est son seul verrou.
    pub(crate) async fn ecrire_au_registre(&self) -> Result<Connexion, Echec> {
        match self {
            Self::Sqlite { ecrivain, debuts, .. } => {
                Ok(Connexion::Sqlite(ecrivain.begin_with(debuts.registre).await?))
            }
            Self::Postgres(pool) => {
                Ok(Connexion::Postgres(postgres::commencer(pool, "BEGIN").await?))
            }
        }
    }

    /// Ouvre une transaction de lecture, dont toutes les requêtes voient le même instant.
    pub(crate) async fn instantane(&self) -> Result<Connexion, Echec> {
        match self {
            Self::Sqlite { lecteurs, .. } => Ok(Connexion::Sqlite(lecteurs.begin().await?)),
            Self::Postgres(pool) => {
                let debut = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Connexion::Postgres(postgres::commencer(pool, debut).await?))
            }
        }
    }
}

impl Connexion {
    pub(crate) async fn lire<T: DepuisLigne>(
        &mut self,
        sql: Sql,
        valeurs: Vec<Valeur>,
    ) -> Result<Vec<T>, Echec> {
        self.lire_avec(sql, valeurs, T::depuis).await
    }

    /// Lit toutes les lignes, chacune traduite par `traduire`.
    pub(crate) async fn lire_avec<T>(
        &mut self,
        sql: Sql,
        valeurs: Vec<Valeur>,
        traduire: impl Fn(&Ligne) -> Result<T, Echec>,
    ) -> Result<Vec<T>, Echec> {
        match self {
            Self::Sqlite(transaction) => {
                let lignes = pour_sqlite(sql, valeurs)?.fetch_all(&mut **transaction).await?;
                lignes.into_iter().map(|l| traduire(&Ligne::Sqlite(l))).collect()
            }
            Self::Postgres(transaction) => {
                let lignes = pour_postgres(sql, valeurs)?.fetch_all(&mut **transaction).await?;
                lignes.into_iter().map(|l| traduire(&Ligne::Postgres(l))).collect()
            }
        }
    }

    pub(crate) async fn lire_une<T: DepuisLigne>(
        &mut self,
        sql: Sql,
        valeurs: Vec<Valeur>,
    ) -> Result<Option<T>, Echec> {
        Ok(self.lire(sql, valeurs).await?.into_iter().next())
    }

    pub(crate) async fn executer(&mut self, sql: Sql, valeurs: Vec<Valeur>) -> Result<u64, Echec> {
        match self {
            Self::Sqlite(transaction) => {
                let requete = pour_sqlite(sql, valeurs)?;
                Ok(requete.execute(&mut **transaction).await?.rows_affected())
            }
            Self::Postgres(transaction) => {
                let requete = pour_postgres(sql, valeurs)?;
                Ok(requete.execute(&mut **transaction).await?.rows_affected())
            }
        }
    }

    /// Exécute un texte de plusieurs requêtes, sans paramètre.
    pub(crate) async fn executer_texte(&mut self, sql: String) -> Result<(), Echec> {
        let texte = sqlx::raw_sql(AssertSqlSafe(sql));
        match self {
            Self::Sqlite(transaction) => texte.execute(&mut **transaction).await.map(drop)?,
            Self::Postgres(transaction) => texte.execute(&mut **transaction).await.map(drop)?,
        }
        Ok(())
    }

    pub(crate) async fn valider(self) -> Result<(), Echec> {
        match self {
            Self::Sqlite(transaction) => Ok(transaction.commit().await?),
            Self::Postgres(transaction) => Ok(transaction.commit().await?),
        }
    }
}

/// Un fichier de base qui s'efface avec la dernière copie du [`Stockage`].
struct FichierEphemere(PathBuf);

impl FichierEphemere {
    fn nouveau() -> Self {
        use std::sync::atomic::{AtomicU64, Ordering};
        static SUIVANT: AtomicU64 = AtomicU64::new(0);
        let numero = SUIVANT.fetch_add(1, Ordering::Relaxed);
        let nom = format!("seuil-{}-{numero}.db", std::process::id());
        let fichier = Self(std::env::temp_dir().join(nom));
        fichier.effacer();
        fichier
    }

    fn effacer(&self) {
        for suffixe in ["", "-wal", "-shm"] {
            let mut chemin = self.0.clone().into_os_string();
            chemin.push(suffixe);
            // Un fichier absent est déjà effacé.
            std::fs::remove_file(chemin).ok();
        }
    }
}

impl Drop for FichierEphemere {
    fn drop(&mut self) {
        self.effacer();
    }
}
