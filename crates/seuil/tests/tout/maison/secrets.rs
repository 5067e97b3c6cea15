//! Aucun secret au dépôt : ni clé privée, ni jeton d'un service, ni mot de passe d'une base, ni suite au hasard.
//!
//! Un secret versé une fois l'est pour toujours : le retirer ne suffit pas, il se change.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::{aucun, parcourir, racine};

/// Ce qui commence ainsi est un secret d'un service connu.
const DEBUTS: &[(&str, &str)] = &[
    ("-----BEGIN PRIVATE", "une clé privée"),
    ("-----BEGIN RSA PRIVATE", "une clé privée"),
    ("-----BEGIN EC PRIVATE", "une clé privée"),
    ("-----BEGIN OPENSSH PRIVATE", "une clé privée"),
    ("-----BEGIN ENCRYPTED PRIVATE", "une clé privée"),
    ("-----BEGIN PGP PRIVATE", "une clé privée"),
    ("AGE-SECRET-KEY-", "une clé privée"),
    ("AKIA", "une clé d'accès à un nuage"),
    ("ASIA", "une clé d'accès à un nuage"),
    ("AIza", "une clé d'interface"),
    ("ghp_", "un jeton de forge"),
    ("gho_", "un jeton de forge"),
    ("ghs_", "un jeton de forge"),
    ("github_pat_", "un jeton de forge"),
    ("glpat-", "un jeton de forge"),
    ("npm_", "un jeton de registre"),
    ("pypi-", "un jeton de registre"),
    ("seuil_", "une clé de l'interface de Seuil"),
    ("xoxb-", "un jeton de messagerie"),
    ("xoxp-", "un jeton de messagerie"),
    ("sk_live_", "une clé de paiement"),
    ("SG.", "une clé d'envoi de courriels"),
    ("eyJhbGciOi", "un jeton signé"),
];

/// Un secret de service est plus long que son début.
const SUITE: usize = 16;

/// Une suite au hasard : à partir de cette longueur, et d'autant de bits par caractère.
const LONGUEUR: usize = 32;
const BITS: f64 = 4.5;
/// En hexadécimal, seize chiffres ne peuvent pas dépasser quatre bits.
const LONGUEUR_HEXADECIMALE: usize = 40;
const BITS_HEXADECIMAUX: f64 = 3.5;

/// Ce qui ressemble à un secret sans en être un, et pourquoi. Une ligne de trop échoue aussi.
const PERMIS: &[(&str, &str, &str)] = &[
    ("crates/stockage/tests/tout/sql.rs", "secret", "l'essai vérifie que ce mot ne se montre pas"),
    ("crates/stockage/tests/tout/sql.rs", "se@cret", "l'essai vérifie que ce mot ne se montre pas"),
    (
        "crates/usages/src/courriers/expedier.rs",
        "secret",
        "la forme d'une adresse, dans sa documentation",
    ),
    (
        "crates/web/tests/tout/reprise.rs",
        "seuil_session=inconnue",
        "le nom d'un cookie, et une valeur qui n'ouvre rien",
    ),
];

/// Ce qui ne porte que des empreintes publiques, les graines d'essais tirés au hasard, et cette liste.
const EMPREINTES: &[&str] = &[
    "Cargo.lock",
    "package-lock.json",
    "proptest-regressions/",
    "maison/secrets.rs",
    "scripts/essais-python.txt",
];

fn de_secret(lettre: char) -> bool {
    lettre.is_ascii_alphanumeric() || "+/=_-".contains(lettre)
}

/// Les bits que porte chaque caractère, d'après leur répartition.
#[expect(clippy::float_arithmetic, reason = "une entropie n'est pas une somme d'argent")]
fn entropie(mot: &str) -> f64 {
    let mut comptes = BTreeMap::<u8, f64>::new();
    for octet in mot.bytes() {
        *comptes.entry(octet).or_default() += 1.0;
    }
    let total: f64 = comptes.values().sum();
    comptes.values().map(|n| -(n / total) * (n / total).log2()).sum()
}

fn au_hasard(mot: &str) -> bool {
    if mot.bytes().all(|o| o.is_ascii_hexdigit()) {
        return mot.len() >= LONGUEUR_HEXADECIMALE && entropie(mot) >= BITS_HEXADECIMAUX;
    }
    // Un chemin, une adresse, un identifiant du code : des mots séparés, peu de chiffres.
    let mele = |classe: fn(&u8) -> bool| mot.bytes().filter(classe).count() >= 3;
    mot.len() >= LONGUEUR
        && mele(u8::is_ascii_uppercase)
        && mele(u8::is_ascii_lowercase)
        && mele(u8::is_ascii_digit)
        && entropie(mot) >= BITS
}

/// Le mot de passe d'une adresse de base ou de serveur : « schema://nom:{secret}@serveur ».
fn mot_de_passe_d_adresse(apres: &str) -> Option<&str> {
    let autorite = apres.split(['/', '"', '\'', '`', ' ', '?', ')', ']']).next()?;
    let (personne, _) = autorite.rsplit_once('@')?;
    let (_, secret) = personne.split_once(':')?;
    let est_un_gabarit = secret.is_empty() || secret.contains(['{', '<', '$', '…']);
    (!est_un_gabarit).then_some(secret)
}

/// Ce qui ressemble à un secret dans une ligne, et ce que c'est.
fn secrets(ligne: &str) -> Vec<(String, &'static str)> {
    let mut trouves = Vec::new();
    for (debut, quoi) in DEBUTS {
        for (place, _) in ligne.match_indices(debut) {
            let isole = ligne[..place].chars().next_back().is_none_or(|c| !de_secret(c));
            let suite = &ligne[place + debut.len()..];
            let longueur = suite.chars().take_while(|c| de_secret(*c) || *c == '.').count();
            if isole && (longueur >= SUITE || debut.starts_with("-----")) {
                trouves.push((ligne[place..].chars().take(60).collect(), *quoi));
            }
        }
    }
    for mot in ligne.split(|c| !de_secret(c)).filter(|mot| au_hasard(mot)) {
        trouves.push((mot.to_owned(), "une suite au hasard"));
    }
    for secret in ligne.split("://").skip(1).filter_map(mot_de_passe_d_adresse) {
        trouves.push((secret.to_owned(), "le mot de passe d'une adresse"));
    }
    trouves
}

#[test]
fn aucun_fichier_du_depot_ne_porte_un_secret() {
    let mut defauts = Vec::new();
    let mut servis = vec![false; PERMIS.len()];
    parcourir(racine(), &mut |chemin: PathBuf| {
        let court = chemin.strip_prefix(racine()).expect("sous la racine").display().to_string();
        let octets = fs::read(&chemin).expect("le fichier se lit");
        // Une police, un tableur : leurs octets n'ont pas de lignes.
        if EMPREINTES.iter().any(|e| court.contains(e)) || octets.contains(&0) {
            return;
        }
        for (n, ligne) in String::from_utf8_lossy(&octets).lines().enumerate() {
            for (secret, quoi) in secrets(ligne) {
                let permis = PERMIS
                    .iter()
                    .position(|(ou, debut, _)| court == *ou && secret.starts_with(debut));
                match permis {
                    Some(rang) => servis[rang] = true,
                    None => defauts.push(format!(
                        "{court}:{} porte {quoi} : {}… — retirez-la et changez-la là où elle sert, ou dites dans PERMIS pourquoi ce n'en est pas un",
                        n + 1,
                        secret.chars().take(12).collect::<String>()
                    )),
                }
            }
        }
    });
    for ((ou, debut, _), servi) in PERMIS.iter().zip(servis) {
        if !servi {
            defauts.push(format!("PERMIS garde {ou} « {debut} », qui n'y est plus"));
        }
    }
    aucun(&defauts);
}

#[test]
fn un_secret_se_reconnait_et_un_nom_long_n_en_est_pas_un() {
    // Composés ici : écrits entiers, ils feraient échouer la règle.
    let hasard: String = ('a'..='p')
        .zip('K'..='Z')
        .zip(('0'..='9').cycle())
        .flat_map(|((a, b), c)| [a, b, c])
        .collect();
    let hexadecimal: String = (0_u32..64).map(|n| format!("{:x}", n * 11 % 16)).collect();
    for (ligne, quoi) in [
        (format!("{}KEY-----", "-----BEGIN PRIVATE "), "une clé privée"),
        (format!("cle = {}{}", "AKIA", "QWERTYUIOPASDFGH"), "une clé d'accès à un nuage"),
        (format!("jeton: {}{hasard}", "ghp_"), "un jeton de forge"),
        (format!("let cle = \"{hasard}\";"), "une suite au hasard"),
        (format!("let cle = \"{hexadecimal}\";"), "une suite au hasard"),
        (format!("postgres://seuil:{}@serveur/seuil", "vrai"), "le mot de passe d'une adresse"),
    ] {
        assert!(secrets(&ligne).iter().any(|(_, q)| *q == quoi), "{ligne} : {:?}", secrets(&ligne));
    }
    for ligne in [
        "async fn une_demande_d_effacement_se_motive_s_annonce_et_s_execute_en_un_mois() {}",
        "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000032770060",
        "postgres://seuil@serveur/seuil",
        "postgres://{nom}:{secret}@serveur/seuil",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ] {
        assert_eq!(secrets(ligne), [], "{ligne}");
    }
}
