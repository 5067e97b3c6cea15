//! Le registre des accès : qui a ouvert ou écrit quel dossier, et quand.

use ccapex::identifiants::{AgentId, DossierId};
use ccapex::partenaires::habilitation::Lecture;
use jiff::Timestamp;

use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::valeur::valeurs;
use crate::base::{Connexion, Stockage, sql};
use crate::echec::Echec;

/// Un accès inscrit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acces {
    /// Son numéro.
    pub id: i64,
    /// La personne.
    pub agent: AgentId,
    /// Le dossier.
    pub dossier: DossierId,
    /// Ce qu'elle y a fait : `lire`, `completer`, `joindre`…
    pub geste: String,
    /// L'instant.
    pub quand: Timestamp,
}

impl DepuisLigne for Acces {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self {
            id: l.entier("id")?,
            agent: AgentId(l.entier("agent")?),
            dossier: DossierId(l.entier("dossier")?),
            geste: l.texte("geste")?,
            quand: l.instant("quand")?,
        })
    }
}

impl Connexion {
    pub(crate) async fn noter_acces(
        &mut self,
        agent: AgentId,
        dossier: DossierId,
        geste: &str,
        quand: Timestamp,
    ) -> Result<(), Echec> {
        let id = self.numeroter("acces", 1).await?;
        let valeurs = valeurs![id, agent, dossier, geste, quand];
        self.executer(sql!("noter.sql"), valeurs).await.map(drop)
    }
}

impl Stockage {
    /// Inscrit la lecture d'un dossier. À appeler avant de montrer quoi que ce soit.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas : la page ne se montre pas.
    pub async fn noter_lecture(&self, lecture: &Lecture, quand: Timestamp) -> Result<(), Echec> {
        let mut connexion = self.base.ecrire().await?;
        connexion.noter_acces(lecture.agent(), lecture.dossier(), "lire", quand).await?;
        connexion.valider().await
    }

    /// Les accès à un dossier, les derniers d'abord.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn acces(&self, lecture: &Lecture, limite: i64) -> Result<Vec<Acces>, Echec> {
        self.base.lire(sql!("lire.sql"), valeurs![lecture.dossier(), limite]).await
    }
}
