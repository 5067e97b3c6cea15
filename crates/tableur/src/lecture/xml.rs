use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Un XML qui ne se lit pas ; l'appelant sait de quelle feuille il s'agit.
pub(super) struct XmlAbime;

impl From<quick_xml::Error> for XmlAbime {
    fn from(_: quick_xml::Error) -> Self {
        XmlAbime
    }
}

pub(super) fn lecteur<R: BufRead>(source: R) -> Reader<R> {
    let mut lecteur = Reader::from_reader(source);
    lecteur.config_mut().expand_empty_elements = true;
    lecteur
}

/// Valeur d'un attribut, quel que soit son préfixe.
pub(super) fn attribut(element: &BytesStart<'_>, nom: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribut| attribut.key.local_name().as_ref() == nom)
        .and_then(|attribut| {
            attribut.normalized_value(XmlVersion::Implicit1_0).ok().map(|v| v.into_owned())
        })
}

/// Ajoute ce qu'un événement porte de texte.
pub(super) fn pousser(evenement: &Event<'_>, texte: &mut String) {
    match evenement {
        Event::Text(brut) => texte.push_str(&brut.xml10_content()),
        Event::CData(brut) => texte.push_str(&brut.xml10_content()),
        Event::GeneralRef(reference) => match reference.as_ref() {
            "lt" => texte.push('<'),
            "gt" => texte.push('>'),
            "amp" => texte.push('&'),
            "apos" => texte.push('\''),
            "quot" => texte.push('"'),
            _ => texte.extend(reference.resolve_char_ref().ok().flatten()),
        },
        Event::Start(_)
        | Event::End(_)
        | Event::Empty(_)
        | Event::Comment(_)
        | Event::Decl(_)
        | Event::PI(_)
        | Event::DocType(_)
        | Event::Eof => {}
    }
}

/// Texte jusqu'à la fin de l'élément ouvert, sans ses descendants nommés `sauf`.
pub(super) fn texte_jusqu_a_la_fin<R: BufRead>(
    lecteur: &mut Reader<R>,
    tampon: &mut Vec<u8>,
    sauf: &str,
) -> Result<String, XmlAbime> {
    let (mut texte, mut profondeur, mut tu) = (String::new(), 0_u32, None);
    loop {
        tampon.clear();
        let evenement = lecteur.read_event_into(tampon)?;
        match &evenement {
            Event::Start(element) => {
                profondeur += 1;
                if tu.is_none() && element.local_name().as_ref() == sauf {
                    tu = Some(profondeur);
                }
            }
            Event::End(_) if profondeur == 0 => return Ok(texte),
            Event::End(_) => {
                if tu == Some(profondeur) {
                    tu = None;
                }
                profondeur -= 1;
            }
            Event::Eof => return Err(XmlAbime),
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {
                if tu.is_none() {
                    pousser(&evenement, &mut texte);
                }
            }
        }
    }
}
