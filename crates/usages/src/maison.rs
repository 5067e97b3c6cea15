//! Ce que tous les cas d'usage partagent : la base, les profils, les modèles de lettres.

use std::collections::BTreeMap;
use std::sync::Arc;

use ccapex::profil::{DefautDeProfil, Profil};
use documents::modeles::{Modeles, Surcharge};
use stockage::base::Stockage;

use crate::echec::Echec;

/// La base, les profils et les modèles. Se copie sans rien dupliquer.
#[derive(Clone)]
pub struct Maison {
    /// La base.
    pub stockage: Stockage,
    profils: Arc<BTreeMap<String, Territoire>>,
}

/// Un profil et ses modèles de lettres.
struct Territoire {
    profil: Arc<Profil>,
    modeles: Arc<Modeles>,
}

/// Un profil qu'on ne peut pas prendre.
#[derive(Debug, thiserror::Error)]
#[error("Le profil ne peut pas servir : {}", .0.join(" "))]
pub struct ProfilRefuse(pub Vec<String>);

impl From<Vec<DefautDeProfil>> for ProfilRefuse {
    fn from(defauts: Vec<DefautDeProfil>) -> Self {
        Self(defauts.iter().map(ToString::to_string).collect())
    }
}

impl Maison {
    /// La maison, avec les profils du programme.
    ///
    /// # Erreurs
    ///
    /// [`ProfilRefuse`] si un modèle de lettre d'un profil ne se lit pas.
    pub fn new(stockage: Stockage) -> Result<Self, ProfilRefuse> {
        Self::avec_profils(stockage, Vec::new())
    }

    /// La maison, avec les profils du programme et ceux d'une installation, qui l'emportent.
    ///
    /// # Erreurs
    ///
    /// [`ProfilRefuse`] si un modèle de lettre d'un profil ne se lit pas.
    pub fn avec_profils(stockage: Stockage, autres: Vec<Profil>) -> Result<Self, ProfilRefuse> {
        let integres = Profil::integres().filter_map(Profil::integre);
        let mut profils = BTreeMap::new();
        for profil in integres.chain(autres) {
            let modeles = modeles(&profil)?;
            profils.insert(
                profil.code.clone(),
                Territoire { profil: Arc::new(profil), modeles: Arc::new(modeles) },
            );
        }
        Ok(Self { stockage, profils: Arc::new(profils) })
    }

    /// Un profil, par son code.
    ///
    /// # Erreurs
    ///
    /// [`Echec::Refus`] s'il n'y en a pas, avec ceux qu'il y a.
    pub fn profil(&self, code: &str) -> Result<Arc<Profil>, Echec> {
        self.profils.get(code).map(|t| Arc::clone(&t.profil)).ok_or_else(|| self.inconnu(code))
    }

    /// Les profils, par code.
    pub fn profils(&self) -> impl Iterator<Item = &Profil> {
        self.profils.values().map(|t| t.profil.as_ref())
    }

    pub(crate) fn modeles(&self, code: &str) -> Result<Arc<Modeles>, Echec> {
        self.profils.get(code).map(|t| Arc::clone(&t.modeles)).ok_or_else(|| self.inconnu(code))
    }

    fn inconnu(&self, code: &str) -> Echec {
        let connus: Vec<String> = self
            .profils
            .values()
            .map(|t| format!("{} ({})", t.profil.code, t.profil.nom))
            .collect();
        Echec::Refus(format!(
            "Aucun profil ne s'appelle « {code} ». Il y a : {}. Pour un autre département, donnez ses fichiers avec --profils DOSSIER.",
            connus.join(", ")
        ))
    }
}

fn modeles(profil: &Profil) -> Result<Modeles, ProfilRefuse> {
    let surcharges: Vec<Surcharge<'_>> = profil
        .lettres
        .iter()
        .map(|l| Surcharge { nom: &l.nom, version: &l.version, source: &l.contenu })
        .collect();
    Modeles::avec_surcharges(&surcharges)
        .map_err(|refus| ProfilRefuse(refus.iter().map(ToString::to_string).collect()))
}
