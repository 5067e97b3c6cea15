//! Les clés des pièces : sans elles, ce qui est sur le disque ou dans une sauvegarde ne se lit pas.

use std::fmt;
use std::str::FromStr;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};

use crate::echec::Echec;

/// Une clé de deux cent cinquante-six bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Cle {
    /// Ce qui la désigne dans la base sans rien en dire : le début de son empreinte.
    nom: String,
    octets: [u8; 32],
}

/// Ce qui ne se lit pas comme une clé.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "La ligne {ligne} du fichier de clés n'est pas une clé : il en faut soixante-quatre chiffres hexadécimaux. \
     Reprenez le fichier d'origine ; « seuil cles nouvelle » en écrit une neuve."
)]
pub struct CleIllisible {
    ligne: usize,
}

impl Cle {
    /// Une clé neuve, de ces octets tirés au hasard.
    #[must_use]
    pub fn neuve(octets: [u8; 32]) -> Self {
        let nom = hex::encode(Sha256::digest(octets)).chars().take(12).collect();
        Self { nom, octets }
    }

    /// Ce qui la désigne.
    #[must_use]
    pub fn nom(&self) -> &str {
        &self.nom
    }

    /// La clé, telle qu'on la garde dans un fichier à part.
    #[must_use]
    pub fn en_clair(&self) -> String {
        hex::encode(self.octets)
    }

    fn chiffre(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.octets))
    }
}

impl fmt::Debug for Cle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cle({})", self.nom)
    }
}

/// Un trousseau : la première clé chiffre ce qui arrive, toutes déchiffrent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cles(Vec<Cle>);

impl Cles {
    /// Le même trousseau, cette clé devant.
    #[must_use]
    pub fn avec(mut self, neuve: Cle) -> Self {
        self.0.insert(0, neuve);
        self
    }

    /// Celle qui chiffre ; rien quand les pièces se gardent en clair.
    #[must_use]
    pub fn courante(&self) -> Option<&Cle> {
        self.0.first()
    }

    /// Le contenu d'un fichier de clés, à garder à part de la base.
    #[must_use]
    pub fn en_fichier(&self) -> String {
        let cles = self.0.iter().map(|cle| cle.en_clair() + "\n");
        let entete = "# Clés des pièces de Seuil. La première chiffre, les autres relisent d'anciennes sauvegardes.\n\
                      # Sans ce fichier, les fichiers reçus ne se lisent plus : gardez-en une copie, à part des sauvegardes.\n";
        std::iter::once(entete.to_owned()).chain(cles).collect()
    }

    pub(crate) fn a(&self, nom: &str) -> bool {
        self.0.iter().any(|cle| cle.nom == nom)
    }

    /// Chiffre un morceau avec la clé courante.
    pub(crate) fn chiffrer(&self, place: Place, clair: Vec<u8>) -> Result<Vec<u8>, Echec> {
        let Some(cle) = self.courante() else { return Ok(clair) };
        let mut alea = [0; ALEA];
        getrandom::fill(&mut alea)
            .map_err(|e| Echec::Panne(Box::new(std::io::Error::other(e.to_string()))))?;
        let payload = Payload { msg: &clair, aad: &place.en_octets() };
        let chiffre =
            cle.chiffre().encrypt(&XNonce::from(alea), payload).map_err(|_| illisible(place))?;
        Ok([alea.as_slice(), &chiffre].concat())
    }

    /// Relit un morceau ; vide, le nom de la clé dit qu'il est en clair.
    pub(crate) fn dechiffrer(
        &self,
        nom: &str,
        place: Place,
        octets: Vec<u8>,
    ) -> Result<Vec<u8>, Echec> {
        if nom.is_empty() {
            return Ok(octets);
        }
        let cle = self.0.iter().find(|cle| cle.nom == nom).ok_or_else(|| manque(nom))?;
        let (alea, chiffre) = octets.split_first_chunk::<ALEA>().ok_or_else(|| illisible(place))?;
        let payload = Payload { msg: chiffre, aad: &place.en_octets() };
        cle.chiffre().decrypt(&XNonce::from(*alea), payload).map_err(|_| illisible(place))
    }
}

impl FromStr for Cles {
    type Err = CleIllisible;

    fn from_str(texte: &str) -> Result<Self, CleIllisible> {
        let mut cles = Vec::new();
        for (n, ligne) in texte.lines().map(str::trim).enumerate() {
            if ligne.is_empty() || ligne.starts_with('#') {
                continue;
            }
            let octets = hex::decode(ligne).ok().and_then(|octets| octets.try_into().ok());
            cles.push(Cle::neuve(octets.ok_or(CleIllisible { ligne: n + 1 })?));
        }
        Ok(Self(cles))
    }
}

/// Ce qui précède chaque morceau chiffré, et ne sert qu'une fois.
const ALEA: usize = 24;

/// Où est un morceau : chiffré pour cette place, il ne se lit à aucune autre.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) piece: i64,
    pub(crate) rang: i64,
}

impl Place {
    fn en_octets(self) -> Vec<u8> {
        format!("piece {} morceau {}", self.piece, self.rang).into_bytes()
    }
}

/// La clé manque : rien n'est perdu, il faut la rendre au programme.
pub(crate) fn manque(nom: &str) -> Echec {
    Echec::Refus(format!(
        "Les fichiers reçus sont chiffrés, et la clé {nom} n'est pas donnée au programme : ils ne se lisent pas sans \
         elle, et rien d'autre n'est touché. Donnez le fichier de clés d'origine : --cles FICHIER, ou la variable SEUIL_CLES."
    ))
}

fn illisible(place: Place) -> Echec {
    Echec::Refus(format!(
        "Le fichier n° {} ne se déchiffre pas : ses octets ont été changés sur le disque, ou déplacés. Gardez la base \
         telle quelle, et reprenez ce fichier d'une sauvegarde.",
        place.piece
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ICI: Place = Place { piece: 3, rang: 0 };

    fn trousseau(octets: &[u8]) -> Cles {
        octets.iter().fold(Cles::default(), |cles, n| cles.avec(Cle::neuve([*n; 32])))
    }

    #[test]
    fn un_morceau_chiffre_ne_se_relit_qu_a_sa_place_entier_et_avec_sa_cle() {
        let cles = trousseau(&[1]);
        let nom = cles.courante().unwrap().nom().to_owned();
        let chiffre = cles.chiffrer(ICI, b"DUPIRE Marguerite".to_vec()).unwrap();
        assert!(!chiffre.windows(6).any(|f| f == b"DUPIRE"));
        assert_ne!(chiffre, cles.chiffrer(ICI, b"DUPIRE Marguerite".to_vec()).unwrap());
        let relire =
            |cles: &Cles, place, octets: &[u8]| cles.dechiffrer(&nom, place, octets.to_vec());
        assert_eq!(relire(&cles, ICI, &chiffre).unwrap(), b"DUPIRE Marguerite");
        // L'ancienne clé relit encore, une fois remplacée.
        assert!(relire(&trousseau(&[1, 2]), ICI, &chiffre).is_ok());
        for place in [Place { rang: 1, ..ICI }, Place { piece: 4, ..ICI }] {
            assert!(relire(&cles, place, &chiffre).is_err(), "{place:?}");
        }
        for n in [0, ALEA, chiffre.len() - 1] {
            let mut touche = chiffre.clone();
            touche[n] ^= 1;
            assert!(relire(&cles, ICI, &touche).is_err(), "octet {n}");
        }
        assert!(relire(&cles, ICI, &chiffre[..10]).is_err());
        let refus = relire(&trousseau(&[2]), ICI, &chiffre).unwrap_err().to_string();
        assert!(refus.contains(&nom) && refus.contains("--cles"), "{refus}");
    }

    #[test]
    fn un_fichier_de_cles_se_relit_et_dit_la_ligne_fausse() {
        let cles = trousseau(&[7, 8]);
        assert_eq!(cles.en_fichier().parse::<Cles>().unwrap(), cles);
        assert_eq!("".parse::<Cles>().unwrap(), Cles::default());
        assert_eq!("# ici\nabc\n".parse::<Cles>().unwrap_err(), CleIllisible { ligne: 2 });
        assert!(!format!("{cles:?}").contains(&"07".repeat(8)), "une clé ne s'affiche pas");
    }
}
