#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "les événements XML sans intérêt ici sont plus nombreux que les autres"
)]

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Limites;
use super::archive::{Archive, abimee};
use super::feuille::{Cellule, Compteur, Feuille, Feuilles, Rangee};
use super::refus::RefusFichier;
use super::xml::{self, XmlAbime};

/// Lit toutes les feuilles d'un classeur ODS.
pub(super) fn lire(archive: &mut Archive, limites: &Limites) -> Result<Feuilles, RefusFichier> {
    let source = archive.lire("content.xml").ok_or_else(abimee)?;
    let mut lecture = Lecture {
        lecteur: xml::lecteur(source),
        tampon: vec![],
        compteur: Compteur::nouveau(limites),
        colonnes: limites.colonnes,
    };
    Ok(Feuilles { feuilles: lecture.feuilles()?, chaines: vec![] })
}

struct Lecture<R> {
    lecteur: Reader<R>,
    tampon: Vec<u8>,
    compteur: Compteur,
    colonnes: usize,
}

impl<R: BufRead> Lecture<R> {
    fn feuilles(&mut self) -> Result<Vec<Feuille>, RefusFichier> {
        let (mut feuilles, mut ligne): (Vec<Feuille>, u64) = (vec![], 0);
        let mut rangee = EnCours::default();
        let mut finie = false;
        loop {
            self.tampon.clear();
            match self.lecteur.read_event_into(&mut self.tampon).map_err(XmlAbime::from)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table" => {
                        let nom = xml::attribut(&element, "name").unwrap_or_default();
                        feuilles.push(Feuille { nom, masquee: false, rangees: vec![] });
                        ligne = 0;
                    }
                    "table-row" => {
                        rangee = EnCours {
                            fois: repetition(&element, "number-rows-repeated"),
                            ..EnCours::default()
                        };
                    }
                    "table-cell" | "covered-table-cell" => {
                        let entete = EnteteDeCellule::lire(&element);
                        let fois = repetition(&element, "number-columns-repeated");
                        let cellule = self.cellule(entete)?;
                        rangee.poser(cellule, fois, self.colonnes, &mut self.compteur)?;
                    }
                    // Les cellules supprimées d'un suivi des modifications n'en sont plus.
                    "tracked-changes" => {
                        xml::texte_jusqu_a_la_fin(&mut self.lecteur, &mut self.tampon, "")?;
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "table-row" => {
                        if let Some(feuille) = feuilles.last_mut() {
                            let cellules = std::mem::take(&mut rangee.cellules);
                            self.clore(feuille, ligne, rangee.fois, cellules)?;
                        }
                        ligne = ligne.saturating_add(rangee.fois);
                    }
                    "spreadsheet" => finie = true,
                    _ => {}
                },
                Event::Eof if finie => return Ok(feuilles),
                Event::Eof => return Err(abimee()),
                _ => {}
            }
        }
    }

    /// Une ligne remplie et répétée est autant de lignes ; vide, elle ne fait qu'avancer.
    fn clore(
        &mut self,
        feuille: &mut Feuille,
        avant: u64,
        fois: u64,
        cellules: Vec<(u32, Cellule)>,
    ) -> Result<(), RefusFichier> {
        if cellules.is_empty() {
            return Ok(());
        }
        for copie in 1..fois {
            self.compteur.prendre(cellules.len())?;
            feuille
                .rangees
                .push(Rangee { ligne: avant.saturating_add(copie), cellules: cellules.clone() });
        }
        feuille.rangees.push(Rangee { ligne: avant.saturating_add(fois), cellules });
        Ok(())
    }

    fn cellule(&mut self, entete: EnteteDeCellule) -> Result<Option<Cellule>, RefusFichier> {
        let texte = self.texte()?;
        let texte = if texte.is_empty() { entete.texte.unwrap_or_default() } else { texte };
        let nombre = || entete.valeur.as_deref().and_then(|v| v.trim().parse::<f64>().ok());
        Ok(match entete.genre.as_deref() {
            Some("error") => Some(Cellule::Erreur(texte.into_boxed_str())),
            Some("float" | "currency" | "percentage") => Some(
                nombre().map_or_else(|| Cellule::Texte(texte.into_boxed_str()), Cellule::Nombre),
            ),
            Some("date") => Some(
                entete
                    .jour
                    .as_deref()
                    .and_then(|jour| jour.get(..10))
                    .and_then(|jour| jour.parse().ok())
                    .map_or_else(|| Cellule::PasUneDate(texte.into_boxed_str()), Cellule::Jour),
            ),
            Some("time") => Some(Cellule::PasUneDate(texte.into_boxed_str())),
            Some("boolean") => Some(Cellule::Booleen(entete.booleen.as_deref() == Some("true"))),
            Some(_) | None if texte.is_empty() => {
                (entete.formule && entete.genre.is_none()).then_some(Cellule::SansValeur)
            }
            Some(_) | None
                if entete.formule && (texte.starts_with('#') || texte.starts_with("Err:")) =>
            {
                Some(Cellule::Erreur(texte.into_boxed_str()))
            }
            Some(_) | None => Some(Cellule::Texte(texte.into_boxed_str())),
        })
    }

    /// Texte de la cellule ouverte, sans ses notes ni ses dessins.
    fn texte(&mut self) -> Result<String, RefusFichier> {
        let (mut texte, mut profondeur, mut tu, mut paragraphe) =
            (String::new(), 0_u32, None, false);
        loop {
            self.tampon.clear();
            let evenement =
                self.lecteur.read_event_into(&mut self.tampon).map_err(XmlAbime::from)?;
            match &evenement {
                Event::Start(element) => {
                    profondeur += 1;
                    match element.local_name().as_ref() {
                        "annotation" | "frame" | "shapes" | "table" if tu.is_none() => {
                            tu = Some(profondeur)
                        }
                        "p" if tu.is_none() => {
                            if paragraphe {
                                texte.push('\n');
                            }
                            paragraphe = true;
                        }
                        "s" | "tab" | "line-break" if tu.is_none() => texte.push(' '),
                        _ => {}
                    }
                }
                Event::End(_) if profondeur == 0 => return Ok(texte),
                Event::End(_) => {
                    if tu == Some(profondeur) {
                        tu = None;
                    }
                    profondeur -= 1;
                }
                Event::Eof => return Err(abimee()),
                // Hors d'un paragraphe, les blancs sont de la mise en page du XML.
                _ if tu.is_none() && profondeur > 0 => xml::pousser(&evenement, &mut texte),
                _ => {}
            }
        }
    }
}

#[derive(Default)]
struct EnCours {
    fois: u64,
    colonne: u64,
    cellules: Vec<(u32, Cellule)>,
}

impl EnCours {
    fn poser(
        &mut self,
        cellule: Option<Cellule>,
        fois: u64,
        colonnes: usize,
        compteur: &mut Compteur,
    ) -> Result<(), RefusFichier> {
        if let Some(cellule) = cellule {
            let fin = self.colonne.saturating_add(fois).min(colonnes as u64);
            for colonne in self.colonne..fin {
                compteur.prendre(1)?;
                self.cellules.push((u32::try_from(colonne).unwrap_or(u32::MAX), cellule.clone()));
            }
        }
        self.colonne = self.colonne.saturating_add(fois);
        Ok(())
    }
}

fn repetition(element: &BytesStart<'_>, nom: &str) -> u64 {
    xml::attribut(element, nom).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

struct EnteteDeCellule {
    genre: Option<String>,
    valeur: Option<String>,
    jour: Option<String>,
    booleen: Option<String>,
    texte: Option<String>,
    formule: bool,
}

impl EnteteDeCellule {
    fn lire(element: &BytesStart<'_>) -> Self {
        // LibreOffice écrit deux genres ; le sien seul (« calcext ») connaît les erreurs.
        let en_erreur =
            element.attributes().with_checks(false).flatten().any(|a| {
                a.key.local_name().as_ref() == "value-type" && a.value.as_ref() == "error"
            });
        Self {
            genre: if en_erreur {
                Some("error".to_owned())
            } else {
                xml::attribut(element, "value-type")
            },
            valeur: xml::attribut(element, "value"),
            jour: xml::attribut(element, "date-value"),
            booleen: xml::attribut(element, "boolean-value"),
            texte: xml::attribut(element, "string-value"),
            formule: xml::attribut(element, "formula").is_some(),
        }
    }
}
