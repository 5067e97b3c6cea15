use std::fmt::Write as _;

use super::archive::{Archive, echapper};
use super::{Cellule, Colonne, EchecEcriture, GenreColonne, en_euros, nom_de_feuille, oui_non};

pub(super) const TYPE_MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Un classeur ODS d'une feuille, écrit au fil de l'eau.
pub(super) struct Feuille {
    archive: Archive,
    nom: String,
}

impl Feuille {
    pub(super) fn nouvelle(titre: &str, colonnes: &[Colonne]) -> Result<Self, EchecEcriture> {
        let mut archive = Archive::nouvelle();
        // Première entrée, non compressée : c'est à elle qu'on reconnaît un ODS.
        archive.rangee("mimetype", TYPE_MIME)?;
        archive.commencer("content.xml")?;
        let nom = nom_de_feuille(titre);
        let xml = archive.xml();
        xml.push_str(DEBUT);
        xml.push_str(r#"<table:table table:name=""#);
        echapper(&nom, xml);
        xml.push_str("\">");
        for colonne in colonnes {
            let style = match colonne.genre {
                GenreColonne::Texte => "large",
                GenreColonne::Date | GenreColonne::Montant => "moyenne",
                GenreColonne::Entier => "etroite",
            };
            let _ = write!(xml, r#"<table:table-column table:style-name="{style}"/>"#);
        }
        xml.push_str("<table:table-header-rows><table:table-row>");
        for colonne in colonnes {
            chaine(xml, &colonne.titre, "titre");
        }
        xml.push_str("</table:table-row></table:table-header-rows>");
        Ok(Self { archive, nom })
    }

    pub(super) fn ligne(&mut self, cellules: &[Cellule]) -> Result<(), EchecEcriture> {
        let xml = self.archive.xml();
        xml.push_str("<table:table-row>");
        for cellule in cellules {
            match cellule {
                Cellule::Vide => xml.push_str("<table:table-cell/>"),
                Cellule::Texte(texte) if texte.is_empty() => xml.push_str("<table:table-cell/>"),
                Cellule::Texte(texte) => chaine(xml, texte, "texte"),
                Cellule::OuiNon(oui) => chaine(xml, oui_non(*oui), "texte"),
                Cellule::Date(jour) => {
                    let _ = write!(
                        xml,
                        r#"<table:table-cell table:style-name="jour" office:value-type="date" office:date-value="{jour}"><text:p>{:02}/{:02}/{:04}</text:p></table:table-cell>"#,
                        jour.day(),
                        jour.month(),
                        jour.year()
                    );
                }
                Cellule::Montant(centimes) => {
                    let _ = write!(
                        xml,
                        r#"<table:table-cell table:style-name="somme" office:value-type="currency" office:currency="EUR" office:value="{}"><text:p>{} €</text:p></table:table-cell>"#,
                        en_euros(*centimes, '.'),
                        en_euros(*centimes, ',')
                    );
                }
                Cellule::Entier(entier) => {
                    let _ = write!(
                        xml,
                        r#"<table:table-cell office:value-type="float" office:value="{entier}"><text:p>{entier}</text:p></table:table-cell>"#
                    );
                }
            }
        }
        xml.push_str("</table:table-row>");
        self.archive.ecouler()
    }

    pub(super) fn prendre(&mut self) -> Vec<u8> {
        self.archive.prendre()
    }

    pub(super) fn terminer(mut self) -> Result<Vec<u8>, EchecEcriture> {
        self.archive.xml().push_str(
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        );
        self.archive.vider()?;
        let mut nom = String::new();
        echapper(&self.nom, &mut nom);
        self.archive.entree("settings.xml", &REGLAGES.replace("{nom}", &nom))?;
        self.archive.entree("META-INF/manifest.xml", MANIFESTE)?;
        self.archive.terminer()
    }
}

/// Un paragraphe par ligne ; deux espaces de suite s'écrivent en toutes lettres, sinon ODF les fond.
fn chaine(xml: &mut String, texte: &str, style: &str) {
    let _ =
        write!(xml, r#"<table:table-cell table:style-name="{style}" office:value-type="string">"#);
    for ligne in texte.split('\n') {
        xml.push_str("<text:p>");
        let mut apres_espace = true;
        for morceau in ligne.split_inclusive(' ') {
            match morceau.strip_suffix(' ') {
                Some("") if apres_espace => xml.push_str("<text:s/>"),
                _ => echapper(morceau, xml),
            }
            apres_espace = morceau.ends_with(' ');
        }
        xml.push_str("</text:p>");
    }
    xml.push_str("</table:table-cell>");
}

const DEBUT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" office:version="1.3"><office:automatic-styles><number:date-style style:name="n-jour"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><number:currency-style style:name="n-somme"><number:number number:decimal-places="2" number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text> </number:text><number:currency-symbol number:language="fr" number:country="FR">€</number:currency-symbol></number:currency-style><number:text-style style:name="n-texte"><number:text-content/></number:text-style><style:style style:name="large" style:family="table-column"><style:table-column-properties style:column-width="4.5cm"/></style:style><style:style style:name="moyenne" style:family="table-column"><style:table-column-properties style:column-width="3cm"/></style:style><style:style style:name="etroite" style:family="table-column"><style:table-column-properties style:column-width="2cm"/></style:style><style:style style:name="titre" style:family="table-cell" style:data-style-name="n-texte"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="texte" style:family="table-cell" style:data-style-name="n-texte"/><style:style style:name="jour" style:family="table-cell" style:data-style-name="n-jour"/><style:style style:name="somme" style:family="table-cell" style:data-style-name="n-somme"/></office:automatic-styles><office:body><office:spreadsheet>"#;

const REGLAGES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="{nom}"><config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item><config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item><config:config-item config:name="ActiveSplitRange" config:type="short">2</config:config-item><config:config-item config:name="PositionBottom" config:type="int">1</config:config-item></config:config-item-map-entry></config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>"#;

const MANIFESTE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
