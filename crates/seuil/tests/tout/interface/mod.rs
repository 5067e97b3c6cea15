//! L'interface de programme, vue du dehors : par un programme qui lit sa description et la met à
//! l'épreuve, et par les exemples de sa page.

mod cles;
mod epreuve;
mod exemples;

use epreuves::Dossier;
use epreuves::serveur::Serveur;

use crate::programme::{du_depot, executer, executer_avec, lignes_json};

const JOUR: &str = "2026-11-21";

/// Un service en marche, et la base où ses commandes travaillent.
struct Service {
    serveur: Serveur,
    base: String,
}

impl Service {
    /// Lance le service sur une base neuve, préparée par ces commandes.
    fn lancer(preparer: impl Fn(&dyn Fn(&[&str], &str) -> String)) -> Self {
        let dossier = Dossier::neuf("interface");
        let base = format!("sqlite:{}", dossier.chemin().join("seuil.db").display());
        preparer(&|arguments, entree| reussir(&base, arguments, entree));
        let cle = dossier.chemin().join("seuil.cle").display().to_string();
        let arguments = [
            &["servir", "--base", &base, "--a-la-date", JOUR][..],
            &["--demandes-par-minute", "1000000", "--cle", &cle],
        ]
        .concat();
        let programme = env!("CARGO_BIN_EXE_seuil");
        let serveur = Serveur::lancer_dans(dossier, programme, &arguments);
        Self { serveur, base }
    }

    /// Une clé pour ce compte.
    fn cle(&self, identifiant: &str) -> String {
        let arguments =
            ["compte", "cle", "creer", identifiant, "--nom", "Essai", "--ecriture", "--json"];
        let sortie = reussir(&self.base, &arguments, "");
        lignes_json(&sortie)[0]["cle"].as_str().expect("une clé").to_owned()
    }
}

fn reussir(base: &str, arguments: &[&str], entree: &str) -> String {
    let arguments = [arguments, &["--base", base, "--a-la-date", JOUR]].concat();
    let execution = match entree {
        "" => executer(&arguments),
        entree => executer_avec(&arguments, entree),
    };
    assert_eq!(execution.code, 0, "{arguments:?} : {}", execution.messages);
    execution.sortie
}

/// Le compte d'une personne de ce rôle.
fn compte<'a>(identifiant: &'a str, role: &'a str, organisme: &'a str) -> Vec<&'a str> {
    vec!["compte", "creer", identifiant, "--nom", "Essai", "--organisme", organisme, "--role", role]
}

fn exemple(nom: &str) -> String {
    du_depot("exemples").join(nom).display().to_string()
}
