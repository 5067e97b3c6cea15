//! La ligne de commande, comme une personne ou un autre programme s'en sert.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use epreuves::Dossier;
use serde_json::{Value, json};

use crate::programme::{Execution, du_depot, executer, lignes_json};

const JOUR: &str = "2026-11-21";

/// Une base dans un dossier neuf, et de quoi y lancer des commandes.
struct Bureau {
    dossier: Dossier,
    base: String,
}

impl Bureau {
    fn neuf() -> Self {
        let dossier = Dossier::neuf("bureau");
        let base = format!("sqlite:{}", dossier.chemin().join("seuil.db").display());
        Self { dossier, base }
    }

    fn avec_trois_notices() -> Self {
        let bureau = Self::neuf();
        bureau.reussir(&["recevoir", &exemple("variantes/cdp-fins-de-ligne-lf.csv")]);
        bureau
    }

    fn chemin(&self, nom: &str) -> String {
        self.dossier.chemin().join(nom).display().to_string()
    }

    fn executer(&self, arguments: &[&str]) -> Execution {
        executer(&[arguments, &["--base", &self.base, "--a-la-date", JOUR]].concat())
    }

    fn reussir(&self, arguments: &[&str]) -> String {
        let execution = self.executer(arguments);
        assert_eq!(execution.code, 0, "{arguments:?} : {}", execution.messages);
        execution.sortie
    }

    fn refuser(&self, arguments: &[&str], dit: &str) {
        let execution = self.executer(arguments);
        assert_eq!(execution.code, 1, "{arguments:?} : {execution:?}");
        let tout = format!("{}{}", execution.sortie, execution.messages);
        assert!(tout.contains(dit), "{arguments:?} : {tout}");
    }
}

fn exemple(nom: &str) -> String {
    du_depot("exemples").join(nom).display().to_string()
}

/// Les noms de l'objet, dans l'ordre alphabétique.
fn noms(objet: &Value) -> Vec<&str> {
    objet.as_object().expect("un objet").keys().map(String::as_str).collect()
}

#[test]
fn chaque_regle_repond_a_son_propre_exemple() {
    let regles = lignes_json(&executer(&["regles", "--json", "--au", JOUR]).sortie);
    assert!(regles.len() > 120, "{} règles", regles.len());
    let (mut datees, mut defauts) = (0, Vec::new());
    for regle in &regles {
        let nom = regle["regle"].as_str().expect("un nom");
        let exemple = regle["exemple"].as_str().expect("un exemple");
        let mut demande = vec!["delai", nom, "--json", "--a-la-date", JOUR];
        demande.extend(exemple.split_whitespace());
        let execution = executer(&demande);
        if execution.code != 0 {
            defauts.push(format!("{nom} {exemple} : {}", execution.messages));
            continue;
        }
        let resultat: Value = serde_json::from_str(&execution.sortie).expect("un objet");
        assert_eq!(resultat["regle"], nom);
        assert!(!resultat["motifs"].as_array().expect("des motifs").is_empty(), "{nom} sans motif");
        datees += usize::from(resultat["retenue"].is_string());
    }
    assert!(defauts.is_empty(), "{}", defauts.join("\n"));
    assert!(datees > 30, "{datees} règles seulement donnent une date");
}

#[test]
fn le_delai_du_commandement_se_lit_comme_le_contrat_le_dit() {
    let demande = ["delai", "delai_commandement_de_payer", "--json", "--depuis", "2026-01-15"];
    let faits = ["--fait", "date_bail=2024-05-01"];
    let execution = executer(&[&demande[..], &faits[..]].concat());
    let lu: Value = serde_json::from_str(&execution.sortie).expect("un objet");
    for (nom, attendu) in [
        ("depuis", json!("2026-01-15")),
        ("valeur", json!("6 semaines")),
        ("brute", json!("2026-02-26")),
        ("prorogee", json!("2026-02-26")),
        ("retenue", json!("2026-02-26")),
        ("premier_jour_possible", json!("2026-02-27")),
    ] {
        assert_eq!(lu[nom], attendu, "{nom}");
    }
    assert_eq!(lu["version"]["du"], "2023-07-29");
    assert_eq!(lu["version"]["au"], Value::Null);
}

#[test]
fn le_code_de_sortie_dit_fait_refuse_ou_mal_demande() {
    let bureau = Bureau::neuf();
    #[rustfmt::skip]
    let cas: [(i32, &[&str]); 10] = [
        (0, &["regles"]),
        (0, &["verifier"]),
        (1, &["delai", "regle_inconnue", "--depuis", "2026-01-15"]),
        (1, &["delai", "delai_commandement_de_payer", "--depuis", "2026-02-30"]),
        (1, &["recevoir", "nulle-part.csv"]),
        (1, &["dossier", "62-2026-999999"]),
        (2, &["recevoir"]),
        (2, &["recevoir", "a.csv", "--nature", "autre"]),
        (2, &["commande_inconnue"]),
        (2, &["echeances", "--jusqu-au", "demain"]),
    ];
    for (code, arguments) in cas {
        let execution = bureau.executer(arguments);
        assert_eq!(execution.code, code, "{arguments:?} : {}", execution.messages);
        let tout = execution.sortie + &execution.messages;
        assert!(!tout.contains("panicked"), "{arguments:?} : {tout}");
    }
}

#[test]
fn une_ligne_recue_donne_un_objet_aux_noms_du_contrat() {
    let bureau = Bureau::neuf();
    let sortie =
        bureau.reussir(&["recevoir", "--json", &exemple("variantes/cdp-fins-de-ligne-lf.csv")]);
    let lignes = lignes_json(&sortie);
    assert_eq!(lignes.len(), 3);
    let mut attendus = vec![
        "fichier",
        "ligne",
        "reference",
        "nature",
        "statut",
        "motif",
        "explication",
        "commune",
        "sous_commission",
        "service",
        "service_provisoire",
        "fin_delai",
        "dossier",
        "rapprochement",
        "candidats",
        "anomalies",
        "a_completer",
    ];
    attendus.sort_unstable();
    for ligne in &lignes {
        assert_eq!(noms(ligne), attendus);
    }
    assert_eq!(lignes[0]["ligne"], 2);
    assert_eq!(lignes[0]["statut"], "eligible");
    assert_eq!(lignes[0]["fin_delai"], json!({"brute": "2026-03-15", "prorogee": "2026-03-16"}));

    let encore =
        bureau.reussir(&["recevoir", "--json", &exemple("variantes/cdp-ordre-et-noms.csv")]);
    assert_eq!(lignes_json(&encore).len(), 3);
}

#[test]
fn un_fichier_refuse_en_entier_l_est_avec_sa_raison_et_les_autres_passent() {
    let bureau = Bureau::neuf();
    for entree in fs::read_dir(du_depot("exemples/variantes/refus")).expect("les refus") {
        let chemin = entree.expect("un fichier").path().display().to_string();
        let execution = bureau.executer(&["recevoir", "--json", &chemin]);
        assert_eq!(execution.code, 1, "{chemin}");
        let lignes = lignes_json(&execution.sortie);
        assert_eq!(lignes.len(), 1, "{chemin}");
        assert_eq!(noms(&lignes[0]), ["fichier", "motif", "ou", "statut"]);
        assert_eq!(lignes[0]["statut"], "refuse");
    }
    let ensemble = bureau.executer(&[
        "recevoir",
        "--json",
        &exemple("variantes/refus/vide.csv"),
        &exemple("variantes/cql.csv"),
    ]);
    assert_eq!(ensemble.code, 1);
    assert_eq!(lignes_json(&ensemble.sortie).len(), 3, "un refus, et deux lignes reçues");
}

#[test]
fn la_demonstration_refuse_une_base_existante_et_une_adresse_ouverte() {
    let bureau = Bureau::avec_trois_notices();
    bureau.refuser(&["demo"], "existe déjà");
    assert!(bureau.reussir(&["verifier", "--json"]).contains("\"dossiers\":3"), "rien n'a changé");
    let neuf = Bureau::neuf();
    neuf.refuser(&["demo", "--adresse", "0.0.0.0:0"], "locale");
    assert!(!Path::new(&neuf.chemin("seuil.db")).exists(), "rien ne s'est créé");
}

#[test]
fn lire_un_menage_depuis_le_serveur_s_inscrit_au_registre_comme_une_page() {
    let bureau = Bureau::avec_trois_notices();
    let lignes = || {
        let verifiee = bureau.reussir(&["verifier", "--json"]);
        lignes_json(&verifiee)[0]["acces"].as_u64().expect("le nombre de lignes du registre")
    };
    let lettres = bureau.chemin("lettres");
    for arguments in [
        &["dossier", "62-2026-000001"][..],
        &["echeances", "--jusqu-au", "2027-12-31"],
        &["courriers", "--vers", &lettres],
    ] {
        let avant = lignes();
        bureau.reussir(arguments);
        assert!(lignes() > avant, "{arguments:?} lit un ménage sans s'inscrire");
    }
    let avant = lignes();
    bureau.reussir(&["conservation"]);
    assert_eq!(lignes(), avant, "rien d'un ménage n'y est lu");
}

#[test]
fn les_fichiers_recus_sont_chiffres_par_une_cle_a_part_et_une_sauvegarde_le_dit() {
    let bureau = Bureau::avec_trois_notices();
    let cles = bureau.chemin("seuil.db.cles");
    let premiere = fs::read_to_string(&cles).expect("la clé est à côté de la base");
    let droits = fs::metadata(&cles).expect("la clé").permissions().mode();
    assert_eq!(droits & 0o077, 0, "personne d'autre ne la lit");
    let sauvegarde = bureau.chemin("sauvegarde");
    let dite = bureau.executer(&["sauvegarder", &sauvegarde]).messages;
    assert!(dite.contains("seuil.db.cles à part"), "{dite}");

    let changee = bureau.executer(&["cles", "changer"]);
    assert!(changee.messages.contains("1 fichiers chiffrés"), "{changee:?}");
    let neuves = fs::read_to_string(&cles).expect("les clés");
    let ancienne = premiere.lines().last().expect("une clé");
    assert!(neuves != premiere && neuves.contains(ancienne), "l'ancienne reste, derrière");
    bureau.reussir(&["recevoir", &exemple("variantes/cdp-fins-de-ligne-cr.csv")]);

    let autre = Bureau::neuf();
    let restauree = autre.executer(&["restaurer", &sauvegarde]).messages;
    assert!(restauree.contains("que ce trousseau n'a pas"), "{restauree}");
    let meilleure = Bureau::neuf();
    fs::write(meilleure.chemin("seuil.db.cles"), &premiere).expect("la clé gardée à part");
    let restauree = meilleure.executer(&["restaurer", &sauvegarde]).messages;
    assert!(!restauree.contains("trousseau"), "{restauree}");

    bureau.refuser(&["echeances", "--cles", &bureau.chemin("absent")], "ne se lit pas");
    fs::write(&cles, "abc").expect("une clé abîmée");
    bureau.refuser(&["echeances"], "La ligne 1 du fichier de clés n'est pas une clé");
    assert_eq!(bureau.reussir(&["cles", "nouvelle"]).trim().len(), 64);
}

#[test]
fn une_base_se_sauvegarde_se_restaure_se_verifie_et_se_reconstruit() {
    let bureau = Bureau::avec_trois_notices();
    let avant = bureau.reussir(&["dossier", "62-2026-000001", "--json"]);
    let sauvegarde = bureau.chemin("sauvegarde");
    bureau.reussir(&["sauvegarder", &sauvegarde]);

    let autre = Bureau::neuf();
    autre.reussir(&["restaurer", &sauvegarde]);
    assert!(autre.reussir(&["verifier", "--json"]).contains("\"dossiers\":3"));
    assert_eq!(autre.reussir(&["dossier", "62-2026-000001", "--json"]), avant);
    autre.reussir(&["reconstruire"]);
    assert!(autre.reussir(&["verifier", "--json"]).contains("\"defauts\":[]"));
    assert_eq!(autre.reussir(&["dossier", "62-2026-000001", "--json"]), avant);

    let occupee = bureau.executer(&["restaurer", &sauvegarde]);
    assert_eq!(occupee.code, 1, "une base remplie ne s'écrase pas : {occupee:?}");
    let abimee = bureau.chemin("abimee");
    fs::write(&abimee, "ceci n'est pas une sauvegarde").expect("le fichier s'écrit");
    assert_eq!(Bureau::neuf().executer(&["restaurer", &abimee]).code, 1);
}

#[test]
fn un_departement_s_ajoute_par_ses_fichiers_seuls() {
    let bureau = Bureau::neuf();
    let profils = du_depot("profils/exemples").display().to_string();
    let fichier = bureau.chemin("amiens.csv");
    let source = fs::read_to_string(exemple("variantes/cdp-fins-de-ligne-lf.csv")).expect("un CSV");
    let a_amiens = source.replace("62000;ARRAS", "80000;AMIENS");
    fs::write(&fichier, a_amiens).expect("le fichier s'écrit");
    let demande = ["recevoir", "--json", &fichier, "--profils", &profils, "--profil", "80"];
    let lignes = lignes_json(&bureau.reussir(&demande));
    assert_eq!(lignes[0]["commune"], "80021");
    assert_eq!(lignes[0]["sous_commission"], "amiens");
    assert!(lignes[0]["dossier"].as_str().expect("un dossier").starts_with("80-2026-"));
    assert_eq!(lignes[1]["motif"], "hors_departement");
    bureau.refuser(&["recevoir", &fichier, "--profil", "80"], "80");
}

#[test]
fn un_compte_se_cree_se_liste_change_de_secret_et_se_desactive() {
    let bureau = Bureau::neuf();
    let creer = [
        "compte",
        "creer",
        "jeanne",
        "--nom",
        "Jeanne Morel",
        "--organisme",
        "Préfecture",
        "--role",
        "secretariat_central",
        "--json",
    ];
    let premier: Value = serde_json::from_str(&bureau.reussir(&creer)).expect("un objet");
    assert_eq!(premier["identifiant"], "jeanne");
    bureau.refuser(&creer, "déjà pris");
    let second: Value =
        serde_json::from_str(&bureau.reussir(&["compte", "secret", "jeanne", "--json"]))
            .expect("un objet");
    assert_ne!(premier["secret"], second["secret"]);
    bureau.reussir(&["compte", "desactiver", "jeanne"]);
    let comptes = lignes_json(&bureau.reussir(&["compte", "lister", "--json"]));
    assert_eq!(comptes.len(), 1);
    assert_eq!(comptes[0]["actif"], false);
    assert_eq!(comptes[0]["role"], "secretariat_central");
    bureau.refuser(&["compte", "secret", "inconnue"], "inconnue");
}

#[test]
fn les_lettres_s_ecrivent_une_a_une_puis_en_une_liasse_notee_imprimee() {
    let bureau = Bureau::avec_trois_notices();
    let vers = bureau.chemin("lettres");
    let lettres = lignes_json(&bureau.reussir(&["courriers", "--vers", &vers, "--json"]));
    assert!(!lettres.is_empty());
    for lettre in &lettres {
        let nom = lettre["fichier"].as_str().expect("un nom");
        let octets = fs::read(Path::new(&vers).join(nom)).expect("la lettre est écrite");
        assert!(octets.starts_with(b"%PDF"), "{nom}");
    }
    let noms = fs::read_dir(&vers).expect("les lettres").count();
    assert_eq!(noms, lettres.len(), "chaque lettre a son fichier");

    let liasses = bureau.chemin("liasses");
    bureau.reussir(&["courriers", "--vers", &liasses, "--a-imprimer"]);
    assert_eq!(fs::read_dir(&liasses).expect("les liasses").count(), 1);
    let reste = lignes_json(&bureau.reussir(&["courriers", "--vers", &vers, "--json"]));
    assert_eq!(reste, Vec::<Value>::new(), "ce qui est imprimé n'est plus à envoyer");
}
