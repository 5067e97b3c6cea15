//! Ce qu'on sait d'un ménage, à lui remettre : ce qu'il est, ce qui est arrivé, qui l'a consulté.

use ccapex::partenaires::agent::Agent;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::dossiers::en_json::en_json;
use crate::dossiers::ouvrir::{DossierOuvert, ouvrir};
use crate::echec::Echec;
use crate::maison::Maison;
use crate::registre::consulter::{LigneDeRegistre, registre};

/// Tout ce qu'on remet au ménage d'un dossier.
#[derive(Clone, Debug)]
pub struct Donnees {
    /// Le dossier.
    pub ouvert: DossierOuvert,
    /// Qui l'a consulté, sans les noms.
    pub acces: Vec<LigneDeRegistre>,
    /// Le jour de la remise.
    pub le: Date,
}

/// Réunit les données d'un ménage, pour les lui remettre.
///
/// # Erreurs
///
/// [`Echec::Habilitation`] pour qui ne contrôle pas les accès ou ne peut lire le dossier.
pub async fn donnees(
    maison: &Maison,
    agent: &Agent,
    reference: &str,
    aujourd_hui: Date,
    maintenant: Timestamp,
) -> Result<Donnees, Echec> {
    let mut acces = registre(maison, agent, reference).await?.acces;
    acces.iter_mut().for_each(|ligne| ligne.nom.clear());
    let ouvert = ouvrir(maison, agent, reference, aujourd_hui, maintenant).await?;
    Ok(Donnees { ouvert, acces, le: aujourd_hui })
}

impl Donnees {
    /// Les mêmes, en JSON, pour les porter ailleurs.
    #[must_use]
    pub fn en_json(&self) -> Value {
        let notices: Vec<Value> = self
            .ouvert
            .notices
            .iter()
            .map(|lue| {
                json!({
                    "nature": lue.notice.nature.code(),
                    "recue_le": lue.notice.recue_le,
                    "identite": lue.identite,
                    "contenu": lue.notice.contenu,
                })
            })
            .collect();
        let acces: Vec<Value> = self
            .acces
            .iter()
            .map(|ligne| {
                json!({
                    "quand": ligne.quand.to_string(), "organisme": ligne.organisme,
                    "geste": ligne.geste, "finalite": ligne.finalite,
                })
            })
            .collect();
        json!({
            "remis_le": self.le,
            "dossier": en_json(&self.ouvert, self.le),
            "notices": notices,
            "textes": self.ouvert.textes,
            "acces": acces,
        })
    }
}
