//! Le coffre des identités : ce qu'un effacement coupe, en laissant l'histoire entière.

use std::collections::BTreeMap;

use ccapex::identifiants::NoticeId;
use ccapex::partenaires::habilitation::{Lecture, Perimetre};
use jiff::Timestamp;

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Sql, Stockage, sql_par_moteur};
use crate::echec::Echec;
use crate::liste::perimetre;

struct Identite {
    cle: i64,
    contenu: String,
}

impl DepuisLigne for Identite {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self { cle: l.entier("cle")?, contenu: l.texte("contenu")? })
    }
}

fn par_cle(identites: Vec<Identite>) -> BTreeMap<i64, String> {
    identites.into_iter().map(|i| (i.cle, i.contenu)).collect()
}

impl Connexion {
    /// Les identités encore au coffre, par clé.
    pub(crate) async fn identites(&mut self, cles: &[i64]) -> Result<BTreeMap<i64, String>, Echec> {
        let liste = serde_json::to_string(cles)?;
        let identites: Vec<Identite> = self.lire(sql_par_moteur!("lire"), valeurs![liste]).await?;
        Ok(par_cle(identites))
    }
}

impl Stockage {
    /// Les identités de ces clés, pour un dossier qu'on a le droit de lire. Une identité effacée manque.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn identites(
        &self,
        lecture: &Lecture,
        cles: &[i64],
    ) -> Result<BTreeMap<i64, String>, Echec> {
        releve::ouvert(lecture.dossier());
        let liste = serde_json::to_string(cles)?;
        let identites: Vec<Identite> =
            self.base.lire(sql_par_moteur!("lire"), valeurs![liste]).await?;
        Ok(par_cle(identites))
    }

    /// Les identités de notices, dans un périmètre : pour la file « à compléter » et les résultats.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn identites_des_notices(
        &self,
        du: &Perimetre,
        notices: &[NoticeId],
    ) -> Result<BTreeMap<i64, String>, Echec> {
        let mut requete = perimetre::des_notices(du, include_str!("des_notices.sql"));
        requete.texte(" AND n.id IN (");
        for (i, notice) in notices.iter().enumerate() {
            requete.texte(if i == 0 { "" } else { ", " }).valeur(notice.0);
        }
        requete.texte(") AND c.contenu IS NOT NULL");
        if notices.is_empty() {
            return Ok(BTreeMap::new());
        }
        Ok(par_cle(self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await?))
    }

    /// Coupe des identités : leur contenu disparaît, leur clé et la date de l'effacement restent.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn effacer_identites(&self, cles: &[i64], le: Timestamp) -> Result<u64, Echec> {
        let liste = serde_json::to_string(cles)?;
        self.base.executer(sql_par_moteur!("effacer"), valeurs![liste, le]).await
    }
}
