//! Ce qui ne va pas dans un profil, dit d'un coup et de façon à être corrigé.

use std::cell::RefCell;
use std::fmt;

/// Un défaut d'un fichier de profil. Un profil qui en a un seul n'est pas mis en service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DefautDeProfil {
    /// Le fichier, tel qu'il a été nommé à la lecture.
    pub fichier: String,
    /// La clé fautive : « sous_commission.2.courriel ». Vide si tout le fichier l'est.
    pub cle: String,
    /// Ce qui ne va pas, et pourquoi.
    pub quoi: String,
    /// Ce qu'il faut faire.
    pub que_faire: String,
}

impl fmt::Display for DefautDeProfil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fichier)?;
        if !self.cle.is_empty() {
            write!(f, ", {}", self.cle)?;
        }
        write!(f, " : {}. {}", self.quoi, self.que_faire)
    }
}

/// Les défauts rencontrés pendant une lecture qui va jusqu'au bout malgré eux.
#[derive(Debug, Default)]
pub(super) struct Defauts(RefCell<Vec<DefautDeProfil>>);

impl Defauts {
    pub(super) fn ajouter(
        &self,
        fichier: &str,
        cle: &str,
        quoi: impl Into<String>,
        que_faire: impl Into<String>,
    ) {
        self.0.borrow_mut().push(DefautDeProfil {
            fichier: fichier.to_owned(),
            cle: cle.to_owned(),
            quoi: quoi.into(),
            que_faire: que_faire.into(),
        });
    }

    pub(super) fn tous(self) -> Vec<DefautDeProfil> {
        self.0.into_inner()
    }
}
