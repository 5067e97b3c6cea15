//! D'où l'on frappe : l'adresse, pour compter les essais, et l'appareil, en mots.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use usages::compte::portier::Visiteur;

use crate::app::App;

/// D'où l'on frappe.
pub(crate) struct DOuVient(pub(crate) Visiteur);

impl FromRequestParts<App> for DOuVient {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let pair = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let agent = parts.headers.get(header::USER_AGENT).and_then(|a| a.to_str().ok());
        Ok(Self(Visiteur {
            adresse: adresse(pair, &parts.headers, &app.config.mandataires)
                .map(|a| a.to_string())
                .unwrap_or_default(),
            appareil: appareil(agent.unwrap_or_default()),
        }))
    }
}

/// L'adresse d'où l'on vient. L'en-tête d'un relais ne se croit que s'il vient d'un relais connu, ou de
/// cette machine ; on remonte alors jusqu'à la première adresse qui n'en est pas un.
pub(super) fn adresse(
    pair: Option<IpAddr>,
    entetes: &HeaderMap,
    connus: &[IpAddr],
) -> Option<IpAddr> {
    let connu = |a: IpAddr| a.is_loopback() || connus.contains(&a);
    let pair = pair.map(|p| p.to_canonical())?;
    if !connu(pair) {
        return Some(pair);
    }
    let relayees: Vec<&str> = entetes
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .collect();
    // De la fin : ce qui précède le dernier relais connu, n'importe qui a pu l'écrire.
    let mut lues = relayees.into_iter().rev().map_while(|a| a.trim().parse().ok());
    lues.find(|a| !connu(*a)).or(Some(pair))
}

/// « Firefox, Windows » : assez pour reconnaître son poste, trop peu pour le suivre.
fn appareil(agent: &str) -> String {
    let premier = |connus: &[(&str, &'static str)]| {
        connus.iter().find(|(marque, _)| agent.contains(marque)).map(|(_, nom)| *nom)
    };
    let navigateur = premier(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let systeme = premier(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (navigateur, systeme) {
        (Some(navigateur), Some(systeme)) => format!("{navigateur}, {systeme}"),
        (Some(seul), None) | (None, Some(seul)) => seul.to_owned(),
        (None, None) => "Appareil inconnu".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l_adresse_d_un_relais_inconnu_ne_se_croit_pas() {
        let ip = |texte: &str| texte.parse::<IpAddr>().unwrap();
        let relais = [ip("10.0.0.1")];
        for (pair, entete, attendue) in [
            ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
            ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "198.51.100.7, 10.0.0.1", "198.51.100.7"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "n'importe quoi", "10.0.0.1"),
            ("10.0.0.1", "n'importe quoi, 198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "198.51.100.7, n'importe quoi", "10.0.0.1"),
            ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ] {
            let mut entetes = HeaderMap::new();
            if !entete.is_empty() {
                entetes.insert("x-forwarded-for", entete.parse().unwrap());
            }
            let vue = adresse(Some(ip(pair)), &entetes, &relais);
            assert_eq!(vue, Some(ip(attendue)), "{pair} / {entete}");
        }
        assert_eq!(adresse(None, &HeaderMap::new(), &relais), None);
    }

    #[test]
    fn un_appareil_se_dit_en_deux_mots() {
        for (agent, attendu) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "Safari, iPhone",
            ),
            ("curl/8", "Appareil inconnu"),
        ] {
            assert_eq!(appareil(agent), attendu);
        }
    }
}
