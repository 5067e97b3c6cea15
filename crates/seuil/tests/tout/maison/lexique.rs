//! Les mots du code sont ceux du lexique.

use std::{collections::BTreeSet, fs};

use super::{aucun, fichiers, racine};

/// Les identifiants que le lexique promet, avec leur terme : la deuxième colonne de ses tableaux.
///
/// Un tiret dit qu'un terme du métier n'a pas de nom dans le code.
fn promis(lexique: &str) -> Vec<(String, String)> {
    lexique
        .lines()
        .filter_map(|ligne| {
            let mut colonnes = ligne.strip_prefix('|')?.split('|').map(str::trim);
            let (terme, identifiants) = (colonnes.next()?, colonnes.next()?);
            Some((terme.to_owned(), identifiants.to_owned()))
        })
        .flat_map(|(terme, identifiants)| {
            let noms: Vec<_> =
                identifiants.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            noms.into_iter().map(move |nom| (terme.clone(), nom))
        })
        .collect()
}

/// Tous les mots du code, des requêtes et des données.
fn mots_du_code() -> BTreeSet<String> {
    fichiers("crates", &["rs", "sql", "toml"])
        .iter()
        .filter(|fichier| !fichier.chemin.contains("/tests/"))
        .flat_map(|fichier| {
            let mots = fichier.texte.split(|c: char| !c.is_alphanumeric() && c != '_');
            mots.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn le_lexique_se_lit() {
    let tableau = "| terme | identifiant | anglais |\n|---|---|---|\n\
                   | dossier | `Dossier`, `DossierId` | case file |\n| parquet | — | prosecutor |\n";
    let attendus = ["Dossier", "DossierId"].map(|nom| ("dossier".to_owned(), nom.to_owned()));
    assert_eq!(promis(tableau), attendus);
}

#[test]
fn chaque_nom_du_lexique_existe_dans_le_code() {
    let lexique = fs::read_to_string(racine().join("docs/lexique.md")).expect("docs/lexique.md");
    let promis = promis(&lexique);
    assert!(promis.len() > 30, "le lexique est presque vide");
    let mots = mots_du_code();
    let defauts: Vec<_> = promis
        .iter()
        .filter(|(_, nom)| !mots.contains(nom))
        .map(|(terme, nom)| format!("{terme} : `{nom}` n'est pas dans le code"))
        .collect();
    aucun(&defauts);
}
