//! La clé d'une installation : ce qu'elle chiffre ne se lit ni dans la base ni dans une sauvegarde.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

/// Trente-deux octets, gardés hors de la base. Leur affichage ne les montre pas.
#[derive(Clone, PartialEq, Eq)]
pub struct Cle([u8; 32]);

impl fmt::Debug for Cle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cle(…)")
    }
}

/// À quoi sert ce qu'on chiffre : un texte chiffré pour l'un ne se lit pas pour l'autre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Le secret d'un second facteur.
    SecondFacteur,
    /// Un code de secours.
    CodeDeSecours,
    /// Un essai de connexion.
    Essai,
    /// Ce qu'une personne avait tapé.
    Saisie,
    /// Un échange en cours avec un fournisseur d'identité.
    Echange,
    /// Le jeton d'un fournisseur d'identité.
    Preuve,
}

impl Usage {
    fn nom(self) -> &'static [u8] {
        match self {
            Self::SecondFacteur => b"second_facteur",
            Self::CodeDeSecours => b"code_de_secours",
            Self::Essai => b"essai",
            Self::Saisie => b"saisie",
            Self::Echange => b"echange",
            Self::Preuve => b"preuve",
        }
    }
}

impl Cle {
    /// La clé faite de ces octets.
    #[must_use]
    pub fn de(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// La clé d'un fichier : soixante-quatre chiffres hexadécimaux.
    #[must_use]
    pub fn lire(texte: &str) -> Option<Self> {
        let mut octets = [0; 32];
        hex::decode_to_slice(texte.trim(), &mut octets).ok()?;
        Some(Self(octets))
    }

    /// Ce qu'on écrit dans le fichier.
    #[must_use]
    pub fn ecrite(&self) -> String {
        hex::encode(self.0)
    }

    /// Chiffre un texte. Le hasard ne sert qu'une fois.
    ///
    /// ```
    /// use usages::cle::{Cle, Usage};
    ///
    /// let cle = Cle::de([7; 32]);
    /// let chiffre = cle.chiffrer(Usage::Saisie, b"un texte", [1; 32]);
    /// assert_eq!(cle.dechiffrer(Usage::Saisie, &chiffre).as_deref(), Some(&b"un texte"[..]));
    /// assert_eq!(cle.dechiffrer(Usage::Preuve, &chiffre), None);
    /// ```
    #[must_use]
    pub fn chiffrer(&self, usage: Usage, clair: &[u8], hasard: [u8; 32]) -> String {
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&hasard[..NONCE_LEN]);
        let mut octets = clair.to_vec();
        let chiffre = self.aead().map(|cle| {
            let nonce = Nonce::assume_unique_for_key(nonce);
            cle.seal_in_place_append_tag(nonce, Aad::from(usage.nom()), &mut octets)
        });
        // Une clé de la bonne longueur ne se refuse pas : sans elle, rien ne s'écrit.
        if !matches!(chiffre, Some(Ok(()))) {
            return String::new();
        }
        hex::encode(nonce) + &hex::encode(octets)
    }

    /// Le texte chiffré ainsi ; rien si la clé, l'usage ou le texte ne sont pas les mêmes.
    #[must_use]
    pub fn dechiffrer(&self, usage: Usage, chiffre: &str) -> Option<Vec<u8>> {
        let octets = hex::decode(chiffre).ok()?;
        let (nonce, corps) = octets.split_at_checked(NONCE_LEN)?;
        let (nonce, mut corps) = (Nonce::try_assume_unique_for_key(nonce).ok()?, corps.to_vec());
        let clair = self.aead()?.open_in_place(nonce, Aad::from(usage.nom()), &mut corps).ok()?;
        Some(clair.to_vec())
    }

    /// L'empreinte d'un texte : sans la clé, on ne peut pas essayer tous les textes pour le retrouver.
    #[must_use]
    pub fn empreinte(&self, usage: Usage, texte: &str) -> String {
        let cle = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let mut calcul = hmac::Context::with_key(&cle);
        calcul.update(usage.nom());
        calcul.update(b"\0");
        calcul.update(texte.as_bytes());
        hex::encode(calcul.sign())
    }

    fn aead(&self) -> Option<LessSafeKey> {
        // Une sous-clé pour chiffrer : la même clé ne sert pas à deux calculs.
        let sous_cle = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.0), b"chiffrer");
        UnboundKey::new(&CHACHA20_POLY1305, sous_cle.as_ref()).ok().map(LessSafeKey::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_texte_chiffre_ne_se_lit_qu_avec_sa_cle_son_usage_et_tous_ses_octets() {
        let cle = Cle::de([7; 32]);
        let chiffre = cle.chiffrer(Usage::SecondFacteur, b"JBSWY3DPEHPK3PXP", [9; 32]);
        assert!(!chiffre.contains("JBSW"));
        assert_eq!(
            cle.dechiffrer(Usage::SecondFacteur, &chiffre).as_deref(),
            Some(&b"JBSWY3DPEHPK3PXP"[..])
        );
        assert_eq!(Cle::de([8; 32]).dechiffrer(Usage::SecondFacteur, &chiffre), None);
        assert_eq!(cle.dechiffrer(Usage::Preuve, &chiffre), None);
        for place in (0..chiffre.len()).step_by(7) {
            let mut abime = chiffre.clone().into_bytes();
            abime[place] = if abime[place] == b'0' { b'1' } else { b'0' };
            let abime = String::from_utf8(abime).unwrap();
            assert_eq!(cle.dechiffrer(Usage::SecondFacteur, &abime), None, "octet {place}");
        }
        for court in ["", "00", "zz", &chiffre[..24]] {
            assert_eq!(cle.dechiffrer(Usage::SecondFacteur, court), None, "{court}");
        }
    }

    #[test]
    fn une_empreinte_depend_de_la_cle_et_de_l_usage() {
        let cle = Cle::de([7; 32]);
        let empreinte = cle.empreinte(Usage::Essai, "jdurand");
        assert_eq!(empreinte, cle.empreinte(Usage::Essai, "jdurand"));
        assert_ne!(empreinte, cle.empreinte(Usage::CodeDeSecours, "jdurand"));
        assert_ne!(empreinte, Cle::de([8; 32]).empreinte(Usage::Essai, "jdurand"));
    }

    #[test]
    fn une_cle_se_relit_telle_qu_ecrite_et_ne_s_affiche_pas() {
        let cle = Cle::de([0xab; 32]);
        assert_eq!(Cle::lire(&format!("{}\n", cle.ecrite())), Some(cle.clone()));
        assert_eq!(Cle::lire("trop court"), None);
        assert_eq!(format!("{cle:?}"), "Cle(…)");
    }
}
