use std::{net::TcpStream, panic};

use epreuves::serveur::Serveur;

fn petit_serveur() -> Serveur {
    Serveur::lancer("node", &[concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tout/petit-serveur.js")])
}

#[test]
fn le_serveur_repond_et_dit_ce_qu_il_a_ecrit() {
    let serveur = petit_serveur();
    assert!(serveur.sortie().contains("en marche"), "{}", serveur.sortie());
    assert!(serveur.url("/dossiers").ends_with("/dossiers"));
    assert!(serveur.dossier().chemin().join("base").exists());
}

#[test]
fn le_serveur_s_arrete_et_son_dossier_s_efface() {
    let serveur = petit_serveur();
    let adresse = serveur.url("").replace("http://", "");
    let dossier = serveur.dossier().chemin().to_owned();
    drop(serveur);
    assert!(!dossier.exists());
    assert!(TcpStream::connect(&adresse).is_err());
}

#[test]
fn un_programme_qui_s_arrete_montre_pourquoi() {
    let echec = panic::catch_unwind(|| Serveur::lancer("ls", &["--option-inconnue"]));
    let message = echec.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("le serveur s'est arrêté"), "{message}");
    assert!(message.contains("option-inconnue"), "{message}");
}
