//! Ce que le programme emporte : des licences connues, aucune bibliothèque refusée.
//!
//! Sans réseau : les avis de sécurité, eux, se lisent avec `cargo deny check` (voir `deny.toml` et
//! `docs/securite.md`). Aucun registre de paquets ne les porte, un essai hors ligne ne peut pas les connaître.

use std::collections::BTreeMap;
use std::{fs, process::Command};

use serde_json::Value;

use super::{aucun, racine};

/// Les licences que l'EUPL-1.2 laisse emporter. La même liste est dans `deny.toml`.
const PERMISES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Les crates refusés, et ce qui les remplace.
const REFUSES: &[(&str, &str)] = &[
    ("openssl", "rustls"),
    ("openssl-sys", "rustls"),
    ("native-tls", "rustls"),
    ("aws-lc-sys", "ring"),
    ("chrono", "jiff"),
    ("rusqlite", "sqlx"),
];

/// D'où vient tout ce qui n'est pas écrit ici.
const REGISTRE: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Ce que deux dépendances veulent en deux versions. Un correctif doit alors entrer deux fois : la liste se lit
/// avec celle des avis.
const DOUBLES: &[&str] = &[
    "base64",
    "block-buffer",
    "cookie",
    "cpufeatures",
    "crypto-common",
    "digest",
    "fearless_simd",
    "getrandom",
    "hashbrown",
    "hayro-ccitt",
    "http",
    "icu_collections",
    "icu_provider",
    "icu_segmenter",
    "icu_segmenter_data",
    "litemap",
    "miniz_oxide",
    "quick-xml",
    "r-efi",
    "rand",
    "rand_core",
    "roxmltree",
    "serde_spanned",
    "sha2",
    "syn",
    "synstructure",
    "thiserror",
    "thiserror-impl",
    "tinystr",
    "toml",
    "toml_datetime",
    "vello_common",
    "windows-sys",
    "winnow",
    "writeable",
    "yoke",
    "yoke-derive",
    "zerovec",
    "zerovec-derive",
];

/// Un paquet de Cargo.lock.
struct Paquet {
    nom: String,
    version: String,
    source: String,
    empreinte: String,
}

fn paquets_du_verrou() -> Vec<Paquet> {
    let texte = fs::read_to_string(racine().join("Cargo.lock")).expect("Cargo.lock est versé");
    let verrou: toml::Table = texte.parse().expect("Cargo.lock se lit");
    let champ = |paquet: &toml::Value, nom: &str| {
        paquet.get(nom).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
    };
    let paquets = verrou["package"].as_array().expect("des paquets").iter();
    paquets
        .map(|paquet| Paquet {
            nom: champ(paquet, "name"),
            version: champ(paquet, "version"),
            source: champ(paquet, "source"),
            empreinte: champ(paquet, "checksum"),
        })
        .collect()
}

/// Une expression SPDX laisse-t-elle un choix permis ? `AND` lie plus fort que `OR`.
fn permise(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mots: Vec<_> = expression.split_whitespace().collect();
    let (permise, reste) = ou(&mots);
    permise && reste.is_empty()
}

fn ou<'a>(mots: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    let (mut permise, mut reste) = et(mots);
    while let ["OR", suite @ ..] = reste {
        let (autre, apres) = et(suite);
        (permise, reste) = (permise || autre, apres);
    }
    (permise, reste)
}

fn et<'a>(mots: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    let (mut permise, mut reste) = une(mots);
    while let ["AND", suite @ ..] = reste {
        let (autre, apres) = une(suite);
        (permise, reste) = (permise && autre, apres);
    }
    (permise, reste)
}

fn une<'a>(mots: &'a [&'a str]) -> (bool, &'a [&'a str]) {
    match mots {
        ["(", suite @ ..] => match ou(suite) {
            (permise, [")", reste @ ..]) => (permise, reste),
            (_, reste) => (false, reste),
        },
        [nom, "WITH", exception, reste @ ..] => {
            (PERMISES.contains(&format!("{nom} WITH {exception}").as_str()), reste)
        }
        [nom, reste @ ..] => (PERMISES.contains(nom), reste),
        [] => (false, &[]),
    }
}

/// Les crates que le programme et ses essais emportent sur cette machine, d'après cargo.
fn dependances() -> Vec<Value> {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc se lance");
    let rustc = String::from_utf8_lossy(&rustc.stdout).into_owned();
    let machine =
        rustc.lines().find_map(|l| l.strip_prefix("host: ")).expect("rustc dit sa machine");
    let sortie = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .args(["--filter-platform", machine])
        .current_dir(racine())
        .output()
        .expect("cargo se lance");
    assert!(sortie.status.success(), "{}", String::from_utf8_lossy(&sortie.stderr));
    let metadonnees: Value = serde_json::from_slice(&sortie.stdout).expect("cargo rend du JSON");
    let paquets = metadonnees["packages"].as_array().expect("des paquets");
    let noeuds = metadonnees["resolve"]["nodes"].as_array().expect("un graphe");
    let retenus: Vec<_> = noeuds.iter().map(|noeud| &noeud["id"]).collect();
    paquets.iter().filter(|paquet| retenus.contains(&&paquet["id"])).cloned().collect()
}

#[rustfmt::skip]
#[test]
fn une_licence_se_juge_sur_le_choix_qu_elle_laisse() {
    for (expression, attendu) in [
        ("MIT",                                true),
        ("MIT/Apache-2.0",                     true),
        ("MIT OR GPL-3.0-only",                true),
        ("MIT AND GPL-3.0-only",               false),
        ("(MIT OR GPL-3.0-only) AND ISC",      true),
        ("GPL-3.0-only OR MIT AND ISC",        true),
        ("Apache-2.0 WITH LLVM-exception",     true),
        ("GPL-2.0 WITH Classpath-exception-2.0", false),
        ("AGPL-3.0-only",                      false),
        ("",                                   false),
    ] {
        assert_eq!(permise(expression), attendu, "{expression}");
    }
}

#[test]
fn chaque_dependance_a_une_licence_permise() {
    let defauts: Vec<_> = dependances()
        .iter()
        .filter(|paquet| !paquet["license"].as_str().is_some_and(permise))
        .map(|paquet| {
            format!("{} : licence {}, à lire et à décider", paquet["name"], paquet["license"])
        })
        .collect();
    aucun(&defauts);
}

#[test]
fn aucune_bibliotheque_refusee_n_est_emportee() {
    let verrou = fs::read_to_string(racine().join("Cargo.lock")).expect("Cargo.lock est versé");
    let defauts: Vec<_> = REFUSES
        .iter()
        .filter(|(nom, _)| verrou.contains(&format!("name = \"{nom}\"\n")))
        .map(|(nom, sinon)| format!("{nom} est refusé : {sinon} le remplace"))
        .collect();
    aucun(&defauts);
}

#[test]
fn chaque_dependance_vient_du_registre_public_avec_son_empreinte() {
    let mut defauts = Vec::new();
    for paquet in paquets_du_verrou() {
        let du_depot = racine().join("crates").join(&paquet.nom).is_dir();
        match (du_depot, paquet.source.as_str()) {
            (true, "") => {}
            (false, REGISTRE) if paquet.empreinte.len() == 64 => {}
            (_, source) => defauts.push(format!(
                "{} {} vient de « {source} » : seul le registre public, avec une empreinte, est permis",
                paquet.nom, paquet.version
            )),
        }
    }
    aucun(&defauts);
}

#[test]
fn aucune_dependance_n_entre_deux_fois_sans_qu_on_le_sache() {
    let mut versions = BTreeMap::<String, Vec<String>>::new();
    for paquet in paquets_du_verrou() {
        versions.entry(paquet.nom).or_default().push(paquet.version);
    }
    let doubles: BTreeMap<_, _> =
        versions.into_iter().filter(|(_, versions)| versions.len() > 1).collect();
    let mut defauts: Vec<_> = doubles
        .iter()
        .filter(|(nom, _)| !DOUBLES.contains(&nom.as_str()))
        .map(|(nom, versions)| {
            format!(
                "{nom} entre en {} : accordez les versions, ou ajoutez-le à DOUBLES",
                versions.join(" et ")
            )
        })
        .collect();
    defauts.extend(
        DOUBLES
            .iter()
            .filter(|nom| !doubles.contains_key(**nom))
            .map(|nom| format!("{nom} n'est plus double : retirez-le de DOUBLES")),
    );
    aucun(&defauts);
}

#[test]
fn cargo_lock_est_verse_au_depot() {
    if racine().join(".git").exists() {
        let suivi = Command::new("git")
            .args(["ls-files", "--error-unmatch", "Cargo.lock"])
            .current_dir(racine())
            .output()
            .expect("git se lance");
        assert!(suivi.status.success(), "versez Cargo.lock : git add Cargo.lock");
    }
}

#[test]
fn deny_toml_dit_les_memes_licences() {
    let texte = fs::read_to_string(racine().join("deny.toml")).expect("deny.toml");
    let deny: toml::Table = texte.parse().expect("deny.toml se lit");
    let permises: Vec<_> = deny["licenses"]["allow"]
        .as_array()
        .expect("licenses.allow")
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    assert_eq!(permises, PERMISES);
}
