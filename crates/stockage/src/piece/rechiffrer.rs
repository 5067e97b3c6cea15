//! Changer de clé : chaque pièce se relit avec l'ancienne et s'écrit avec la courante, une à la fois.

use super::Octets;
use super::cles::{Cles, Place, manque};
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Stockage, sql};
use crate::echec::Echec;

struct Nom(String);

impl DepuisLigne for Nom {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.texte("nom")?))
    }
}

impl Stockage {
    /// Le même, avec ce trousseau pour ses pièces.
    #[must_use]
    pub fn avec_cles(mut self, cles: Cles) -> Self {
        self.cles = cles.into();
        self
    }

    /// Les clés que des pièces attendent, et que le trousseau n'a pas.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn cles_manquantes(&self) -> Result<Vec<String>, Echec> {
        let utilisees: Vec<Nom> = self.base.lire(sql!("cles_utilisees.sql"), vec![]).await?;
        Ok(utilisees.into_iter().map(|nom| nom.0).filter(|nom| !self.cles.a(nom)).collect())
    }

    /// Chiffre avec la clé courante toutes les pièces qui ne le sont pas, et rend leur nombre. Interrompu, ce
    /// qui est fait l'est ; le refaire finit.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] sans clé courante, ou s'il manque celle d'une pièce.
    pub async fn rechiffrer_les_pieces(&self) -> Result<u64, Echec> {
        let courante = self.cles.courante().ok_or_else(|| {
            Echec::Refus(
                "Aucune clé n'est donnée : les pièces ne se chiffrent pas sans elle. « seuil cles nouvelle » en \
                 écrit une ; gardez-la dans un fichier à part, puis donnez-le : --cles FICHIER."
                    .to_owned(),
            )
        })?;
        if let Some(nom) = self.cles_manquantes().await?.first() {
            return Err(manque(nom));
        }
        let (mut apres, mut faites) = (0_i64, 0);
        loop {
            // Une pièce par transaction : personne n'attend la fin des autres.
            let mut connexion = self.base.ecrire().await?;
            let suivante: Option<i64> = connexion
                .lire_une(sql!("a_rechiffrer.sql"), valeurs![courante.nom(), apres])
                .await?;
            let Some(piece) = suivante else { return Ok(faites) };
            for rang in 0_i64.. {
                let lu: Option<Octets> =
                    connexion.lire_une(sql!("lire_morceau.sql"), valeurs![piece, rang]).await?;
                let Some(lu) = lu else { break };
                let place = Place { piece, rang };
                let clair = self.cles.dechiffrer(&lu.cle, place, lu.octets)?;
                let chiffre = self.cles.chiffrer(place, clair)?;
                let valeurs = valeurs![piece, rang, chiffre];
                connexion.executer(sql!("rechiffrer_morceau.sql"), valeurs).await?;
            }
            connexion.executer(sql!("changer_de_cle.sql"), valeurs![piece, courante.nom()]).await?;
            connexion.valider().await?;
            (apres, faites) = (piece, faites + 1);
        }
    }
}
