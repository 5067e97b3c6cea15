//! Le programme, lancé comme une personne le lancerait, dans un dossier vide.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::Dossier;

/// Le premier démarrage reçoit des fichiers et compose des lettres.
const PATIENCE: Duration = Duration::from_secs(120);

/// Un serveur en marche. Il s'arrête, et son dossier s'efface, quand la valeur disparaît.
#[derive(Debug)]
pub struct Serveur {
    processus: Child,
    adresse: String,
    sortie: Arc<Mutex<String>>,
    dossier: Dossier,
}

impl Serveur {
    /// Lance `programme ARGUMENTS --adresse 127.0.0.1:PORT` dans un dossier neuf, et attend qu'il
    /// réponde à une requête HTTP.
    ///
    /// ```no_run
    /// # let seuil = "target/debug/seuil";
    /// // Dans `seuil/tests` : env!("CARGO_BIN_EXE_seuil").
    /// let serveur = epreuves::serveur::Serveur::lancer(seuil, &["demo"]);
    /// println!("{}", serveur.url("/dossiers"));
    /// ```
    ///
    /// # Panics
    ///
    /// Quand le programme s'arrête ou reste muet : le message donne tout ce qu'il a écrit.
    #[must_use]
    pub fn lancer(programme: &str, arguments: &[&str]) -> Self {
        Self::lancer_dans(Dossier::neuf("serveur"), programme, arguments)
    }

    /// Comme [`Serveur::lancer`], dans un dossier préparé : une base déjà remplie, un profil.
    ///
    /// # Panics
    ///
    /// Comme [`Serveur::lancer`].
    #[must_use]
    pub fn lancer_dans(dossier: Dossier, programme: &str, arguments: &[&str]) -> Self {
        let adresse = adresse_libre();
        let mut processus = Command::new(programme)
            .args(arguments)
            .args(["--adresse", &adresse])
            .current_dir(dossier.chemin())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|cause| panic!("{programme} ne se lance pas : {cause}"));
        let sortie = Arc::new(Mutex::new(String::new()));
        recopier(processus.stdout.take(), &sortie);
        recopier(processus.stderr.take(), &sortie);
        let mut serveur = Self { processus, adresse, sortie, dossier };
        serveur.attendre_reponse();
        serveur
    }

    /// L'adresse d'une page : `url("/dossiers")`.
    #[must_use]
    pub fn url(&self, chemin: &str) -> String {
        format!("http://{}{chemin}", self.adresse)
    }

    /// Tout ce que le programme a écrit jusqu'ici, sortie et erreurs mêlées.
    #[must_use]
    pub fn sortie(&self) -> String {
        self.sortie.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Le dossier où il travaille : sa base y est, s'il n'en a pas reçu une autre.
    #[must_use]
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    fn attendre_reponse(&mut self) {
        let depart = Instant::now();
        while !repond(&self.adresse) {
            if let Ok(Some(statut)) = self.processus.try_wait() {
                // Les fils de recopie lisent encore les dernières lignes.
                thread::sleep(Duration::from_millis(200));
                panic!("le serveur s'est arrêté ({statut}) :\n{}", self.sortie());
            }
            if depart.elapsed() > PATIENCE {
                panic!("le serveur ne répond pas sur {} :\n{}", self.adresse, self.sortie());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        let _ = self.processus.kill();
        let _ = self.processus.wait();
    }
}

pub(crate) fn adresse_libre() -> String {
    match TcpListener::bind("127.0.0.1:0").and_then(|prise| prise.local_addr()) {
        Ok(adresse) => adresse.to_string(),
        Err(cause) => panic!("aucun port libre sur 127.0.0.1 : {cause}"),
    }
}

fn repond(adresse: &str) -> bool {
    let Ok(mut flux) = TcpStream::connect(adresse) else { return false };
    let requete = format!("GET / HTTP/1.1\r\nHost: {adresse}\r\nConnection: close\r\n\r\n");
    let mut debut = [0; 5];
    flux.set_read_timeout(Some(PATIENCE)).is_ok()
        && flux.write_all(requete.as_bytes()).is_ok()
        && flux.read_exact(&mut debut).is_ok()
        && debut == *b"HTTP/"
}

fn recopier(flux: Option<impl Read + Send + 'static>, vers: &Arc<Mutex<String>>) {
    let Some(flux) = flux else { return };
    let vers = Arc::clone(vers);
    thread::spawn(move || {
        for ligne in BufReader::new(flux).lines().map_while(Result::ok) {
            let mut sortie = vers.lock().unwrap_or_else(PoisonError::into_inner);
            sortie.push_str(&ligne);
            sortie.push('\n');
        }
    });
}
