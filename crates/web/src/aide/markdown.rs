//! Un texte Markdown du dépôt, rendu en HTML sûr : aucune balise écrite n'y passe.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd, html};

use super::termes::echapper;
use crate::composants::Lien;

/// Un guide prêt à être montré.
pub struct Rendu {
    pub titre: String,
    /// Le premier paragraphe, sous le titre : à quoi sert le guide.
    pub chapo: String,
    /// Les titres de deuxième rang, et leur ancre.
    pub sommaire: Vec<Lien>,
    /// Le reste, en HTML.
    pub corps: String,
    /// Les pages de Seuil citées, et l'ancre du titre sous lequel elles le sont.
    pub citees: Vec<(String, String)>,
    /// Les images citées, et le texte qui les remplace.
    pub images: Vec<(String, String)>,
}

impl Rendu {
    /// L'ancre du premier passage qui parle d'une page.
    #[must_use]
    pub fn ou_l_on_parle_de(&self, page: &str) -> Option<&str> {
        let chemin = |cite: &str| cite.split(['?', '#']).next() == Some(page);
        self.citees
            .iter()
            .find(|(cite, ancre)| chemin(cite) && !ancre.is_empty())
            .map(|(_, ancre)| ancre.as_str())
    }
}

/// Ce dont on recueille le texte, avant de savoir l'écrire.
enum EnCours {
    Titre(HeadingLevel),
    Chapo,
    Image(String),
}

/// Rend un guide.
#[must_use]
pub(super) fn rendre(texte: &str) -> Rendu {
    let mut rendu = Rendu {
        titre: String::new(),
        chapo: String::new(),
        sommaire: vec![],
        corps: String::new(),
        citees: vec![],
        images: vec![],
    };
    let mut suite: Vec<Event<'_>> = vec![];
    let mut en_cours: Option<(EnCours, String)> = None;
    let mut ancre = String::new();
    for evenement in Parser::new(texte) {
        if let Some((quoi, recueilli)) = &mut en_cours {
            if let Event::Text(t) | Event::Code(t) = &evenement {
                recueilli.push_str(t);
            } else if matches!(evenement, Event::SoftBreak | Event::HardBreak) {
                recueilli.push(' ');
            } else if finit(quoi, &evenement) {
                let recueilli = std::mem::take(recueilli);
                match quoi {
                    EnCours::Chapo => rendu.chapo = recueilli,
                    EnCours::Titre(HeadingLevel::H1) => rendu.titre = recueilli,
                    EnCours::Titre(rang) => {
                        ancre = ancre_de(&recueilli);
                        if *rang == HeadingLevel::H2 {
                            rendu.sommaire.push(Lien::nouveau(&*recueilli, format!("#{ancre}")));
                        }
                        let dit = echapper(&recueilli);
                        let titre = format!("<{rang} id=\"{ancre}\">{dit}</{rang}>\n");
                        suite.push(Event::Html(titre.into()));
                    }
                    EnCours::Image(nom) => {
                        let (vers, dit) = (super::page::image(nom), echapper(&recueilli));
                        let mesures = super::page::mesures(nom)
                            .map(|(l, h)| format!(" width=\"{l}\" height=\"{h}\""))
                            .unwrap_or_default();
                        let image = format!(
                            "<img src=\"{}\" alt=\"{dit}\"{mesures} loading=\"lazy\">",
                            echapper(&vers)
                        );
                        suite.push(Event::InlineHtml(image.into()));
                        rendu.images.push((std::mem::take(nom), recueilli));
                    }
                }
                en_cours = None;
            }
            continue;
        }
        match commence(&evenement, &rendu) {
            Some(quoi) => en_cours = Some((quoi, String::new())),
            None => suite.push(sur(evenement, &ancre, &mut rendu.citees)),
        }
    }
    html::push_html(&mut rendu.corps, suite.into_iter());
    rendu
}

/// Ce qui s'ouvre et se recueille avant de s'écrire.
fn commence(evenement: &Event<'_>, rendu: &Rendu) -> Option<EnCours> {
    if let Event::Start(Tag::Heading { level, .. }) = evenement {
        return Some(EnCours::Titre(*level));
    }
    if let Event::Start(Tag::Image { dest_url, .. }) = evenement {
        let nom = dest_url.rsplit('/').next().unwrap_or_default();
        return Some(EnCours::Image(nom.to_owned()));
    }
    let premier = !rendu.titre.is_empty() && rendu.chapo.is_empty() && rendu.sommaire.is_empty();
    (premier && matches!(evenement, Event::Start(Tag::Paragraph))).then_some(EnCours::Chapo)
}

fn finit(quoi: &EnCours, evenement: &Event<'_>) -> bool {
    match quoi {
        EnCours::Titre(_) => matches!(evenement, Event::End(TagEnd::Heading(_))),
        EnCours::Chapo => matches!(evenement, Event::End(TagEnd::Paragraph)),
        EnCours::Image(_) => matches!(evenement, Event::End(TagEnd::Image)),
    }
}

/// Le même événement, sans balise écrite ni lien qui sorte de Seuil.
fn sur<'a>(evenement: Event<'a>, ancre: &str, citees: &mut Vec<(String, String)>) -> Event<'a> {
    if let Event::Html(brut) | Event::InlineHtml(brut) = evenement {
        return Event::Text(brut);
    }
    if let Event::Start(Tag::Link { link_type, dest_url, title, id }) = evenement {
        let dedans =
            (dest_url.starts_with('/') && !dest_url.starts_with("//")) || dest_url.starts_with('#');
        let vers = if dedans { dest_url } else { "#".into() };
        if vers.starts_with('/') {
            citees.push((vers.to_string(), ancre.to_owned()));
        }
        return Event::Start(Tag::Link { link_type, dest_url: vers, title, id });
    }
    evenement
}

/// « Préparer les lettres de la semaine » : `preparer-les-lettres-de-la-semaine`.
pub(super) fn ancre_de(titre: &str) -> String {
    let mut ancre = String::with_capacity(titre.len());
    for lettre in titre.to_lowercase().chars() {
        let simple = match lettre {
            'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            autre => autre,
        };
        if simple.is_ascii_alphanumeric() {
            ancre.push(simple);
        } else if !ancre.is_empty() && !ancre.ends_with('-') {
            ancre.push('-');
        }
    }
    ancre.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_titre_la_phrase_et_les_gestes_se_separent() {
        let lu = rendre(
            "# Guide\n\nÀ quoi\nil sert.\n\n## Le jour\n\nOuvrez [Dossiers](/dossiers?tri=a).\n",
        );
        assert_eq!(lu.titre, "Guide");
        assert_eq!(lu.chapo, "À quoi il sert.");
        assert_eq!(lu.sommaire, [Lien::nouveau("Le jour", "#le-jour")]);
        assert_eq!(lu.citees, [("/dossiers?tri=a".to_owned(), "le-jour".to_owned())]);
        assert_eq!(lu.ou_l_on_parle_de("/dossiers"), Some("le-jour"));
        assert_eq!(lu.ou_l_on_parle_de("/"), None);
        assert!(lu.corps.contains("<h2 id=\"le-jour\">Le jour</h2>"), "{}", lu.corps);
    }

    #[test]
    fn aucune_balise_ecrite_ni_lien_du_dehors_ne_passe() {
        let lu = rendre(
            "# T\n\nA.\n\n<script>x()</script>\n\nB <b>gras</b> [c](javascript:x) [d](//ailleurs) ![<i>\"e](images/e.png)\n",
        );
        for interdit in ["<script", "<b>", "javascript:", "//ailleurs", "<i>"] {
            assert!(!lu.corps.contains(interdit), "{interdit} : {}", lu.corps);
        }
        assert_eq!(lu.images, [("e.png".to_owned(), "\"e".to_owned())]);
        assert!(lu.corps.contains("alt=\"&#34;e\""), "{}", lu.corps);
    }

    #[test]
    fn une_ancre_n_a_ni_accent_ni_espace() {
        assert_eq!(ancre_de("Compléter : ce qu'il manque ?"), "completer-ce-qu-il-manque");
    }
}
