//! L'insertion par lots : beaucoup de lignes, peu de requêtes.
//!
//! SQLite reçoit des `VALUES` de plusieurs lignes, PostgreSQL un tableau par colonne : le nombre
//! de requêtes préparées reste petit, et chacune sert des milliers de fois.

use std::fmt::Write;

use sqlx::postgres::PgArguments;
use sqlx::{Arguments, AssertSqlSafe};

use super::valeur::Valeur;
use super::{Connexion, Sql};
use crate::echec::Echec;
use crate::tables::{Deja, Genre, Table};

/// Lignes d'une requête SQLite, pour attendre son fil moins souvent ; 32 766 variables au plus.
const LIGNES: usize = 256;

/// Lignes d'une requête PostgreSQL, pour borner la mémoire.
const LIGNES_POSTGRES: usize = 4_096;

/// Les lignes à écrire dans une table, à plat.
pub(crate) struct Lignes {
    table: &'static Table,
    valeurs: Vec<Valeur>,
}

impl Lignes {
    pub(crate) fn pour(table: &'static Table, nombre: usize) -> Self {
        Self { table, valeurs: Vec::with_capacity(nombre * table.colonnes.len()) }
    }

    /// Ajoute une ligne, dans l'ordre des colonnes de la table.
    pub(crate) fn ligne<const N: usize>(&mut self, valeurs: [Valeur; N]) {
        debug_assert_eq!(N, self.table.colonnes.len(), "{}", self.table.nom);
        self.valeurs.extend(valeurs);
    }

    /// Ajoute une ligne lue d'une autre base.
    pub(crate) fn ligne_lue(&mut self, valeurs: Vec<Valeur>) {
        debug_assert_eq!(valeurs.len(), self.table.colonnes.len(), "{}", self.table.nom);
        self.valeurs.extend(valeurs);
    }

    pub(crate) fn nombre(&self) -> usize {
        self.valeurs.len() / self.table.colonnes.len()
    }
}

impl Connexion {
    pub(crate) async fn inserer(&mut self, lignes: Lignes) -> Result<(), Echec> {
        self.envoyer(lignes, sqlite, postgres).await
    }

    /// Réécrit, dans des lignes qui existent, les colonnes que cette table nomme.
    pub(crate) async fn mettre_a_jour(&mut self, lignes: Lignes) -> Result<(), Echec> {
        self.envoyer(lignes, mise_a_jour_sqlite, mise_a_jour_postgres).await
    }

    async fn envoyer(
        &mut self,
        lignes: Lignes,
        sqlite: fn(&Table, usize) -> String,
        postgres: fn(&Table) -> String,
    ) -> Result<(), Echec> {
        let colonnes = lignes.table.colonnes.len();
        let mut reste = lignes.nombre();
        let mut valeurs = lignes.valeurs.into_iter();
        while reste > 0 {
            match self {
                Self::Sqlite(_) => {
                    let n = taille(reste);
                    let sql = Sql::Assemble(sqlite(lignes.table, n));
                    let lot = valeurs.by_ref().take(n * colonnes).collect();
                    self.executer(sql, lot).await?;
                    reste -= n;
                }
                Self::Postgres(transaction) => {
                    let n = reste.min(LIGNES_POSTGRES);
                    let lot = en_colonnes(lignes.table, valeurs.by_ref().take(n * colonnes))?;
                    let sql = AssertSqlSafe(postgres(lignes.table));
                    sqlx::query_with(sql, lot).execute(&mut **transaction).await?;
                    reste -= n;
                }
            }
        }
        Ok(())
    }
}

/// Deux cent cinquante-six lignes, puis des puissances de deux : neuf requêtes préparées par table au plus.
fn taille(reste: usize) -> usize {
    if reste >= LIGNES { LIGNES } else { 1 << reste.ilog2() }
}

pub(crate) fn sqlite(table: &Table, lignes: usize) -> String {
    entete(table) + &valeurs_sqlite(table, lignes) + &suite(table)
}

pub(crate) fn postgres(table: &Table) -> String {
    format!("{} SELECT * FROM {}{}", entete(table), tableaux_postgres(table), suite(table))
}

pub(crate) fn mise_a_jour_sqlite(table: &Table, lignes: usize) -> String {
    // SQLite nomme lui-même les colonnes d'un VALUES.
    let place = |nom: &str| table.colonnes.iter().position(|(n, _)| *n == nom);
    let lue = |nom: &str| format!("t.column{}", place(nom).map_or(0, |place| place + 1));
    let valeurs = valeurs_sqlite(table, lignes);
    mise_a_jour(table, &format!("({valeurs}) AS t"), lue)
}

pub(crate) fn mise_a_jour_postgres(table: &Table) -> String {
    let noms: Vec<&str> = table.colonnes.iter().map(|(nom, _)| *nom).collect();
    let source = format!("{} AS t ({})", tableaux_postgres(table), noms.join(","));
    mise_a_jour(table, &source, |nom| format!("t.{nom}"))
}

fn mise_a_jour(table: &Table, source: &str, lue: impl Fn(&str) -> String) -> String {
    let changees: Vec<String> = table
        .colonnes
        .iter()
        .filter(|(nom, _)| *nom != table.cle)
        .map(|(nom, _)| format!("{nom} = {}", lue(nom)))
        .collect();
    format!(
        "UPDATE {} SET {} FROM {source} WHERE {}.{} = {}",
        table.nom,
        changees.join(", "),
        table.nom,
        table.cle,
        lue(table.cle)
    )
}

fn valeurs_sqlite(table: &Table, lignes: usize) -> String {
    let mut ligne = "(".to_owned() + &"?,".repeat(table.colonnes.len());
    ligne.pop();
    ligne.push_str("),");
    let mut sql = " VALUES ".to_owned() + &ligne.repeat(lignes);
    sql.pop();
    sql
}

fn tableaux_postgres(table: &Table) -> String {
    let tableaux: Vec<String> = (1..)
        .zip(table.colonnes)
        .map(|(i, (_, genre))| match genre {
            Genre::Entier => format!("${i}::bigint[]"),
            Genre::Texte => format!("${i}::text[]"),
            Genre::Octets => format!("${i}::bytea[]"),
        })
        .collect();
    format!("UNNEST({})", tableaux.join(","))
}

fn entete(table: &Table) -> String {
    let noms: Vec<&str> = table.colonnes.iter().map(|(nom, _)| *nom).collect();
    format!("INSERT INTO {} ({})", table.nom, noms.join(","))
}

fn suite(table: &Table) -> String {
    match table.deja {
        Deja::Echoue => String::new(),
        Deja::Garde => " ON CONFLICT DO NOTHING".to_owned(),
        Deja::Ajoute => {
            format!(" ON CONFLICT ({}) DO UPDATE SET n = {}.n + excluded.n", table.cle, table.nom)
        }
        Deja::Remplace => {
            let mut sql = format!(" ON CONFLICT ({}) DO UPDATE SET ", table.cle);
            let cle: Vec<&str> = table.cle.split(", ").collect();
            for (nom, _) in table.colonnes.iter().filter(|(nom, _)| !cle.contains(nom)) {
                // Écrire dans une chaîne ne peut pas échouer.
                write!(sql, "{nom} = excluded.{nom},").ok();
            }
            sql.pop();
            sql
        }
    }
}

/// Les valeurs d'un lot, une colonne après l'autre.
fn en_colonnes(table: &Table, valeurs: impl Iterator<Item = Valeur>) -> Result<PgArguments, Echec> {
    enum Colonne {
        Entiers(Vec<Option<i64>>),
        Textes(Vec<Option<String>>),
        Octets(Vec<Option<Vec<u8>>>),
    }
    let mut colonnes: Vec<Colonne> = table
        .colonnes
        .iter()
        .map(|(_, genre)| match genre {
            Genre::Entier => Colonne::Entiers(vec![]),
            Genre::Texte => Colonne::Textes(vec![]),
            Genre::Octets => Colonne::Octets(vec![]),
        })
        .collect();
    for (i, valeur) in valeurs.enumerate() {
        match (&mut colonnes[i % table.colonnes.len()], valeur) {
            (Colonne::Entiers(colonne), Valeur::Entier(n)) => colonne.push(n),
            (Colonne::Textes(colonne), Valeur::Texte(t)) => colonne.push(t),
            (Colonne::Octets(colonne), Valeur::Octets(o)) => colonne.push(o),
            (Colonne::Entiers(_) | Colonne::Textes(_) | Colonne::Octets(_), _) => {
                let (nom, _) = table.colonnes[i % table.colonnes.len()];
                return Err(Echec::panne(format!(
                    "{}.{nom} : valeur hors de son genre",
                    table.nom
                )));
            }
        }
    }
    let mut lies = PgArguments::default();
    for colonne in colonnes {
        match colonne {
            Colonne::Entiers(colonne) => lies.add(colonne),
            Colonne::Textes(colonne) => lies.add(colonne),
            Colonne::Octets(colonne) => lies.add(colonne),
        }
        .map_err(Echec::Panne)?;
    }
    Ok(lies)
}
