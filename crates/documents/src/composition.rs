//! De la lettre au PDF : PDF/A-2a et PDF/UA-1, polices embarquées, mêmes données mêmes octets.

mod assemblage;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use droit::jour::Jour;
use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator as _, ParallelExtend as _, ParallelIterator as _};
use rayon::slice::ParallelSlice as _;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::{Value, json};
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use self::assemblage::assembler;
use crate::caracteres::rendre_imprimable;
use crate::imprime::Imprime;
use crate::lettre::Lettre;
use crate::modeles::{CADRE, IMPRIME, Modeles, chemin, position};
use crate::monde::Monde;

/// Une lettre composée, et le modèle qui a servi.
#[derive(Clone, PartialEq, Eq)]
pub struct Pdf {
    pub octets: Vec<u8>,
    pub pages: usize,
    pub modele: &'static str,
    pub version: String,
}

/// Pourquoi une lettre n'a pas pu être composée. La cause est toujours un modèle : les données
/// sont rendues imprimables avant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EchecLettre {
    #[error(
        "Le modèle « {nom} » ({version}) ne se compose pas, ligne {ligne}, colonne {colonne} : {detail}. Corrigez cette ligne ; le modèle du programme ne le remplace pas."
    )]
    Modele { nom: String, version: String, ligne: usize, colonne: usize, detail: String },

    #[error(
        "La lettre « {modele} » n'a pas pu être mise en page : {detail}. Vérifiez que le modèle du profil définit « #let lettre(d) = … », ou « #let corps(d) = … » pour un imprimé, comme celui du programme."
    )]
    MiseEnPage { modele: String, detail: String },
}

/// Compose une lettre.
pub fn rendre(modeles: &Modeles, lettre: &Lettre) -> Result<Pdf, EchecLettre> {
    a_deux(|| composer_une(modeles, lettre))
}

/// Compose chaque lettre, dans l'ordre reçu. L'échec de l'une n'arrête pas les autres.
pub fn rendre_tout(modeles: &Modeles, lettres: &[Lettre]) -> Vec<Result<Pdf, EchecLettre>> {
    a_deux(|| {
        let mut rendues = Vec::with_capacity(lettres.len());
        for lot in lettres.chunks(LOT) {
            rendues.par_extend(lot.par_iter().map(|lettre| composer_une(modeles, lettre)));
            oublier();
        }
        rendues
    })
}

/// Toutes les lettres en un fichier à imprimer recto verso : chacune commence sur un recto.
///
/// Jusqu'à [`TRANCHE`] lettres, c'est un document balisé comme les autres. Au-delà, c'est un assemblage
/// de tranches sans balises, fait pour l'imprimante : la mémoire reste celle d'une tranche.
///
/// # Erreurs
///
/// La première lettre qui ne se compose pas : une impression partielle en oublierait sans le dire.
pub fn fusionner(modeles: &Modeles, lettres: &[Lettre]) -> Result<Vec<u8>, EchecLettre> {
    fusionner_par(TRANCHE, modeles, lettres)
}

/// Compose un imprimé.
pub fn imprimer(modeles: &Modeles, imprime: &Imprime) -> Result<Pdf, EchecLettre> {
    a_deux(|| {
        let modele = imprime.modele();
        let principal = feuillet(modele);
        let (octets, pages) = composer_source(
            modeles,
            modele,
            principal,
            imprime.donnees(),
            &options_d_imprime(imprime),
        )?;
        let version = modeles.version(modele).unwrap_or_default().to_owned();
        Ok(Pdf { octets, pages, modele, version })
    })
}

/// Lettres qu'un seul document porte : 80 Mo de mémoire environ.
pub const TRANCHE: usize = 100;

fn fusionner_par(
    tranche: usize,
    modeles: &Modeles,
    lettres: &[Lettre],
) -> Result<Vec<u8>, EchecLettre> {
    a_deux(|| {
        let mut tranches = vec![];
        for deux in lettres.chunks(tranche.saturating_mul(2)) {
            let rendues: Result<Vec<_>, _> = deux
                .par_chunks(tranche)
                .map(|lettres| composer(modeles, lettres).map(|(octets, _)| octets))
                .collect();
            tranches.extend(rendues?);
            oublier();
        }
        match <[Vec<u8>; 1]>::try_from(tranches) {
            Ok([seule]) => Ok(seule),
            Err(tranches) => assembler(tranches, lettres.len()),
        }
    })
}

/// Le cache du compositeur grossit sans borne : on le vide après chaque lot.
const LOT: usize = 20;

fn oublier() {
    comemo::evict(0);
}

/// Deux fils, comme la plus petite machine visée, et une pile à l'aise avec une mise en page
/// profonde.
static FILS: LazyLock<Option<ThreadPool>> =
    LazyLock::new(|| ThreadPoolBuilder::new().num_threads(2).stack_size(16 << 20).build().ok());

fn a_deux<T: Send>(travail: impl FnOnce() -> T + Send) -> T {
    match FILS.as_ref() {
        Some(fils) => fils.install(travail),
        None => travail(),
    }
}

fn composer_une(modeles: &Modeles, lettre: &Lettre) -> Result<Pdf, EchecLettre> {
    let (octets, pages) = composer(modeles, std::slice::from_ref(lettre))?;
    let modele = lettre.modele();
    let version = modeles.version(modele).unwrap_or_default().to_owned();
    Ok(Pdf { octets, pages, modele, version })
}

fn composer(modeles: &Modeles, lettres: &[Lettre]) -> Result<(Vec<u8>, usize), EchecLettre> {
    let noms: BTreeSet<&str> = lettres.iter().map(Lettre::modele).collect();
    let donnees = lettres.iter().map(donnees).collect();
    composer_donnees(modeles, &noms, donnees, &options(lettres))
}

fn composer_donnees(
    modeles: &Modeles,
    noms: &BTreeSet<&str>,
    donnees: Value,
    options: &PdfOptions,
) -> Result<(Vec<u8>, usize), EchecLettre> {
    let noms_en_clair = noms.iter().copied().collect::<Vec<_>>().join(", ");
    composer_source(modeles, &noms_en_clair, liasse(noms), donnees, options)
}

fn composer_source(
    modeles: &Modeles,
    noms_en_clair: &str,
    principal: String,
    donnees: Value,
    options: &PdfOptions,
) -> Result<(Vec<u8>, usize), EchecLettre> {
    let monde = monde(modeles, principal, donnees);
    // Un défaut du compositeur ne doit pas arrêter le programme ni les autres lettres.
    let rendue = catch_unwind(AssertUnwindSafe(|| -> SourceResult<_> {
        let document = typst::compile::<PagedDocument>(&monde).output?;
        let octets = typst_pdf::pdf(&document, options)?;
        Ok((octets, document.pages().len()))
    }));
    match rendue {
        Ok(Ok(rendue)) => Ok(rendue),
        Ok(Err(diagnostics)) => Err(en_francais(modeles, noms_en_clair, &diagnostics)),
        Err(_) => Err(EchecLettre::MiseEnPage {
            modele: noms_en_clair.to_owned(),
            detail: "le compositeur s'est arrêté".to_owned(),
        }),
    }
}

fn monde(modeles: &Modeles, principal: String, mut donnees: Value) -> Monde<'_> {
    rendre_imprimable(&mut donnees);
    Monde::new(modeles, principal, donnees.to_string().into_bytes())
}

/// Le document qui appelle le modèle d'un imprimé.
fn feuillet(nom: &str) -> String {
    format!(
        "#import \"{}\": feuillet\n#import \"{}\": corps\n#feuillet(json(\"/donnees.json\"), corps)\n",
        chemin(IMPRIME),
        chemin(nom),
    )
}

/// Le document qui appelle le modèle de chaque lettre. Les noms viennent de [`Lettre::modele`].
fn liasse(noms: &BTreeSet<&str>) -> String {
    let imports = noms.iter().map(|nom| format!("#import \"{}\" as {nom}\n", chemin(nom)));
    let table = noms.iter().map(|nom| format!("{nom}: {nom}.lettre, "));
    format!(
        "#import \"{}\": liasse\n{}#liasse(json(\"/donnees.json\"), ({}))\n",
        chemin(CADRE),
        imports.collect::<String>(),
        table.collect::<String>(),
    )
}

fn donnees(lettre: &Lettre) -> Value {
    let entete = lettre.entete();
    let mut donnees = json!({
        "modele": lettre.modele(),
        "objet": lettre.objet(),
        "expediteur": entete.expediteur,
        "destinataire": entete.destinataire,
        "lieu": entete.lieu,
        "date": Jour(entete.date).to_string(),
        "reference_dossier": entete.reference_dossier,
    });
    if let (Some(tout), Value::Object(propres)) =
        (donnees.as_object_mut(), lettre.contenu().donnees())
    {
        tout.extend(propres);
    }
    donnees
}

static NORMES: LazyLock<PdfStandards> = LazyLock::new(|| {
    PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default()
});

fn options_d_imprime(imprime: &Imprime) -> PdfOptions {
    let (reference, date) = (imprime.reference(), imprime.date());
    PdfOptions {
        ident: Smart::Custom(format!("{} {reference} {date}", imprime.modele())),
        creator: Smart::Custom(Some("Seuil".to_owned())),
        timestamp: minuit(date).map(Timestamp::new_utc),
        standards: NORMES.clone(),
        ..PdfOptions::default()
    }
}

fn options(lettres: &[Lettre]) -> PdfOptions {
    let identite = |lettre: &Lettre| {
        let entete = lettre.entete();
        format!("{} {} {}", lettre.modele(), entete.reference_dossier, entete.date)
    };
    let date = lettres.iter().map(|lettre| lettre.entete().date).max();
    PdfOptions {
        ident: Smart::Custom(lettres.iter().map(identite).collect::<Vec<_>>().join("\n")),
        creator: Smart::Custom(Some("Seuil".to_owned())),
        timestamp: date.and_then(minuit).map(Timestamp::new_utc),
        standards: NORMES.clone(),
        ..PdfOptions::default()
    }
}

/// La date de la lettre tient lieu d'heure de création : mêmes données, mêmes octets.
fn minuit(date: Date) -> Option<Datetime> {
    let (mois, jour) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd_hms(date.year().into(), mois, jour, 0, 0, 0)
}

/// Le premier endroit, dans l'erreur ou dans ses appels, qui est la ligne d'un modèle.
fn en_francais(modeles: &Modeles, noms: &str, diagnostics: &[SourceDiagnostic]) -> EchecLettre {
    let Some(premier) = diagnostics.first() else {
        return EchecLettre::MiseEnPage {
            modele: noms.to_owned(),
            detail: "sans motif".to_owned(),
        };
    };
    let detail = premier.message.to_string();
    let appels = premier.trace.iter().map(|appel| appel.span.into());
    [premier.span]
        .into_iter()
        .chain(appels)
        .find_map(|span| {
            let (nom, modele) = modeles.de(span.id()?)?;
            let (ligne, colonne) = position(&modele.source, span);
            let (nom, version) = (nom.to_owned(), modele.version.clone());
            Some(EchecLettre::Modele { nom, version, ligne, colonne, detail: detail.clone() })
        })
        .unwrap_or(EchecLettre::MiseEnPage { modele: noms.to_owned(), detail })
}

#[cfg(test)]
mod tests;
