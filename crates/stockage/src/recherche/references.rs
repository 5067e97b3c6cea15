//! Les dossiers par leur référence, et les références d'actes qu'un organisme a lui-même données.

use ccapex::identifiants::DossierId;
use ccapex::partenaires::habilitation::Perimetre;

use super::trouve::Trouve;
use super::{liste, selection};
use crate::base::ligne::{DepuisLigne, Ligne};
use crate::base::requete::Requete;
use crate::base::valeur::valeurs;
use crate::base::{Sql, Stockage, sql};
use crate::echec::Echec;
use crate::liste::par_debut;
use crate::liste::perimetre::{self, Chemin};

impl Stockage {
    /// Les dossiers de ces références, ou dont la référence commence ainsi.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn chercher_par_reference(
        &self,
        du: &Perimetre,
        entieres: &[String],
        debut: Option<&str>,
        limite: i64,
    ) -> Result<Vec<Trouve>, Echec> {
        let mut entree = Requete::default();
        entree.texte("SELECT r.id FROM vue_dossier r WHERE r.reference IN (");
        liste(&mut entree, entieres);
        entree.texte(")");
        if let Some(debut) = debut {
            entree.texte(" UNION SELECT q.id FROM (SELECT r.id FROM vue_dossier r WHERE ");
            par_debut(&mut entree, "r.reference", debut);
            entree.texte(" LIMIT ").valeur(limite).texte(") q");
        }
        let mut requete = perimetre::des_dossiers(du, &selection(), Some(entree), Chemin::Libre);
        requete.texte(" LIMIT ").valeur(limite);
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Les références que cet organisme a lui-même données à ses actes, dans ce dossier.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn references_envoyees(
        &self,
        du: &Perimetre,
        dossier: DossierId,
    ) -> Result<Vec<String>, Echec> {
        let valeurs = valeurs![dossier, du.emetteur().unwrap_or_default()];
        let lues: Vec<Reference> = self.base.lire(sql!("references_envoyees.sql"), valeurs).await?;
        Ok(lues.into_iter().map(|r| r.0).collect())
    }
}

struct Reference(String);

impl DepuisLigne for Reference {
    fn depuis(l: &Ligne) -> Result<Self, Echec> {
        Ok(Self(l.texte("reference")?))
    }
}
