//! Le flux des changements : chaque fait du journal, dans l'ordre où il est devenu visible.
//!
//! Les écritures passent une à une, sur les deux moteurs : le numéro d'un fait est pris sous le verrou
//! qui les met à la file. Qui voit un numéro voit donc tous ceux d'avant, et reprendre après lui ne
//! saute rien.

use ccapex::partenaires::habilitation::Perimetre;

use crate::acces::releve;
use crate::base::insertion::Lignes;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Sql, Stockage, sql};
use crate::echec::Echec;
use crate::journal::FaitEcrit;
use crate::liste::perimetre::{Chemin, des_dossiers};
use crate::tables;

/// Un fait, à sa place dans le flux.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changement {
    /// Son numéro.
    pub numero: i64,
    /// La référence du dossier.
    pub reference: String,
    /// Le fait.
    pub fait: FaitEcrit,
}

/// Une page du flux.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageDeChangements {
    /// Les changements, dans l'ordre.
    pub changements: Vec<Changement>,
    /// Après quel numéro reprendre : il avance même quand rien n'est à montrer.
    pub jusqu_a: i64,
    /// Il y a encore des faits après.
    pub encore: bool,
}

/// Ce qu'une demande regarde au plus, quel que soit le périmètre : une page ne lit jamais tout le flux.
const FENETRE: i64 = 10_000;

impl DepuisLigne for Changement {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            numero: l.entier("numero")?,
            reference: l.texte("reference")?,
            fait: FaitEcrit::depuis(l)?,
        })
    }
}

impl Connexion {
    /// Donne un numéro à chaque fait d'un lot. À appeler sous le verrou d'écriture.
    pub(crate) async fn numeroter_les_changements(
        &mut self,
        faits: &[FaitEcrit],
    ) -> Result<(), Echec> {
        let Ok(n @ 1..) = i64::try_from(faits.len()) else { return Ok(()) };
        let premier = self.numeroter("changement", n).await?;
        let mut lignes = Lignes::pour(&tables::CHANGEMENT, faits.len());
        for (numero, fait) in (premier..).zip(faits) {
            lignes.ligne([numero.into(), fait.dossier.into(), fait.rang.into()]);
        }
        self.inserer(lignes).await
    }
}

impl Stockage {
    /// Les faits d'après ce numéro, dans les dossiers du périmètre.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn changements(
        &self,
        du: &Perimetre,
        apres: i64,
        limite: i64,
    ) -> Result<PageDeChangements, Echec> {
        let mut connexion = self.base.instantane().await?;
        let dernier: i64 =
            connexion.lire_une(sql!("dernier.sql"), vec![]).await?.unwrap_or_default();
        // Un curseur d'une base restaurée plus ancienne reprend à sa fin, au lieu de reculer.
        let apres = apres.clamp(0, dernier);
        let fin = dernier.min(apres.saturating_add(FENETRE));
        let entree =
            Requete { sql: include_str!("fenetre.sql").to_owned(), valeurs: valeurs![apres, fin] };
        let selection = "SELECT s.numero, s.id AS dossier, s.fait, s.rang, s.acte, s.jour, s.contenu, \
                         s.agent, s.ecrit_le, s.pour, d.reference";
        let mut requete = des_dossiers(du, selection, Some(entree), Chemin::Libre);
        requete.texte(" ORDER BY s.numero LIMIT ").valeur(limite.saturating_add(1));
        let mut changements: Vec<Changement> =
            connexion.lire(Sql::Assemble(requete.sql), requete.valeurs).await?;
        let coupee = i64::try_from(changements.len()).is_ok_and(|n| n > limite);
        if coupee {
            changements.pop();
        }
        releve::apercus(changements.iter().map(|c| c.fait.dossier));
        let jusqu_a = changements.last().filter(|_| coupee).map_or(fin, |c| c.numero);
        Ok(PageDeChangements { changements, jusqu_a, encore: jusqu_a < dernier })
    }

    /// Le numéro du dernier fait : où commence ce qui n'est pas encore arrivé.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn dernier_changement(&self) -> Result<i64, Echec> {
        Ok(self.base.lire_une(sql!("dernier.sql"), vec![]).await?.unwrap_or_default())
    }
}
