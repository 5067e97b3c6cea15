//! Ce que le pilote de Chromium sait faire et que le client WebDriver ignore.
//!
//! Le client attend un moteur asynchrone, qui n'est plus là quand un essai échoue et se défait :
//! ces quelques appels sont donc écrits à la main, et bloquants.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::{Value, json};

/// Une session du navigateur, vue du pilote.
#[derive(Debug)]
pub(super) struct Session {
    hote: String,
    chemin: String,
}

impl Session {
    pub(super) fn neuve(port: &str, id: &str) -> Self {
        Self { hote: format!("127.0.0.1:{port}"), chemin: format!("/session/{id}") }
    }

    /// Une commande des outils de développement de Chromium.
    pub(super) fn outils(&self, commande: &str, parametres: &Value) {
        let corps = json!({ "cmd": commande, "params": parametres });
        let reponse = self.appeler("POST", "/goog/cdp/execute", &corps);
        if let Some(cause) = reponse.pointer("/value/error") {
            panic!("{commande} : {cause}");
        }
    }

    /// Les messages de la console, que cet appel vide.
    pub(super) fn console(&self) -> Vec<Value> {
        let reponse = self.appeler("POST", "/se/log", &json!({ "type": "browser" }));
        match reponse["value"].as_array() {
            Some(messages) => messages.clone(),
            None => panic!("la console ne se lit pas : {reponse}"),
        }
    }

    /// Ferme le navigateur. Un échec n'importe pas : il se fermera avec son pilote.
    pub(super) fn fermer(&self) {
        let _ = self.essayer("DELETE", "", "");
    }

    fn appeler(&self, methode: &str, suite: &str, corps: &Value) -> Value {
        match self.essayer(methode, suite, &corps.to_string()) {
            Ok(reponse) => reponse,
            Err(cause) => panic!("le pilote du navigateur ne répond pas à {suite} : {cause}"),
        }
    }

    fn essayer(&self, methode: &str, suite: &str, corps: &str) -> io::Result<Value> {
        let mut flux = TcpStream::connect(&self.hote)?;
        flux.set_read_timeout(Some(Duration::from_secs(30)))?;
        write!(
            flux,
            "{methode} {}{suite} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{corps}",
            self.chemin,
            self.hote,
            corps.len(),
        )?;
        // Le pilote garde la connexion ouverte : la longueur annoncée dit où s'arrête la réponse.
        let mut flux = BufReader::new(flux);
        let mut longueur = 0;
        let mut ligne = String::new();
        while flux.read_line(&mut ligne)? > 0 && !ligne.trim().is_empty() {
            if let Some((nom, valeur)) = ligne.split_once(':')
                && nom.eq_ignore_ascii_case("content-length")
            {
                longueur = valeur.trim().parse().unwrap_or(0);
            }
            ligne.clear();
        }
        let mut corps = vec![0; longueur];
        flux.read_exact(&mut corps)?;
        Ok(serde_json::from_slice(&corps)?)
    }
}
