//! Ce qu'un modèle peut lire : le cadre, les modèles, les données de la liasse. Rien d'autre.
//!
//! Ni disque, ni réseau, ni paquet, ni horloge : ces accès ne sont pas interdits, ils n'existent pas.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::caracteres::POLICES;
use crate::modeles::{Modeles, identifiant};

static BIBLIOTHEQUE: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(Library::default()));
static CATALOGUE: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(POLICES.iter())));

pub(crate) struct Monde<'a> {
    liasse: Source,
    modeles: &'a Modeles,
    donnees: (FileId, Bytes),
}

impl<'a> Monde<'a> {
    /// `donnees` : du JSON. Un nom reçu y reste un texte, quel que soit ce qu'il contient.
    pub(crate) fn new(modeles: &'a Modeles, liasse: String, donnees: Vec<u8>) -> Self {
        Self {
            liasse: Source::new(identifiant("/liasse.typ"), liasse),
            modeles,
            donnees: (identifiant("/donnees.json"), Bytes::new(donnees)),
        }
    }
}

impl World for Monde<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &BIBLIOTHEQUE
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &CATALOGUE
    }

    fn main(&self) -> FileId {
        self.liasse.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.liasse]
            .into_iter()
            .chain(self.modeles.sources())
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (donnees, octets) = &self.donnees;
        if id == *donnees { Ok(octets.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        POLICES.get(index).cloned()
    }

    fn today(&self, _decalage: Option<Duration>) -> Option<Datetime> {
        None
    }
}
