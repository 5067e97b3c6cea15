#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "les événements XML sans intérêt ici sont plus nombreux que les autres"
)]

use std::collections::BTreeMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::valeur::jour_du_numero;

use super::Limites;
use super::archive::{Archive, abimee};
use super::feuille::{Cellule, Compteur, Feuille, Feuilles, Rangee};
use super::refus::RefusFichier;
use super::xml::{self, XmlAbime};

/// Lit toutes les feuilles d'un classeur XLSX.
pub(super) fn lire(archive: &mut Archive, limites: &Limites) -> Result<Feuilles, RefusFichier> {
    let plan = plan(archive).map_err(|XmlAbime| abimee())?;
    let formes = formes(archive).map_err(|XmlAbime| abimee())?;
    let mut compteur = Compteur::nouveau(limites);
    let chaines = chaines(archive, &mut compteur)?;
    let mut feuilles = vec![];
    for annoncee in plan.feuilles {
        let Some(source) = archive.lire(&annoncee.chemin) else {
            return Err(abimee().dans(&format!("feuille « {} »", annoncee.nom)));
        };
        let mut lecture = Lecture {
            lecteur: xml::lecteur(source),
            formes: &formes,
            depuis_1904: plan.depuis_1904,
            colonnes: limites.colonnes,
            compteur: &mut compteur,
        };
        let rangees = lecture
            .rangees()
            .map_err(|refus| refus.dans(&format!("feuille « {} »", annoncee.nom)))?;
        feuilles.push(Feuille { nom: annoncee.nom, masquee: annoncee.masquee, rangees });
    }
    Ok(Feuilles { feuilles, chaines })
}

impl From<XmlAbime> for RefusFichier {
    fn from(_: XmlAbime) -> Self {
        abimee()
    }
}

struct Plan {
    feuilles: Vec<Annoncee>,
    depuis_1904: bool,
}

struct Annoncee {
    nom: String,
    chemin: String,
    masquee: bool,
}

/// Ordre, noms et emplacements des feuilles.
fn plan(archive: &mut Archive) -> Result<Plan, XmlAbime> {
    let cibles = cibles(archive)?;
    let source = archive.lire("xl/workbook.xml").ok_or(XmlAbime)?;
    let (mut feuilles, mut depuis_1904) = (vec![], false);
    parcourir(source, |element| match element.local_name().as_ref() {
        "workbookPr" => {
            depuis_1904 =
                xml::attribut(element, "date1904").is_some_and(|v| v == "1" || v == "true");
        }
        "sheet" => {
            let cible = xml::attribut(element, "id").and_then(|id| cibles.get(&id).cloned());
            // Un graphique ou une macro en feuille n'a pas de cible de tableau : rien à y lire.
            if let (Some(nom), Some(chemin)) = (xml::attribut(element, "name"), cible) {
                let masquee = xml::attribut(element, "state").is_some_and(|etat| etat != "visible");
                feuilles.push(Annoncee { nom, chemin, masquee });
            }
        }
        _ => {}
    })?;
    Ok(Plan { feuilles, depuis_1904 })
}

/// Identifiant de relation → entrée de l'archive, pour les seules feuilles de calcul.
fn cibles(archive: &mut Archive) -> Result<BTreeMap<String, String>, XmlAbime> {
    let source = archive.lire("xl/_rels/workbook.xml.rels").ok_or(XmlAbime)?;
    let mut cibles = BTreeMap::new();
    parcourir(source, |element| {
        let feuille =
            xml::attribut(element, "Type").is_some_and(|genre| genre.ends_with("/worksheet"));
        if let (true, Some(id), Some(cible)) =
            (feuille, xml::attribut(element, "Id"), xml::attribut(element, "Target"))
        {
            let chemin = match cible.strip_prefix('/') {
                Some(absolu) => absolu.to_owned(),
                None => format!("xl/{}", cible.trim_start_matches("./")),
            };
            cibles.insert(id, chemin);
        }
    })?;
    Ok(cibles)
}

fn parcourir<R: BufRead>(source: R, mut voir: impl FnMut(&BytesStart<'_>)) -> Result<(), XmlAbime> {
    let (mut lecteur, mut tampon) = (xml::lecteur(source), vec![]);
    loop {
        tampon.clear();
        match lecteur.read_event_into(&mut tampon)? {
            Event::Start(element) => voir(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Ce que la mise en forme d'une cellule fait de son nombre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Forme {
    Nombre,
    Jour,
    Duree,
}

/// La forme de chaque style de cellule.
fn formes(archive: &mut Archive) -> Result<Vec<Forme>, XmlAbime> {
    let Some(source) = archive.lire("xl/styles.xml") else { return Ok(vec![]) };
    let (mut propres, mut styles, mut dans_les_cellules) = (BTreeMap::new(), vec![], false);
    let (mut lecteur, mut tampon) = (xml::lecteur(source), vec![]);
    loop {
        tampon.clear();
        match lecteur.read_event_into(&mut tampon)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) =
                        (entier(&element, "numFmtId"), xml::attribut(&element, "formatCode"))
                    {
                        propres.insert(id, forme_du_code(&code));
                    }
                }
                "cellXfs" => dans_les_cellules = true,
                "xf" if dans_les_cellules => {
                    let id = entier(&element, "numFmtId").unwrap_or(0);
                    styles.push(propres.get(&id).copied().unwrap_or_else(|| forme_predefinie(id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                dans_les_cellules = false
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn entier(element: &BytesStart<'_>, nom: &str) -> Option<u32> {
    xml::attribut(element, nom)?.parse().ok()
}

fn forme_predefinie(id: u32) -> Forme {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Forme::Jour,
        18..=21 | 32 | 33 | 45..=47 => Forme::Duree,
        _ => Forme::Nombre,
    }
}

/// « dd/mm/yyyy » fait une date, « [h]:mm » une durée, « #,##0.00 "€" » un nombre.
fn forme_du_code(code: &str) -> Forme {
    let (mut lettres, mut entre_crochets) = (String::new(), String::new());
    let mut suite = code.split(';').next().unwrap_or_default().chars();
    while let Some(c) = suite.next() {
        match c {
            '"' => drop(suite.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(suite.next()),
            '[' => entre_crochets.extend(suite.by_ref().take_while(|c| *c != ']')),
            c => lettres.extend(c.to_lowercase()),
        }
    }
    if lettres.contains(['y', 'd']) || (lettres.contains("mmm") && !lettres.contains(['h', 's'])) {
        Forme::Jour
    } else if matches!(entre_crochets.to_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss")
        || (lettres.contains(['h', 's'])
            && !lettres.contains("general")
            && !lettres.contains("standard"))
    {
        Forme::Duree
    } else {
        Forme::Nombre
    }
}

/// Les textes partagés. La taille annoncée n'est pas crue : on réserve ce qu'on lit.
fn chaines(archive: &mut Archive, compteur: &mut Compteur) -> Result<Vec<Box<str>>, RefusFichier> {
    let Some(source) = archive.lire("xl/sharedStrings.xml") else { return Ok(vec![]) };
    let (mut lecteur, mut tampon, mut chaines) = (xml::lecteur(source), vec![], vec![]);
    loop {
        tampon.clear();
        match lecteur.read_event_into(&mut tampon).map_err(XmlAbime::from)? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                compteur.prendre(1)?;
                // La phonétique des textes japonais n'est pas du texte.
                let texte = xml::texte_jusqu_a_la_fin(&mut lecteur, &mut tampon, "rPh")?;
                chaines.push(sans_echappement(texte).into_boxed_str());
            }
            Event::Eof => return Ok(chaines),
            _ => {}
        }
    }
}

/// Les tableurs écrivent « _x000D_ » pour un retour chariot.
fn sans_echappement(texte: String) -> String {
    if texte.contains("_x") {
        texte.replace("_x000D_", " ").replace("_x000A_", " ").replace("_x0009_", " ")
    } else {
        texte
    }
}

struct Lecture<'a, R> {
    lecteur: Reader<R>,
    formes: &'a [Forme],
    depuis_1904: bool,
    colonnes: usize,
    compteur: &'a mut Compteur,
}

impl<R: BufRead> Lecture<'_, R> {
    fn rangees(&mut self) -> Result<Vec<Rangee>, RefusFichier> {
        let (mut rangees, mut tampon): (Vec<Rangee>, _) = (vec![], vec![]);
        let (mut ligne, mut colonne, mut finie) = (0_u64, 0_u32, false);
        loop {
            tampon.clear();
            match self.lecteur.read_event_into(&mut tampon).map_err(XmlAbime::from)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "row" => {
                        ligne = xml::attribut(&element, "r")
                            .and_then(|r| r.parse().ok())
                            .unwrap_or(ligne + 1);
                        colonne = 0;
                        rangees.push(Rangee { ligne, cellules: vec![] });
                    }
                    "c" => {
                        let entete = EnteteDeCellule::lire(&element);
                        colonne = entete.colonne.unwrap_or(colonne);
                        let cellule = self.cellule(&entete, &mut tampon)?;
                        if let (Some(cellule), Some(rangee), true) =
                            (cellule, rangees.last_mut(), (colonne as usize) < self.colonnes)
                        {
                            self.compteur.prendre(1)?;
                            rangee.cellules.push((colonne, cellule));
                        }
                        colonne = colonne.saturating_add(1);
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "row" if rangees.last().is_some_and(|rangee| rangee.cellules.is_empty()) => {
                        rangees.pop();
                    }
                    "sheetData" => finie = true,
                    _ => {}
                },
                // Un fichier coupé au milieu du tableau n'est pas un petit tableau.
                Event::Eof if finie || ligne == 0 => return Ok(rangees),
                Event::Eof => return Err(abimee()),
                _ => {}
            }
        }
    }

    fn cellule(
        &mut self,
        entete: &EnteteDeCellule,
        tampon: &mut Vec<u8>,
    ) -> Result<Option<Cellule>, RefusFichier> {
        let (mut valeur, mut formule) = (None, false);
        loop {
            tampon.clear();
            match self.lecteur.read_event_into(tampon).map_err(XmlAbime::from)? {
                Event::Start(element) => {
                    let (est_formule, est_valeur) = match element.local_name().as_ref() {
                        "f" => (true, false),
                        "v" | "is" => (false, true),
                        _ => (false, false),
                    };
                    let texte = xml::texte_jusqu_a_la_fin(&mut self.lecteur, tampon, "rPh")?;
                    formule |= est_formule;
                    if est_valeur && (valeur.is_none() || !texte.is_empty()) {
                        valeur = Some(texte);
                    }
                }
                Event::End(_) => break,
                Event::Eof => return Err(abimee()),
                _ => {}
            }
        }
        let texte = valeur.unwrap_or_default();
        if texte.is_empty() {
            // Une formule de texte peut rendre « » ; les autres n'ont pas été calculées.
            let sans_valeur = formule && entete.genre.as_deref() != Some("str");
            return Ok(sans_valeur.then_some(Cellule::SansValeur));
        }
        Ok(Some(self.valeur(entete, texte)))
    }

    fn valeur(&self, entete: &EnteteDeCellule, texte: String) -> Cellule {
        match entete.genre.as_deref() {
            Some("s") => texte
                .trim()
                .parse()
                .map_or_else(|_| Cellule::Erreur(texte.into_boxed_str()), Cellule::Partagee),
            Some("str" | "inlineStr") => Cellule::Texte(sans_echappement(texte).into_boxed_str()),
            Some("b") => Cellule::Booleen(matches!(texte.trim(), "1" | "true")),
            Some("e") => Cellule::Erreur(texte.into_boxed_str()),
            Some("d") => texte
                .get(..10)
                .and_then(|jour| jour.parse().ok())
                .map_or(Cellule::Texte(texte.into_boxed_str()), Cellule::Jour),
            _ => match texte.trim().parse::<f64>() {
                Ok(nombre) => self.nombre(nombre, entete.style, &texte),
                Err(_) => Cellule::Texte(texte.into_boxed_str()),
            },
        }
    }

    fn nombre(&self, nombre: f64, style: usize, texte: &str) -> Cellule {
        match self.formes.get(style).copied().unwrap_or(Forme::Nombre) {
            Forme::Nombre => Cellule::Nombre(nombre),
            Forme::Duree => Cellule::PasUneDate(texte.into()),
            Forme::Jour => jour_du_numero(nombre, self.depuis_1904)
                .map_or_else(|| Cellule::PasUneDate(texte.into()), Cellule::Jour),
        }
    }
}

struct EnteteDeCellule {
    colonne: Option<u32>,
    style: usize,
    genre: Option<String>,
}

impl EnteteDeCellule {
    fn lire(element: &BytesStart<'_>) -> Self {
        Self {
            colonne: xml::attribut(element, "r").and_then(|r| colonne(&r)),
            style: xml::attribut(element, "s").and_then(|s| s.parse().ok()).unwrap_or(0),
            genre: xml::attribut(element, "t"),
        }
    }
}

/// « AB12 » est la vingt-huitième colonne, de rang 27.
fn colonne(reference: &str) -> Option<u32> {
    let mut rang = 0_u32;
    for b in reference.bytes().take_while(u8::is_ascii_alphabetic) {
        rang = rang.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1)?;
    }
    rang.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn la_forme_d_un_nombre_se_lit_dans_son_code() {
        #[rustfmt::skip]
        let cas = [
            ("yyyy-mm-dd",                       Forme::Jour),
            ("dd/mm/yy;@",                       Forme::Jour),
            ("[$-40C]d mmmm yyyy",               Forme::Jour),
            ("mmm\\-yy",                         Forme::Jour),
            ("dd/mm/yyyy\\ hh:mm",               Forme::Jour),
            ("h:mm",                             Forme::Duree),
            ("[h]:mm:ss",                        Forme::Duree),
            ("General",                          Forme::Nombre),
            ("0.00",                             Forme::Nombre),
            ("#,##0.00\\ \"€\"",                 Forme::Nombre),
            ("#,##0.00\\ [$€-40C];[Red]-#,##0.00", Forme::Nombre),
            ("_-* #,##0.00\\ _€_-",              Forme::Nombre),
            ("0.00E+00",                         Forme::Nombre),
            ("\"dossier\" 0",                    Forme::Nombre),
            ("@",                                Forme::Nombre),
        ];
        for (code, forme) in cas {
            assert_eq!(forme_du_code(code), forme, "{code}");
        }
    }

    #[test]
    fn une_reference_donne_sa_colonne() {
        assert_eq!(colonne("A1"), Some(0));
        assert_eq!(colonne("Z3"), Some(25));
        assert_eq!(colonne("AB12"), Some(27));
        assert_eq!(colonne("12"), None);
        assert_eq!(colonne("ZZZZZZZZZZ1"), None);
    }
}
