//! Qui peut dépendre de qui. Les flèches descendent ; en ajouter une se décide ici.

use std::fs;

use super::{aucun, racine};

const FLECHES: &[(&str, &[&str])] = &[
    (
        "seuil",
        &[
            "web",
            "oidc",
            "usages",
            "stockage",
            "documents",
            "tableur",
            "ccapex",
            "territoire",
            "droit",
        ],
    ),
    ("web", &["usages", "oidc", "ccapex", "territoire", "droit"]),
    ("usages", &["stockage", "documents", "tableur", "ccapex", "territoire", "droit"]),
    ("stockage", &["ccapex", "droit"]),
    ("documents", &["ccapex", "droit"]),
    ("ccapex", &["territoire", "droit"]),
    ("tableur", &[]),
    ("oidc", &[]),
    ("territoire", &[]),
    ("droit", &[]),
    // L'outillage des essais : personne n'en dépend, sinon pour ses tests.
    ("epreuves", &[]),
];

/// Les flèches de trop d'un crate, d'après son `Cargo.toml`.
fn fleches_interdites(crate_: &str, cargo_toml: &str) -> Vec<String> {
    let permises = FLECHES.iter().find(|(nom, _)| *nom == crate_).map_or(&[][..], |(_, vers)| vers);
    let manifeste: toml::Table = cargo_toml.parse().expect("Cargo.toml lisible");
    ["dependencies", "build-dependencies"]
        .iter()
        .filter_map(|section| manifeste.get(*section)?.as_table())
        .flat_map(toml::Table::keys)
        .filter(|nom| FLECHES.iter().any(|(maison, _)| maison == nom))
        .filter(|nom| !permises.contains(&nom.as_str()))
        .map(|nom| format!("{crate_} ne peut pas dépendre de {nom}"))
        .collect()
}

/// Chaque crate du dépôt : son nom et son `Cargo.toml`.
fn crates() -> Vec<(String, String)> {
    let mut crates: Vec<_> = fs::read_dir(racine().join("crates"))
        .expect("le dossier crates se lit")
        .map(|entree| entree.expect("l'entrée se lit"))
        .filter_map(|entree| {
            let manifeste = fs::read_to_string(entree.path().join("Cargo.toml")).ok()?;
            Some((entree.file_name().to_string_lossy().into_owned(), manifeste))
        })
        .collect();
    crates.sort();
    crates
}

#[test]
fn le_droit_ne_connait_personne() {
    let defauts =
        fleches_interdites("droit", "[dependencies]\njiff = \"0.2\"\nccapex.workspace = true\n");
    assert_eq!(defauts, ["droit ne peut pas dépendre de ccapex"]);
}

#[test]
fn l_outillage_des_essais_ne_sert_qu_aux_essais() {
    let manifeste = "[dependencies]\nepreuves.workspace = true\n";
    assert_eq!(fleches_interdites("web", manifeste), ["web ne peut pas dépendre de epreuves"]);
    let manifeste = "[dev-dependencies]\nepreuves.workspace = true\n";
    assert_eq!(fleches_interdites("web", manifeste), Vec::<String>::new());
}

#[test]
fn les_fleches_ne_remontent_jamais() {
    let defauts: Vec<_> =
        crates().iter().flat_map(|(nom, cargo_toml)| fleches_interdites(nom, cargo_toml)).collect();
    aucun(&defauts);
}

#[test]
fn chaque_crate_a_ses_fleches_et_les_lints_de_la_maison() {
    let crates = crates();
    let mut noms: Vec<_> = crates.iter().map(|(nom, _)| nom.as_str()).collect();
    let mut attendus: Vec<_> = FLECHES.iter().map(|(nom, _)| *nom).collect();
    noms.sort_unstable();
    attendus.sort_unstable();
    assert_eq!(noms, attendus);

    let defauts: Vec<_> = crates
        .iter()
        .filter(|(_, cargo_toml)| !cargo_toml.contains("[lints]\nworkspace = true"))
        .map(|(nom, _)| format!("{nom} : il manque `[lints] workspace = true`"))
        .collect();
    aucun(&defauts);
}
