use std::borrow::Cow;

use super::Limites;
use super::encodage::{Encodage, en_utf8};
use super::refus::{Cause, RefusFichier};

/// Une ligne de CSV découpée. Se réutilise d'une ligne à l'autre.
#[derive(Default)]
pub(super) struct Enregistrement {
    octets: Vec<u8>,
    fins: Vec<usize>,
    /// Ligne du fichier où l'enregistrement commence.
    pub(super) ligne: u64,
    /// Un guillemet fermé trop tôt : « "Le "petit" bois" ».
    pub(super) mal_ferme: bool,
}

impl Enregistrement {
    /// Les cellules, décodées ensemble.
    pub(super) fn texte(&self, encodage: Encodage) -> Cellules<'_> {
        match (encodage, std::str::from_utf8(&self.octets)) {
            (Encodage::Utf8, Ok(texte)) => {
                Cellules { texte: Cow::Borrowed(texte), fins: Cow::Borrowed(&self.fins) }
            }
            _ => self.decode(encodage),
        }
    }

    fn decode(&self, encodage: Encodage) -> Cellules<'_> {
        let (mut texte, mut fins, mut debut) = (String::new(), vec![], 0);
        for fin in &self.fins {
            texte.push_str(&en_utf8(self.octets.get(debut..*fin).unwrap_or_default(), encodage));
            fins.push(texte.len());
            debut = *fin;
        }
        Cellules { texte: Cow::Owned(texte), fins: Cow::Owned(fins) }
    }
}

/// Les cellules d'une ligne.
pub(super) struct Cellules<'a> {
    texte: Cow<'a, str>,
    fins: Cow<'a, [usize]>,
}

impl Cellules<'_> {
    pub(super) fn nombre(&self) -> usize {
        self.fins.len()
    }

    pub(super) fn get(&self, rang: usize) -> Option<&str> {
        let fin = *self.fins.get(rang)?;
        let debut = if rang == 0 { 0 } else { *self.fins.get(rang - 1)? };
        self.texte.get(debut..fin)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.nombre()).filter_map(|rang| self.get(rang))
    }
}

/// Découpe un CSV au fil de l'eau, en comptant les lignes du fichier.
///
/// Travaille sur les octets : dans tout encodage reçu ici, séparateurs et guillemets sont de l'ASCII.
pub(super) struct Lecteur<'a> {
    octets: &'a [u8],
    position: usize,
    ligne: u64,
    separateur: u8,
    cellule_max: usize,
    colonnes_max: usize,
    /// Nombre de séparateurs qui, sur une seule ligne d'une cellule, trahissent une ligne avalée.
    separateurs_suspects: usize,
}

/// Où le découpage échoue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Defaut {
    /// Un guillemet s'ouvre à cette ligne et ne se ferme pas, ou bien trop loin.
    GuillemetOuvert {
        ligne: u64,
    },
    CelluleTropLongue {
        ligne: u64,
    },
    TropDeColonnes {
        ligne: u64,
    },
}

impl From<Defaut> for RefusFichier {
    fn from(defaut: Defaut) -> Self {
        match defaut {
            Defaut::GuillemetOuvert { ligne } => RefusFichier::nouveau(
                format!("ligne {ligne}"),
                Cause::GuillemetOuvert { ligne },
                format!(
                    "Un guillemet s'ouvre à la ligne {ligne} et ne se ferme pas : toutes les lignes suivantes \
                     seraient prises pour une seule cellule. Fermez-le, retirez-le, ou doublez-le s'il fait \
                     partie du texte, puis renvoyez le fichier."
                ),
            ),
            Defaut::CelluleTropLongue { ligne } => RefusFichier::nouveau(
                format!("ligne {ligne}"),
                Cause::TropGros,
                format!(
                    "Une cellule de la ligne {ligne} est démesurée : ce n'est pas un tableau, ou ses fins de \
                     ligne ont été perdues. Exportez-le de nouveau depuis le logiciel d'origine."
                ),
            ),
            Defaut::TropDeColonnes { ligne } => RefusFichier::nouveau(
                format!("ligne {ligne}"),
                Cause::TropGros,
                format!(
                    "La ligne {ligne} a un nombre de colonnes démesuré : ce n'est pas un tableau, ou ses fins de \
                     ligne ont été perdues. Exportez-le de nouveau depuis le logiciel d'origine."
                ),
            ),
        }
    }
}

impl<'a> Lecteur<'a> {
    pub(super) fn nouveau(octets: &'a [u8], separateur: u8, limites: &Limites) -> Self {
        let mut lecteur = Self {
            octets,
            position: 0,
            ligne: 1,
            separateur,
            cellule_max: limites.cellule_octets,
            colonnes_max: limites.colonnes,
            separateurs_suspects: usize::MAX,
        };
        lecteur.sauter_l_indication();
        lecteur
    }

    /// Dit la largeur du tableau, pour reconnaître une ligne avalée par un guillemet.
    pub(super) fn de_largeur(mut self, colonnes: usize) -> Self {
        if colonnes >= 4 {
            self.separateurs_suspects = colonnes - 1;
        }
        self
    }

    /// Certains tableurs écrivent « sep=; » en première ligne.
    fn sauter_l_indication(&mut self) {
        if separateur_indique(self.octets).is_some() {
            let fin = self.octets.iter().position(|b| matches!(b, b'\n' | b'\r'));
            self.position = fin.unwrap_or(self.octets.len());
            self.fin_de_ligne();
        }
    }

    /// Découpe l'enregistrement suivant. Rend faux à la fin du fichier.
    pub(super) fn suivant(&mut self, enregistrement: &mut Enregistrement) -> Result<bool, Defaut> {
        enregistrement.octets.clear();
        enregistrement.fins.clear();
        enregistrement.mal_ferme = false;
        enregistrement.ligne = self.ligne;
        // Un Ctrl-Z final est une fin de fichier à l'ancienne.
        if matches!(self.octets.get(self.position..), None | Some([] | [0x1a])) {
            return Ok(false);
        }
        loop {
            let debut = enregistrement.octets.len();
            if self.octets.get(self.position) == Some(&b'"') {
                self.entre_guillemets(enregistrement)?;
            }
            self.nue(enregistrement);
            if enregistrement.octets.len() - debut > self.cellule_max {
                return Err(Defaut::CelluleTropLongue { ligne: enregistrement.ligne });
            }
            enregistrement.fins.push(enregistrement.octets.len());
            if enregistrement.fins.len() > self.colonnes_max {
                return Err(Defaut::TropDeColonnes { ligne: enregistrement.ligne });
            }
            match self.octets.get(self.position) {
                Some(b) if *b == self.separateur => self.position += 1,
                Some(_) => {
                    self.fin_de_ligne();
                    return Ok(true);
                }
                None => return Ok(true),
            }
        }
    }

    /// Jusqu'au séparateur ou à la fin de ligne.
    fn nue(&mut self, enregistrement: &mut Enregistrement) {
        let reste = self.octets.get(self.position..).unwrap_or_default();
        let fin = reste
            .iter()
            .position(|b| *b == self.separateur || *b == b'\n' || *b == b'\r')
            .unwrap_or(reste.len());
        enregistrement.octets.extend_from_slice(reste.get(..fin).unwrap_or_default());
        self.position += fin;
    }

    /// Cellule entre guillemets ; ce qui suit le guillemet fermant est laissé à [`Self::nue`].
    fn entre_guillemets(&mut self, enregistrement: &mut Enregistrement) -> Result<(), Defaut> {
        let (ouvert_a, debut) = (self.ligne, enregistrement.octets.len());
        let mut separateurs = 0_usize;
        self.position += 1;
        loop {
            let Some(b) = self.octets.get(self.position).copied() else {
                return Err(Defaut::GuillemetOuvert { ligne: ouvert_a });
            };
            let suivant = self.octets.get(self.position + 1).copied();
            match b {
                b'"' if suivant == Some(b'"') => {
                    enregistrement.octets.push(b'"');
                    self.position += 2;
                }
                b'"' => {
                    self.position += 1;
                    let fermee = suivant
                        .is_none_or(|b| b == self.separateur || matches!(b, b'\n' | b'\r' | b' '));
                    if !fermee && self.ligne != ouvert_a {
                        // Le guillemet d'une autre cellule, plusieurs lignes plus bas.
                        return Err(Defaut::GuillemetOuvert { ligne: ouvert_a });
                    }
                    enregistrement.mal_ferme |= !fermee;
                    return Ok(());
                }
                b'\n' | b'\r' => {
                    separateurs = 0;
                    enregistrement.octets.push(b'\n');
                    self.fin_de_ligne();
                }
                b => {
                    separateurs += usize::from(b == self.separateur);
                    enregistrement.octets.push(b);
                    self.position += 1;
                }
            }
            if self.ligne != ouvert_a && separateurs >= self.separateurs_suspects {
                return Err(Defaut::GuillemetOuvert { ligne: ouvert_a });
            }
            if enregistrement.octets.len() - debut > self.cellule_max {
                return Err(Defaut::GuillemetOuvert { ligne: ouvert_a });
            }
        }
    }

    /// Passe une fin de ligne : CRLF, LF ou CR seul.
    fn fin_de_ligne(&mut self) {
        match self.octets.get(self.position..) {
            Some([b'\r', b'\n', ..]) => self.position += 2,
            Some([b'\r' | b'\n', ..]) => self.position += 1,
            _ => return,
        }
        self.ligne += 1;
    }
}

/// Séparateur dit par une première ligne « sep=; ».
pub(super) fn separateur_indique(octets: &[u8]) -> Option<u8> {
    match octets {
        [s, e, p, b'=', separateur, b'\r' | b'\n', ..]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep") =>
        {
            Some(*separateur)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(texte: &str, separateur: u8) -> Result<Vec<(u64, Vec<String>)>, Defaut> {
        let limites = Limites::default();
        let mut lecteur = Lecteur::nouveau(texte.as_bytes(), separateur, &limites).de_largeur(4);
        let (mut lignes, mut enregistrement) = (vec![], Enregistrement::default());
        while lecteur.suivant(&mut enregistrement)? {
            let cellules = enregistrement.texte(Encodage::Utf8);
            lignes.push((enregistrement.ligne, cellules.iter().map(str::to_owned).collect()));
        }
        Ok(lignes)
    }

    #[test]
    fn les_lignes_se_comptent_dans_le_fichier() {
        #[rustfmt::skip]
        let cas = [
            ("fins Windows",       "a;b\r\nc;d\r\n"),
            ("fins Unix",          "a;b\nc;d\n"),
            ("fins Mac anciennes", "a;b\rc;d\r"),
            ("sans fin finale",    "a;b\nc;d"),
            ("Ctrl-Z final",       "a;b\nc;d\n\u{1a}"),
        ];
        for (libelle, texte) in cas {
            let attendu =
                vec![(1, vec!["a".into(), "b".into()]), (2, vec!["c".into(), "d".into()])];
            assert_eq!(lire(texte, b';'), Ok(attendu), "{libelle}");
        }
    }

    #[test]
    fn une_cellule_peut_tenir_sur_plusieurs_lignes() {
        let lignes = lire("a;\"b\r\nb2\r\nb3\"\r\nc;\"d \"\"e\"\"; f\"\r\n", b';').unwrap();
        assert_eq!(lignes[0], (1, vec!["a".into(), "b\nb2\nb3".into()]));
        assert_eq!(lignes[1], (4, vec!["c".into(), "d \"e\"; f".into()]));
    }

    #[test]
    fn un_guillemet_jamais_ferme_se_refuse_a_sa_ligne() {
        #[rustfmt::skip]
        let cas = [
            ("jusqu'à la fin du fichier",        "a;b;c;d\n1;\"2;3;4\n5;6;7;8\n"),
            ("refermé par une autre cellule",    "a;b;c;d\n1;\"2;3;4\n5;\"6\";7;8\n"),
            ("une ligne entière avalée",         "a;b;c;d\n1;\"2;3;4\n5;6;7;8\n9;10\";11;12\n"),
        ];
        for (libelle, texte) in cas {
            assert_eq!(lire(texte, b';'), Err(Defaut::GuillemetOuvert { ligne: 2 }), "{libelle}");
        }
    }

    #[test]
    fn un_guillemet_dans_un_nom_ne_change_rien() {
        let lignes = lire("Le \"petit\" bois;b\n\"Le \"petit\" bois\";b\n", b';').unwrap();
        assert_eq!(lignes[0].1, ["Le \"petit\" bois", "b"]);
        assert_eq!(lignes[1].1, ["Le petit\" bois\"", "b"]);
    }

    #[test]
    fn la_premiere_ligne_peut_dire_le_separateur() {
        assert_eq!(lire("sep=;\r\na;b\r\n", b';').unwrap(), [(2, vec!["a".into(), "b".into()])]);
        assert_eq!(separateur_indique(b"SEP=,\na"), Some(b','));
        assert_eq!(separateur_indique(b"separe;x"), None);
    }
}
