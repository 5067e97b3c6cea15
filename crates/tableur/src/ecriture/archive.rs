use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::EchecEcriture;

/// L'archive d'un classeur : une longue entrée écrite peu à peu, puis les petites.
pub(super) struct Archive {
    zip: ZipWriter<StreamWriter<Tuyau>>,
    sortie: Tuyau,
    tampon: String,
}

/// Les octets écrits et pas encore pris : l'archive ne revient jamais en arrière.
#[derive(Clone, Default)]
struct Tuyau(Arc<Mutex<Vec<u8>>>);

impl Tuyau {
    fn prendre(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Tuyau {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Taille à partir de laquelle le tampon part à la compression.
const TAMPON: usize = 64 << 10;

impl Archive {
    pub(super) fn nouvelle() -> Self {
        let sortie = Tuyau::default();
        Self {
            zip: ZipWriter::new_stream(sortie.clone()),
            sortie,
            tampon: String::with_capacity(TAMPON + 4096),
        }
    }

    /// Entrée rangée sans compression : le type d'un ODS doit se lire à l'œil.
    pub(super) fn rangee(&mut self, nom: &str, contenu: &str) -> Result<(), EchecEcriture> {
        self.zip.start_file(nom, options(CompressionMethod::Stored)).map_err(echec)?;
        self.zip.write_all(contenu.as_bytes()).map_err(echec)
    }

    pub(super) fn entree(&mut self, nom: &str, contenu: &str) -> Result<(), EchecEcriture> {
        self.commencer(nom)?;
        self.zip.write_all(contenu.as_bytes()).map_err(echec)
    }

    pub(super) fn commencer(&mut self, nom: &str) -> Result<(), EchecEcriture> {
        self.zip.start_file(nom, options(CompressionMethod::Deflated)).map_err(echec)
    }

    /// Le XML en cours ; [`Self::ecouler`] après chaque ligne.
    pub(super) fn xml(&mut self) -> &mut String {
        &mut self.tampon
    }

    pub(super) fn ecouler(&mut self) -> Result<(), EchecEcriture> {
        if self.tampon.len() >= TAMPON { self.vider() } else { Ok(()) }
    }

    pub(super) fn vider(&mut self) -> Result<(), EchecEcriture> {
        self.zip.write_all(self.tampon.as_bytes()).map_err(echec)?;
        self.tampon.clear();
        Ok(())
    }

    pub(super) fn terminer(self) -> Result<Vec<u8>, EchecEcriture> {
        self.zip.finish().map_err(echec)?;
        Ok(self.sortie.prendre())
    }

    /// Les octets déjà écrits.
    pub(super) fn prendre(&mut self) -> Vec<u8> {
        self.sortie.prendre()
    }
}

/// Date fixe : les mêmes lignes donnent les mêmes octets.
fn options(methode: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(methode).last_modified_time(DateTime::default())
}

fn echec(erreur: impl ToString) -> EchecEcriture {
    EchecEcriture::Archive(erreur.to_string())
}

/// Ajoute un texte au XML, échappé, sans les caractères que XML 1.0 interdit.
pub(super) fn echapper(texte: &str, xml: &mut String) {
    for c in texte.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\r' => {}
            '\t' | '\n' => xml.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => xml.push(' '),
            c => xml.push(c),
        }
    }
}
