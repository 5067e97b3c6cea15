//! L'examen d'une notice : les cas qu'un juriste relit, dans `cas/examen.toml`.

use std::collections::BTreeSet;

use ccapex::notice::{Contenu, Nature};
use ccapex::procedure::lettres::lettres;
use ccapex::profil::Profil;
use ccapex::signalement::anomalies::anomalies;
use ccapex::signalement::examen::{Contexte, Examen, examiner};
use jiff::civil::{Date, date};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    cas: Vec<Cas>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cas {
    dit: String,
    #[serde(default = "pas_de_calais")]
    profil: String,
    #[serde(default = "commandement")]
    nature: String,
    recue_le: Option<Date>,
    #[serde(default = "oui")]
    nomme: bool,
    #[serde(default)]
    avec: Map<String, Value>,
    #[serde(default)]
    sans: Vec<String>,
    #[serde(default)]
    contexte: Deja,
    attendu: Attendu,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Deja {
    en_procedure: bool,
    reparti: bool,
    enfants: Option<bool>,
}

/// Ce qui est attendu ; absent : n'est pas comparé. Vide : rien.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attendu {
    statut: Option<String>,
    motif: Option<String>,
    sous_commission: Option<String>,
    service: Option<String>,
    provisoire: Option<bool>,
    fin_delai: Option<String>,
    fin_brute: Option<String>,
    a_completer: Option<Vec<String>>,
    trop_ancien: Option<bool>,
    lettres: Option<Vec<String>>,
    explique: Option<String>,
}

fn pas_de_calais() -> String {
    "62".to_owned()
}

fn commandement() -> String {
    "cdp".to_owned()
}

const fn oui() -> bool {
    true
}

/// Les profils livrés, et l'exemple de la Somme déplacé dans le Bas-Rhin.
fn profil(code: &str) -> Profil {
    if let Some(profil) = Profil::integre(code) {
        return profil;
    }
    let mut alsace = include_str!("../../../../profils/exemples/80/somme.toml").to_owned();
    for (somme, bas_rhin) in
        [("80", "67"), ("801", "674"), ("802", "672"), ("803", "675"), ("804", "678")]
    {
        alsace = alsace.replace(&format!("\"{somme}\""), &format!("\"{bas_rhin}\""));
    }
    let lettre = include_str!("../../../../profils/exemples/80/sensibilisation_locataire.typ");
    Profil::lire(&[("alsace.toml", alsace.as_str()), ("sensibilisation_locataire.typ", lettre)])
        .unwrap_or_else(|defauts| panic!("{defauts:?}"))
}

/// Le commandement que décrit l'en-tête du fichier.
fn contenu(avec: &Map<String, Value>, sans: &[String]) -> Contenu {
    let mut champs = json!({
        "date": "2026-10-01", "bailleur_type": "personne_physique", "commune": "62041",
        "date_bail": "2024-01-15", "loyer_hors_charges": 60_000, "montant_dette": 130_000,
        "impaye_depuis": "2026-09-01", "aide_logement": true, "nombre_enfants": 2,
    });
    let table = champs.as_object_mut().expect("un objet");
    table.extend(avec.clone());
    table.retain(|champ, _| !sans.contains(champ));
    serde_json::from_value(champs).unwrap_or_else(|defaut| panic!("{defaut}"))
}

impl Cas {
    fn ecarts(&self) -> Vec<String> {
        let profil = profil(&self.profil);
        let nature = Nature::de_code(&self.nature).expect("une nature");
        let recue_le = self.recue_le.unwrap_or(date(2026, 11, 21));
        let contexte = Contexte {
            en_procedure: self.contexte.en_procedure,
            reparti: self.contexte.reparti,
            enfants: self.contexte.enfants,
            aide_logement: None,
        };
        let contenu = contenu(&self.avec, &self.sans);
        let examen = examiner(nature, &contenu, self.nomme, &profil, recue_le, contexte);
        let lettres: Vec<String> =
            lettres(nature, &examen, &profil).into_iter().map(str::to_owned).collect();
        self.compare(&examen, &lettres)
    }

    fn compare(&self, examen: &Examen, lettres: &[String]) -> Vec<String> {
        let mut ecarts = Vec::new();
        let mut compare = |quoi: &str, attendu: Option<String>, obtenu: String| {
            if attendu.as_ref().is_some_and(|attendu| *attendu != obtenu) {
                ecarts
                    .push(format!("{} : {quoi} attendu {attendu:?}, obtenu {obtenu:?}", self.dit));
            }
        };
        let fin = examen.fin_delai;
        let a = &self.attendu;
        compare("statut", a.statut.clone(), examen.statut.code().to_owned());
        compare("motif", a.motif.clone(), examen.motif.unwrap_or_default().to_owned());
        compare(
            "sous-commission",
            a.sous_commission.clone(),
            examen.sous_commission.clone().unwrap_or_default(),
        );
        compare("service", a.service.clone(), examen.service.clone().unwrap_or_default());
        compare(
            "provisoire",
            a.provisoire.map(|p| p.to_string()),
            examen.service_provisoire.to_string(),
        );
        compare(
            "fin du délai",
            a.fin_delai.clone(),
            fin.map(|f| f.retenue.to_string()).unwrap_or_default(),
        );
        compare(
            "fin brute",
            a.fin_brute.clone(),
            fin.map(|f| f.brute.to_string()).unwrap_or_default(),
        );
        compare(
            "à compléter",
            a.a_completer.as_ref().map(|c| c.join(", ")),
            examen.a_completer.join(", "),
        );
        compare(
            "trop ancien",
            a.trop_ancien.map(|t| t.to_string()),
            examen.trop_ancien.to_string(),
        );
        compare("lettres", a.lettres.as_ref().map(|l| l.join(", ")), lettres.join(", "));
        let raisons = examen.explication.join("\n");
        if raisons.is_empty()
            || a.explique.as_ref().is_some_and(|mot| !raisons.contains(mot.as_str()))
        {
            ecarts.push(format!("{} : {:?} n'est pas dans « {raisons} »", self.dit, a.explique));
        }
        if examen.ouvre_un_dossier() != examen.service.is_some() {
            ecarts.push(format!("{} : un dossier sans service", self.dit));
        }
        ecarts
    }
}

fn tous() -> Vec<Cas> {
    let fichier: Fichier = toml::from_str(include_str!("../../cas/examen.toml"))
        .unwrap_or_else(|defaut| panic!("{defaut}"));
    fichier.cas
}

#[test]
fn chaque_notice_recoit_la_reponse_du_contrat() {
    let ecarts: Vec<String> = tous().iter().flat_map(Cas::ecarts).collect();
    assert!(ecarts.is_empty(), "{}", ecarts.join("\n"));
}

#[test]
fn la_table_montre_chaque_reponse_et_chaque_motif() {
    let cas = tous();
    let motifs: BTreeSet<&str> = cas.iter().filter_map(|c| c.attendu.motif.as_deref()).collect();
    for motif in [
        "anciennete",
        "montant",
        "les_deux",
        "seuils_non_atteints",
        "hors_departement",
        "proprietaire_occupant",
        "bailleur_personne_morale",
        "hors_impaye",
        "signification_jour_interdit",
        "date_future",
        "bailleur_type",
        "seuils_inconnus",
        "locataire_nom",
        "commune",
        "date_signification",
        "montant_dette",
        "impaye_depuis",
        "loyer_hors_charges",
    ] {
        assert!(motifs.contains(motif), "aucun cas pour {motif}");
    }
    let natures: BTreeSet<&str> = cas.iter().map(|c| c.nature.as_str()).collect();
    assert_eq!(natures.len(), Nature::TOUTES.len(), "{natures:?}");
}

fn regles(nature: Nature, contenu: &Contenu, commandements: &[&Contenu]) -> Vec<&'static str> {
    anomalies(nature, contenu, commandements).into_iter().map(|a| a.regle).collect()
}

#[test]
fn une_irregularite_est_dite_et_ne_refuse_rien() {
    let acte = |avec: Value| contenu(avec.as_object().expect("un objet"), &[]);
    let avant = acte(json!({"date_bail": "2020-01-15"}));
    let plus_ancien = acte(json!({"date": "2026-06-01"}));
    #[rustfmt::skip]
    let cas = [
        // libellé                                          nature               acte                                          irrégularités
        ("un dimanche",                                     Nature::Assignation, json!({"date": "2026-12-06"}),                 vec!["signification_jours_heures"]),
        ("un lundi",                                        Nature::Assignation, json!({"date": "2026-12-07"}),                 vec![]),
        ("le 26 décembre à Strasbourg",                     Nature::Cql,         json!({"date": "2025-12-26", "commune": "67482"}), vec!["signification_jours_heures"]),
        ("le 26 décembre à Arras",                          Nature::Cql,         json!({"date": "2025-12-26"}),                 vec![]),
        ("une alerte un dimanche",                          Nature::Alerte,      json!({"date": "2026-10-04"}),                 vec![]),
        ("le dernier jour du délai : trop tôt",             Nature::Assignation, json!({"date": "2026-12-01"}),                 vec!["delai_commandement_de_payer"]),
        ("le lendemain du délai",                           Nature::Assignation, json!({"date": "2026-12-02"}),                 vec![]),
        ("audience trop proche de la notification",         Nature::Assignation, json!({"date": "2026-12-02", "date_audience": "2027-01-05", "date_notification_prefet": "2026-12-03"}), vec!["delai_notification_prefet"]),
        ("notification à temps",                            Nature::Assignation, json!({"date": "2026-12-02", "date_audience": "2027-03-01", "date_notification_prefet": "2026-12-03"}), vec![]),
        ("les deux à la fois, un dimanche",                 Nature::Assignation, json!({"date": "2026-11-29", "date_audience": "2026-12-20", "date_notification_prefet": "2026-12-01"}), vec!["signification_jours_heures", "delai_commandement_de_payer", "delai_notification_prefet"]),
    ];
    for (libelle, nature, avec, attendues) in cas {
        let recu = acte(avec);
        assert_eq!(regles(nature, &recu, &[&plus_ancien, &avant]), attendues, "{libelle}");
        for anomalie in anomalies(nature, &recu, &[&avant]) {
            assert!(
                anomalie.motif.contains("art.") || anomalie.motif.contains("664"),
                "{} ne cite pas son texte",
                anomalie.motif
            );
        }
    }
}

#[test]
fn une_assignation_sans_commandement_connu_n_est_pas_dite_trop_tot() {
    let assignation = contenu(&Map::new(), &[]);
    let posterieur = contenu(json!({"date": "2026-10-15"}).as_object().expect("un objet"), &[]);
    assert!(regles(Nature::Assignation, &assignation, &[]).is_empty());
    assert!(regles(Nature::Assignation, &assignation, &[&posterieur]).is_empty());
}
