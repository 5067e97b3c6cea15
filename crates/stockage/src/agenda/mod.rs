//! L'agenda d'un périmètre : ses audiences et ses échéances, jour par jour.
//!
//! Le périmètre est celui des listes, dans le SQL. Un mois se compte et se lit dans les index : son coût
//! suit le nombre de dossiers du mois, non celui du territoire.

use std::collections::BTreeMap;

use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::{Perimetre, Vue};
use jiff::civil::Date;

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::{Sql, Stockage};
use crate::dossier::VueDossier;
use crate::echec::Echec;
use crate::liste::perimetre::{Chemin, des_dossiers};

/// Ce qui a une date à l'agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rendezvous {
    /// L'audience d'un ménage.
    Audience,
    /// La prochaine étape d'un dossier.
    Echeance,
}

impl Rendezvous {
    /// Les deux, dans l'ordre où un jour les montre.
    pub const TOUS: [Self; 2] = [Self::Audience, Self::Echeance];

    fn colonne(self) -> &'static str {
        match self {
            Self::Audience => "d.audience_le",
            Self::Echeance => "d.etape_avant_le",
        }
    }
}

/// Une période, bornes comprises, et ce qui la restreint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fenetre {
    /// Le premier jour.
    pub du: Date,
    /// Le dernier jour.
    pub au: Date,
    /// Le service en charge.
    pub service: Option<String>,
    /// La sous-commission.
    pub sous_commission: Option<String>,
}

struct Jour {
    jour: Date,
    n: i64,
}

impl DepuisLigne for Jour {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { jour: l.jour("jour")?, n: l.entier("n")? })
    }
}

impl Stockage {
    /// Combien chaque jour en a ; un jour sans rien n'y est pas.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn agenda(
        &self,
        du: &Perimetre,
        fenetre: &Fenetre,
        quoi: Rendezvous,
    ) -> Result<BTreeMap<Date, i64>, Echec> {
        if quoi == Rendezvous::Echeance && compte_d_avance(du) {
            return self.echeances_tenues(du, fenetre).await;
        }
        let selection = format!("SELECT {} AS jour, COUNT(*) AS n", quoi.colonne());
        let mut requete = dans(du, fenetre, quoi, &selection);
        requete.texte(" GROUP BY ").texte(quoi.colonne());
        let jours: Vec<Jour> = self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        Ok(jours.into_iter().map(|j| (j.jour, j.n)).collect())
    }

    /// Les étapes de chaque jour, par les compteurs tenus : une fin de mois en a des centaines de milliers.
    async fn echeances_tenues(
        &self,
        du: &Perimetre,
        fenetre: &Fenetre,
    ) -> Result<BTreeMap<Date, i64>, Echec> {
        let mut requete = Requete::default();
        requete.texte("SELECT c.jour AS jour, CAST(SUM(c.n) AS BIGINT) AS n FROM vue_compte c");
        requete.texte(" WHERE c.profil = ").valeur(du.profil()).texte(" AND c.compteur = 'etape'");
        requete.texte(" AND c.jour >= ").valeur(fenetre.du);
        requete.texte(" AND c.jour <= ").valeur(fenetre.au);
        let (sous_commission, service) = match du.vue() {
            Vue::SousCommission(code) => (Some(code), None),
            Vue::Service(code) => (None, Some(code)),
            Vue::Profil | Vue::Parties | Vue::Chiffres => (None, None),
        };
        let egaux = [
            ("c.sous_commission", sous_commission),
            ("c.service", service),
            ("c.sous_commission", fenetre.sous_commission.as_ref()),
            ("c.service", fenetre.service.as_ref()),
        ];
        for (colonne, valeur) in egaux {
            if let Some(valeur) = valeur {
                requete.texte(" AND ").texte(colonne).texte(" = ").valeur(valeur.as_str());
            }
        }
        requete.texte(" GROUP BY c.jour HAVING SUM(c.n) > 0");
        let jours: Vec<Jour> = self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let mut comptes: BTreeMap<Date, i64> = jours.into_iter().map(|j| (j.jour, j.n)).collect();
        for vue in self.restreints(du).await? {
            let ici = fenetre.service.as_ref().is_none_or(|s| vue.service == *s)
                && fenetre.sous_commission.as_ref().is_none_or(|s| vue.sous_commission == *s);
            let jour = vue.etape_avant_le.filter(|j| (fenetre.du..=fenetre.au).contains(j));
            if let (true, None, Some(jour)) = (ici, vue.clos_le, jour) {
                *comptes.entry(jour).or_default() += 1;
            }
        }
        Ok(comptes)
    }

    /// Les dossiers de la période, du premier jour au dernier, puis par numéro, `limite` au plus.
    ///
    /// `apres` est le dernier dossier déjà lu de la même période.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn a_l_agenda(
        &self,
        du: &Perimetre,
        fenetre: &Fenetre,
        quoi: Rendezvous,
        apres: Option<(Date, DossierId)>,
        limite: i64,
    ) -> Result<Vec<VueDossier>, Echec> {
        let mut requete = dans(du, fenetre, quoi, "SELECT d.id");
        if let Some((jour, dossier)) = apres {
            requete.texte(" AND (").texte(quoi.colonne()).texte(", d.id) > (");
            requete.valeur(jour).texte(", ").valeur(dossier).texte(")");
        }
        let ordre = format!(" ORDER BY {}, d.id", quoi.colonne());
        requete.texte(&ordre).texte(" LIMIT ").valeur(limite);
        let colonnes = include_str!("../dossier/colonnes.sql");
        let sql = format!("{colonnes} WHERE d.id IN ({}){ordre}", requete.sql);
        let lignes: Vec<VueDossier> = self.base.lire(Sql::Assemble(sql), requete.valeurs).await?;
        releve::apercus(lignes.iter().map(|d| d.id));
        Ok(lignes)
    }
}

/// Les compteurs tenus comptent tout ce que ce périmètre ouvre, et rien de plus.
fn compte_d_avance(du: &Perimetre) -> bool {
    match du.vue() {
        Vue::Profil | Vue::SousCommission(_) | Vue::Service(_) => du.parties().is_empty(),
        Vue::Parties | Vue::Chiffres => false,
    }
}

fn dans(du: &Perimetre, fenetre: &Fenetre, quoi: Rendezvous, selection: &str) -> Requete {
    let mut requete = des_dossiers(du, selection, None, Chemin::Libre);
    requete.texte(" AND ").texte(quoi.colonne()).texte(" >= ").valeur(fenetre.du);
    requete.texte(" AND ").texte(quoi.colonne()).texte(" <= ").valeur(fenetre.au);
    // Une audience n'est gardée que pour un dossier ouvert : son index suffit à le dire.
    if quoi == Rendezvous::Echeance {
        requete.texte(" AND d.clos_le IS NULL");
    }
    let egaux = [("d.service", &fenetre.service), ("d.sous_commission", &fenetre.sous_commission)];
    for (colonne, valeur) in egaux {
        if let Some(valeur) = valeur {
            requete.texte(" AND ").texte(colonne).texte(" = ").valeur(valeur.as_str());
        }
    }
    requete
}
