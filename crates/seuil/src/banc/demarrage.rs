//! Du lancement du programme à sa première page, sur la grande base.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::atelier::Atelier;
use super::mesure::{But, Rapport, centile, millis};

const BANC: &str = "demarrage";
const FOIS: usize = 5;

pub(crate) async fn mesurer(atelier: &mut Atelier, rapport: &Rapport) -> anyhow::Result<()> {
    let base = atelier.grande(rapport).await?;
    let (chemin, dossiers) = (base.chemin.clone(), base.dossiers);
    rapport.titre(&format!("Démarrage du serveur sur {dossiers} dossiers, {FOIS} fois"));
    let programme = std::env::current_exe()?;
    let mut temps = Vec::new();
    for _ in 0..FOIS {
        let (programme, chemin) = (programme.clone(), chemin.clone());
        let duree = tokio::task::spawn_blocking(move || une_fois(&programme, &chemin)).await??;
        temps.push(millis(duree));
    }
    rapport.note(
        BANC,
        "première page, médiane",
        centile(&mut temps, 500),
        "ms",
        But::AuPlus(1_000),
    );
    rapport.note(
        BANC,
        "première page, au pire",
        centile(&mut temps, 1_000),
        "ms",
        But::AuPlus(1_000),
    );
    Ok(())
}

/// Le serveur lancé, arrêté quand on n'en a plus besoin.
struct Serveur(Child);

impl Drop for Serveur {
    fn drop(&mut self) {
        // Un serveur déjà arrêté n'est plus à arrêter.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn une_fois(programme: &PathBuf, base: &Path) -> anyhow::Result<Duration> {
    let debut = Instant::now();
    let mut serveur = Serveur(
        Command::new(programme)
            .args(["servir", "--adresse", "127.0.0.1:0", "--base"])
            .arg(format!("sqlite:{}", base.display()))
            .arg("--cle")
            .arg(base.with_extension("cle"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?,
    );
    let annonces = serveur.0.stderr.take().context("le serveur n'annonce rien")?;
    let adresse = BufReader::new(annonces)
        .lines()
        .map_while(Result::ok)
        .find_map(|ligne| ligne.split_once("http://").map(|(_, adresse)| adresse.trim().to_owned()))
        .context("le serveur n'a pas annoncé son adresse")?;
    let mut flux = TcpStream::connect(adresse)?;
    flux.write_all(b"GET /connexion HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut page = Vec::new();
    flux.read_to_end(&mut page)?;
    let duree = debut.elapsed();
    ensure!(page.starts_with(b"HTTP/1.1 200"), "la première page n'est pas venue");
    Ok(duree)
}
