use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::Limites;
use super::format::{chiffre, etranger};
use super::refus::{Cause, RefusFichier};

/// En deçà, un fort taux de compression est banal et sans danger.
const PETITE_ENTREE: u64 = 8 << 20;

/// Une archive dont les tailles annoncées tiennent dans les limites ; aucune lecture ne les dépasse.
pub(super) struct Archive {
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    entrees: BTreeMap<String, usize>,
}

/// Une entrée, lue au fil de l'eau et bornée par la taille qu'elle annonce.
pub(super) type Entree<'a> = BufReader<Bornee<ZipFile<'a, Cursor<Arc<[u8]>>>>>;

/// Ce que contient l'archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Contenu {
    Xlsx,
    Ods,
}

impl Archive {
    /// Ouvre l'archive et vérifie ses annonces avant de rien décompresser.
    pub(super) fn ouvrir(octets: Arc<[u8]>, limites: &Limites) -> Result<Self, RefusFichier> {
        let mut zip = ZipArchive::new(Cursor::new(octets)).map_err(|_| abimee())?;
        if zip.len() > limites.entrees {
            return Err(bombe(format!(
                "il contient {} entrées, contre {} permises",
                zip.len(),
                limites.entrees
            )));
        }
        let (mut entrees, mut total) = (BTreeMap::new(), 0_u64);
        for rang in 0..zip.len() {
            let entree = zip.by_index_raw(rang).map_err(|_| abimee())?;
            if entree.encrypted() {
                return Err(chiffre());
            }
            let (taille, compressee) = (entree.size(), entree.compressed_size());
            total = total.saturating_add(taille);
            if taille > PETITE_ENTREE && taille / compressee.max(1) > limites.rapport {
                return Err(bombe(format!(
                    "une entrée se décompresse {} fois, contre {} permises",
                    taille / compressee.max(1),
                    limites.rapport
                )));
            }
            if let Ok(nom) = entree.name() {
                entrees.insert(nom.replace('\\', "/").trim_start_matches('/').to_lowercase(), rang);
            }
        }
        if total > limites.decompresse {
            return Err(bombe(format!(
                "décompressé, il ferait {} Mo, contre {} permis",
                total >> 20,
                limites.decompresse >> 20
            )));
        }
        Ok(Self { zip, entrees })
    }

    /// XLSX, ODS, ou le nom de ce que c'est en vérité.
    pub(super) fn contenu(&mut self) -> Result<Contenu, RefusFichier> {
        let a = |nom: &str| self.entrees.contains_key(nom);
        let a_un = |debut: &str| self.entrees.keys().any(|nom| nom.starts_with(debut));
        if a("xl/workbook.bin") {
            return Err(etranger("un classeur Excel binaire (.xlsb)"));
        }
        if a("xl/workbook.xml") || (a("[content_types].xml") && a_un("xl/")) {
            return Ok(Contenu::Xlsx);
        }
        if a("word/document.xml") {
            return Err(etranger("un document Word (.docx)"));
        }
        if a_un("ppt/") {
            return Err(etranger("une présentation PowerPoint (.pptx)"));
        }
        if a("content.xml") {
            let mimetype = self.texte("mimetype").unwrap_or_default();
            let manifeste = self.texte("meta-inf/manifest.xml").unwrap_or_default();
            if manifeste.contains("encryption-data") {
                return Err(chiffre());
            }
            return if mimetype.is_empty() || mimetype.contains("opendocument.spreadsheet") {
                Ok(Contenu::Ods)
            } else if mimetype.contains("opendocument.text") {
                Err(etranger("un document texte (.odt)"))
            } else {
                Err(etranger("un document OpenDocument qui n'est pas un tableur"))
            };
        }
        Err(etranger("une archive ZIP : sortez-en les fichiers, puis envoyez-les"))
    }

    /// Lit une entrée au fil de l'eau.
    pub(super) fn lire(&mut self, nom: &str) -> Option<Entree<'_>> {
        let rang = *self.entrees.get(&nom.to_lowercase())?;
        let entree = self.zip.by_index(rang).ok()?;
        let reste = entree.size();
        Some(BufReader::with_capacity(64 << 10, Bornee { source: entree, reste }))
    }

    fn texte(&mut self, nom: &str) -> Option<String> {
        let mut texte = String::new();
        self.lire(nom)?.take(1 << 20).read_to_string(&mut texte).ok()?;
        Some(texte)
    }
}

/// Une entrée ne rend jamais plus d'octets qu'elle n'en annonce : l'annonce a été jugée.
pub(super) struct Bornee<R> {
    source: R,
    reste: u64,
}

impl<R: Read> Read for Bornee<R> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        let lus = self.source.read(tampon)?;
        self.reste = self
            .reste
            .checked_sub(lus as u64)
            .ok_or_else(|| io::Error::other("l'entrée dépasse la taille qu'elle annonce"))?;
        Ok(lus)
    }
}

pub(super) fn abimee() -> RefusFichier {
    RefusFichier::nouveau(
        "",
        Cause::Abime,
        "Le classeur est incomplet ou abîmé : il ne s'ouvre pas. L'envoi a pu être interrompu ; \
         rouvrez l'original dans un tableur, enregistrez-le, puis renvoyez-le.",
    )
}

fn bombe(detail: String) -> RefusFichier {
    RefusFichier::nouveau(
        "",
        Cause::TropGros,
        format!(
            "Le classeur est démesuré : {detail}. L'ouvrir mettrait le service en danger. \
             Découpez-le, ou exportez le tableau en CSV."
        ),
    )
}
