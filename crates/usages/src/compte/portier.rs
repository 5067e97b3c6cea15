//! Ce que chaque geste de connexion demande : la base, la clé, les règles, l'heure, le hasard.

use ccapex::identifiants::AgentId;
use jiff::Timestamp;
use jiff::civil::Date;
use stockage::base::Stockage;
use stockage::geste::Geste;

use super::regles::Regles;
use crate::cle::Cle;
use crate::echec::Echec;

/// Qui tient la porte, à un instant.
#[derive(Clone, Copy)]
pub struct Portier<'a> {
    /// La base.
    pub stockage: &'a Stockage,
    /// La clé de l'installation.
    pub cle: &'a Cle,
    /// Ce qu'elle demande pour entrer.
    pub regles: &'a Regles,
    /// Le jour, dans le fuseau du territoire.
    pub aujourd_hui: Date,
    /// L'instant, dans le temps du service : celui des sessions.
    pub maintenant: Timestamp,
    /// L'instant du monde, même quand le service rejoue un jour passé : celui des codes.
    pub heure: Timestamp,
    /// Trente-deux octets imprévisibles à chaque appel.
    pub hasard: &'a (dyn Fn() -> [u8; 32] + Send + Sync),
}

/// D'où l'on frappe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visiteur {
    /// L'adresse, pour compter les essais ; vide si elle n'est pas connue. Elle n'est pas gardée.
    pub adresse: String,
    /// Le navigateur et le système, en mots : « Firefox, Windows ».
    pub appareil: String,
}

impl Portier<'_> {
    pub(super) async fn noter(
        &self,
        compte: AgentId,
        geste: Geste,
        par: AgentId,
        visiteur: &Visiteur,
    ) -> Result<(), Echec> {
        let (appareil, quand) = (&visiteur.appareil, self.maintenant);
        Ok(self.stockage.noter_geste(compte, geste, par, appareil, quand).await?)
    }
}
