//! Un vrai fournisseur d'identité, jetable, réglé comme ProConnect.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::serveur::adresse_libre;

/// Un fournisseur, d'abord réservé, puis ouvert quand on sait où est le service.
#[derive(Debug)]
pub struct Fournisseur {
    adresse: String,
    processus: Option<Child>,
}

impl Fournisseur {
    /// Réserve son adresse : le service la demande à son démarrage.
    #[must_use]
    pub fn reserver() -> Self {
        Self { adresse: adresse_libre(), processus: None }
    }

    /// Son adresse, telle qu'il la signera.
    #[must_use]
    pub fn emetteur(&self) -> String {
        format!("http://{}", self.adresse)
    }

    /// L'ouvre, pour le service de cette adresse.
    ///
    /// # Panics
    ///
    /// Quand `oidc-provider` ou node manque : lancez `scripts/essais`.
    pub fn ouvrir(&mut self, service: &str) {
        let depot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let outils = depot.join(".outils/fournisseur");
        let script = outils.join("fournisseur.js");
        let source = depot.join("crates/epreuves/fournisseur/fournisseur.js");
        if let Err(cause) = fs::copy(source, &script) {
            panic!("oidc-provider n'est pas installé ({cause}) : lancez scripts/essais.");
        }
        let port = self.adresse.rsplit(':').next().unwrap_or_default();
        let mut processus = Command::new("node")
            .arg(&script)
            .args([port, service])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|cause| {
                panic!("node ne se lance pas ({cause}) : lancez scripts/essais.")
            });
        let pret = processus.stdout.take().is_some_and(|sortie| {
            let mut lignes = BufReader::new(sortie).lines().map_while(Result::ok);
            lignes.any(|ligne| ligne.starts_with("pret "))
        });
        self.processus = Some(processus);
        assert!(pret, "oidc-provider n'a pas démarré : lancez scripts/essais.");
    }
}

impl Drop for Fournisseur {
    fn drop(&mut self) {
        if let Some(processus) = &mut self.processus {
            let _ = processus.kill();
            let _ = processus.wait();
        }
    }
}
