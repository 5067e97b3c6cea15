//! Le relevé : ce qu'une demande lit et écrit des ménages, noté là où la base le rend.
//!
//! Une page n'a rien à faire pour que sa lecture s'inscrive : toute donnée d'un ménage sort d'ici, et
//! s'inscrit au passage. Une page nouvelle ne peut pas l'oublier.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ccapex::identifiants::{DossierId, PieceId};

use super::Auteur;

/// Ce qu'une demande a lu et écrit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Releve {
    /// La personne, une fois reconnue.
    pub auteur: Option<Auteur>,
    /// Les dossiers ouverts.
    pub ouverts: BTreeSet<i64>,
    /// Ceux qu'une liste a montrés.
    pub apercus: BTreeSet<i64>,
    /// Les notices sans dossier.
    pub notices: BTreeSet<i64>,
    /// Les pièces dont les octets ont été rendus.
    pub pieces: BTreeSet<i64>,
    /// Les dossiers où la demande a écrit : l'écriture s'inscrit avec elle.
    pub ecrits: BTreeSet<i64>,
    /// Ceux qu'un accès exceptionnel ouvre à cette personne.
    pub exceptions: BTreeSet<i64>,
}

impl Releve {
    /// Rien d'un ménage n'a été lu.
    #[must_use]
    pub fn est_vide(&self) -> bool {
        self.ouverts.is_empty()
            && self.apercus.is_empty()
            && self.notices.is_empty()
            && self.pieces.is_empty()
    }
}

/// Le relevé d'une demande, pendant qu'elle se fait. Se copie : les copies notent au même endroit.
#[derive(Clone, Default)]
pub struct Ardoise(Arc<Mutex<Releve>>);

tokio::task_local! {
    static ARDOISE: Ardoise;
}

impl Ardoise {
    /// Ce que la demande a lu jusqu'ici.
    #[must_use]
    pub fn releve(&self) -> Releve {
        self.ouvrir().clone()
    }

    /// Fait ce travail en y notant ce qu'il lit.
    pub async fn pendant<T>(&self, travail: impl Future<Output = T>) -> T {
        ARDOISE.scope(self.clone(), travail).await
    }

    /// Dit qui fait la demande, et ce que seul un accès exceptionnel lui ouvre.
    pub fn signer(&self, auteur: Auteur, exceptions: &BTreeSet<DossierId>) {
        let mut releve = self.ouvrir();
        releve.auteur = Some(auteur);
        releve.exceptions = exceptions.iter().map(|d| d.0).collect();
    }

    /// L'ardoise de la demande en cours, s'il y en a une : un travail qui la quitte l'emporte.
    #[must_use]
    pub fn courante() -> Option<Self> {
        ARDOISE.try_with(Clone::clone).ok()
    }

    fn ouvrir(&self) -> MutexGuard<'_, Releve> {
        // Un ensemble de numéros reste juste même si l'autre fil s'est arrêté.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn noter(geste: impl FnOnce(&mut Releve)) {
    if let Some(ardoise) = Ardoise::courante() {
        geste(&mut ardoise.ouvrir());
    }
}

pub(crate) fn ouvert(dossier: DossierId) {
    noter(|releve| {
        releve.ouverts.insert(dossier.0);
    });
}

pub(crate) fn apercus(dossiers: impl Iterator<Item = DossierId>) {
    noter(|releve| releve.apercus.extend(dossiers.map(|d| d.0)));
}

/// Une notice se suit dans son dossier, ou seule.
pub(crate) fn notice(notice: i64, dossier: Option<DossierId>) {
    noter(|releve| match dossier {
        Some(dossier) => drop(releve.apercus.insert(dossier.0)),
        None => drop(releve.notices.insert(notice)),
    });
}

pub(crate) fn piece(piece: PieceId) {
    noter(|releve| {
        releve.pieces.insert(piece.0);
    });
}

pub(crate) fn ecrit(dossier: DossierId) {
    noter(|releve| {
        releve.ecrits.insert(dossier.0);
    });
}

/// La personne de la demande en cours.
pub(crate) fn auteur() -> Option<Auteur> {
    Ardoise::courante()?.ouvrir().auteur.clone()
}

/// Seul un accès exceptionnel ouvre l'un de ces dossiers à la personne de la demande en cours.
pub(crate) fn par_exception(dossiers: &BTreeSet<i64>) -> bool {
    Ardoise::courante().is_some_and(|a| !a.ouvrir().exceptions.is_disjoint(dossiers))
}
