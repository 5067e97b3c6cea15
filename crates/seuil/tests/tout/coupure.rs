//! Une coupure ne perd ni ne double une ligne : processus tués, envois en même temps, disque plein.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, iter};

use epreuves::Dossier;
use serde_json::Value;

use crate::programme::{executer, lignes_json};

const JOUR: &str = "2026-11-21";

/// Un fichier de commandements, une personne par ligne.
fn fichier(dossier: &Dossier, nombre: usize) -> PathBuf {
    let mut texte = "N° acte;Étude;Date du CDP;Qualité du bailleur;Bailleur;NOM locataire;Prénom locataire;Né(e) le;Adresse du logement;CP;Ville;Dette locative (€);Impayé depuis le\n".to_owned();
    let communes =
        [("62000", "ARRAS"), ("62300", "LENS"), ("62100", "CALAIS"), ("62400", "BETHUNE")];
    for n in 0..nombre {
        let (code, ville) = communes[n % communes.len()];
        writeln!(
            texte,
            "K-{n:05};SCP Hanot;15/01/2026;particulier;Paul Tanchon;{};{};{:02}/{:02}/19{:02};{} rue des Tilleuls;{code};{ville};2315,80;01/07/2025",
            nom(n), nom(n / 7 + 3), n % 28 + 1, n % 12 + 1, n % 60 + 30, n % 180 + 1
        )
        .expect("une chaîne s'allonge");
    }
    let chemin = dossier.chemin().join("commandements.csv");
    fs::write(&chemin, texte).expect("le fichier s'écrit");
    chemin
}

/// Un nom de syllabes : deux numéros proches ne se ressemblent pas.
fn nom(n: usize) -> String {
    const SYLLABES: [&str; 16] = [
        "BA", "CE", "DI", "FO", "GU", "LAN", "MER", "NIN", "PON", "QUE", "RAS", "SEL", "TIR",
        "VOL", "WAT", "ZEN",
    ];
    let melange = n.wrapping_mul(40_503) % 65_536;
    iter::successors(Some(melange), |reste| Some(reste / 16))
        .take(4)
        .map(|reste| SYLLABES[reste % 16])
        .collect()
}

fn recevoir(base: &str, fichier: &Path) -> Command {
    let mut commande = Command::new(env!("CARGO_BIN_EXE_seuil"));
    commande
        .args(["recevoir", "--json", "--base", base, "--a-la-date", JOUR])
        .arg(fichier)
        .stdin(Stdio::null());
    commande
}

fn base(dossier: &Dossier) -> String {
    format!("sqlite:{}", dossier.chemin().join("seuil.db").display())
}

/// Le nombre de dossiers que `seuil verifier` rejoue, sans défaut.
fn dossiers_verifies(base: &str) -> u64 {
    let verification = executer(&["verifier", "--json", "--base", base]);
    assert_eq!(verification.code, 0, "{verification:?}");
    let lu: Value = serde_json::from_str(&verification.sortie).expect("un objet");
    assert_eq!(lu["defauts"], serde_json::json!([]));
    lu["dossiers"].as_u64().expect("un nombre")
}

/// Une suite de nombres tirée d'une graine : l'essai se rejoue avec la même.
struct Hasard(u64);

impl Hasard {
    fn sous(&mut self, borne: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % borne
    }
}

/// Laisse vivre le processus ce temps-là, ou moins s'il finit avant. Dit s'il a fini.
fn laisser_vivre(processus: &mut Child, temps: Duration) -> bool {
    let depart = Instant::now();
    while depart.elapsed() < temps {
        if processus.try_wait().expect("un processus se surveille").is_some() {
            return true;
        }
        thread::sleep(Duration::from_millis(2));
    }
    false
}

fn references(lignes: &[Value]) -> Vec<String> {
    lignes.iter().filter_map(|l| l["reference"].as_str().map(str::to_owned)).collect()
}

#[test]
fn cinquante_coupures_ne_perdent_ni_ne_doublent_une_ligne() {
    const COUPURES: u32 = 50;
    const LIGNES: usize = 5_000;
    let graine = std::time::UNIX_EPOCH.elapsed().map_or(1, |d| d.subsec_nanos().into()) | 1;
    eprintln!("graine : {graine}");
    let mut hasard = Hasard(graine);
    let mut coupures = 0;
    // Une machine rapide finit le fichier avant la cinquantième coupure : elle recommence.
    while coupures < COUPURES {
        let dossier = Dossier::neuf("coupures");
        let fichier = fichier(&dossier, LIGNES);
        let base = base(&dossier);
        while coupures < COUPURES {
            let mut processus = recevoir(&base, &fichier)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("seuil se lance");
            // Du démarrage au milieu d'un lot : chaque instant a sa chance.
            let vie = Duration::from_millis(hasard.sous(400));
            if laisser_vivre(&mut processus, vie) {
                break;
            }
            processus.kill().expect("SIGKILL part");
            processus.wait().expect("le processus finit");
            coupures += 1;
        }
        let derniere = recevoir(&base, &fichier).output().expect("seuil finit");
        assert_eq!(derniere.status.code(), Some(0), "{}", message(&derniere));
        verifier_une_fois_chacune(&base, &fichier, LIGNES);
    }
    eprintln!("{coupures} coupures");
}

/// Chaque ligne du fichier est au registre une fois, dans l'ordre ; la base se relit sans défaut.
fn verifier_une_fois_chacune(base: &str, fichier: &Path, nombre: usize) {
    let relu = recevoir(base, fichier).output().expect("seuil finit");
    let lignes = lignes_json(&String::from_utf8_lossy(&relu.stdout));
    let attendues: Vec<String> = (0..nombre).map(|n| format!("K-{n:05}")).collect();
    assert_eq!(references(&lignes), attendues, "les lignes du fichier, chacune une fois");
    let dossiers: BTreeSet<&str> = lignes.iter().filter_map(|l| l["dossier"].as_str()).collect();
    assert_eq!(dossiers_verifies(base), dossiers.len() as u64, "aucun dossier de trop");
    assert_eq!(dossiers.len(), nombre, "un ménage, un dossier");
}

#[test]
fn le_meme_fichier_envoye_deux_fois_en_meme_temps_ne_compte_qu_une_fois() {
    const LIGNES: usize = 600;
    for essai in 0..2 {
        let dossier = Dossier::neuf("ensemble");
        let fichier = fichier(&dossier, LIGNES);
        let base = base(&dossier);
        let deux: Vec<Child> = iter::repeat_with(|| {
            recevoir(&base, &fichier)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("seuil se lance")
        })
        .take(2)
        .collect();
        for processus in deux {
            let fini = processus.wait_with_output().expect("seuil finit");
            assert!(fini.status.success(), "essai {essai} : {}", message(&fini));
        }
        verifier_une_fois_chacune(&base, &fichier, LIGNES);
    }
}

fn message(sortie: &Output) -> String {
    String::from_utf8_lossy(&sortie.stderr).into_owned()
}

/// Reçoit sur un disque trop petit, puis agrandi. Le disque est un système de fichiers en mémoire
/// qui n'existe que pour ce script ; là où la machine l'interdit, une taille de fichier bornée.
const DISQUE: &str = r#"
fichier=$1; base=$2; seuil=$3; jour=$4
recevoir() { "$seuil" recevoir --json --base "sqlite:$base/seuil.db" --a-la-date "$jour" "$fichier"; }
if mount -t tmpfs -o size=4m tmpfs "$base" 2>/dev/null; then
    recevoir >/dev/null; echo "plein $?"
    mount -o remount,size=400m "$base"
else
    (trap '' XFSZ; ulimit -f 4096; recevoir >/dev/null; echo "borne $?")
fi
"$seuil" verifier --base "sqlite:$base/seuil.db" >&2; echo "verifier $?"
recevoir >/dev/null; echo "recevoir $?"
cp "$base"/seuil.db* "$base/.."
"#;

#[test]
fn un_disque_plein_se_dit_et_la_reception_finit_quand_il_y_a_de_la_place() {
    const LIGNES: usize = 1_500;
    let dossier = Dossier::neuf("plein");
    let fichier = fichier(&dossier, LIGNES);
    let disque = dossier.chemin().join("disque");
    fs::create_dir(&disque).expect("le point de montage se crée");
    let isole = Command::new("unshare").args(["-rm", "true"]).output();
    let isole = isole.is_ok_and(|essai| essai.status.success());
    let mut script = if isole {
        let mut script = Command::new("unshare");
        script.args(["-rm", "sh"]);
        script
    } else {
        Command::new("sh")
    };
    let fini = script
        .args(["-c", DISQUE, "sh"])
        .args([&fichier, &disque])
        .args([env!("CARGO_BIN_EXE_seuil"), JOUR])
        .output()
        .expect("le script finit");
    let (etapes, dit) = (String::from_utf8_lossy(&fini.stdout), message(&fini));
    let attendu = match etapes.lines().next() {
        Some("plein 1") => "Le disque de la base est plein",
        Some("borne 1") => "Rien n'a été enregistré à moitié",
        sinon => panic!("la réception devait échouer : {sinon:?}\n{dit}"),
    };
    assert!(dit.contains(attendu), "{dit}");
    assert!(!dit.contains("panicked"), "{dit}");
    assert!(etapes.ends_with("verifier 0\nrecevoir 0\n"), "{etapes}\n{dit}");
    verifier_une_fois_chacune(&base(&dossier), &fichier, LIGNES);
}
