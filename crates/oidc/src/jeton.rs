//! Un jeton signé (RFC 7515, RFC 7519) : lu seulement si sa signature est celle d'une clé du fournisseur.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Ce qu'un jeton dit.
pub type Dires = Map<String, Value>;

/// Pourquoi un jeton ne vaut rien.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Defaut {
    /// Trois parties en base 64, dont deux en JSON.
    #[error("le jeton ne se lit pas")]
    Illisible,
    /// Ni RS256 ni ES256 ; « none » en est.
    #[error("le jeton n'est pas signé comme convenu")]
    Algorithme,
    /// Aucune clé publiée par le fournisseur ne porte ce numéro.
    #[error("la clé du jeton n'est pas publiée par le fournisseur")]
    CleInconnue,
    /// La signature n'est pas celle du fournisseur.
    #[error("la signature du jeton n'est pas celle du fournisseur")]
    Signature,
}

/// Une clé publique du fournisseur (RFC 7517).
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ClePublique {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    usage: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    #[serde(default)]
    x: Option<String>,
    #[serde(default)]
    y: Option<String>,
}

/// Les clés publiées.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Cles {
    keys: Vec<Value>,
}

impl Cles {
    /// Les clés qui se lisent ; les autres genres sont ignorés.
    pub(crate) fn lues(self) -> Vec<ClePublique> {
        self.keys.into_iter().filter_map(|cle| serde_json::from_value(cle).ok()).collect()
    }
}

#[derive(Deserialize)]
struct Entete {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
}

/// Ce que dit un jeton, si l'une de ces clés l'a signé.
pub(crate) fn verifier(jeton: &str, cles: &[ClePublique]) -> Result<Dires, Defaut> {
    let mut parties = jeton.split('.');
    let (Some(tete), Some(corps), Some(sceau), None) =
        (parties.next(), parties.next(), parties.next(), parties.next())
    else {
        return Err(Defaut::Illisible);
    };
    let entete: Entete = serde_json::from_slice(&decoder(tete)?).map_err(|_| Defaut::Illisible)?;
    let genre = match entete.alg.as_str() {
        "RS256" => "RSA",
        "ES256" => "EC",
        _ => return Err(Defaut::Algorithme),
    };
    let signe = jeton.get(..tete.len() + 1 + corps.len()).ok_or(Defaut::Illisible)?;
    let sceau = decoder(sceau)?;
    let mut possibles = cles
        .iter()
        .filter(|c| c.kty == genre && c.usage.as_deref().is_none_or(|u| u == "sig"))
        .filter(|c| entete.kid.is_none() || c.kid == entete.kid)
        .peekable();
    if possibles.peek().is_none() {
        return Err(Defaut::CleInconnue);
    }
    if !possibles.any(|cle| cle.a_signe(signe.as_bytes(), &sceau)) {
        return Err(Defaut::Signature);
    }
    serde_json::from_slice(&decoder(corps)?).map_err(|_| Defaut::Illisible)
}

impl ClePublique {
    fn a_signe(&self, signe: &[u8], sceau: &[u8]) -> bool {
        let partie = |texte: &Option<String>| decoder(texte.as_deref().unwrap_or_default()).ok();
        match self.kty.as_str() {
            "RSA" => {
                let (Some(n), Some(e)) = (partie(&self.n), partie(&self.e)) else { return false };
                RsaPublicKeyComponents { n, e }
                    .verify(&RSA_PKCS1_2048_8192_SHA256, signe, sceau)
                    .is_ok()
            }
            "EC" if self.crv.as_deref() == Some("P-256") => {
                let (Some(x), Some(y)) = (partie(&self.x), partie(&self.y)) else { return false };
                let point = [&[4][..], &x, &y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signe, sceau).is_ok()
            }
            _ => false,
        }
    }
}

fn decoder(texte: &str) -> Result<Vec<u8>, Defaut> {
    URL_SAFE_NO_PAD.decode(texte).map_err(|_| Defaut::Illisible)
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use serde_json::json;

    use super::*;

    fn paire() -> EcdsaKeyPair {
        let hasard = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &hasard).unwrap();
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref(), &hasard).unwrap()
    }

    fn publique(paire: &EcdsaKeyPair, kid: &str) -> ClePublique {
        let point = paire.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
        serde_json::from_value(json!({"kty": "EC", "crv": "P-256", "kid": kid, "x": x, "y": y}))
            .unwrap()
    }

    fn signer(paire: &EcdsaKeyPair, entete: &Value, dires: &Value) -> String {
        let texte = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(entete.to_string()),
            URL_SAFE_NO_PAD.encode(dires.to_string())
        );
        let sceau = paire.sign(&SystemRandom::new(), texte.as_bytes()).unwrap();
        format!("{texte}.{}", URL_SAFE_NO_PAD.encode(sceau))
    }

    #[test]
    fn un_jeton_ne_se_lit_que_signe_par_une_cle_publiee() {
        let (sienne, autre) = (paire(), paire());
        let cles = [publique(&sienne, "a")];
        let entete = json!({"alg": "ES256", "kid": "a"});
        let bon = signer(&sienne, &entete, &json!({"sub": "x"}));
        assert_eq!(verifier(&bon, &cles).unwrap()["sub"], "x");
        let faux = signer(&autre, &entete, &json!({"sub": "x"}));
        let (tete, reste) = bon.split_once('.').unwrap();
        let (_, sceau) = reste.split_once('.').unwrap();
        let change = format!("{tete}.{}.{sceau}", URL_SAFE_NO_PAD.encode(r#"{"sub":"y"}"#));
        let nu = format!("{}.e30.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
        let symetrique = signer(&sienne, &json!({"alg": "HS256", "kid": "a"}), &json!({}));
        let ailleurs = signer(&sienne, &json!({"alg": "ES256", "kid": "b"}), &json!({}));
        for (jeton, defaut) in [
            (faux.as_str(), Defaut::Signature),
            (&change, Defaut::Signature),
            (&nu, Defaut::Algorithme),
            (&symetrique, Defaut::Algorithme),
            (&ailleurs, Defaut::CleInconnue),
            ("", Defaut::Illisible),
            ("a.b", Defaut::Illisible),
            ("a.b.c.d", Defaut::Illisible),
        ] {
            assert_eq!(verifier(jeton, &cles), Err(defaut), "{jeton}");
        }
        let sans_numero = signer(&sienne, &json!({"alg": "ES256"}), &json!({"sub": "x"}));
        assert!(verifier(&sans_numero, &cles).is_ok());
    }
}
