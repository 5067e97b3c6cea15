//! Ce qu'on tapait quand la session s'est éteinte : gardé chiffré une heure, et rendu à la même personne.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::portier::Portier;
use super::session::{Connue, empreinte, jeton_de_formulaire};
use crate::cle::Usage;
use crate::echec::Echec;

/// Le temps de retrouver son téléphone et de se reconnecter.
const GARDE: SignedDuration = SignedDuration::from_hours(1);

/// Un formulaire envoyé sans session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saisie {
    /// L'adresse où il partait.
    pub chemin: String,
    /// Ses champs, dans l'ordre, sans le jeton.
    pub champs: Vec<(String, String)>,
    /// L'instant de l'envoi.
    pub le: Timestamp,
}

impl Portier<'_> {
    /// Garde un formulaire envoyé avec une session éteinte, et rend de quoi le retrouver. Rien si la
    /// session n'est pas connue, ou si le formulaire n'en venait pas : personne d'autre n'y glisse rien.
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn garder_la_saisie(
        &self,
        session: &str,
        jeton_recu: &str,
        saisie: &Saisie,
    ) -> Result<Option<String>, Echec> {
        if jeton_recu != jeton_de_formulaire(session) {
            return Ok(None);
        }
        let Some(compte) = self.compte_de_la_session(session).await? else { return Ok(None) };
        let Ok(texte) = serde_json::to_vec(saisie) else { return Ok(None) };
        let jeton = hex::encode((self.hasard)());
        let contenu = self.cle.chiffrer(Usage::Saisie, &texte, (self.hasard)());
        let (maintenant, fin) = (self.maintenant, self.maintenant + GARDE);
        self.stockage.garder_saisie(&empreinte(&jeton), compte, &contenu, maintenant, fin).await?;
        Ok(Some(jeton))
    }

    /// La saisie gardée, pour la personne qui l'avait tapée.
    ///
    /// # Erreurs
    ///
    /// Introuvable pour une autre, ou après une heure.
    pub async fn reprendre_la_saisie(&self, connue: &Connue, jeton: &str) -> Result<Saisie, Echec> {
        let contenu = self
            .stockage
            .saisie_en_attente(&empreinte(jeton), connue.agent.id, self.maintenant)
            .await?;
        contenu
            .and_then(|c| self.cle.dechiffrer(Usage::Saisie, &c))
            .and_then(|texte| serde_json::from_slice(&texte).ok())
            .ok_or(Echec::Base(stockage::echec::Echec::Introuvable))
    }

    /// Abandonne une saisie gardée.
    ///
    /// # Erreurs
    ///
    /// Si la base ne répond pas.
    pub async fn abandonner_la_saisie(&self, connue: &Connue, jeton: &str) -> Result<(), Echec> {
        Ok(self.stockage.oublier_saisie(&empreinte(jeton), connue.agent.id).await?)
    }
}
