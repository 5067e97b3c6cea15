//! Les codes à usage unique d'une application (RFC 6238) : six chiffres, trente secondes, SHA-1.
//!
//! SHA-1 parce que les applications répandues ne comptent qu'avec lui ; sa faiblesse (les collisions)
//! est sans effet sur un code.

use ring::hmac;

/// Un intervalle.
const SECONDES: i64 = 30;
/// Six chiffres.
const MODULO: u32 = 1_000_000;
/// Une montre en avance ou en retard d'un intervalle est encore à l'heure.
const DERIVE: i64 = 1;

/// Le secret partagé avec l'application. Son affichage ne le montre pas.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretDeCodes([u8; 20]);

impl std::fmt::Debug for SecretDeCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretDeCodes(…)")
    }
}

impl SecretDeCodes {
    /// Vingt octets tirés au sort, la longueur que demande la RFC 4226.
    #[must_use]
    pub fn tire(hasard: &[u8; 32]) -> Self {
        let mut octets = [0; 20];
        octets.copy_from_slice(&hasard[..20]);
        Self(octets)
    }

    /// Le secret que la base gardait, déchiffré.
    pub(super) fn relu(octets: &[u8]) -> Option<Self> {
        octets.try_into().ok().map(Self)
    }

    pub(super) fn octets(&self) -> &[u8] {
        &self.0
    }

    /// La clé, pour qui ne peut pas lire un code QR : « JBSW Y3DP EHPK 3PXP … ».
    #[must_use]
    pub fn en_lettres(&self) -> String {
        let lettres = base32(&self.0);
        let groupes: Vec<&str> =
            (0..lettres.len()).step_by(4).filter_map(|i| lettres.get(i..i + 4)).collect();
        groupes.join(" ")
    }

    /// La clé recopiée, comme une application la lit ; rien si ce n'en est pas une.
    #[must_use]
    pub fn depuis_lettres(texte: &str) -> Option<Self> {
        let (mut octets, mut tampon, mut bits) = (Vec::new(), 0_u32, 0_u8);
        for lettre in texte.bytes().filter(|l| !l.is_ascii_whitespace()) {
            let valeur = LETTRES.iter().position(|l| *l == lettre.to_ascii_uppercase())?;
            tampon = tampon << 5 | u32::try_from(valeur).ok()?;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                octets.push(u8::try_from(tampon >> bits & 0xff).ok()?);
            }
        }
        Self::relu(&octets)
    }

    /// L'adresse que le code QR porte : l'application y lit le service, le compte et la clé.
    #[must_use]
    pub fn adresse(&self, identifiant: &str) -> String {
        let compte: String = identifiant.bytes().map(echappe).collect();
        format!(
            "otpauth://totp/Seuil:{compte}?secret={}&issuer=Seuil&algorithm=SHA1&digits=6&period={SECONDES}",
            base32(&self.0)
        )
    }

    /// Le code d'un intervalle.
    #[must_use]
    pub fn code(&self, pas: i64) -> String {
        format!("{:06}", compter(&self.0, pas) % MODULO)
    }

    /// L'intervalle dont c'est le code, à un près de l'instant donné.
    pub(super) fn reconnait(&self, code: &str, secondes: i64) -> Option<i64> {
        let pas = pas(secondes);
        // Les trois se calculent toujours : la durée ne dit pas lequel était juste.
        let mut reconnu = None;
        for pas in pas - DERIVE..=pas + DERIVE {
            if egaux(&self.code(pas), code) {
                reconnu = Some(pas);
            }
        }
        reconnu
    }
}

/// L'intervalle d'un instant, en secondes depuis 1970.
#[must_use]
pub fn pas(secondes: i64) -> i64 {
    secondes.div_euclid(SECONDES)
}

/// RFC 4226, 5.3 : les trente et un bits que le dernier octet désigne.
fn compter(secret: &[u8], pas: i64) -> u32 {
    let cle = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let calcul = hmac::sign(&cle, &pas.to_be_bytes());
    let octets = calcul.as_ref();
    let debut = usize::from(octets.last().copied().unwrap_or_default() & 0x0f);
    let quatre = octets.get(debut..debut + 4).and_then(|q| q.try_into().ok()).unwrap_or_default();
    u32::from_be_bytes(quatre) & 0x7fff_ffff
}

/// Compare en un temps qui ne dépend pas de l'endroit où les textes diffèrent.
fn egaux(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |ecart, (x, y)| ecart | (x ^ y)) == 0
}

const LETTRES: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// RFC 4648, sans les signes de fin.
fn base32(octets: &[u8]) -> String {
    let (mut texte, mut tampon, mut bits) = (String::new(), 0_u32, 0_u8);
    for octet in octets {
        tampon = tampon << 8 | u32::from(*octet);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            texte.push(char::from(LETTRES[(tampon >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        texte.push(char::from(LETTRES[(tampon << (5 - bits) & 31) as usize]));
    }
    texte
}

fn echappe(octet: u8) -> String {
    match octet {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(octet).to_string()
        }
        autre => format!("%{autre:02X}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, annexe B, colonne SHA1 : huit chiffres.
    #[test]
    fn les_codes_sont_ceux_de_la_norme() {
        for (secondes, attendu) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            let calcule = compter(b"12345678901234567890", pas(secondes)) % 100_000_000;
            assert_eq!(calcule, attendu, "{secondes}");
        }
    }

    #[test]
    fn une_montre_se_trompe_d_un_intervalle_et_pas_de_deux() {
        let secret = SecretDeCodes(*b"12345678901234567890");
        let maintenant = 1_234_567_890;
        for (ecart, reconnu) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let pas = pas(maintenant) + ecart;
            let vu = secret.reconnait(&secret.code(pas), maintenant);
            assert_eq!(vu, reconnu.then_some(pas), "écart de {ecart}");
        }
        assert_eq!(secret.reconnait("", maintenant), None);
    }

    /// RFC 4648, 10.
    #[test]
    fn la_cle_s_ecrit_en_base_trente_deux() {
        for (octets, attendu) in
            [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("fooba", "MZXW6YTB"), ("", "")]
        {
            assert_eq!(base32(octets.as_bytes()), attendu);
        }
        let secret = SecretDeCodes(*b"12345678901234567890");
        assert_eq!(SecretDeCodes::depuis_lettres(&secret.en_lettres()), Some(secret.clone()));
        assert_eq!(SecretDeCodes::depuis_lettres("GEZD 1"), None);
        assert_eq!(secret.en_lettres(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            secret.adresse("jean@exemple.fr"),
            "otpauth://totp/Seuil:jean%40exemple.fr?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Seuil&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{secret:?}"), "SecretDeCodes(…)");
    }
}
