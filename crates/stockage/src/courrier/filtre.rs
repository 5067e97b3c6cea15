//! Les lettres d'une file : par état, par destinataire, par voie, par période.

use ccapex::partenaires::habilitation::Perimetre;
use jiff::Timestamp;

use super::{Canal, EtatDeCourrier, VueCourrier};
use crate::base::requete::Requete;
use crate::base::{Sql, Stockage};
use crate::echec::Echec;
use crate::liste::perimetre;

/// Ce qu'on retient des lettres.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filtre {
    /// Où elles en sont.
    pub etat: EtatDeCourrier,
    /// À qui elles s'adressent ; à tous quand rien n'est dit.
    pub destinataire: Option<String>,
    /// Par où elles partent.
    pub canal: Option<Canal>,
    /// Dans cet état depuis cet instant, compris.
    pub depuis: Option<Timestamp>,
    /// Dans cet état avant cet instant.
    pub avant: Option<Timestamp>,
}

impl Filtre {
    /// Toutes les lettres dans cet état.
    #[must_use]
    pub fn de(etat: EtatDeCourrier) -> Self {
        Self { etat, destinataire: None, canal: None, depuis: None, avant: None }
    }

    fn poser(&self, requete: &mut Requete) {
        requete.texte(" AND c.etat = ").valeur(self.etat);
        if let Some(destinataire) = &self.destinataire {
            requete.texte(" AND c.destinataire = ").valeur(destinataire.as_str());
        }
        if let Some(canal) = self.canal {
            requete.texte(" AND c.canal = ").valeur(canal);
        }
        // Une lettre prête l'est depuis sa préparation ; une autre, depuis ce qu'on en a noté.
        let instant =
            if self.etat == EtatDeCourrier::Prepare { "c.prepare_le" } else { "c.change_le" };
        if let Some(depuis) = self.depuis {
            requete.texte(" AND ").texte(instant).texte(" >= ").valeur(depuis);
        }
        if let Some(avant) = self.avant {
            requete.texte(" AND ").texte(instant).texte(" < ").valeur(avant);
        }
    }
}

impl Stockage {
    /// Les lettres retenues, dans l'ordre de leur préparation, après celle-ci.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn courriers(
        &self,
        du: &Perimetre,
        filtre: &Filtre,
        apres: Option<i64>,
        limite: i64,
    ) -> Result<Vec<VueCourrier>, Echec> {
        let mut requete = perimetre::avec_les_dossiers(du, include_str!("avec_dossier.sql"));
        filtre.poser(&mut requete);
        requete.texte(" AND c.id > ").valeur(apres.unwrap_or(0));
        requete.texte(" ORDER BY c.id LIMIT ").valeur(limite);
        self.base.lire(Sql::Assemble(requete.sql), requete.valeurs).await
    }

    /// Combien de lettres sont retenues, sans compter au-delà de `jusqu_a`.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Panne`] si la base ne répond pas.
    pub async fn compter_les_courriers(
        &self,
        du: &Perimetre,
        filtre: &Filtre,
        jusqu_a: i64,
    ) -> Result<i64, Echec> {
        let mut requete = perimetre::avec_les_dossiers(du, include_str!("avec_dossier.sql"));
        filtre.poser(&mut requete);
        requete.texte(" LIMIT ").valeur(jusqu_a);
        let sql = format!("SELECT COUNT(*) AS n FROM ({}) t", requete.sql);
        Ok(self.base.lire_une(Sql::Assemble(sql), requete.valeurs).await?.unwrap_or_default())
    }
}
