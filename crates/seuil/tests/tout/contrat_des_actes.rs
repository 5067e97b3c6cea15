//! Ce que le contrat promet des actes, ligne à ligne, du dehors.

use std::collections::BTreeSet;

use epreuves::Dossier;
use serde_json::{Value, json};

use crate::programme::{Execution, executer, executer_avec, lignes_json};

struct Bureau {
    _dossier: Dossier,
    base: String,
}

impl Bureau {
    fn neuf() -> Self {
        let dossier = Dossier::neuf("contrat");
        let base = format!("sqlite:{}", dossier.chemin().join("seuil.db").display());
        Self { _dossier: dossier, base }
    }

    fn le(&self, jour: &str, arguments: &[&str]) -> Execution {
        executer(&[arguments, &["--base", &self.base, "--a-la-date", jour]].concat())
    }

    /// Consigne ce texte, lu sur l'entrée.
    fn consigne(&self, jour: &str, texte: &str) -> (Vec<Value>, i32) {
        let arguments = ["consigner", "-", "--json", "--base", &self.base, "--a-la-date", jour];
        let execution = executer_avec(&arguments, texte);
        (lignes_json(&execution.sortie), execution.code)
    }

    fn dossier(&self, jour: &str, reference: &str) -> Value {
        let execution = self.le(jour, &["dossier", reference, "--json"]);
        assert_eq!(execution.code, 0, "{}", execution.messages);
        serde_json::from_str(&execution.sortie).expect("un objet")
    }
}

const MENAGE: &str = r#""menage": {"locataire_nom": "Vasseur", "locataire_prenom": "Édith", "locataire_date_naissance": "1979-05-04", "logement_adresse": "3, quai de la Gare", "code_postal": "62500", "commune": "Saint-Omer", "bailleur_type": "bailleur_social", "date_bail": "2019-02-01", "loyer_hors_charges": 50000, "charges": 5000}"#;

/// Chaque acte du contrat, avec chacun de ses champs. La date seule manque.
#[rustfmt::skip]
const ACTES: [&str; 77] = [
    r#"{"acte": "signalement_impaye", "origine": "caf", "dette": 110000, "aide_versee_a": "bailleur"}"#,
    r#"{"acte": "cdp", "reference_acte": "P-1", "etude": "SCP Hubert", "canal": "exploc", "reference_exploc": "E-1", "montant_dette": 120000, "impaye_depuis": "2025-10-05", "date_bail": "2019-02-01", "bail_reconduit_le": "2022-02-01", "regime": "loi_89", "occupation": "locataire", "aide_logement": true, "nombre_adultes": 1, "nombre_enfants": 2}"#,
    r#"{"acte": "saisine_bailleur", "bailleur_type": "bailleur_social", "dette": 120000}"#,
    r#"{"acte": "assignation", "date_audience": "2026-12-14", "date_notification_prefet": "2026-05-12", "tribunal": "Saint-Omer", "motif": "impaye", "canal": "exploc", "reference_exploc": "E-2"}"#,
    r#"{"acte": "conge", "motif": "vente", "effet_au": "2027-01-31"}"#,
    r#"{"acte": "dsf_demande", "organisme": "departement", "mode": "courrier"}"#,
    r#"{"acte": "dsf_rendez_vous", "organisme": "departement", "mode": "visite"}"#,
    r#"{"acte": "porte_close", "organisme": "departement", "mode": "visite"}"#,
    r#"{"acte": "dsf_realise", "organisme": "departement", "mode": "entretien"}"#,
    r#"{"acte": "dsf_transmis", "organisme": "departement", "mode": "electronique"}"#,
    r#"{"acte": "audience", "locataire_present": false, "renvoi_au": "2027-01-11"}"#,
    r#"{"acte": "decision", "issue": "resiliation", "delais_mois": 12, "delai_depart_mois": 2, "loyer_repris": true, "par_defaut": false}"#,
    r#"{"acte": "decision", "issue": "delais", "delais_mois": 24, "loyer_repris": true}"#,
    r#"{"acte": "decision", "issue": "rejet"}"#,
    r#"{"acte": "decision", "issue": "desistement"}"#,
    r#"{"acte": "signification_jugement", "issue": "etude"}"#,
    r#"{"acte": "appel"}"#,
    r#"{"acte": "appel", "issue": "confirmation"}"#,
    r#"{"acte": "decision_jex", "delai_mois": 6}"#,
    r#"{"acte": "decision_jex", "jusqu_au": "2026-12-31"}"#,
    r#"{"acte": "cql", "date_notification_prefet": "2026-05-12", "canal": "exploc", "reference_exploc": "E-3"}"#,
    r#"{"acte": "requisition_cfp", "date_notification_prefet": "2026-05-12", "canal": "exploc", "reference_exploc": "E-4"}"#,
    r#"{"acte": "tentative_expulsion", "avis": "absent", "note": "Personne."}"#,
    r#"{"acte": "avis_maire", "avis": "reserve", "note": "Sans solution à ce jour."}"#,
    r#"{"acte": "entretien_derniere_chance", "avis": "fait", "note": "Le ménage est venu."}"#,
    r#"{"acte": "renseignement_police", "avis": "favorable", "note": "Rien à signaler."}"#,
    r#"{"acte": "enquete_sociale", "avis": "fait", "note": "Deux enfants."}"#,
    r#"{"acte": "place_siao", "avis": "demande", "note": "En attente."}"#,
    r#"{"acte": "decision_cfp", "issue": "accord", "date_effet": "2027-04-01"}"#,
    r#"{"acte": "decision_cfp", "issue": "refus"}"#,
    r#"{"acte": "decision_cfp", "issue": "revocation"}"#,
    r#"{"acte": "expulsion"}"#,
    r#"{"acte": "depart"}"#,
    r#"{"acte": "desistement"}"#,
    r#"{"acte": "renonciation"}"#,
    r#"{"acte": "plan_apurement", "mensualite": 5000, "echeances": 24, "origine": "fsl"}"#,
    r#"{"acte": "plan_rompu"}"#,
    r#"{"acte": "plan_termine"}"#,
    r#"{"acte": "pcs", "duree_mois": 24}"#,
    r#"{"acte": "pcs_denonce"}"#,
    r#"{"acte": "pcs_respecte"}"#,
    r#"{"acte": "fsl", "etape": "depose", "montant": 120000, "jusqu_au": "2026-12-31"}"#,
    r#"{"acte": "fsl", "etape": "accord"}"#,
    r#"{"acte": "fsl", "etape": "refus"}"#,
    r#"{"acte": "dalo", "etape": "prioritaire"}"#,
    r#"{"acte": "daho", "etape": "relogement"}"#,
    r#"{"acte": "surendettement", "etape": "recevable"}"#,
    r#"{"acte": "surendettement", "etape": "irrecevable"}"#,
    r#"{"acte": "surendettement", "etape": "mesures"}"#,
    r#"{"acte": "surendettement", "etape": "effacement"}"#,
    r#"{"acte": "surendettement", "etape": "suspension_expulsion", "jusqu_au": "2027-05-11"}"#,
    r#"{"acte": "aide_logement", "etape": "ouverte"}"#,
    r#"{"acte": "aide_logement", "etape": "suspendue"}"#,
    r#"{"acte": "aide_logement", "etape": "maintenue"}"#,
    r#"{"acte": "aide_logement", "etape": "retablie"}"#,
    r#"{"acte": "garantie", "code": "visale", "etape": "declaree"}"#,
    r#"{"acte": "garantie", "code": "visale", "etape": "mobilisee"}"#,
    r#"{"acte": "garantie", "code": "visale", "etape": "levee"}"#,
    r#"{"acte": "dette", "montant": 130000}"#,
    r#"{"acte": "prise_en_charge", "service": "caf", "issue": "proposee"}"#,
    r#"{"acte": "prise_en_charge", "service": "caf", "issue": "refusee", "motif": "Pas d'enfant."}"#,
    r#"{"acte": "prise_en_charge", "service": "departement", "issue": "acceptee"}"#,
    r#"{"acte": "prise_en_charge", "service": "departement", "issue": "terminee"}"#,
    r#"{"acte": "dispositif", "code": "asll", "etape": "active"}"#,
    r#"{"acte": "dispositif", "code": "asll", "etape": "sans_suite"}"#,
    r#"{"acte": "alerte", "code": "dossier_complexe", "destinataires": ["caf", "departement"], "contenu": "À voir ensemble."}"#,
    r#"{"acte": "alerte_reponse", "code": "dossier_complexe", "destinataires": ["caf"], "contenu": "Vu."}"#,
    r#"{"acte": "courrier", "modele": "intervention_bailleur", "destinataire": "bailleur", "etape": "envoye"}"#,
    r#"{"acte": "avis", "seance": "12", "destinataire": "bailleur", "contenu": "Attendre le FSL."}"#,
    r#"{"acte": "avis", "secretariat": true, "destinataire": "fsl", "contenu": "Instruire vite."}"#,
    r#"{"acte": "suite", "avis": "@69", "issue": "suivi", "motif": "Le bailleur attend."}"#,
    r#"{"acte": "mesure_protection", "nature": "curatelle", "mandataire": "Une association."}"#,
    r#"{"acte": "indemnisation", "etape": "demande", "montant": 300000}"#,
    r#"{"acte": "nouveau_bail", "date_bail": "2026-05-01"}"#,
    r#"{"acte": "relogement", "date_bail": "2026-05-01"}"#,
    r#"{"acte": "hebergement", "date_bail": "2026-05-01"}"#,
    r#"{"acte": "complement", "telephone": "03 21 00 00 00", "nombre_enfants": 3}"#,
];

/// Les noms d'actes du contrat.
const NOMS: &str = "signalement_impaye cdp assignation cql requisition_cfp saisine_bailleur conge
    dsf_demande dsf_rendez_vous porte_close dsf_realise dsf_transmis audience decision
    signification_jugement appel decision_jex tentative_expulsion avis_maire
    entretien_derniere_chance renseignement_police enquete_sociale place_siao decision_cfp expulsion
    depart desistement renonciation plan_apurement plan_rompu plan_termine pcs pcs_denonce
    pcs_respecte fsl dalo daho surendettement aide_logement garantie dette prise_en_charge dispositif
    alerte alerte_reponse courrier avis suite mesure_protection nouveau_bail relogement hebergement
    indemnisation issue_menage complement rapprochement rectification";

#[test]
fn chaque_acte_du_contrat_se_consigne_avec_tous_ses_champs() {
    let bureau = Bureau::neuf();
    let mut lignes: Vec<String> = Vec::new();
    for (place, acte) in ACTES.iter().enumerate() {
        let tete = if place == 0 { MENAGE } else { r#""dossier": "@1""# };
        lignes.push(acte.replacen('{', &format!("{{{tete}, \"date\": \"2026-05-11\", "), 1));
    }
    let autre =
        MENAGE.replace("Vasseur", "Quignon").replace("Édith", "Paul").replace("1979", "1950");
    lignes.push(format!(
        r#"{{{autre}, "acte": "cdp", "date": "2026-05-11", "montant_dette": 200000}}"#
    ));
    let dernier = lignes.len();
    lignes.push(format!(r#"{{"dossier": "@{dernier}", "acte": "rapprochement", "date": "2026-05-11", "geste": "separe", "autre": "@1"}}"#));
    lignes.push(r#"{"dossier": "@1", "acte": "rectification", "date": "2026-05-11", "annule": "@33", "motif": "Autre ménage."}"#.to_owned());
    for issue in
        ["maintien", "relogement", "hebergement", "solution_personnelle", "sans_nouvelles", "deces"]
    {
        lignes.push(format!(r#"{{"dossier": "@1", "acte": "issue_menage", "date": "2026-05-11", "issue": "{issue}"}}"#));
    }
    let (reponses, code) = bureau.consigne("2026-05-11", &lignes.join("\n"));
    let mut noms = BTreeSet::new();
    for (ligne, reponse) in lignes.iter().zip(&reponses) {
        assert_eq!(reponse["statut"], "consigne", "{ligne}\n{reponse}");
        assert!(reponse["id"].is_string() && reponse["dossier"].is_string(), "{reponse}");
        for anomalie in reponse["anomalies"].as_array().expect("une liste") {
            assert!(anomalie["regle"].is_string() && anomalie["motif"].is_string(), "{reponse}");
        }
        noms.insert(reponse["acte"].as_str().expect("un acte").to_owned());
    }
    assert_eq!((code, reponses.len()), (0, lignes.len()));
    assert_eq!(noms, NOMS.split_whitespace().map(str::to_owned).collect());

    // Rien de ce qui a été dit n'est perdu : chaque champ se relit au journal.
    let reference = reponses[0]["dossier"].as_str().expect("une référence");
    let lu = bureau.dossier("2026-05-12", reference);
    let actes = lu["actes"].as_array().expect("un journal");
    for (ligne, reponse) in lignes.iter().zip(&reponses).take(ACTES.len()) {
        let demande: Value = serde_json::from_str(ligne).expect("du JSON");
        let acte = actes.iter().find(|a| a["id"] == reponse["id"]);
        let acte = acte.unwrap_or_else(|| panic!("{reponse} n'est pas au journal"));
        // La lettre et le complément se rangent avec la notice qu'ils suivent.
        if matches!(demande["acte"].as_str(), Some("courrier" | "complement" | "suite")) {
            continue;
        }
        for (champ, valeur) in demande.as_object().expect("un objet") {
            let place = match champ.as_str() {
                "dossier" | "menage" | "etude" | "reference_acte" | "tribunal" => continue,
                "dette" => "montant_dette",
                champ => champ,
            };
            assert_eq!(&acte[place], valeur, "{champ} : {acte}");
        }
    }
    let annule = &reponses[lignes.len() - 7];
    assert!(actes.iter().any(|a| a["acte"] == "depart" && a["annule_par"] == annule["id"]));
    assert!(actes.iter().all(|a| a["enregistre_le"].is_string() && a.get("annule_par").is_some()));
    assert!(executer(&["verifier", "--base", &bureau.base]).code == 0);
}

#[test]
fn ce_qui_est_a_corriger_est_nomme_et_le_reste_se_consigne() {
    let bureau = Bureau::neuf();
    let cas: [(&str, &str); 12] = [
        // la ligne                                                                    le champ fautif
        (r#"{"dossier": "@1", "acte": "exorcisme", "date": "2026-05-11"}"#, ""),
        (r#"{"dossier": "@1", "date": "2026-05-11"}"#, "acte"),
        (r#"{"dossier": "@1", "acte": "depart"}"#, "date"),
        (r#"{"dossier": "@1", "acte": "depart", "date": "11/05/2026"}"#, "date"),
        (r#"{"dossier": "@1", "acte": "depart", "date": "2026-02-30"}"#, "date"),
        (r#"{"acte": "depart", "date": "2026-05-11"}"#, "dossier"),
        (
            r#"{"dossier": "@1", "acte": "decision", "date": "2026-05-11", "issue": "peut-être"}"#,
            "issue",
        ),
        (r#"{"dossier": "@1", "acte": "decision_jex", "date": "2026-05-11"}"#, "delai_mois"),
        (
            r#"{"dossier": "@1", "acte": "avis", "date": "2026-05-11", "destinataire": "bailleur", "contenu": "x"}"#,
            "seance",
        ),
        (
            r#"{"dossier": "@1", "acte": "suite", "date": "2026-05-11", "avis": "@1", "issue": "suivi", "motif": "x"}"#,
            "avis",
        ),
        (
            r#"{"dossier": "@1", "acte": "expulsion", "date": "2026-05-11", "temoin": "x"}"#,
            "temoin",
        ),
        (r#"{"dossier": "@99", "acte": "depart", "date": "2026-05-11"}"#, "dossier"),
    ];
    let mut texte = format!(
        "{{{MENAGE}, \"acte\": \"cdp\", \"date\": \"2026-03-02\", \"montant_dette\": 150000}}\n"
    );
    for (ligne, _) in cas {
        texte.push_str(ligne);
        texte.push('\n');
    }
    texte.push_str(r#"{"dossier": "@1", "acte": "dette", "date": "2026-05-11", "montant": 0}"#);
    let (reponses, code) = bureau.consigne("2026-05-11", &texte);
    assert_eq!((code, reponses.len()), (1, cas.len() + 2));
    for ((ligne, champ), reponse) in cas.iter().zip(&reponses[1..]) {
        assert_eq!(reponse["statut"], "refuse", "{ligne}\n{reponse}");
        let refus = reponse["refus"].as_array().expect("des refus");
        assert!(refus.iter().any(|r| r["champ"] == *champ), "{ligne}\n{reponse}");
        for refus in refus {
            let message = refus["message"].as_str().expect("une phrase");
            assert!(message.ends_with(['.', '?']) && message.len() > 30, "{message}");
        }
    }
    assert_eq!(reponses[cas.len() + 1]["statut"], "consigne");
}

#[test]
fn les_codes_de_sortie_disent_fait_refuse_ou_mal_appele() {
    let bureau = Bureau::neuf();
    let cas: [(&[&str], i32); 8] = [
        (&["echeances", "--json"], 0),
        (&["dossier", "62-2026-999999"], 1),
        (&["dossier", "n'importe quoi", "--json"], 1),
        (&["dossier"], 2),
        (&["consigner"], 2),
        (&["consigner", "nulle-part.jsonl"], 1),
        (&["echeances", "--jusqu-au", "demain"], 2),
        (&["exorciser"], 2),
    ];
    for (arguments, code) in cas {
        let execution = bureau.le("2026-05-11", arguments);
        assert_eq!(execution.code, code, "{arguments:?} : {}", execution.messages);
        assert_eq!(execution.messages.is_empty(), code == 0, "{arguments:?}");
    }
    let (reponses, code) = bureau.consigne("2026-05-11", "\n\n");
    assert_eq!((reponses.len(), code), (0, 0));
}

#[test]
fn les_echeances_vont_des_retards_a_ce_qui_vient() {
    let bureau = Bureau::neuf();
    let mut texte = String::new();
    for (nom, jour) in [("Ansart", "2026-03-02"), ("Boulin", "2026-04-28"), ("Cocq", "2026-05-04")]
    {
        let menage = MENAGE
            .replace("Vasseur", nom)
            .replace("3, quai de la Gare", &format!("{}, rue {nom}", nom.len()))
            .replace("1979-05-04", &format!("19{}0-01-01", nom.len()))
            .replace("bailleur_social", "personne_physique");
        texte.push_str(&format!("{{{menage}, \"acte\": \"cdp\", \"date\": \"{jour}\", \"montant_dette\": 150000, \"impaye_depuis\": \"2025-10-05\"}}\n"));
    }
    let (reponses, code) = bureau.consigne("2026-05-11", &texte);
    assert_eq!(code, 0, "{reponses:?}");
    let dues = |arguments: &[&str]| {
        let execution = bureau.le("2026-06-15", &[&["echeances", "--json"], arguments].concat());
        assert_eq!(execution.code, 0, "{}", execution.messages);
        lignes_json(&execution.sortie)
    };
    let toutes = dues(&["--jusqu-au", "2027-12-31"]);
    assert_eq!(toutes.len(), 3, "{toutes:?}");
    let jours: Vec<&str> =
        toutes.iter().map(|e| e["avant_le"].as_str().expect("un jour")).collect();
    assert!(jours.is_sorted(), "{jours:?}");
    for echeance in &toutes {
        for cle in ["dossier", "quoi", "qui", "avant_le", "regle", "service"] {
            assert!(echeance[cle].as_str().is_some_and(|v| !v.is_empty()), "{cle} : {echeance}");
        }
        let en_retard = echeance["avant_le"].as_str() < Some("2026-06-15");
        assert_eq!(echeance["en_retard"], json!(en_retard));
        // La même étape que dans le dossier, qui en donne les motifs.
        let reference = echeance["dossier"].as_str().expect("une référence");
        let etape = &bureau.dossier("2026-06-15", reference)["prochaine_etape"];
        for cle in ["quoi", "qui", "avant_le", "regle"] {
            assert_eq!(etape[cle], echeance[cle], "{reference}, {cle}");
        }
    }
    let service = toutes[0]["service"].as_str().expect("un service");
    assert!(
        dues(&["--jusqu-au", "2027-12-31", "--service", service])
            .iter()
            .all(|e| e["service"] == service)
    );
    assert_eq!(dues(&["--jusqu-au", "2027-12-31", "--service", "nul"]), Vec::<Value>::new());
}
