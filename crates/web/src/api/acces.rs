//! Qui demande : l'identifiant et le mot de passe d'un compte, à chaque demande (RFC 7617).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use ccapex::partenaires::agent::Agent;
use usages::compte::secret::Secret;
use usages::echec::{Echec, Nature};
use usages::registre::suivi::Suivi;

use super::probleme::Probleme;
use crate::acces::visiteur::DOuVient;
use crate::app::App;

/// La personne, ou le logiciel qui se sert de son compte. Mêmes droits, même attente après des
/// essais manqués que sur la page de connexion.
pub(crate) struct Appelant(pub(super) Agent);

impl FromRequestParts<App> for Appelant {
    type Rejection = Probleme;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Probleme> {
        let entete = parts.headers.get(header::AUTHORIZATION).and_then(|e| e.to_str().ok());
        let (identifiant, secret) = entete.and_then(lire_l_entete).ok_or_else(|| {
            inconnu(
                "Cette adresse demande l'identifiant et le mot de passe d'un compte de Seuil, dans \
                 l'en-tête « Authorization: Basic ». Rien n'a été lu ni enregistré.",
            )
        })?;
        let secret = Secret::saisi(&secret);
        let Ok(DOuVient(visiteur)) = DOuVient::from_request_parts(parts, app).await;
        let portier = app.portier();
        match portier.verifier_encore(&app.reconnus, &identifiant, &secret, &visiteur).await {
            Ok(agent) => {
                if let Some(suivi) = Suivi::courant() {
                    suivi.reconnaitre(&agent);
                }
                Ok(Self(agent))
            }
            Err(Echec::Attente { secondes, texte }) => Err(Probleme::plus_tard(secondes, texte)),
            Err(refus) if refus.nature() == Nature::Refus => Err(inconnu(refus.to_string())),
            Err(echec) => Err(echec.into()),
        }
    }
}

fn inconnu(explication: impl Into<String>) -> Probleme {
    Probleme::nouveau(StatusCode::UNAUTHORIZED, "Qui demande n'est pas reconnu", explication)
}

/// L'identifiant et le mot de passe d'un en-tête `Basic`.
fn lire_l_entete(entete: &str) -> Option<(String, String)> {
    let (schema, code) = entete.split_once(' ')?;
    let texte = String::from_utf8(depuis_base64(code.trim())?).ok()?;
    let (identifiant, secret) = texte.split_once(':')?;
    schema.eq_ignore_ascii_case("basic").then(|| (identifiant.to_owned(), secret.to_owned()))
}

/// Les octets d'un texte en base 64 ; rien s'il n'en est pas un.
fn depuis_base64(code: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(code.len() * 3 / 4);
    let (mut tampon, mut bits) = (0_u32, 0_u8);
    for lettre in code.trim_end_matches('=').bytes() {
        let valeur = match lettre {
            b'A'..=b'Z' => lettre - b'A',
            b'a'..=b'z' => lettre - b'a' + 26,
            b'0'..=b'9' => lettre - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        tampon = tampon << 6 | u32::from(valeur);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            octets.push(u8::try_from(tampon >> bits & 0xff).ok()?);
        }
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_en_tete_donne_l_identifiant_et_le_mot_de_passe() {
        for (entete, lu) in [
            ("Basic Y2FmOnNlY3JldA==", Some(("caf", "secret"))),
            ("basic Y2FmOnNlOmNyZXQ=", Some(("caf", "se:cret"))),
            ("Basic bMOpYTrDqXTDqQ==", Some(("léa", "été"))),
            ("Basic Y2Fm", None),
            ("Basic ???", None),
            ("Bearer Y2FmOnNlY3JldA==", None),
            ("Basic", None),
        ] {
            let attendu = lu.map(|(i, s)| (i.to_owned(), s.to_owned()));
            assert_eq!(lire_l_entete(entete), attendu, "{entete}");
        }
    }
}
