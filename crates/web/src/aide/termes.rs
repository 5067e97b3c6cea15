//! Les termes d'un texte mènent à leur définition : la première fois seulement, dans un même bloc.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use askama::filters::HtmlSafe;

use super::definitions::{Mot, mots};

/// Un texte échappé, ses termes reliés.
#[derive(Debug)]
pub struct TexteLie(String);

impl TexteLie {
    /// Du HTML déjà sûr, composé par ce crate.
    pub(crate) fn compose(html: String) -> Self {
        Self(html)
    }
}

impl fmt::Display for TexteLie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for TexteLie {}

/// Un bloc de page : un terme n'y est relié qu'une fois.
#[derive(Debug, Default)]
pub struct Bloc {
    vus: RefCell<BTreeSet<&'static str>>,
}

impl Bloc {
    #[must_use]
    pub fn nouveau() -> Self {
        Self::default()
    }

    /// Le texte, dont chaque terme encore jamais vu dans ce bloc mène à sa définition.
    pub fn lier(&self, texte: impl AsRef<str>) -> TexteLie {
        let lettres: Vec<char> = texte.as_ref().chars().collect();
        let mut ecrit = String::with_capacity(lettres.len() * 2);
        let mut place = 0;
        while let Some(lettre) = lettres.get(place) {
            let debut = place == 0 || !lettres[place - 1].is_alphanumeric();
            let Some(forme) = FORMES.iter().find(|f| debut && f.commence(&lettres[place..])) else {
                pousser(&mut ecrit, *lettre);
                place += 1;
                continue;
            };
            let lu: String = lettres[place..place + forme.lettres.len()].iter().collect();
            let lu = echapper(&lu);
            if self.vus.borrow_mut().insert(&forme.mot.code) {
                let code = &forme.mot.code;
                ecrit.push_str(&format!("<a class=\"terme\" href=\"/aide/mots#{code}\">{lu}</a>"));
            } else {
                ecrit.push_str(&lu);
            }
            place += forme.lettres.len();
        }
        TexteLie(ecrit)
    }
}

/// Le texte, seul dans son bloc.
pub fn lier(texte: impl AsRef<str>) -> TexteLie {
    Bloc::nouveau().lier(texte)
}

/// Une façon d'écrire un mot.
struct Forme {
    lettres: Vec<char>,
    /// Un sigle se lit tel qu'il est écrit ; le reste, quelle que soit la casse.
    exacte: bool,
    mot: &'static Mot,
}

/// La plus longue d'abord : « commandement de quitter les lieux » avant « commandement ».
static FORMES: LazyLock<Vec<Forme>> = LazyLock::new(|| {
    let mut formes: Vec<Forme> = mots()
        .iter()
        .flat_map(|famille| &famille.mots)
        .flat_map(|mot| mot.formes.iter().map(move |forme| Forme::nouvelle(forme, mot)))
        .collect();
    formes.sort_by_key(|forme| std::cmp::Reverse(forme.lettres.len()));
    formes
});

impl Forme {
    fn nouvelle(forme: &str, mot: &'static Mot) -> Self {
        let exacte = forme.chars().any(char::is_uppercase);
        Self { lettres: forme.chars().map(|c| simple(c, exacte)).collect(), exacte, mot }
    }

    /// Le texte commence-t-il par cette forme, et le mot finit-il avec elle ?
    fn commence(&self, texte: &[char]) -> bool {
        let pareil = texte.len() >= self.lettres.len()
            && self.lettres.iter().zip(texte).all(|(a, b)| *a == simple(*b, self.exacte));
        pareil && texte.get(self.lettres.len()).is_none_or(|suite| !suite.is_alphanumeric())
    }
}

/// Une apostrophe en vaut une autre, une espace aussi ; une capitale, hors des sigles.
fn simple(lettre: char, exacte: bool) -> char {
    match lettre {
        '’' => '\'',
        '\u{a0}' | '\u{202f}' => ' ',
        autre if exacte => autre,
        autre => autre.to_lowercase().next().unwrap_or(autre),
    }
}

/// Un texte, sûr dans une page et dans un attribut.
pub(crate) fn echapper(texte: &str) -> String {
    let mut ecrit = String::with_capacity(texte.len());
    for lettre in texte.chars() {
        pousser(&mut ecrit, lettre);
    }
    ecrit
}

fn pousser(ecrit: &mut String, lettre: char) {
    match lettre {
        '&' => ecrit.push_str("&#38;"),
        '<' => ecrit.push_str("&#60;"),
        '>' => ecrit.push_str("&#62;"),
        '"' => ecrit.push_str("&#34;"),
        '\'' => ecrit.push_str("&#39;"),
        autre => ecrit.push(autre),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ICI: &str = "<a class=\"terme\" href=\"/aide/mots#";

    #[rustfmt::skip]
    #[test]
    fn la_premiere_fois_seulement_un_terme_mene_a_sa_definition() {
        for (texte, attendu) in [
            ("Rien à dire.", "Rien à dire.".to_owned()),
            ("Un CQL, puis un CQL.", format!("Un {ICI}commandement-de-quitter-les-lieux\">CQL</a>, puis un CQL.")),
            ("Le commandement de quitter les lieux est signifié", format!("Le {ICI}commandement-de-quitter-les-lieux\">commandement de quitter les lieux</a> est signifié")),
            ("Commandement de payer signifié", format!("{ICI}commandement-de-payer\">Commandement de payer</a> signifié")),
            ("L'assignation du 3 mai", format!("L&#39;{ICI}assignation\">assignation</a> du 3 mai")),
            ("L’assignation du 3 mai", format!("L’{ICI}assignation\">assignation</a> du 3 mai")),
            ("la trêve\u{a0}hivernale", format!("la {ICI}treve-hivernale\">trêve\u{a0}hivernale</a>")),
            ("un fsl en minuscules n'est pas le FSL", format!("un fsl en minuscules n&#39;est pas le {ICI}fsl\">FSL</a>")),
            ("préassignation, assignations3", "préassignation, assignations3".to_owned()),
            ("<b>& \"FSL\"", format!("&#60;b&#62;&#38; &#34;{ICI}fsl\">FSL</a>&#34;")),
            ("", String::new()),
        ] {
            assert_eq!(lier(texte).to_string(), attendu, "{texte}");
        }
    }

    #[test]
    fn dans_un_meme_bloc_deux_textes_ne_le_redisent_pas() {
        let bloc = Bloc::nouveau();
        assert!(bloc.lier("Le FSL").to_string().contains(ICI));
        assert_eq!(bloc.lier("Le FSL et CQL").to_string().matches(ICI).count(), 1);
        assert_eq!(bloc.lier("Le FSL").to_string(), "Le FSL");
    }

    #[test]
    fn un_texte_relie_dit_les_memes_mots() {
        let texte = "Si la clause résolutoire est acquise, l'assignation <suit> & le DSF aussi.";
        let relie = lier(texte).to_string();
        let mut nu = String::new();
        let mut dans_une_balise = false;
        for lettre in relie.chars() {
            match lettre {
                '<' => dans_une_balise = true,
                '>' if dans_une_balise => dans_une_balise = false,
                autre if !dans_une_balise => nu.push(autre),
                _ => {}
            }
        }
        assert_eq!(nu, echapper(texte));
    }
}
