//! Les mots que la base connaît, par l'endroit où ils se rangent, sans lire les dossiers qui les portent.

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::{Moteur, Sql, Stockage};
use crate::echec::Echec;
use crate::liste::apres_ce_debut;

/// Les mots qu'une question fait lire au plus : un squelette courant en range quelques centaines.
const MOTS: i64 = 5_000;

impl Stockage {
    /// Les termes qui commencent par l'un de ces débuts, chacun une fois, et s'il en reste qu'on n'a pas lus.
    ///
    /// On saute d'un terme au suivant dans l'index : le plus répandu coûte autant que le plus rare.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn termes_ranges(&self, debuts: &[String]) -> Result<(Vec<String>, bool), Echec> {
        if debuts.is_empty() {
            return Ok((Vec::new(), false));
        }
        let mut requete = Requete::default();
        requete.texte(
            "WITH RECURSIVE m (terme, fin) AS (SELECT (SELECT MIN(t.terme) FROM vue_terme t \
             WHERE t.terme >= b.column1 AND t.terme < b.column2), b.column2 FROM (VALUES ",
        );
        for (i, debut) in debuts.iter().enumerate() {
            requete.texte(if i == 0 { "(" } else { ", (" }).valeur(debut.as_str());
            requete.texte(", ").valeur(apres_ce_debut(debut)).texte(")");
        }
        requete.texte(
            ") b UNION ALL SELECT (SELECT MIN(t.terme) FROM vue_terme t \
             WHERE t.terme > m.terme AND t.terme < m.fin), m.fin FROM m WHERE m.terme IS NOT NULL) SELECT ",
        );
        // D'un seul trait : une ligne par mot coûterait plus à transporter qu'à trouver.
        requete.texte(match self.moteur() {
            Moteur::Sqlite => "GROUP_CONCAT(l.terme, ' ')",
            Moteur::Postgres => "STRING_AGG(l.terme, ' ')",
        });
        requete.texte(" AS termes FROM (SELECT m.terme FROM m WHERE m.terme IS NOT NULL LIMIT ");
        requete.valeur(MOTS + 1).texte(") l");
        let lus: Option<Termes> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let mut termes = lus.unwrap_or_default().0;
        let trop = i64::try_from(termes.len()).is_ok_and(|n| n > MOTS);
        termes.truncate(usize::try_from(MOTS).unwrap_or_default());
        Ok((termes, trop))
    }
}

#[derive(Default)]
struct Termes(Vec<String>);

impl DepuisLigne for Termes {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let termes = l.texte_ou_rien("termes")?.unwrap_or_default();
        Ok(Self(termes.split(' ').filter(|t| !t.is_empty()).map(str::to_owned).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::insertion::Lignes;
    use crate::base::valeur::Valeur;

    async fn rangee(stockage: &Stockage, termes: impl Iterator<Item = String>) {
        let mut lignes = Lignes::pour(&crate::tables::VUE_TERME, 0);
        for (dossier, terme) in (1_i64..).zip(termes) {
            lignes.ligne([terme.into(), Valeur::from("62498"), dossier.into()]);
        }
        let mut connexion = stockage.base.ecrire().await.unwrap();
        connexion.inserer(lignes).await.unwrap();
        connexion.valider().await.unwrap();
    }

    #[tokio::test]
    async fn chaque_mot_d_un_rangement_se_lit_une_fois_et_nul_autre() {
        let url = epreuves::postgres::base("mots").parse().unwrap();
        for stockage in [Stockage::ephemere().await.unwrap(), Stockage::ouvrir(&url).await.unwrap()]
        {
            let mots = [
                "p415:lepain",
                "p415:lapin",
                "p415:lepain",
                "p4155:lepainn",
                "p415",
                "v415:lepain",
            ];
            rangee(&stockage, mots.into_iter().map(str::to_owned)).await;
            for (debuts, attendus) in [
                (vec!["p415:"], vec!["p415:lapin", "p415:lepain"]),
                (vec!["v415:", "p9:", "p4155:"], vec!["p4155:lepainn", "v415:lepain"]),
                (vec!["p9:"], vec![]),
                (vec![], vec![]),
            ] {
                let debuts: Vec<String> = debuts.into_iter().map(str::to_owned).collect();
                let (mut lus, trop) = stockage.termes_ranges(&debuts).await.unwrap();
                lus.sort();
                assert_eq!((lus, trop), (attendus.into_iter().map(str::to_owned).collect(), false));
            }
        }
    }

    #[tokio::test]
    async fn trop_de_mots_se_dit() {
        let stockage = Stockage::ephemere().await.unwrap();
        rangee(&stockage, (0..=MOTS).map(|n| format!("p1:{n}"))).await;
        let (lus, trop) = stockage.termes_ranges(&["p1:".to_owned()]).await.unwrap();
        assert_eq!((lus.len(), trop), (usize::try_from(MOTS).unwrap(), true));
    }
}
