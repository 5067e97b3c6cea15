//! Les exemples de la page de l'interface, extraits d'elle, exécutés, comparés à ce qu'elle montre.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::{Service, compte};
use crate::programme::du_depot;

/// Un exemple : la langue, le programme, ce qu'il écrit.
struct Exemple {
    langue: String,
    programme: String,
    attendu: String,
}

/// Les blocs d'une page, chacun avec sa langue.
fn blocs(page: &str) -> Vec<(String, String)> {
    page.split("```")
        .skip(1)
        .step_by(2)
        .filter_map(|bloc| {
            let (langue, texte) = bloc.split_once('\n')?;
            Some((langue.trim().to_owned(), texte.to_owned()))
        })
        .collect()
}

/// Un programme suivi de ce qu'il écrit est un exemple.
fn exemples(page: &str) -> Vec<Exemple> {
    blocs(page)
        .windows(2)
        .filter(|paire| paire[1].0 == "text")
        .map(|paire| Exemple {
            langue: paire[0].0.clone(),
            programme: paire[0].1.clone(),
            attendu: paire[1].1.clone(),
        })
        .collect()
}

#[test]
fn les_exemples_de_la_page_ecrivent_ce_qu_elle_montre() {
    let page = std::fs::read_to_string(du_depot("docs/api.md")).expect("docs/api.md");
    assert!(page.contains("seuil compte cle creer etude --nom \"Logiciel de l'étude\" --ecriture"));
    let service = Service::lancer(|commande| {
        commande(&compte("etude", "commissaire_de_justice", "SCP Hanot Bécu"), "");
    });
    let cle = service.cle("etude");
    let exemples = exemples(&page);
    let langues: Vec<&str> = exemples.iter().map(|e| e.langue.as_str()).collect();
    assert_eq!(langues, ["sh", "python", "sh"]);
    for exemple in exemples {
        let mut programme = match exemple.langue.as_str() {
            "sh" => Command::new("sh"),
            _ => Command::new("python3"),
        };
        let mut execution = programme
            .env("SEUIL", service.serveur.url(""))
            .env("CLE", &cle)
            .current_dir(service.serveur.dossier().chemin())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("l'exemple se lance");
        let mut entree = execution.stdin.take().expect("une entrée");
        entree.write_all(exemple.programme.as_bytes()).expect("l'exemple se lit");
        drop(entree);
        let sortie = execution.wait_with_output().expect("l'exemple finit");
        let ecrit = String::from_utf8_lossy(&sortie.stdout);
        let erreurs = String::from_utf8_lossy(&sortie.stderr);
        assert_eq!(ecrit, exemple.attendu, "{}\n{erreurs}", exemple.programme);
    }
}
