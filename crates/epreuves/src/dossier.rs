//! Dossiers temporaires.

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

static SUIVANT: AtomicU32 = AtomicU32::new(1);

/// Un dossier vide et neuf, effacé avec son contenu quand la valeur disparaît.
#[derive(Debug)]
pub struct Dossier(PathBuf);

impl Dossier {
    /// Crée le dossier. `nom` aide à le reconnaître : « serveur », « journal »…
    ///
    /// # Panics
    ///
    /// Quand le disque refuse.
    #[must_use]
    pub fn neuf(nom: &str) -> Self {
        let numero = SUIVANT.fetch_add(1, Ordering::Relaxed);
        let chemin = std::env::temp_dir().join(format!("seuil-{nom}-{}-{numero}", process::id()));
        // Un test tué a pu laisser le sien sous le même numéro de processus.
        let _ = fs::remove_dir_all(&chemin);
        if let Err(cause) = fs::create_dir_all(&chemin) {
            panic!("le dossier temporaire {} ne se crée pas : {cause}", chemin.display());
        }
        Self(chemin)
    }

    /// Où il est.
    #[must_use]
    pub fn chemin(&self) -> &Path {
        &self.0
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
