//! Le journal des dossiers : la vérité. Il s'allonge et ne se réécrit pas.

use std::collections::BTreeMap;

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::habilitation::Lecture;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::acces::releve;
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Stockage, sql, sql_par_moteur};
use crate::echec::Echec;

/// Un fait, tel qu'il est écrit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaitEcrit {
    /// Le dossier.
    pub dossier: DossierId,
    /// Sa place dans le journal du dossier, à partir de 1.
    pub rang: i64,
    /// Son identifiant, montré et cité par les corrections.
    pub fait: String,
    /// Son nom écrit, qui ne change jamais.
    pub acte: String,
    /// Le jour où il a eu lieu, s'il est connu.
    pub jour: Option<Date>,
    /// Son contenu, en JSON, sans identité.
    pub contenu: String,
    /// La personne qui l'a inscrit.
    pub agent: AgentId,
    /// L'instant où il a été inscrit.
    pub ecrit_le: Timestamp,
    /// La personne absente pour qui il l'a été.
    pub pour: Option<AgentId>,
}

impl DepuisLigne for FaitEcrit {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            dossier: DossierId(l.entier("dossier")?),
            rang: l.entier("rang")?,
            fait: l.texte("fait")?,
            acte: l.texte("acte")?,
            jour: l.jour_ou_rien("jour")?,
            contenu: l.texte("contenu")?,
            agent: AgentId(l.entier("agent")?),
            ecrit_le: l.instant("ecrit_le")?,
            pour: l.entier_ou_rien("pour")?.map(AgentId),
        })
    }
}

impl Connexion {
    /// Les journaux de ces dossiers, chacun dans l'ordre.
    pub(crate) async fn journaux(
        &mut self,
        dossiers: &[DossierId],
    ) -> Result<BTreeMap<DossierId, Vec<FaitEcrit>>, Echec> {
        let liste = serde_json::to_string(dossiers)?;
        let faits: Vec<FaitEcrit> =
            self.lire(sql_par_moteur!("de_plusieurs"), valeurs![liste]).await?;
        Ok(par_dossier(faits))
    }

    /// La longueur du journal d'un dossier : la version qu'attend l'écriture suivante.
    pub(crate) async fn version(&mut self, dossier: DossierId) -> Result<i64, Echec> {
        Ok(self.lire_une(sql!("version.sql"), valeurs![dossier]).await?.unwrap_or_default())
    }
}

pub(crate) fn par_dossier(faits: Vec<FaitEcrit>) -> BTreeMap<DossierId, Vec<FaitEcrit>> {
    let mut journaux = BTreeMap::<_, Vec<_>>::new();
    for fait in faits {
        journaux.entry(fait.dossier).or_default().push(fait);
    }
    journaux
}

impl Stockage {
    /// Le journal d'un dossier, dans l'ordre. Sa longueur est la version à rendre pour y écrire.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn journal(&self, lecture: &Lecture) -> Result<Vec<FaitEcrit>, Echec> {
        releve::ouvert(lecture.dossier());
        self.base.lire(sql!("lire.sql"), valeurs![lecture.dossier()]).await
    }

    /// Le même, pour dire dans une liste pourquoi un dossier y est : il n'est pas ouvert.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn journal_d_une_liste(&self, lecture: &Lecture) -> Result<Vec<FaitEcrit>, Echec> {
        releve::apercus(std::iter::once(lecture.dossier()));
        self.base.lire(sql!("lire.sql"), valeurs![lecture.dossier()]).await
    }
}
