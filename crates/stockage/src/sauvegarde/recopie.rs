//! La recopie d'une base dans une autre, lot après lot : ce que coûte l'écriture seule, sans rien décider.

use std::time::{Duration, Instant};

use crate::base::Stockage;
use crate::base::insertion::Lignes;
use crate::base::parcours::Parcours;
use crate::echec::Echec;
use crate::tables;

/// Ce qu'une recopie a écrit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recopie {
    /// Les lignes, toutes tables ensemble.
    pub lignes: u64,
    /// Le temps des insertions et de leurs validations, sans celui des lectures.
    pub ecriture: Duration,
}

impl Stockage {
    /// Recopie toutes les tables dans une base neuve. Une transaction porte une page de chaque table.
    ///
    /// # Erreurs
    ///
    /// [`Echec::DisquePlein`] : les transactions d'avant restent.
    pub async fn recopier(&self, vers: &Self) -> Result<Recopie, Echec> {
        let mut recopie = Recopie { lignes: 0, ecriture: Duration::ZERO };
        let mut depuis = self.base.instantane().await?;
        let mut parcours = tables::TOUTES.map(|table| (table, Parcours::de(table)));
        loop {
            let mut lot = Vec::new();
            for (table, parcours) in &mut parcours {
                let page = parcours.page(&mut depuis).await?;
                if !page.is_empty() {
                    let mut lignes = Lignes::pour(table, page.len());
                    page.into_iter().for_each(|ligne| lignes.ligne_lue(ligne));
                    lot.push(lignes);
                }
            }
            if lot.is_empty() {
                return Ok(recopie);
            }
            let debut = Instant::now();
            let mut ecriture = vers.base.ecrire().await?;
            for lignes in lot {
                recopie.lignes += lignes.nombre() as u64;
                ecriture.inserer(lignes).await?;
            }
            ecriture.valider().await?;
            recopie.ecriture += debut.elapsed();
        }
    }
}
