//! Une ligne lue, quel que soit le moteur.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::Row;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use super::valeur::Valeur;
use crate::echec::Echec;
use crate::tables::{Genre, Table};

pub(crate) enum Ligne {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// Ce qui se lit d'une ligne.
pub(crate) trait DepuisLigne: Sized {
    fn depuis(ligne: &Ligne) -> Result<Self, Echec>;
}

macro_rules! lecteur {
    ($nom:ident, $genre:ty) => {
        pub(crate) fn $nom(&self, colonne: &str) -> Result<$genre, Echec> {
            Ok(match self {
                Self::Sqlite(ligne) => ligne.try_get(colonne)?,
                Self::Postgres(ligne) => ligne.try_get(colonne)?,
            })
        }
    };
}

impl Ligne {
    lecteur!(entier, i64);
    lecteur!(entier_ou_rien, Option<i64>);
    lecteur!(texte, String);
    lecteur!(texte_ou_rien, Option<String>);
    lecteur!(octets, Vec<u8>);
    lecteur!(octets_ou_rien, Option<Vec<u8>>);

    /// Toutes les valeurs d'une ligne d'une table.
    pub(crate) fn valeurs(&self, table: &Table) -> Result<Vec<Valeur>, Echec> {
        let valeur = |(colonne, genre): &(&'static str, Genre)| {
            Ok(match genre {
                Genre::Entier => Valeur::Entier(self.entier_ou_rien(colonne)?),
                Genre::Texte => Valeur::Texte(self.texte_ou_rien(colonne)?),
                Genre::Octets => Valeur::Octets(self.octets_ou_rien(colonne)?),
            })
        };
        table.colonnes.iter().map(valeur).collect()
    }

    pub(crate) fn oui(&self, colonne: &str) -> Result<bool, Echec> {
        Ok(self.entier(colonne)? != 0)
    }

    pub(crate) fn jour(&self, colonne: &str) -> Result<Date, Echec> {
        Ok(self.texte(colonne)?.parse()?)
    }

    pub(crate) fn jour_ou_rien(&self, colonne: &str) -> Result<Option<Date>, Echec> {
        Ok(self.texte_ou_rien(colonne)?.map(|jour| jour.parse()).transpose()?)
    }

    pub(crate) fn instant(&self, colonne: &str) -> Result<Timestamp, Echec> {
        Ok(self.texte(colonne)?.parse()?)
    }

    pub(crate) fn instant_ou_rien(&self, colonne: &str) -> Result<Option<Timestamp>, Echec> {
        Ok(self.texte_ou_rien(colonne)?.map(|instant| instant.parse()).transpose()?)
    }

    /// Une empreinte de seize octets.
    pub(crate) fn empreinte(&self, colonne: &str) -> Result<[u8; 16], Echec> {
        let octets = self.octets(colonne)?;
        octets.try_into().map_err(|_| Echec::panne(format!("{colonne} n'a pas seize octets")))
    }
}

/// Un entier seul, dans une colonne nommée `n`.
impl DepuisLigne for i64 {
    fn depuis(ligne: &Ligne) -> Result<Self, Echec> {
        ligne.entier("n")
    }
}
