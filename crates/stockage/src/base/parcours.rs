//! La lecture d'une table entière, page après page, dans l'ordre de sa clé.

use super::valeur::Valeur;
use super::{Connexion, Sql};
use crate::base::requete::Requete;
use crate::echec::Echec;
use crate::tables::{self, Table};

/// Lignes d'une page. Une page d'octets est plus courte : un mégaoctet la ligne.
const PAGE: usize = 2_000;
const PAGE_D_OCTETS: usize = 8;

/// Où en est le parcours d'une table.
pub(crate) struct Parcours {
    table: &'static Table,
    derniere: Option<Vec<Valeur>>,
    fini: bool,
}

impl Parcours {
    pub(crate) fn de(table: &'static Table) -> Self {
        Self { table, derniere: None, fini: false }
    }

    /// La page suivante ; vide à la fin.
    pub(crate) async fn page(
        &mut self,
        connexion: &mut Connexion,
    ) -> Result<Vec<Vec<Valeur>>, Echec> {
        if self.fini {
            return Ok(vec![]);
        }
        let (table, limite) = (self.table, self.limite());
        let noms: Vec<&str> = table.colonnes.iter().map(|(nom, _)| *nom).collect();
        let mut requete = Requete::default();
        requete.texte("SELECT ").texte(&noms.join(", ")).texte(" FROM ").texte(table.nom);
        if let Some(derniere) = &self.derniere {
            requete.texte(" WHERE (").texte(table.cle).texte(") > (");
            for (i, place) in table.places_de_la_cle().into_iter().enumerate() {
                requete.texte(if i == 0 { "" } else { ", " }).valeur(derniere[place].clone());
            }
            requete.texte(")");
        }
        requete.texte(" ORDER BY ").texte(table.cle);
        requete.texte(" LIMIT ").valeur(i64::try_from(limite).unwrap_or(i64::MAX));
        let sql = Sql::Assemble(requete.sql);
        let lignes = connexion.lire_avec(sql, requete.valeurs, |l| l.valeurs(table)).await?;
        self.fini = lignes.len() < limite;
        self.derniere = lignes.last().cloned();
        Ok(lignes)
    }

    fn limite(&self) -> usize {
        if self.table.nom == tables::PIECE_OCTETS.nom { PAGE_D_OCTETS } else { PAGE }
    }
}
