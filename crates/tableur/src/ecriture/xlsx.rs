use std::fmt::Write as _;

use jiff::civil::{Date, date};

use super::archive::{Archive, echapper};
use super::{Cellule, Colonne, EchecEcriture, GenreColonne, en_euros, nom_de_feuille, oui_non};

/// Un classeur XLSX d'une feuille, écrit au fil de l'eau.
pub(super) struct Feuille {
    archive: Archive,
    nom: String,
}

// Rangs des styles de `STYLES`.
const TITRE: u8 = 1;
const JOUR: u8 = 2;
const SOMME: u8 = 3;
/// Format « texte » : le contenu reste un texte même si on le retouche.
const TEXTE: u8 = 4;

/// Un texte plus long ferme le classeur au nez du lecteur.
const CARACTERES_MAX: usize = 32_000;

impl Feuille {
    pub(super) fn nouvelle(titre: &str, colonnes: &[Colonne]) -> Result<Self, EchecEcriture> {
        let mut archive = Archive::nouvelle();
        archive.commencer("xl/worksheets/sheet1.xml")?;
        let xml = archive.xml();
        xml.push_str(DEBUT);
        for (rang, colonne) in colonnes.iter().enumerate() {
            let largeur = match colonne.genre {
                GenreColonne::Texte => colonne.titre.chars().count().clamp(18, 40),
                GenreColonne::Date | GenreColonne::Montant => {
                    colonne.titre.chars().count().clamp(13, 30)
                }
                GenreColonne::Entier => colonne.titre.chars().count().clamp(8, 30),
            };
            let _ = write!(
                xml,
                r#"<col min="{0}" max="{0}" width="{largeur}" customWidth="1"/>"#,
                rang + 1
            );
        }
        xml.push_str("</cols><sheetData>");
        let titres: Vec<Cellule> =
            colonnes.iter().map(|colonne| Cellule::Texte(colonne.titre.clone())).collect();
        rangee(xml, 1, &titres, TITRE);
        Ok(Self { archive, nom: nom_de_feuille(titre) })
    }

    pub(super) fn ligne(&mut self, numero: u64, cellules: &[Cellule]) -> Result<(), EchecEcriture> {
        rangee(self.archive.xml(), numero, cellules, TEXTE);
        self.archive.ecouler()
    }

    pub(super) fn prendre(&mut self) -> Vec<u8> {
        self.archive.prendre()
    }

    pub(super) fn terminer(
        mut self,
        lignes: u64,
        colonnes: usize,
    ) -> Result<Vec<u8>, EchecEcriture> {
        let xml = self.archive.xml();
        xml.push_str("</sheetData>");
        if let Some(derniere) = colonnes.checked_sub(1) {
            let _ = write!(xml, r#"<autoFilter ref="A1:{}{lignes}"/>"#, lettres(derniere));
        }
        xml.push_str("</worksheet>");
        self.archive.vider()?;
        self.archive.entree("xl/styles.xml", STYLES)?;
        let mut nom = String::new();
        echapper(&self.nom, &mut nom);
        self.archive.entree("xl/workbook.xml", &CLASSEUR.replace("{nom}", &nom))?;
        self.archive.entree("xl/_rels/workbook.xml.rels", RELATIONS_DU_CLASSEUR)?;
        self.archive.entree("_rels/.rels", RELATIONS)?;
        self.archive.entree("[Content_Types].xml", TYPES)?;
        self.archive.terminer()
    }
}

fn rangee(xml: &mut String, numero: u64, cellules: &[Cellule], style_du_texte: u8) {
    let _ = write!(xml, r#"<row r="{numero}">"#);
    for (rang, cellule) in cellules.iter().enumerate() {
        let reference = || format!("{}{numero}", lettres(rang));
        match cellule {
            Cellule::Vide => {}
            Cellule::Texte(texte) if texte.is_empty() => {}
            Cellule::Texte(texte) => chaine(xml, &reference(), texte, style_du_texte),
            Cellule::OuiNon(oui) => chaine(xml, &reference(), oui_non(*oui), style_du_texte),
            Cellule::Date(jour) => match numero_du_jour(*jour) {
                Some(numero) => {
                    let _ = write!(xml, r#"<c r="{}" s="{JOUR}"><v>{numero}</v></c>"#, reference());
                }
                // Avant mars 1900, les tableurs comptent faux : la date s'écrit en lettres.
                None => chaine(xml, &reference(), &jour.to_string(), TEXTE),
            },
            Cellule::Montant(centimes) => {
                let _ = write!(
                    xml,
                    r#"<c r="{}" s="{SOMME}"><v>{}</v></c>"#,
                    reference(),
                    en_euros(*centimes, '.')
                );
            }
            Cellule::Entier(entier) => {
                let _ = write!(xml, r#"<c r="{}"><v>{entier}</v></c>"#, reference());
            }
        }
    }
    xml.push_str("</row>");
}

fn chaine(xml: &mut String, reference: &str, texte: &str, style: u8) {
    let _ =
        write!(xml, r#"<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">"#);
    match texte.char_indices().nth(CARACTERES_MAX) {
        None => echapper(texte, xml),
        Some((fin, _)) => {
            echapper(texte.get(..fin).unwrap_or_default(), xml);
            xml.push_str("… (texte coupé)");
        }
    }
    xml.push_str("</t></is></c>");
}

fn numero_du_jour(jour: Date) -> Option<i32> {
    if jour < date(1900, 3, 1) {
        return None;
    }
    date(1899, 12, 30).until(jour).ok().map(|duree| duree.get_days())
}

/// « A » pour 0, « AB » pour 27.
fn lettres(rang: usize) -> String {
    let (mut lettres, mut reste) = (vec![], rang + 1);
    while reste > 0 {
        reste -= 1;
        lettres.push(char::from(b'A' + u8::try_from(reste % 26).unwrap_or(0)));
        reste /= 26;
    }
    lettres.iter().rev().collect()
}

const DEBUT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>"#;

const STYLES: &str = r##"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00\ &quot;€&quot;"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"##;

const CLASSEUR: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{nom}" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

const RELATIONS_DU_CLASSEUR: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
