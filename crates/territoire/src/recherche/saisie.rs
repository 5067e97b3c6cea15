//! Lire le champ « commune » : ses mots, et ce qui n'en est pas (code postal, CEDEX, numéros).

use crate::texte::developper;

/// « S/ » abrège « sur » ou « sous » : les deux se cherchent.
const SUR_OU_SOUS: &str = "S";

/// Au-delà, le texte n'est pas un nom de commune et les lectures se multiplieraient.
const ABREVIATIONS_AU_PLUS: usize = 2;

/// Le champ, démêlé. Emprunte le texte plié.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Saisie<'a> {
    /// Les mots du nom, abréviations sûres développées.
    pub(super) mots: Vec<&'a str>,
    /// Cinq chiffres, zéro de tête rendu.
    pub(super) codes_postaux: Vec<String>,
    /// « PARIS 9E », « PARIS CEDEX 13 », « BOULOGNE (62) ».
    pub(super) numeros: Vec<&'a str>,
    pub(super) cedex: bool,
}

impl<'a> Saisie<'a> {
    pub(super) fn lire(plie: &'a str) -> Self {
        let bruts: Vec<&str> = plie.split_ascii_whitespace().collect();
        let mut saisie = Saisie {
            mots: Vec::with_capacity(bruts.len()),
            codes_postaux: Vec::new(),
            numeros: Vec::new(),
            cedex: false,
        };
        let mut i = 0;
        while let Some(brut) = bruts.get(i) {
            let suivant = bruts.get(i + 1).copied().unwrap_or("");
            let (pris, bord) = (brut.trim_end_matches('/'), i == 0 || suivant.is_empty());
            i += saisie.prendre(pris, suivant, bord);
        }
        // « CALOTTERIE (LA) », « PORTEL, LE » : l'article revient devant. Le Lez est une rivière.
        if saisie.mots.len() > 1 && bruts.last().is_some_and(|mot| est_article(mot)) {
            saisie.mots.rotate_right(1);
        }
        saisie
    }

    /// Range un mot, et rend combien de mots sont consommés.
    fn prendre(&mut self, mot: &'a str, suivant: &'a str, bord: bool) -> usize {
        let chiffres = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        match mot {
            "" => return 1,
            "CEDEX" | "CEDX" | "CDX" => {
                self.cedex = true;
                return 1;
            }
            "BP" | "CS" | "TSA" if chiffres(suivant) => return 2,
            "ARRONDISSEMENT" | "ARRDT" | "ARRT" | "ARDT" => return 1,
            "E" | "EME" | "ER" | "ARR" if !self.numeros.is_empty() => return 1,
            _ => {}
        }
        if !mot.as_bytes()[0].is_ascii_digit() {
            match mot.strip_prefix("CEDEX") {
                Some(numero) if chiffres(numero) => {
                    self.cedex = true;
                    self.numeros.push(numero);
                }
                _ => self.mots.push(developper(mot)),
            }
            return 1;
        }
        match mot.len() {
            5 if chiffres(mot) => self.codes_postaux.push(mot.to_owned()),
            4 if chiffres(mot) && bord => self.codes_postaux.push(format!("0{mot}")),
            // « 62 000 ARRAS »
            2 if chiffres(mot) && suivant.len() == 3 && chiffres(suivant) => {
                self.codes_postaux.push(format!("{mot}{suivant}"));
                return 2;
            }
            _ => self.numeros.push(mot),
        }
        1
    }

    /// Les clés sous lesquelles chercher le nom : une, ou plusieurs s'il contient « s/ ».
    pub(super) fn cles(&self) -> Vec<String> {
        let mut cles = vec![String::with_capacity(24)];
        let mut abreviations = 0;
        for mot in &self.mots {
            let lectures: &[&str] = match *mot {
                SUR_OU_SOUS | "SS" if abreviations < ABREVIATIONS_AU_PLUS => {
                    abreviations += 1;
                    if *mot == "SS" { &["SOUS"] } else { &["SUR", "SOUS"] }
                }
                _ => std::slice::from_ref(mot),
            };
            cles = match lectures {
                [seule] => {
                    cles.iter_mut().for_each(|cle| cle.push_str(seule));
                    cles
                }
                _ => cles
                    .iter()
                    .flat_map(|cle| lectures.iter().map(move |lu| format!("{cle}{lu}")))
                    .collect(),
            };
        }
        cles
    }
}

pub(super) fn est_article(mot: &str) -> bool {
    matches!(mot, "LE" | "LA" | "LES" | "L")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn le_champ_commune_se_demele() {
        #[rustfmt::skip]
        let cas = [
            // texte plié                mots                      codes postaux  numéros
            ("ST OMER",                  "SAINT OMER",       "",           ""),
            ("62000 ARRAS",              "ARRAS",               "62000",    ""),
            ("62 000 ARRAS",             "ARRAS",               "62000",    ""),
            ("2400 CHATEAU THIERRY",     "CHATEAU THIERRY",  "02400",    ""),
            ("LENS CEDEX",               "LENS",                "",           ""),
            ("LENS CEDEX 1",             "LENS",                "",           "1"),
            ("BP 30919 62022 ARRAS CEDEX", "ARRAS",             "62022",    ""),
            ("PARIS CEDEX13",            "PARIS",               "",           "13"),
            ("PARIS 9 E ARR",            "PARIS",               "",           "9"),
            ("PARIS 16E ARRONDISSEMENT", "PARIS",               "",           "16E"),
            ("CALOTTERIE LA",            "LA CALOTTERIE",    "",           ""),
            ("BOULOGNE S/ MER",          "BOULOGNE S MER", "",          ""),
            ("",                         "",                      "",           ""),
        ];
        for (texte, mots, codes_postaux, numeros) in cas {
            let saisie = Saisie::lire(texte);
            assert_eq!(saisie.mots.join(" "), mots, "{texte}");
            assert_eq!(saisie.codes_postaux.join(" "), codes_postaux, "{texte}");
            assert_eq!(saisie.numeros.join(" "), numeros, "{texte}");
        }
    }

    #[test]
    fn s_barre_se_lit_sur_et_sous() {
        assert_eq!(
            Saisie::lire("NOYELLES S/ LENS").cles(),
            ["NOYELLESSURLENS", "NOYELLESSOUSLENS"]
        );
        assert_eq!(Saisie::lire("LOISON SS LENS").cles(), ["LOISONSOUSLENS"]);
    }
}
