//! Lire un fichier reçu : le reconnaître, refuser clairement, ou rendre ses lignes au fil de l'eau.
//!
//! Les classeurs sont lus par nos soins, sur l'XML même : les limites s'appliquent avant toute
//! réservation de mémoire, une cellule étrange n'emporte pas le fichier, et une formule sans
//! valeur se distingue d'une cellule vide.

use std::borrow::Cow;
use std::sync::Arc;

use crate::champ::Champ;
use crate::correspondance::Correspondance;
use crate::nature::Nature;
use crate::valeur::Brute;

mod archive;
mod csv;
mod encodage;
mod entete;
mod feuille;
mod format;
mod json;
mod ligne;
mod ods;
mod refus;
mod separateur;
mod xlsx;
mod xml;

pub use encodage::Encodage;
pub use entete::{Entete, Table};
pub use format::{Format, dangereux};
pub use ligne::{Ligne, LignePassee, Sorte};
pub use refus::{Cause, EnteteInconnu, RefusFichier};

use entete::{Haut, Plan, Provenance, reconnaitre};
use feuille::{Feuille, Feuilles, Rangee};

/// Ce que l'appelant sait du fichier.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Nature des notices, quand on la connaît.
    pub nature: Option<Nature>,
    /// Correspondance gardée pour l'expéditeur.
    pub correspondance: Option<Correspondance>,
    /// Ce qu'on accepte de lire.
    pub limites: Limites,
}

/// Au-delà, le fichier est refusé.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limites {
    /// Taille du fichier, en octets.
    pub octets: usize,
    /// Entrées d'un classeur.
    pub entrees: usize,
    /// Taille d'un classeur décompressé, en octets.
    pub decompresse: u64,
    /// Taux de compression d'une grosse entrée.
    pub rapport: u64,
    /// Cellules remplies d'un classeur.
    pub cellules: usize,
    /// Colonnes d'un tableau.
    pub colonnes: usize,
    /// Taille d'une cellule de CSV, en octets.
    pub cellule_octets: usize,
}

impl Default for Limites {
    fn default() -> Self {
        Self {
            octets: 200 << 20,
            entrees: 2_000,
            decompresse: 400 << 20,
            rapport: 200,
            cellules: 20_000_000,
            colonnes: 2_000,
            cellule_octets: 64 << 10,
        }
    }
}

/// Les en-têtes se cherchent parmi autant de premières lignes remplies.
const LIGNES_DU_HAUT: usize = 30;

/// Un fichier reconnu, prêt à être lu.
pub struct Classeur {
    /// Forme du fichier.
    pub format: Format,
    /// Encodage, pour un fichier de texte.
    pub encodage: Option<Encodage>,
    /// Séparateur, pour un CSV.
    pub separateur: Option<char>,
    /// Les tableaux reconnus, dans l'ordre du fichier.
    pub tables: Vec<Table>,
    /// Les feuilles sans tableau reconnu, et pourquoi.
    pub ignorees: Vec<RefusFichier>,
    /// Ce qu'il vaut mieux savoir avant de lire.
    pub avertissements: Vec<String>,
    source: Source,
}

enum Source {
    Csv {
        octets: Arc<[u8]>,
        debut: usize,
        encodage: Encodage,
        separateur: u8,
        plan: Plan,
        entete: u64,
        limites: Limites,
    },
    Json {
        texte: Arc<str>,
        elements: json::Plan,
        plan: Plan,
    },
    Feuilles {
        feuilles: Vec<(Feuille, Plan, u64)>,
        chaines: Vec<Box<str>>,
    },
}

/// Ouvre un fichier : le reconnaît, le parcourt une fois et le refuse s'il le faut.
///
/// Après cela, lire ses lignes ne peut plus échouer. Le nom ne sert qu'aux messages et, en dernier
/// recours, à deviner la nature.
///
/// # Erreurs
///
/// [`RefusFichier`] quand rien ne peut être lu : ce qui se passe, où, pourquoi, et quoi faire.
pub fn ouvrir(
    nom: &str,
    octets: impl Into<Arc<[u8]>>,
    options: &Options,
) -> Result<Classeur, RefusFichier> {
    ouvrir_anonyme(nom, octets.into(), options).map_err(|refus| refus.dans(nom))
}

fn ouvrir_anonyme(
    nom: &str,
    octets: Arc<[u8]>,
    options: &Options,
) -> Result<Classeur, RefusFichier> {
    let limites = &options.limites;
    if octets.len() > limites.octets {
        return Err(RefusFichier::nouveau(
            "",
            Cause::TropGros,
            format!(
                "Le fichier pèse {} Mo, contre {} permis. Découpez-le en plusieurs fichiers.",
                octets.len() >> 20,
                limites.octets >> 20
            ),
        ));
    }
    match format::annonce(&octets)? {
        format::Annonce::Archive => {
            let mut archive = archive::Archive::ouvrir(octets, limites)?;
            let (format, feuilles) = match archive.contenu()? {
                archive::Contenu::Xlsx => (Format::Xlsx, xlsx::lire(&mut archive, limites)?),
                archive::Contenu::Ods => (Format::Ods, ods::lire(&mut archive, limites)?),
            };
            classeur(nom, format, feuilles, options)
        }
        format::Annonce::TexteOuJson => texte(nom, octets, options),
    }
}

fn classeur(
    nom: &str,
    format: Format,
    lues: Feuilles,
    options: &Options,
) -> Result<Classeur, RefusFichier> {
    let (mut tables, mut feuilles, mut ignorees, mut avertissements) =
        (vec![], vec![], vec![], vec![]);
    let plusieurs = lues.feuilles.len() > 1;
    for feuille in lues.feuilles {
        let hauts = hauts_de_feuille(&feuille, &lues.chaines);
        let provenance = Provenance { fichier: nom, feuille: Some(&feuille.nom), dite: None };
        match reconnaitre(&hauts, &provenance, options) {
            Ok((table, plan, avertis)) => {
                avertissements.extend(
                    avertis
                        .into_iter()
                        .map(|a| if plusieurs { format!("{} : {a}", feuille.nom) } else { a }),
                );
                if feuille.masquee {
                    avertissements.push(format!(
                        "La feuille « {} » est masquée ; ses lignes sont lues aussi.",
                        feuille.nom
                    ));
                }
                feuilles.push((feuille, plan, table.ligne_entete));
                tables.push(table);
            }
            Err(refus) => ignorees.push(refus.dans(&format!("feuille « {} »", feuille.nom))),
        }
    }
    if tables.is_empty() {
        return Err(le_plus_parlant(ignorees));
    }
    let source = Source::Feuilles { feuilles, chaines: lues.chaines };
    Ok(Classeur {
        format,
        encodage: None,
        separateur: None,
        tables,
        ignorees,
        avertissements,
        source,
    })
}

/// De plusieurs feuilles refusées, celle qui est le plus près d'être lisible.
fn le_plus_parlant(refus: Vec<RefusFichier>) -> RefusFichier {
    refus
        .into_iter()
        .max_by_key(|refus| match &refus.cause {
            Cause::NatureInconnue => usize::MAX,
            Cause::EntetesInconnus(inconnus) => 1 + inconnus.len(),
            Cause::Vide
            | Cause::TropGros
            | Cause::FormatEtranger
            | Cause::Chiffre
            | Cause::Abime
            | Cause::GuillemetOuvert { .. } => 0,
        })
        .unwrap_or_else(|| {
            RefusFichier::nouveau("", Cause::Vide, "Le classeur n'a aucune feuille de calcul. Vérifiez que le bon fichier a été envoyé.")
        })
}

/// Une cellule, telle qu'une personne l'écrirait.
fn dite(brute: Brute<'_>) -> String {
    match brute {
        Brute::Texte(texte) => texte.to_owned(),
        Brute::Entier(nombre) => nombre.to_string(),
        Brute::Nombre(nombre) | Brute::Decimal(nombre) => nombre.to_string().replace('.', ","),
        Brute::Jour(jour) => jour.strftime("%d/%m/%Y").to_string(),
        Brute::Booleen(oui) => if oui { "oui" } else { "non" }.to_owned(),
        Brute::Inattendue { brut, .. } => brut.to_owned(),
        Brute::Vide | Brute::SansValeur => String::new(),
    }
}

fn hauts_de_feuille(feuille: &Feuille, chaines: &[Box<str>]) -> Vec<Haut> {
    let en_haut = feuille.rangees.iter().take(LIGNES_DU_HAUT);
    en_haut
        .map(|rangee| {
            let largeur =
                rangee.cellules.iter().map(|(colonne, _)| *colonne as usize + 1).max().unwrap_or(0);
            let mut cellules = vec![String::new(); largeur];
            let mut dites = cellules.clone();
            for (colonne, cellule) in &rangee.cellules {
                let brute = cellule.brute(chaines);
                if let (Brute::Texte(texte), Some(place)) =
                    (brute, cellules.get_mut(*colonne as usize))
                {
                    texte.clone_into(place);
                }
                if let Some(place) = dites.get_mut(*colonne as usize) {
                    *place = dite(brute);
                }
            }
            Haut { ligne: rangee.ligne, cellules, dites: Some(dites) }
        })
        .filter(|haut| haut.cellules.iter().any(|cellule| !cellule.trim().is_empty()))
        .collect()
}

fn texte(nom: &str, octets: Arc<[u8]>, options: &Options) -> Result<Classeur, RefusFichier> {
    let (encodage, marque) = encodage::deviner(&octets);
    let utf16 = matches!(encodage, Encodage::Utf16Le | Encodage::Utf16Be);
    // L'UTF-16 se transcode d'un bloc ; le reste se lit en place.
    let (octets, debut, lu_comme) = if utf16 {
        let corps = octets.get(marque..).unwrap_or_default();
        (Arc::from(encodage::en_utf8(corps, encodage).as_bytes()), 0, Encodage::Utf8)
    } else {
        (octets, marque, encodage)
    };
    let corps = octets.get(debut..).unwrap_or_default();
    if !format::est_du_texte(corps) {
        return Err(format::etranger("un fichier binaire"));
    }
    let premier = corps.iter().find(|b| !b.is_ascii_whitespace());
    if matches!(premier, Some(b'{' | b'[')) {
        let texte: Arc<str> = match encodage::en_utf8(corps, lu_comme) {
            Cow::Borrowed(texte) => Arc::from(texte),
            Cow::Owned(texte) => Arc::from(texte),
        };
        return json(nom, encodage, texte, options);
    }
    csv(nom, encodage, lu_comme, octets, debut, options)
}

fn json(
    nom: &str,
    encodage: Encodage,
    texte: Arc<str>,
    options: &Options,
) -> Result<Classeur, RefusFichier> {
    let elements = json::plan(&texte)?;
    let hauts = [Haut { ligne: 0, cellules: elements.cles.clone(), dites: None }];
    let provenance = Provenance { fichier: nom, feuille: None, dite: elements.nature.as_deref() };
    let (table, plan, avertissements) =
        reconnaitre(&hauts, &provenance, options).map_err(|mut refus| {
            refus.ou = String::new();
            refus
        })?;
    Ok(Classeur {
        format: Format::Json,
        encodage: Some(encodage),
        separateur: None,
        tables: vec![table],
        ignorees: vec![],
        avertissements,
        source: Source::Json { texte, elements, plan },
    })
}

fn csv(
    nom: &str,
    encodage: Encodage,
    lu_comme: Encodage,
    octets: Arc<[u8]>,
    debut: usize,
    options: &Options,
) -> Result<Classeur, RefusFichier> {
    let limites = options.limites;
    let corps = octets.get(debut..).unwrap_or_default();
    let provenance = Provenance { fichier: nom, feuille: None, dite: None };
    let separateur = separateur::deviner(corps, lu_comme, options);
    let hauts = separateur::hauts(corps, lu_comme, separateur, &limites);
    let reconnu = reconnaitre(&hauts, &provenance, options);
    let largeur = reconnu.as_ref().map_or(0, |(table, _, _)| table.entetes.len());
    // Un guillemet ouvert explique mieux qu'un en-tête inconnu pourquoi rien ne se lit.
    let mut lecteur = csv::Lecteur::nouveau(corps, separateur, &limites).de_largeur(largeur);
    let mut enregistrement = csv::Enregistrement::default();
    while lecteur.suivant(&mut enregistrement)? {}
    let (table, plan, avertissements) = reconnu?;
    let entete = table.ligne_entete;
    Ok(Classeur {
        format: Format::Csv,
        encodage: Some(encodage),
        separateur: Some(char::from(separateur)),
        tables: vec![table],
        ignorees: vec![],
        avertissements,
        source: Source::Csv {
            octets,
            debut,
            encodage: lu_comme,
            separateur,
            plan,
            entete,
            limites,
        },
    })
}

impl Classeur {
    /// Les lignes, dans l'ordre du fichier, l'une après l'autre.
    pub fn lignes(&self) -> Lignes<'_> {
        let curseur = match &self.source {
            Source::Csv { octets, debut, encodage, separateur, plan, entete, limites } => {
                let corps = octets.get(*debut..).unwrap_or_default();
                let lecteur = csv::Lecteur::nouveau(corps, *separateur, limites)
                    .de_largeur(plan.textes.len());
                Curseur::Csv {
                    lecteur,
                    enregistrement: csv::Enregistrement::default(),
                    encodage: *encodage,
                    plan,
                    entete: *entete,
                }
            }
            Source::Json { texte, elements, plan } => {
                Curseur::Json { elements: json::Elements::nouveau(texte, elements), plan, rang: 0 }
            }
            Source::Feuilles { feuilles, chaines } => {
                Curseur::Feuilles { feuilles, chaines, feuille: 0, rangee: 0 }
            }
        };
        Lignes { curseur, passees: vec![] }
    }
}

/// Les lignes d'un fichier, lues à mesure qu'on les demande.
pub struct Lignes<'a> {
    curseur: Curseur<'a>,
    passees: Vec<LignePassee>,
}

enum Curseur<'a> {
    Csv {
        lecteur: csv::Lecteur<'a>,
        enregistrement: csv::Enregistrement,
        encodage: Encodage,
        plan: &'a Plan,
        entete: u64,
    },
    Json {
        elements: json::Elements<'a>,
        plan: &'a Plan,
        rang: u64,
    },
    Feuilles {
        feuilles: &'a [(Feuille, Plan, u64)],
        chaines: &'a [Box<str>],
        feuille: usize,
        rangee: usize,
    },
}

/// On ne retient pas sans fin ce qui a été passé.
const PASSEES_RETENUES: usize = 1_000;

impl Lignes<'_> {
    /// Les totaux, titres et en-têtes répétés rencontrés jusqu'ici, lignes blanches exceptées.
    pub fn passees(&self) -> &[LignePassee] {
        &self.passees
    }
}

fn noter(passees: &mut Vec<LignePassee>, feuille: Option<&str>, ligne: u64, sorte: Sorte) {
    if sorte != Sorte::Blanche && passees.len() < PASSEES_RETENUES {
        passees.push(LignePassee { feuille: feuille.map(str::to_owned), ligne, sorte });
    }
}

impl Iterator for Lignes<'_> {
    type Item = Ligne;

    fn next(&mut self) -> Option<Ligne> {
        let passees = &mut self.passees;
        match &mut self.curseur {
            Curseur::Csv { lecteur, enregistrement, encodage, plan, entete } => loop {
                // Le fichier entier a été découpé à l'ouverture : il ne reste pas d'erreur possible.
                if !lecteur.suivant(enregistrement).unwrap_or(false) {
                    return None;
                }
                let numero = enregistrement.ligne;
                if numero <= *entete {
                    continue;
                }
                let cellules = enregistrement.texte(*encodage);
                let sorte = ligne::classer(plan, cellules.iter().map(Brute::Texte).enumerate());
                if sorte == Sorte::Notice {
                    return Some(ligne_de_csv(plan, &cellules, enregistrement));
                }
                noter(passees, None, numero, sorte);
            },
            Curseur::Json { elements, plan, rang } => {
                let element = elements.suivant().ok().flatten()?;
                *rang += 1;
                Some(ligne_de_json(plan, &element, *rang))
            }
            Curseur::Feuilles { feuilles, chaines, feuille, rangee } => loop {
                let (lue, plan, entete) = feuilles.get(*feuille)?;
                let Some(brute) = lue.rangees.get(*rangee) else {
                    (*feuille, *rangee) = (*feuille + 1, 0);
                    continue;
                };
                *rangee += 1;
                if brute.ligne <= *entete {
                    continue;
                }
                let cellules =
                    brute.cellules.iter().map(|(colonne, c)| (*colonne as usize, c.brute(chaines)));
                let sorte = ligne::classer(plan, cellules);
                if sorte == Sorte::Notice {
                    return Some(ligne_de_feuille(plan, brute, chaines, &lue.nom));
                }
                noter(passees, Some(&lue.nom), brute.ligne, sorte);
            },
        }
    }
}

fn ligne_de_csv(
    plan: &Plan,
    cellules: &csv::Cellules<'_>,
    enregistrement: &csv::Enregistrement,
) -> Ligne {
    let mut ligne = ligne::composer(plan, enregistrement.ligne, |rang, _| {
        cellules.get(rang).map_or(Brute::Vide, Brute::Texte)
    });
    let largeur = plan.textes.len();
    if cellules.nombre() < largeur {
        ligne.defauts.push(format!(
            "La ligne a {} cellules pour {largeur} en-têtes : les dernières sont lues comme vides.",
            cellules.nombre()
        ));
    }
    let en_trop =
        cellules.iter().skip(largeur).filter(|cellule| !cellule.trim().is_empty()).count();
    if en_trop > 0 {
        ligne.defauts.push(format!(
            "La ligne a {en_trop} cellule(s) remplie(s) de plus que d'en-têtes : un séparateur traîne peut-être dans un \
             texte, et les colonnes ont pu se décaler."
        ));
    }
    if enregistrement.mal_ferme {
        ligne.defauts.push("Un guillemet est mal fermé dans cette ligne.".to_owned());
    }
    ligne
}

fn ligne_de_json(plan: &Plan, element: &serde_json::Value, rang: u64) -> Ligne {
    if let serde_json::Value::Object(objet) = element {
        return ligne::composer(plan, rang, |colonne, champ: Champ| {
            plan.textes.get(colonne).map_or(Brute::Vide, |cle| json::cellule(objet, cle, champ))
        });
    }
    let mut ligne = ligne::composer(plan, rang, |_, _| Brute::Vide);
    ligne
        .defauts
        .push("Cette notice n'est pas un objet JSON : écrivez {\"reference_acte\": …}.".to_owned());
    ligne
}

fn ligne_de_feuille(plan: &Plan, rangee: &Rangee, chaines: &[Box<str>], feuille: &str) -> Ligne {
    let mut ligne = ligne::composer(plan, rangee.ligne, |rang, _| {
        rangee
            .cellules
            .iter()
            .find(|(colonne, _)| *colonne as usize == rang)
            .map_or(Brute::Vide, |(_, cellule)| cellule.brute(chaines))
    });
    ligne.feuille = Some(feuille.to_owned());
    ligne
}
