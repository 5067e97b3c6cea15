//! Un navigateur minimal : une connexion gardée ouverte, des GET, le temps que le serveur annonce.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// Une personne connectée.
pub(crate) struct Client {
    flux: BufReader<TcpStream>,
    cookie: String,
}

/// Ce qu'une page a répondu.
pub(crate) struct Reponse {
    pub(crate) statut: u16,
    /// Le temps passé par le serveur, en microsecondes (en-tête `Server-Timing`).
    pub(crate) serveur: u64,
    pub(crate) corps: String,
}

impl Client {
    pub(crate) async fn nouveau(adresse: SocketAddr, jeton: &str) -> anyhow::Result<Self> {
        let flux = TcpStream::connect(adresse).await?;
        flux.set_nodelay(true)?;
        Ok(Self { flux: BufReader::new(flux), cookie: format!("seuil_session={jeton}") })
    }

    pub(crate) async fn lire(&mut self, chemin: &str) -> anyhow::Result<Reponse> {
        let requete =
            format!("GET {chemin} HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n\r\n", self.cookie);
        self.flux.get_mut().write_all(requete.as_bytes()).await?;
        let mut ligne = String::new();
        self.flux.read_line(&mut ligne).await?;
        let statut =
            ligne.split(' ').nth(1).and_then(|s| s.parse().ok()).context("réponse illisible")?;
        let (mut taille, mut serveur) = (None, 0);
        loop {
            ligne.clear();
            self.flux.read_line(&mut ligne).await?;
            let Some((nom, valeur)) = ligne.trim_end().split_once(": ") else { break };
            match nom.to_ascii_lowercase().as_str() {
                "content-length" => taille = valeur.parse().ok(),
                "server-timing" => serveur = temps_annonce(valeur),
                _ => {}
            }
        }
        let Some(taille) = taille else { bail!("{chemin} : réponse sans longueur") };
        let mut corps = vec![0; taille];
        self.flux.read_exact(&mut corps).await?;
        Ok(Reponse { statut, serveur, corps: String::from_utf8_lossy(&corps).into_owned() })
    }
}

/// « app;dur=1.234 » : 1 234 microsecondes.
fn temps_annonce(entete: &str) -> u64 {
    let duree = entete.split("dur=").nth(1).unwrap_or_default();
    let (entiers, milliemes) = duree.split_once('.').unwrap_or((duree, "0"));
    entiers.parse::<u64>().unwrap_or_default() * 1_000
        + milliemes.parse::<u64>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::temps_annonce;

    #[test]
    fn le_temps_annonce_se_lit_en_microsecondes() {
        assert_eq!(temps_annonce("app;dur=1.234"), 1_234);
        assert_eq!(temps_annonce("app;dur=0.007"), 7);
        assert_eq!(temps_annonce("rien"), 0);
    }
}
