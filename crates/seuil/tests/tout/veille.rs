//! La veille, par le vrai programme : étant donné ce qui est consigné, quand les jours passent, alors
//! le stade, l'étape et le service suivent, sans que personne ne consigne rien.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use epreuves::Dossier;
use serde_json::{Value, json};

use crate::programme::{Execution, executer, lignes_json};

/// Quatre ménages que seul le temps fait bouger, et le jour où ils sont consignés.
const CONSIGNE_LE: &str = "2026-10-13";
const ACTES: &str = r#"{"menage": {"locataire_nom": "Daras", "locataire_prenom": "Léon", "locataire_date_naissance": "1968-03-30", "logement_adresse": "7, rue du Port", "code_postal": "62100", "commune": "Calais", "bailleur_type": "personne_physique", "date_bail": "2019-02-01", "loyer_hors_charges": 50000}, "acte": "decision", "date": "2026-03-24", "issue": "resiliation"}
{"dossier": "@1", "acte": "signification_jugement", "date": "2026-04-07"}
{"dossier": "@1", "acte": "cql", "date": "2026-05-04", "date_notification_prefet": "2026-05-04", "canal": "exploc"}
{"dossier": "@1", "acte": "requisition_cfp", "date": "2026-10-12", "canal": "exploc"}
{"menage": {"locataire_nom": "Pruvost", "locataire_prenom": "Aline", "locataire_date_naissance": "1990-07-02", "logement_adresse": "12, rue de Lille", "code_postal": "62300", "commune": "Lens", "bailleur_type": "personne_physique", "date_bail": "2018-05-01", "loyer_hors_charges": 48000}, "acte": "cdp", "date": "2026-10-05", "montant_dette": 192000, "impaye_depuis": "2026-05-05"}
{"menage": {"locataire_nom": "Wattel", "locataire_prenom": "Nadia", "locataire_date_naissance": "1977-01-21", "logement_adresse": "3, place du Marché", "code_postal": "62500", "commune": "Saint-Omer", "bailleur_type": "personne_physique", "date_bail": "2018-05-01", "loyer_hors_charges": 52000}, "acte": "cdp", "date": "2026-10-06", "montant_dette": 230000, "impaye_depuis": "2026-05-05"}
{"dossier": "@6", "acte": "courrier", "modele": "intervention_bailleur", "destinataire": "bailleur", "etape": "envoye", "date": "2026-10-13"}
{"menage": {"locataire_nom": "Hernu", "locataire_prenom": "Simon", "locataire_date_naissance": "1983-11-11", "logement_adresse": "40, rue Émile-Zola", "code_postal": "62400", "commune": "Béthune", "bailleur_type": "personne_physique", "date_bail": "2018-05-01", "loyer_hors_charges": 55000}, "acte": "assignation", "date": "2026-10-07", "date_notification_prefet": "2026-10-08", "date_audience": "2027-01-12", "tribunal": "Béthune", "motif": "impaye", "montant_dette": 250000}
{"dossier": "@8", "acte": "prise_en_charge", "date": "2026-10-12", "service": "departement", "issue": "proposee"}
"#;

struct Bureau {
    _dossier: Dossier,
    base: String,
    references: Vec<String>,
}

impl Bureau {
    fn neuf(nom: &str) -> Self {
        let dossier = Dossier::neuf(nom);
        let base = format!("sqlite:{}", dossier.chemin().join("seuil.db").display());
        let fichier = dossier.chemin().join("actes.jsonl");
        fs::write(&fichier, ACTES).expect("le fichier s'écrit");
        let mut bureau = Self { _dossier: dossier, base, references: Vec::new() };
        let chemin = fichier.display().to_string();
        let consigne = bureau.le(CONSIGNE_LE, &["consigner", &chemin, "--json"]);
        assert_eq!(consigne.code, 0, "{consigne:?}");
        for reponse in lignes_json(&consigne.sortie) {
            let reference = reponse["dossier"].as_str().expect("une référence").to_owned();
            if !bureau.references.contains(&reference) {
                bureau.references.push(reference);
            }
        }
        assert_eq!(bureau.references.len(), 4);
        bureau
    }

    fn le(&self, jour: &str, arguments: &[&str]) -> Execution {
        executer(&[arguments, &["--base", &self.base, "--a-la-date", jour]].concat())
    }

    fn veiller(&self, jour: &str) -> Value {
        let veillee = self.le(jour, &["veiller", "--json"]);
        assert_eq!(veillee.code, 0, "{veillee:?}");
        serde_json::from_str(&veillee.sortie).expect("un objet")
    }

    fn dossier(&self, jour: &str, rang: usize) -> Value {
        let execution = self.le(jour, &["dossier", &self.references[rang], "--json"]);
        assert_eq!(execution.code, 0, "{execution:?}");
        serde_json::from_str(&execution.sortie).expect("un objet")
    }

    /// Tout ce qui est dû d'ici la fin de l'année suivante.
    fn echeances(&self, jour: &str) -> Vec<Value> {
        let dues = self.le(jour, &["echeances", "--json", "--jusqu-au", "2028-12-31"]);
        assert_eq!(dues.code, 0, "{dues:?}");
        lignes_json(&dues.sortie)
    }

    fn verifier(&self) {
        let verification = self.le(CONSIGNE_LE, &["verifier"]);
        assert_eq!(verification.code, 0, "{verification:?}");
    }

    fn commande(&self, jour: &str, arguments: &[&str]) -> Command {
        let mut commande = Command::new(env!("CARGO_BIN_EXE_seuil"));
        commande
            .args(arguments)
            .args(["--base", &self.base, "--a-la-date", jour])
            .env("SEUIL_CLE", format!("{}.cle", self.base.trim_start_matches("sqlite:")))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        commande
    }
}

#[test]
fn quatre_dossiers_bougent_par_le_temps_seul_comme_leur_journal_le_dit() {
    let bureau = Bureau::neuf("veille-temps");
    let jours =
        ["2026-10-20", "2026-11-16", "2026-12-08", "2026-12-16", "2027-02-01", "2027-05-03"];
    let mut stades = vec![Vec::new(); 4];
    let mut prochaines = vec![Vec::new(); 4];
    for jour in jours {
        // Le jour n'est pas encore veillé : ce qui est dû se déduit, et la veille écrira la même chose.
        let prevues = bureau.echeances(jour);
        let veillee = bureau.veiller(jour);
        assert_eq!((&veillee["jour"], &veillee["jusqu_au"]), (&json!(jour), &json!(jour)));
        assert_eq!(bureau.echeances(jour), prevues, "au {jour}");
        for rang in 0..4 {
            let dossier = bureau.dossier(jour, rang);
            let due = prevues.iter().find(|due| due["dossier"] == bureau.references[rang]);
            let due = due.expect("chaque dossier ouvert a une étape");
            for nom in ["quoi", "qui", "avant_le", "regle"] {
                assert_eq!(
                    due[nom], dossier["prochaine_etape"][nom],
                    "{nom}, dossier {rang}, {jour}"
                );
            }
            assert_eq!(due["service"], dossier["service"]);
            stades[rang].push(dossier["stade"].as_str().expect("un stade").to_owned());
            prochaines[rang].push((
                due["regle"].clone(),
                due["qui"].clone(),
                due["service"].clone(),
            ));
        }
    }
    // Le silence de deux mois finit le 14 décembre, un lundi ; le délai du commandement, le 7.
    let attendus = [
        ["cfp_demande", "cfp_demande", "cfp_demande", "cfp_refuse", "cfp_refuse", "cfp_refuse"],
        [
            "cdp_signifie",
            "cdp_signifie",
            "clause_acquise",
            "clause_acquise",
            "clause_acquise",
            "clause_acquise",
        ],
    ];
    assert_eq!(stades[..2], attendus);
    for (rang, suite) in prochaines.iter().enumerate() {
        let mut distinctes = suite.clone();
        distinctes.dedup();
        assert!(distinctes.len() > 1, "dossier {rang} : {suite:?}");
    }
    bureau.verifier();
}

#[test]
fn un_jour_se_veille_une_fois_et_se_dit_en_francais() {
    let bureau = Bureau::neuf("veille-mots");
    let dit = |jour: &str| bureau.le(jour, &["veiller"]).messages;
    let premiere = dit("2026-12-16");
    assert!(premiere.starts_with("Veille du 16 décembre 2026 : 4 dossiers relus : "), "{premiere}");
    assert_eq!(
        dit("2026-12-16").trim(),
        "Le 16 décembre 2026 était déjà veillé : rien n'a changé."
    );
    let trop_loin = bureau.veiller("2062-01-01");
    assert_eq!(trop_loin["deja_faite"], false);
    let revenir = dit("2026-12-17");
    assert!(revenir.contains("seuil reconstruire --a-la-date 2026-12-17"), "{revenir}");
    assert_eq!(bureau.le("2026-12-17", &["reconstruire"]).code, 0);
    bureau.verifier();
    assert_eq!(bureau.veiller("2026-12-17")["deja_faite"], true);
    assert_eq!(bureau.veiller("2027-02-01")["deja_faite"], false, "le temps reprend");
    bureau.verifier();
}

#[test]
fn deux_programmes_lances_ensemble_ne_relisent_pas_deux_fois_le_meme_jour() {
    let bureau = Bureau::neuf("veille-deux");
    let jour = "2027-02-01";
    let lances: Vec<Child> = (0..2)
        .map(|_| bureau.commande(jour, &["veiller", "--json"]).spawn().expect("seuil se lance"))
        .collect();
    let mut relus = 0;
    for lance in lances {
        let fini = lance.wait_with_output().expect("seuil finit");
        assert!(fini.status.success(), "{fini:?}");
        let lu: Value = serde_json::from_slice(&fini.stdout).expect("un objet");
        relus += lu["relus"].as_u64().expect("un nombre");
    }
    assert_eq!(relus, 4);
    bureau.verifier();
}

#[test]
fn le_serveur_veille_en_se_lancant() {
    let bureau = Bureau::neuf("veille-servir");
    let jour = "2026-12-16";
    let mut serveur = bureau
        .commande(jour, &["servir", "--adresse", "127.0.0.1:0", "--journal", "info"])
        .spawn()
        .expect("seuil se lance");
    let dit = BufReader::new(serveur.stderr.take().expect("le journal technique"));
    let veille = dit.lines().map_while(Result::ok).find(|ligne| ligne.contains("veille faite"));
    serveur.kill().expect("le serveur s'arrête");
    serveur.wait().expect("le serveur finit");
    let veille = veille.expect("la veille du lancement");
    assert!(veille.contains("relus: 4"), "{veille}");
    assert_eq!(bureau.veiller(jour)["deja_faite"], true);
    assert_eq!(bureau.dossier(jour, 0)["stade"], "cfp_refuse");
    bureau.verifier();
}
