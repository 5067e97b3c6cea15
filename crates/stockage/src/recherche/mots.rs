//! Les mots que la base connaît, par l'endroit où ils se rangent, sans lire les dossiers qui les portent.

use std::collections::BTreeMap;

use ccapex::recherche::termes::rangement_et_mot;

use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Moteur, Sql, Stockage, sql};
use crate::echec::Echec;
use crate::liste::apres_ce_debut;
use crate::tables;

/// Un terme, et combien de dossiers s'y rangent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermeRange {
    /// Le terme.
    pub terme: String,
    /// Ses dossiers, de tout périmètre, clos et restreints compris : ce nombre ne se montre pas.
    pub dossiers: i64,
}

/// Ce qu'un lot ajoute aux dossiers de chaque mot, et leur retire.
#[derive(Default)]
pub(crate) struct Mots(BTreeMap<String, i64>);

impl Mots {
    pub(crate) fn ajouter(&mut self, terme: &str) {
        self.compter(terme, 1);
    }

    pub(crate) fn retirer(&mut self, terme: &str) {
        self.compter(terme, -1);
    }

    fn compter(&mut self, terme: &str, n: i64) {
        if rangement_et_mot(terme).is_none() {
            return;
        }
        match self.0.get_mut(terme) {
            Some(compte) => *compte += n,
            None => drop(self.0.insert(terme.to_owned(), n)),
        }
    }
}

impl Connexion {
    pub(crate) async fn compter_les_mots(&mut self, mots: Mots) -> Result<(), Echec> {
        let mut lignes = Lignes::pour(&tables::VUE_MOT, mots.0.len());
        let mut retires = Vec::new();
        for (terme, n) in mots.0.into_iter().filter(|(_, n)| *n != 0) {
            if n < 0 {
                retires.push(terme.clone());
            }
            lignes.ligne([terme.into(), n.into()]);
        }
        self.inserer(lignes).await?;
        // Le mot que plus personne ne porte nommait quelqu'un.
        for terme in retires {
            self.executer(sql!("oublier_mot.sql"), valeurs![terme]).await?;
        }
        Ok(())
    }
}

/// Les mots qu'une question fait lire au plus : un squelette courant en range quelques centaines.
const MOTS: i64 = 5_000;

impl Stockage {
    /// Les termes qui commencent par l'un de ces débuts, chacun une fois, et s'il en reste qu'on n'a pas lus.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn termes_ranges(&self, debuts: &[String]) -> Result<(Vec<TermeRange>, bool), Echec> {
        if debuts.is_empty() {
            return Ok((Vec::new(), false));
        }
        let requete = requete(self.moteur(), debuts);
        let lus: Option<Termes> =
            self.base.lire_une(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let mut termes = lus.unwrap_or_default().0;
        let trop = i64::try_from(termes.len()).is_ok_and(|n| n > MOTS);
        termes.truncate(usize::try_from(MOTS).unwrap_or_default());
        Ok((termes, trop))
    }
}

/// Les termes de ces débuts, une tranche de l'index pour chacun.
fn requete(moteur: Moteur, debuts: &[String]) -> Requete {
    let mut requete = Requete::default();
    // D'un seul trait : une ligne par mot coûterait plus à transporter qu'à trouver.
    requete.texte(match moteur {
        Moteur::Sqlite => "SELECT GROUP_CONCAT(l.terme || ' ' || l.n, ' ')",
        Moteur::Postgres => "SELECT STRING_AGG(l.terme || ' ' || l.n, ' ')",
    });
    requete.texte(" AS termes FROM (SELECT m.terme, m.n FROM (VALUES ");
    for (i, debut) in debuts.iter().enumerate() {
        requete.texte(if i == 0 { "(" } else { ", (" }).valeur(debut.as_str());
        requete.texte(", ").valeur(apres_ce_debut(debut)).texte(")");
    }
    // Une tranche de l'index par début, jamais la table : SQLite ne retourne pas une jointure CROSS, et
    // PostgreSQL prend l'index quand on demande l'ordre.
    let tranche = "m.terme >= b.column1 AND m.terme < b.column2";
    requete.texte(") b CROSS JOIN ").texte(&match moteur {
        Moteur::Sqlite => format!("vue_mot m WHERE {tranche}"),
        Moteur::Postgres => format!(
            "LATERAL (SELECT m.terme, m.n FROM vue_mot m WHERE {tranche} ORDER BY m.terme LIMIT {}) m",
            MOTS + 1
        ),
    });
    requete.texte(" LIMIT ").valeur(MOTS + 1).texte(") l");
    requete
}

#[derive(Default)]
struct Termes(Vec<TermeRange>);

impl DepuisLigne for Termes {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        let lus = l.texte_ou_rien("termes")?.unwrap_or_default();
        let mut lus = lus.split(' ').filter(|t| !t.is_empty());
        let mut termes = Vec::new();
        while let (Some(terme), Some(n)) = (lus.next(), lus.next()) {
            let dossiers = n.parse().map_err(Echec::panne)?;
            termes.push(TermeRange { terme: terme.to_owned(), dossiers });
        }
        Ok(Self(termes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recherche::tests::Plan;

    async fn compter(stockage: &Stockage, compte: impl FnOnce(&mut Mots)) {
        let mut mots = Mots::default();
        compte(&mut mots);
        let mut connexion = stockage.base.ecrire().await.unwrap();
        connexion.compter_les_mots(mots).await.unwrap();
        connexion.valider().await.unwrap();
    }

    async fn lus(stockage: &Stockage, debuts: &[&str]) -> (Vec<(String, i64)>, bool) {
        let debuts: Vec<String> = debuts.iter().map(|debut| (*debut).to_owned()).collect();
        let (termes, trop) = stockage.termes_ranges(&debuts).await.unwrap();
        let mut lus: Vec<(String, i64)> =
            termes.into_iter().map(|t| (t.terme, t.dossiers)).collect();
        lus.sort();
        (lus, trop)
    }

    async fn des_deux_moteurs() -> [Stockage; 2] {
        let url = epreuves::postgres::base("mots").parse().unwrap();
        [Stockage::ephemere().await.unwrap(), Stockage::ouvrir(&url).await.unwrap()]
    }

    #[tokio::test]
    async fn chaque_mot_d_un_rangement_se_lit_une_fois_et_nul_autre() {
        for stockage in des_deux_moteurs().await {
            compter(&stockage, |mots| {
                for terme in [
                    "p415:lepain",
                    "p415:lapin",
                    "p415:lepain",
                    "p4155:lepainn",
                    "p415",
                    "v415:lepain",
                ] {
                    mots.ajouter(terme);
                }
            })
            .await;
            for (debuts, attendus) in [
                (vec!["p415:"], vec![("p415:lapin", 1), ("p415:lepain", 2)]),
                (vec!["v415:", "p9:", "p4155:"], vec![("p4155:lepainn", 1), ("v415:lepain", 1)]),
                (vec!["p9:"], vec![]),
                (vec![], vec![]),
            ] {
                let attendus = attendus.into_iter().map(|(t, n)| (t.to_owned(), n)).collect();
                assert_eq!(lus(&stockage, &debuts).await, (attendus, false), "{debuts:?}");
            }
        }
    }

    #[tokio::test]
    async fn un_mot_que_plus_aucun_dossier_ne_porte_n_est_plus_dans_la_base() {
        for stockage in des_deux_moteurs().await {
            compter(&stockage, |mots| {
                mots.ajouter("p415:lepain");
                mots.ajouter("p415:lepain");
                mots.ajouter("p415:lapin");
            })
            .await;
            compter(&stockage, |mots| {
                mots.retirer("p415:lepain");
                mots.retirer("p415:lapin");
            })
            .await;
            assert_eq!(lus(&stockage, &["p"]).await, (vec![("p415:lepain".to_owned(), 1)], false));
        }
    }

    #[tokio::test]
    async fn lire_des_mots_ne_parcourt_jamais_toute_la_table() {
        for stockage in des_deux_moteurs().await {
            let mots = (0..20_000).map(|n| format!("p{}:mot{n}", n % 700));
            compter(&stockage, |comptes| mots.for_each(|mot| comptes.ajouter(&mot))).await;
            let debuts: Vec<String> = (0..120).map(|n| format!("p{n}:")).collect();
            let mut requete = requete(stockage.moteur(), &debuts);
            requete.sql.insert_str(0, Plan::explique(stockage.moteur()));
            let mut connexion = stockage.base.ecrire().await.unwrap();
            connexion.executer_texte("ANALYZE vue_mot".to_owned()).await.unwrap();
            let plan: Vec<Plan> =
                connexion.lire(Sql::Assemble(requete.sql), requete.valeurs).await.unwrap();
            let entier =
                |Plan(etape): &Plan| etape.contains("Seq Scan") || etape.contains("SCAN m");
            assert!(!plan.iter().any(entier), "{:?} {plan:?}", stockage.moteur());
        }
    }

    #[tokio::test]
    async fn trop_de_mots_se_dit() {
        for stockage in des_deux_moteurs().await {
            let tous = |mots: &mut Mots| (0..=MOTS).for_each(|n| mots.ajouter(&format!("p1:{n}")));
            compter(&stockage, tous).await;
            let (lus, trop) = stockage.termes_ranges(&["p1:".to_owned()]).await.unwrap();
            let attendus = (usize::try_from(MOTS).unwrap(), true);
            assert_eq!((lus.len(), trop), attendus, "{:?}", stockage.moteur());
        }
    }
}
