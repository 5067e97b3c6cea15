//! La base vue du dehors : ce qu'un administrateur y lirait ou y abîmerait, sans passer par le programme.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, PgPool, Row as _, SqlitePool};
use stockage::base::UrlDeBase;

pub(crate) const TABLES: [&str; 21] = [
    "piece",
    "piece_octets",
    "notice",
    "notice_doublon",
    "coffre",
    "journal",
    "vue_dossier",
    "vue_terme",
    "vue_mot",
    "vue_cle",
    "vue_partie",
    "vue_courrier",
    "vue_question",
    "vue_compte",
    "correspondance",
    "acces",
    "demande",
    "acces_exceptionnel",
    "note_reservee",
    "depart",
    "compteur",
];

pub(crate) enum Brut {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Brut {
    pub(crate) async fn ouvrir(url: &UrlDeBase, adresse: &str) -> Self {
        match url.chemin() {
            Some(chemin) => Self::Sqlite(
                SqlitePool::connect(&format!("sqlite:{}", chemin.display())).await.unwrap(),
            ),
            None => Self::Postgres(PgPool::connect(adresse).await.unwrap()),
        }
    }

    pub(crate) async fn executer(&self, sql: &str) -> u64 {
        let requete = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(base) => sqlx::query(requete).execute(base).await.unwrap().rows_affected(),
            Self::Postgres(base) => {
                sqlx::query(requete).execute(base).await.unwrap().rows_affected()
            }
        }
    }

    /// La première colonne, en texte.
    pub(crate) async fn textes(&self, sql: &str) -> Vec<String> {
        let requete = AssertSqlSafe(sql.to_owned());
        match self {
            Self::Sqlite(base) => {
                let lignes = sqlx::query(requete).fetch_all(base).await.unwrap();
                lignes.iter().map(|l| l.get::<String, _>(0)).collect()
            }
            Self::Postgres(base) => {
                let lignes = sqlx::query(requete).fetch_all(base).await.unwrap();
                lignes.iter().map(|l| l.get::<String, _>(0)).collect()
            }
        }
    }

    pub(crate) async fn compter(&self, table: &str) -> i64 {
        self.textes(&format!("SELECT CAST(count(*) AS TEXT) FROM {table}")).await[0]
            .parse()
            .unwrap()
    }

    pub(crate) async fn comptes(&self) -> BTreeMap<&'static str, i64> {
        let mut comptes = BTreeMap::new();
        for table in TABLES {
            comptes.insert(table, self.compter(table).await);
        }
        comptes
    }

    async fn colonnes(&self, table: &str) -> Vec<String> {
        let sql = match self {
            Self::Sqlite(_) => format!("SELECT name FROM pragma_table_info('{table}')"),
            Self::Postgres(_) => format!(
                "SELECT column_name::text FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}'"
            ),
        };
        self.textes(&sql).await
    }

    /// Toutes les cellules de texte d'une table, sauf ces colonnes : « table.colonne = valeur ».
    pub(crate) async fn cellules(&self, table: &str, sauf: &[&str]) -> Vec<String> {
        let mut cellules = Vec::new();
        for colonne in self.colonnes(table).await {
            if sauf.contains(&colonne.as_str()) {
                continue;
            }
            // Une empreinte n'est pas un texte : elle se lit en hexadécimal.
            let en_texte = match self {
                Self::Sqlite(_) => format!(
                    "CASE typeof({colonne}) WHEN 'blob' THEN hex({colonne}) ELSE CAST({colonne} AS TEXT) END"
                ),
                Self::Postgres(_) => format!("CAST({colonne} AS TEXT)"),
            };
            let valeurs =
                self.textes(&format!("SELECT COALESCE({en_texte}, '') FROM {table}")).await;
            cellules.extend(valeurs.into_iter().map(|v| format!("{table}.{colonne} = {v}")));
        }
        cellules
    }
}
