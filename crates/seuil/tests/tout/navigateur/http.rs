//! Une requête HTTP avec la session du navigateur, pour ce qu'un navigateur télécharge.

use std::io::{Read, Write};
use std::net::TcpStream;

use epreuves::navigateur::Page;

use super::ailleurs;

/// Ce que le serveur a répondu.
pub(crate) struct Reponse {
    pub(crate) entetes: String,
    pub(crate) corps: Vec<u8>,
}

impl Reponse {
    /// L'adresse où la réponse renvoie.
    pub(crate) fn renvoi(&self) -> Option<String> {
        let entete = self.entetes.lines().find_map(|l| l.strip_prefix("location:"))?;
        Some(entete.trim().to_owned())
    }

    /// Le statut : 200, 404…
    pub(crate) fn statut(&self) -> u16 {
        self.entetes.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or_default()
    }

    /// Le début du corps, en texte.
    pub(crate) fn debut(&self) -> String {
        String::from_utf8_lossy(&self.corps[..self.corps.len().min(400)]).into_owned()
    }
}

/// Lit une adresse comme la personne connectée dans `page`.
pub(crate) async fn lire(page: &Page, chemin: &str) -> Reponse {
    envoyer(page, "GET", chemin, "").await
}

/// Envoie un formulaire comme la personne connectée dans `page`.
pub(crate) async fn poster(page: &Page, chemin: &str, formulaire: &str) -> Reponse {
    envoyer(page, "POST", chemin, formulaire).await
}

async fn session(page: &Page) -> String {
    let cookies = page.client().get_all_cookies().await.expect("les cookies se lisent");
    let paires: Vec<_> = cookies.iter().map(|c| format!("{}={}", c.name(), c.value())).collect();
    paires.join("; ")
}

/// En HTTP/1.0 : la fin de la connexion est la fin du corps.
async fn envoyer(page: &Page, methode: &str, chemin: &str, corps: &str) -> Reponse {
    let (cookies, racine) = (session(page).await, ailleurs(page, "").await);
    let hote = racine.trim_start_matches("http://");
    let mut flux = TcpStream::connect(hote).expect("la démonstration écoute");
    write!(
        flux,
        "{methode} {chemin} HTTP/1.0\r\nHost: {hote}\r\nCookie: {cookies}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{corps}",
        corps.len(),
    )
    .expect("la requête part");
    let mut octets = Vec::new();
    flux.read_to_end(&mut octets).expect("la réponse arrive");
    let fin = octets.windows(4).position(|suite| suite == b"\r\n\r\n").expect("des en-têtes");
    Reponse {
        entetes: String::from_utf8_lossy(&octets[..fin]).to_lowercase(),
        corps: octets.split_off(fin + 4),
    }
}
