use std::io::{Cursor, Write};

use tableur::lecture::{Cause, Limites, Options, RefusFichier, ouvrir};
use zip::write::SimpleFileOptions;

use crate::octets;

fn refus(nom: &str, octets: Vec<u8>) -> RefusFichier {
    refus_avec(nom, octets, Limites::default())
}

fn refus_avec(nom: &str, octets: Vec<u8>, limites: Limites) -> RefusFichier {
    match ouvrir(nom, octets, &Options { limites, ..Options::default() }) {
        Err(refus) => refus,
        Ok(_) => panic!("{nom} devait être refusé"),
    }
}

fn archive(entrees: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (nom, contenu) in entrees {
        zip.start_file(*nom, SimpleFileOptions::default()).unwrap();
        zip.write_all(contenu).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ole(mot: &str) -> Vec<u8> {
    let mut octets = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    octets.resize(512, 0);
    octets.extend(mot.encode_utf16().flat_map(u16::to_le_bytes));
    octets
}

#[test]
fn ce_qui_n_est_pas_un_tableau_est_nomme() {
    #[rustfmt::skip]
    let cas: Vec<(&str, Vec<u8>, Cause, &str)> = vec![
        ("vide.csv",    vec![],                                          Cause::Vide,           "vide"),
        ("blancs.csv",  b"\r\n  \r\n".to_vec(),                          Cause::Vide,           "vide"),
        ("nuls.csv",    vec![0; 4096],                                   Cause::Vide,           "vide"),
        ("a.csv",       b"%PDF-1.7 ...".to_vec(),                        Cause::FormatEtranger, "document PDF"),
        ("a.csv",       b"\x89PNG\r\n\x1a\n....".to_vec(),               Cause::FormatEtranger, "image PNG"),
        ("a.csv",       b"\xFF\xD8\xFF\xE0....".to_vec(),                Cause::FormatEtranger, "image JPEG"),
        ("a.csv",       b"\x1F\x8B\x08....".to_vec(),                    Cause::FormatEtranger, "GZIP"),
        ("a.csv",       b"{\\rtf1 ...}".to_vec(),                        Cause::FormatEtranger, "RTF"),
        ("a.xls",       ole("Workbook"),                                 Cause::FormatEtranger, "avant 2007"),
        ("a.doc",       ole("WordDocument"),                             Cause::FormatEtranger, "Word"),
        ("a.msg",       ole("__properties_version1.0"),                  Cause::FormatEtranger, "Outlook"),
        ("a.xlsx",      ole("EncryptedPackage"),                         Cause::Chiffre,        "mot de passe"),
        ("a.xls",       b"<html><table></table></html>".to_vec(),        Cause::FormatEtranger, "page web"),
        ("a.xml",       b"<?xml version=\"1.0\"?><Workbook/>".to_vec(),  Cause::FormatEtranger, "XML"),
        ("a.docx",      archive(&[("word/document.xml", vec![])]),       Cause::FormatEtranger, "Word"),
        ("a.pptx",      archive(&[("ppt/presentation.xml", vec![])]),    Cause::FormatEtranger, "PowerPoint"),
        ("a.xlsb",      archive(&[("xl/workbook.bin", vec![])]),         Cause::FormatEtranger, "binaire (.xlsb)"),
        ("a.zip",       archive(&[("cdp.csv", vec![])]),                 Cause::FormatEtranger, "archive ZIP"),
        ("a.odt",       archive(&[("content.xml", vec![]), ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec())]),
                                                                         Cause::FormatEtranger, ".odt"),
        ("a.ods",       archive(&[("content.xml", vec![]), ("META-INF/manifest.xml", b"<manifest:encryption-data/>".to_vec())]),
                                                                         Cause::Chiffre,        "mot de passe"),
        ("a.dat",       (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
                                                                         Cause::FormatEtranger, "binaire"),
    ];
    for (nom, octets, cause, extrait) in cas {
        let refus = refus(nom, octets);
        assert_eq!(refus.cause, cause, "{extrait} : {refus}");
        assert!(refus.motif.contains(extrait), "{extrait} : {refus}");
        assert_eq!(refus.ou, nom);
    }
}

/// Ce qui se passe, où, pourquoi, et quoi faire.
#[test]
fn chaque_fichier_refuse_dit_ou_et_quoi_faire() {
    #[rustfmt::skip]
    let cas = [
        ("vide.csv",             "",         "renvoyez-le"),
        ("guillemet-ouvert.csv", "ligne 2",  "Fermez-le, retirez-le, ou doublez-le"),
        ("pdf-renomme.csv",      "",         "exportez"),
        ("page-web.xls",         "",         "exportez"),
        ("coupe.json",           "ligne 32", "produisez-le de nouveau"),
        ("coupe.xlsx",           "",         "rouvrez l'original"),
        ("sans-nature.csv",      "ligne 1",  "Choisissez la nature"),
    ];
    for (nom, ou, faire) in cas {
        let refus = refus(nom, octets(&format!("variantes/refus/{nom}")));
        let attendu = if ou.is_empty() { nom.to_owned() } else { format!("{nom}, {ou}") };
        assert_eq!(refus.ou, attendu);
        assert!(refus.motif.contains(faire), "{refus}");
    }
}

#[test]
fn une_bombe_se_refuse_avant_d_etre_ouverte() {
    let zeros = vec![b' '; 40 << 20];
    let bombe = archive(&[("xl/workbook.xml", vec![]), ("xl/worksheets/sheet1.xml", zeros)]);
    assert!(bombe.len() < 1 << 20, "elle doit être petite");
    let refus = refus("bombe.xlsx", bombe);
    assert_eq!(refus.cause, Cause::TropGros);
    assert!(refus.motif.contains("se décompresse"), "{refus}");

    let nombreuses: Vec<(String, Vec<u8>)> = (0..50).map(|i| (format!("e{i}"), vec![])).collect();
    let entrees: Vec<(&str, Vec<u8>)> =
        nombreuses.iter().map(|(nom, vide)| (nom.as_str(), vide.clone())).collect();
    let limites = Limites { entrees: 20, ..Limites::default() };
    assert_eq!(refus_avec("entrees.xlsx", archive(&entrees), limites).cause, Cause::TropGros);

    let limites = Limites { decompresse: 1000, ..Limites::default() };
    assert_eq!(refus_avec("gros.xlsx", octets("cdp-listing.xlsx"), limites).cause, Cause::TropGros);
    let limites = Limites { cellules: 100, ..Limites::default() };
    assert_eq!(
        refus_avec("cellules.xlsx", octets("cdp-listing.xlsx"), limites).cause,
        Cause::TropGros
    );
    assert_eq!(refus_avec("cellules.ods", octets("cdp-liste.ods"), limites).cause, Cause::TropGros);
}

/// Un ODS de quelques octets peut décrire un milliard de cellules remplies.
#[test]
fn des_lignes_repetees_sans_fin_se_refusent() {
    let xml = r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="F"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    let limites = Limites { cellules: 1_000_000, ..Limites::default() };
    let refus = refus_avec("a.ods", archive(&[("content.xml", xml.as_bytes().to_vec())]), limites);
    assert_eq!(refus.cause, Cause::TropGros, "{refus}");
}

/// Une taille annoncée ne fait rien réserver, et une cellule au bout du monde ne coûte qu'elle-même.
#[test]
fn les_annonces_d_un_xlsx_ne_sont_pas_crues() {
    let relations = br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    let chaines = br#"<sst count="9" uniqueCount="4000000000000"><si><t>LEROUGE</t></si></sst>"#;
    let feuille = br#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c><c r="B1" t="inlineStr"><is><t>Date du CDP</t></is></c><c r="C1" t="inlineStr"><is><t>Ville</t></is></c></row><row r="1048576"><c r="A1048576" t="s"><v>0</v></c><c r="B1048576" t="s"><v>77</v></c><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    let octets = archive(&[
        (
            "xl/workbook.xml",
            br#"<workbook><sheets><sheet name="F" id="r1"/></sheets></workbook>"#.to_vec(),
        ),
        ("xl/_rels/workbook.xml.rels", relations.to_vec()),
        ("xl/sharedStrings.xml", chaines.to_vec()),
        ("xl/worksheets/sheet1.xml", feuille.to_vec()),
    ]);
    let classeur = ouvrir("a.xlsx", octets, &Options::default()).unwrap();
    let lues: Vec<u64> = classeur.lignes().map(|ligne| ligne.ligne).collect();
    assert_eq!(lues, [1_048_576]);
}

#[test]
fn un_fichier_trop_lourd_se_refuse_sans_etre_lu() {
    let limites = Limites { octets: 1000, ..Limites::default() };
    let refus = refus_avec("lourd.csv", octets("cdp-etude.csv"), limites);
    assert_eq!(refus.cause, Cause::TropGros);
    assert!(refus.motif.contains("Découpez-le"), "{refus}");
}

#[test]
fn un_texte_sans_fin_de_ligne_n_est_pas_un_tableau() {
    let refus_long = refus("a.csv", b"mot ".repeat(50_000));
    assert_eq!(refus_long.cause, Cause::TropGros, "{refus_long}");
    let refus_large = refus("a.csv", b";".repeat(50_000));
    assert_eq!(refus_large.cause, Cause::TropGros, "{refus_large}");
}

#[test]
fn un_guillemet_ouvert_n_avale_jamais_de_ligne() {
    let sain = String::from_utf8(octets("cdp-etude.csv")).unwrap();
    let lignes: Vec<&str> = sain.lines().collect();
    for rang in [1, 5, 40, lignes.len() - 1] {
        for colonne in [0, 6, 13, 21] {
            let mut touchees: Vec<String> =
                lignes.iter().map(|ligne| (*ligne).to_owned()).collect();
            let mut cellules: Vec<String> = touchees[rang].split(';').map(str::to_owned).collect();
            cellules[colonne].insert(0, '"');
            touchees[rang] = cellules.join(";");
            let refus = refus("a.csv", touchees.join("\r\n").into_bytes());
            assert_eq!(
                refus.cause,
                Cause::GuillemetOuvert { ligne: rang as u64 + 1 },
                "colonne {colonne}"
            );
        }
    }
}

#[test]
fn un_classeur_coupe_n_importe_ou_se_refuse() {
    for nom in ["cdp-listing.xlsx", "cdp-liste.ods", "variantes/decisions.xlsx"] {
        let entier = octets(nom);
        for part in 1..20 {
            let coupe = entier[..entier.len() * part / 20].to_vec();
            assert_eq!(refus(nom, coupe).cause, Cause::Abime, "{nom} à {part}/20");
        }
    }
}
