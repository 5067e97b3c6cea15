//! Rien ne traîne : chaque requête et chaque gabarit servent.

use std::path::Path;

use super::{Fichier, aucun, fichiers};

/// Le crate d'un fichier : « crates/web ».
fn crate_de(chemin: &str) -> &str {
    chemin.match_indices('/').nth(1).map_or(chemin, |(place, _)| &chemin[..place])
}

/// Le fichier est-il nommé, entre guillemets, dans le code ou un gabarit de son crate ?
///
/// Une requête écrite pour chaque moteur (`lire.sqlite.sql`, `lire.postgres.sql`) se nomme `lire`.
fn nomme(fichier: &Fichier, autres: &[Fichier]) -> bool {
    let nom = Path::new(&fichier.chemin).file_name().and_then(|n| n.to_str()).unwrap_or_default();
    let radical = [".sqlite.sql", ".postgres.sql"].iter().find_map(|fin| nom.strip_suffix(fin));
    let cites: Vec<_> = [Some(nom), radical]
        .into_iter()
        .flatten()
        .flat_map(|cite| [format!("\"{cite}\""), format!("/{cite}\"")])
        .collect();
    autres
        .iter()
        .filter(|autre| autre.chemin != fichier.chemin)
        .filter(|autre| crate_de(&autre.chemin) == crate_de(&fichier.chemin))
        .any(|autre| cites.iter().any(|cite| autre.texte.contains(cite)))
}

fn inutiles(extension: &str) -> Vec<String> {
    let autres = fichiers("crates", &["rs", "html", "typ", "sql"]);
    fichiers("crates", &[extension])
        .iter()
        .filter(|fichier| !nomme(fichier, &autres))
        .map(|fichier| format!("{} ne sert à rien : nommez-le ou retirez-le", fichier.chemin))
        .collect()
}

#[test]
fn un_fichier_que_personne_ne_nomme_se_voit() {
    let fichier =
        |chemin: &str, texte: &str| Fichier { chemin: chemin.to_owned(), texte: texte.to_owned() };
    let requete = fichier("crates/stockage/src/lire.sql", "SELECT 1");
    let variante = fichier("crates/stockage/src/lire.sqlite.sql", "SELECT 1");
    let code = |texte| [fichier("crates/stockage/src/lire.rs", texte)];
    assert!(nomme(&requete, &code("sql!(\"lire.sql\")")));
    assert!(nomme(&requete, &code("include_str!(\"../lire.sql\")")));
    assert!(nomme(&variante, &code("sql!(par_moteur \"lire\")")));
    assert!(!nomme(&requete, &code("sql!(\"relire.sql\")")));
    assert!(!nomme(&requete, &[fichier("crates/web/src/lire.rs", "\"lire.sql\"")]));
}

#[test]
fn chaque_requete_sert() {
    aucun(&inutiles("sql"));
}

#[test]
fn chaque_gabarit_sert() {
    aucun(&inutiles("html"));
    aucun(&inutiles("typ"));
}
