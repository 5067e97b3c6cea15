//! Plusieurs PDF de suite, pour l'imprimante.

use hayro_write::hayro_syntax::Pdf as PdfLu;
use hayro_write::{ChunkSettings, ExtractionQuery, extract};
use pdf_writer::{Finish as _, Pdf, Rect, Ref, TextStr};

use super::EchecLettre;

/// Met des PDF bout à bout. Chacun commence sur un recto.
///
/// Les balises d'accessibilité ne suivent pas : chaque lettre a son propre PDF, qui les garde.
pub(super) fn assembler(parties: Vec<Vec<u8>>, lettres: usize) -> Result<Vec<u8>, EchecLettre> {
    let mut pdf = Pdf::new();
    let mut suivante = Ref::new(1);
    let (catalogue, titre, racine) = (suivante.bump(), suivante.bump(), suivante.bump());
    let mut noeuds = vec![];
    let mut total = 0;
    for partie in parties {
        let lu = PdfLu::new(partie).map_err(|_| echec("une tranche ne se relit pas"))?;
        let requetes: Vec<_> = (0..lu.pages().len()).map(ExtractionQuery::new_page).collect();
        let nouvelle = Box::new(|| suivante.bump());
        let extraite = extract(&lu, nouvelle, ChunkSettings::default(), |_| {}, &requetes)
            .map_err(|_| echec("une page ne s'extrait pas"))?;
        let noeud = extraite.page_tree_parent_ref;
        let mut pages = extraite
            .root_refs
            .into_iter()
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| echec("une page ne s'extrait pas"))?;
        if pages.len() % 2 == 1 {
            let blanche = suivante.bump();
            pdf.page(blanche).parent(noeud).media_box(A4).resources().finish();
            pages.push(blanche);
        }
        let nombre = i32::try_from(pages.len()).map_err(|_| echec("trop de pages"))?;
        pdf.pages(noeud).parent(racine).kids(pages).count(nombre);
        pdf.extend(&extraite.chunk);
        noeuds.push(noeud);
        total += nombre;
    }
    pdf.pages(racine).kids(noeuds).count(total);
    pdf.document_info(titre)
        .title(TextStr(&format!("{lettres} lettres à imprimer")))
        .creator(TextStr("Seuil"));
    pdf.catalog(catalogue).pages(racine).lang(TextStr("fr-FR"));
    Ok(pdf.finish())
}

const A4: Rect = Rect { x1: 0.0, y1: 0.0, x2: 595.276, y2: 841.89 };

fn echec(detail: &str) -> EchecLettre {
    EchecLettre::MiseEnPage { modele: "liasse".to_owned(), detail: detail.to_owned() }
}
