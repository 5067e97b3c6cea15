//! Étant donné ces actes, ce jour-là : quelle règle, qui, avant quand, et d'après quel texte.

use std::collections::BTreeSet;

use ccapex::dossier::Dossier;
use ccapex::fait::{Acte, Courrier};
use ccapex::identifiants::NoticeId;
use ccapex::notice::{Contenu, Nature};
use ccapex::procedure::etape::Etape;
use ccapex::procedure::etapes::REGLES;
use ccapex::procedure::situation::situation;
use droit::montant::Montant;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::continuite::faits;
use crate::dossier::{commandement, fait, profil, recue};

/// Un jour, écrit comme dans un tableau.
fn le(jour: &str) -> Date {
    jour.parse().unwrap_or_else(|_| panic!("{jour} n'est pas un jour"))
}

/// Une notice du ménage d'Arras, reçue quatre jours après sa date.
fn notice(nature: Nature, jour: &str, champs: Value) -> Acte {
    let champs = champs.as_object().expect("un objet").clone();
    let mot = |nom: &str| champs.get(nom).and_then(Value::as_str);
    let contenu = Contenu {
        date: Some(le(jour)),
        date_audience: mot("date_audience").map(le),
        date_notification_prefet: mot("date_notification_prefet").map(le),
        motif: mot("motif").map(str::to_owned),
        montant_dette: champs
            .get("montant_dette")
            .map_or(Some(Montant::euros(4_000)), |v| v.as_i64().map(Montant::centimes)),
        autres: champs.into_iter().collect(),
        ..commandement()
    };
    let id = le(jour).day_of_year();
    let recue_le = le(jour).saturating_add(jiff::ToSpan::days(4));
    Acte::NoticeRecue(Box::new(recue(id.into(), nature, contenu, recue_le)))
}

fn acte(nom: &str, jour: &str, champs: Value) -> Acte {
    fait(nom, le(jour), champs)
}

fn lettre(etape: &str) -> Acte {
    Acte::Courrier(Courrier {
        modele: "intervention_locataire".to_owned(),
        notice: NoticeId(274),
        etape: etape.to_owned(),
        le: date(2026, 10, 7),
    })
}

fn cdp() -> Acte {
    notice(Nature::Cdp, "2026-10-01", json!({}))
}

fn assignation() -> Acte {
    notice(Nature::Assignation, "2026-12-01", json!({"date_audience": "2027-03-15"}))
}

fn jugement(champs: Value) -> Acte {
    notice(Nature::Decision, "2027-04-05", champs)
}

fn cql() -> Acte {
    notice(Nature::Cql, "2027-05-10", json!({"date_notification_prefet": "2027-05-10"}))
}

fn cfp() -> Acte {
    notice(Nature::RequisitionCfp, "2027-08-02", json!({}))
}

/// L'accord du service, donné le lendemain de la réception du commandement.
fn accepte() -> Acte {
    acte("prise_en_charge", "2026-10-06", json!({"service": "caf", "issue": "acceptee"}))
}

fn etapes(actes: &[Acte], jour: &str) -> Vec<Etape> {
    let dossier = Dossier::relire(&faits(actes.iter().cloned()));
    situation(&dossier, &profil(), le(jour)).etapes
}

/// Règle, actes, jour où l'on regarde, qui, avant le, ce que les motifs citent.
type Cas = (&'static str, Vec<Acte>, &'static str, &'static str, &'static str, &'static str);

#[test]
fn chaque_regle_dit_qui_avant_quand_et_d_apres_quel_texte() {
    use Nature::{Alerte, Cdp, SaisineBailleur, SignalementImpaye};
    let alerte = || notice(Alerte, "2026-10-01", json!({}));
    let caf = || notice(SignalementImpaye, "2026-10-01", json!({"origine": "caf"}));
    let delais = || jugement(json!({"issue": "delais", "delais_mois": 24}));
    let expulsion = || jugement(json!({"issue": "resiliation"}));
    let dsf = |suite: &[(&str, &str)]| {
        let mut actes = vec![
            assignation(),
            acte("dsf_demande", "2026-12-08", json!({"organisme": "departement"})),
        ];
        actes.extend(suite.iter().map(|(nom, jour)| acte(nom, jour, json!({}))));
        actes
    };
    let plan = |suite: &[(&str, &str, Value)]| {
        let mut actes = vec![
            cdp(),
            acte("plan_apurement", "2026-10-20", json!({"mensualite": 20000, "echeances": 3})),
        ];
        actes.extend(suite.iter().map(|(nom, jour, champs)| acte(nom, jour, champs.clone())));
        actes
    };
    let demarche =
        |nom: &str, etape: &str| vec![cdp(), acte(nom, "2026-10-20", json!({"etape": etape}))];
    #[rustfmt::skip]
    let cas: Vec<Cas> = vec![
        // règle, actes, jour, qui, avant le, source
        // la notice et les lettres
        ("completer_la_notice", vec![notice(Cdp, "2026-10-01", json!({"montant_dette": null}))], "2026-10-21", "secretariat", "2026-10-20", "charte, II.3"),
        ("confirmer_la_situation", vec![Acte::NoticeRecue(Box::new(recue(1, Cdp, Contenu { date: Some(date(2025, 9, 1)), ..commandement() }, date(2026, 10, 5))))], "2026-10-21", "secretariat", "2026-10-20", "choix du profil"),
        ("envoyer_les_lettres", vec![cdp()], "2026-10-06", "secretariat", "2026-10-08", "règlement intérieur, 4.4"),
        ("relancer", vec![cdp(), lettre("envoye")], "2026-10-21", "secretariat", "2026-11-07", "règlement intérieur, 4.4"),
        // la prise en charge
        ("prendre_en_charge", vec![cdp()], "2026-10-20", "caf", "2026-10-20", "fiche 3-4"),
        ("prendre_en_charge", vec![cdp()], "2026-10-21", "cellule_technique", "2026-11-04", "n'a pas répondu avant le 20 octobre 2026"),
        ("prendre_en_charge", vec![cdp()], "2026-11-13", "sous_commission", "2026-11-27", "Cellule technique"),
        ("reattribuer", vec![cdp(), acte("prise_en_charge", "2026-10-08", json!({"service": "caf", "issue": "refusee"}))], "2026-10-09", "secretariat", "2026-10-16", "refusé la prise en charge"),
        // la dette
        ("signalement_impaye_bailleur", vec![alerte()], "2026-10-06", "secretariat", "2026-12-01", "R. 824-4"),
        ("chercher_un_plan", vec![alerte()], "2026-10-06", "secretariat", "2026-11-05", "charte, IV.2"),
        ("delai_commandement_de_payer", vec![cdp()], "2026-10-21", "caf", "2026-11-13", "art. 24"),
        ("delai_commandement_de_payer", vec![cdp(), accepte()], "2026-11-22", "cellule_technique", "2026-12-06", "attendue avant le 13 novembre 2026"),
        ("delai_commandement_de_payer", vec![cdp(), accepte()], "2026-12-15", "sous_commission", "2026-12-29", "attendue avant le 6 décembre 2026"),
        ("delai_commandement_de_payer", vec![cdp(), accepte()], "2028-01-01", "sous_commission", "2026-12-29", "attendue avant le 6 décembre 2026"),
        ("chercher_un_plan", vec![cdp(), acte("dette", "2026-11-16", json!({"montant": 500_000}))], "2026-11-20", "caf", "2026-12-16", "le bailleur peut assigner depuis le 13 novembre 2026"),
        ("dette_inferieure_a_2000", vec![notice(Cdp, "2026-10-01", json!({"montant_dette": 150_000}))], "2026-10-21", "caf", "2026-11-05", "charte, II.3"),
        ("renegocier_apres_rupture", plan(&[("plan_rompu", "2026-12-01", json!({})), ("dette", "2026-12-01", json!({"montant": 300_000}))]), "2026-12-05", "caf", "2027-01-01", "plan rompu le 1er décembre 2026"),
        ("delai_saisine_ccapex_personne_morale", vec![notice(SaisineBailleur, "2026-10-01", json!({}))], "2026-10-21", "secretariat", "2026-12-01", "art. 24, II"),
        ("echeance_du_plan", plan(&[]), "2026-10-21", "caf", "2026-11-28", "mensualité du 20 novembre 2026"),
        ("echeance_du_plan", plan(&[("echeance_plan", "2026-11-20", json!({"issue": "payee"}))]), "2026-11-21", "caf", "2026-12-28", "mensualité du 20 décembre 2026"),
        ("risque_de_rupture", plan(&[("echeance_plan", "2026-11-20", json!({"issue": "manquee"}))]), "2026-11-21", "caf", "2026-11-28", "charte, action 4"),
        ("fin_du_plan", plan(&[("echeance_plan", "2026-11-20", json!({"issue": "payee"})), ("echeance_plan", "2026-12-20", json!({"issue": "payee"})), ("echeance_plan", "2027-01-20", json!({"issue": "payee"}))]), "2027-01-21", "caf", "2027-02-20", "ses 3 mensualités sont échues"),
        ("pcs_duree", vec![expulsion(), acte("pcs", "2027-05-03", json!({"duree_mois": 24}))], "2027-06-01", "departement", "2029-05-03", "L. 353-15-2"),
        ("pcs_nouveau_bail", vec![expulsion(), acte("pcs", "2027-05-03", json!({"duree_mois": 24}))], "2029-05-04", "departement", "2029-08-03", "L. 353-15-2"),
        ("pcs_nouveau_bail", vec![expulsion(), acte("pcs", "2027-05-03", json!({"duree_mois": 12})), acte("pcs_respecte", "2028-05-03", json!({}))], "2028-05-04", "departement", "2028-08-03", "L. 353-15-2"),
        ("pcs_denonce", vec![expulsion(), cql(), cfp(), acte("pcs", "2027-08-10", json!({"duree_mois": 24})), acte("pcs_denonce", "2027-11-02", json!({}))], "2027-11-03", "departement", "2027-11-10", "2025-1052"),
        // l'aide au logement et les garanties
        ("decideur_maintien_aide", vec![caf()], "2026-10-06", "caf", "2026-12-05", "organisme payeur selon le décret"),
        ("decideur_maintien_aide", vec![notice(SignalementImpaye, "2027-01-04", json!({"origine": "caf"}))], "2027-01-09", "sous_commission", "2027-03-08", "2026-84"),
        ("notifier_la_decision_sur_l_aide", vec![notice(SignalementImpaye, "2027-01-04", json!({"origine": "caf"})), acte("decision_aide", "2027-03-01", json!({"issue": "suspension", "motif": "x"}))], "2027-03-02", "secretariat", "2027-03-09", "suspension de l'aide"),
        ("effet_suspension", vec![notice(SignalementImpaye, "2027-01-04", json!({"origine": "caf"})), acte("decision_aide", "2027-03-01", json!({"issue": "suspension", "motif": "x", "notifiee_le": "2027-03-05"}))], "2027-03-08", "secretariat", "2027-04-01", "2026-84"),
        ("retablir_l_aide", vec![caf(), acte("aide_logement", "2026-11-02", json!({"etape": "suspendue"}))], "2026-11-03", "secretariat", "2026-12-02", "charte, action 4"),
        ("mobiliser_la_garantie", vec![cdp(), acte("garantie", "2026-10-20", json!({"code": "visale", "etape": "declaree"}))], "2026-10-21", "caf", "2026-11-04", "charte, IV.2"),
        // l'audience et le diagnostic
        ("demander_la_date_d_audience", vec![notice(Nature::Assignation, "2026-12-01", json!({}))], "2026-12-06", "secretariat", "2026-12-13", "ne donne pas la date"),
        ("delais_paiement_condition", vec![assignation()], "2026-12-06", "departement", "2027-03-14", "loi n° 89-462"),
        ("saisine_dsf", vec![assignation()], "2026-12-06", "secretariat", "2026-12-13", "choix du profil"),
        ("dsf_transmission", vec![assignation()], "2026-12-06", "departement", "2027-03-08", "audience du 15 mars 2027"),
        ("dsf_entretien", dsf(&[]), "2026-12-09", "departement", "2026-12-30", "2021-8"),
        ("dsf_rendez_vous", dsf(&[("dsf_rendez_vous", "2026-12-22")]), "2026-12-10", "departement", "2026-12-22", "22 décembre 2026"),
        ("porte_close", dsf(&[("dsf_rendez_vous", "2026-12-22"), ("porte_close", "2026-12-22")]), "2026-12-23", "departement", "2026-12-30", "1 porte close"),
        ("dsf_rendez_vous", dsf(&[("dsf_rendez_vous", "2026-12-22"), ("porte_close", "2026-12-22"), ("dsf_rendez_vous", "2027-01-08")]), "2026-12-28", "departement", "2027-01-08", "8 janvier 2027"),
        ("dsf_transmission", dsf(&[("dsf_realise", "2027-01-08")]), "2027-01-09", "departement", "2027-03-08", "5 jours ouvrés"),
        ("connaitre_l_issue_de_l_audience", dsf(&[("dsf_realise", "2027-01-08"), ("dsf_transmis", "2027-01-12")]), "2027-01-13", "departement", "2027-03-30", "le diagnostic est transmis"),
        ("connaitre_l_issue_de_l_audience", vec![assignation()], "2027-03-15", "departement", "2027-03-30", "l'audience est passée"),
        ("connaitre_l_issue_de_l_audience", vec![notice(Nature::Assignation, "2026-12-01", json!({"date_audience": "2026-12-08"}))], "2026-12-06", "departement", "2026-12-23", "trop proche ou passée"),
        ("absence_a_l_audience", vec![assignation(), acte("audience", "2027-03-15", json!({"locataire_present": false}))], "2027-03-16", "departement", "2027-03-23", "charte, action 4"),
        ("dsf_transmission", vec![assignation(), acte("audience", "2027-03-15", json!({"locataire_present": true, "renvoi_au": "2027-05-17"}))], "2027-03-16", "departement", "2027-05-10", "audience du 17 mai 2027"),
        // la décision
        ("suivre_la_decision", vec![assignation(), delais()], "2027-04-10", "departement", "2027-04-24", "5 avril 2027"),
        ("suspension_clause_resolutoire", vec![assignation(), delais()], "2027-04-10", "departement", "2027-05-09", "art. 24"),
        ("suspension_clause_resolutoire", vec![assignation(), delais(), acte("dette", "2027-06-01", json!({"montant": 380_000}))], "2027-06-02", "departement", "2027-07-01", "art. 24"),
        ("fin_des_delais_de_paiement", vec![assignation(), delais()], "2029-04-06", "departement", "2029-05-05", "5 avril 2029"),
        ("apres_le_rejet", vec![assignation(), jugement(json!({"issue": "rejet"}))], "2027-04-10", "departement", "2027-05-09", "rejetée"),
        ("jugement_non_avenu", vec![jugement(json!({"issue": "resiliation", "par_defaut": true}))], "2027-04-10", "departement", "2027-10-05", "CPC, art. 478"),
        ("preparer_le_relogement", vec![expulsion()], "2027-04-10", "departement", "2027-05-09", "R. 441-14-1"),
        ("delai_appel", vec![expulsion(), acte("signification_jugement", "2027-04-20", json!({}))], "2027-04-21", "departement", "2027-05-20", "CPC, art. 538"),
        ("suivre_l_appel", vec![expulsion(), acte("appel", "2027-05-03", json!({}))], "2027-05-04", "departement", "2027-08-03", "appel du 3 mai 2027"),
        ("delai_cql", vec![expulsion(), cql()], "2027-05-15", "departement", "2027-07-10", "L. 412-1"),
        ("delais_jex", vec![expulsion(), cql(), acte("decision_jex", "2027-06-01", json!({"delai_mois": 6}))], "2027-06-02", "departement", "2027-12-01", "L. 412-3"),
        ("surendettement_suspension_expulsion", vec![expulsion(), cql(), acte("surendettement", "2027-06-01", json!({"etape": "suspension_expulsion"}))], "2027-06-02", "departement", "2029-06-01", "L. 722-6"),
        ("nouveau_bail_promis", vec![expulsion(), acte("dette", "2027-06-01", json!({"montant": 0}))], "2027-06-02", "departement", "2028-06-01", "charte, IV.3"),
        // le concours de la force publique
        ("solution_avant_la_force_publique", vec![expulsion(), cql()], "2027-07-12", "departement", "2027-08-11", "11 juillet 2027"),
        ("canal_cfp", vec![expulsion(), cql(), notice(Nature::RequisitionCfp, "2027-08-02", json!({"canal": "courrier"}))], "2027-08-07", "secretariat", "2027-09-06", "L. 431-2"),
        ("delai_reponse_cfp", vec![expulsion(), cql(), cfp()], "2027-08-07", "prefet", "2027-10-02", "R. 153-1"),
        ("avis_maire", vec![cql(), cfp()], "2027-08-07", "secretariat", "2027-09-06", "charte, IV.3"),
        ("avis_maire", vec![cql(), cfp(), acte("avis_maire", "2027-08-20", json!({"avis": "demande"}))], "2027-08-21", "secretariat", "2027-09-06", "charte, IV.3"),
        ("entretien_derniere_chance", vec![cql(), cfp()], "2027-08-07", "secretariat", "2027-09-06", "charte, IV.3"),
        ("renseignement_police", vec![cql(), cfp()], "2027-08-07", "prefet", "2027-09-06", "charte, IV.3"),
        ("enquete_sociale", vec![cql(), cfp()], "2027-08-07", "departement", "2027-09-06", "charte, IV.3"),
        ("place_siao", vec![cql(), cfp()], "2027-08-07", "prefet", "2027-09-06", "charte, IV.3"),
        ("information_ccapex_cfp", vec![cql(), cfp()], "2027-08-07", "sous_commission", "2027-09-06", "2015-1384"),
        ("solution_avant_l_execution", vec![cql(), cfp(), acte("decision_cfp", "2027-09-20", json!({"issue": "accord"}))], "2027-09-21", "departement", "2027-10-05", "charte, IV.3"),
        ("solution_avant_l_execution", vec![cql(), cfp(), acte("decision_cfp", "2027-09-20", json!({"issue": "accord", "date_effet": "2027-10-15"}))], "2027-09-21", "departement", "2027-10-15", "15 octobre 2027"),
        ("solution_avant_l_execution", vec![cql(), cfp(), acte("decision_cfp", "2027-09-20", json!({"issue": "accord"}))], "2027-11-02", "departement", "2028-03-31", "L. 412-6"),
        ("suivre_l_execution", vec![cql(), cfp(), acte("decision_cfp", "2027-09-20", json!({"issue": "accord"}))], "2027-09-21", "secretariat", "2027-10-20", "concours accordé"),
        ("reexaminer_le_refus", vec![cql(), cfp()], "2027-10-03", "prefet", "2027-12-02", "R. 154-1"),
        ("reexaminer_le_refus", vec![cql(), cfp(), acte("decision_cfp", "2027-09-20", json!({"issue": "refus"}))], "2027-09-21", "prefet", "2027-11-20", "responsabilité de l'État à compter du 20 septembre 2027"),
        ("indemnisation_silence", vec![cql(), cfp(), acte("indemnisation", "2027-11-02", json!({"etape": "demande"}))], "2027-11-03", "prefet", "2028-01-02", "L. 231-4"),
        // ce qui n'est pas un impayé
        ("conge", vec![acte("conge", "2026-10-01", json!({"motif": "vente", "effet_au": "2027-04-30"}))], "2026-10-02", "secretariat", "2027-04-30", "art. 15"),
        ("coordonner_les_acteurs", vec![notice(Nature::Assignation, "2026-12-01", json!({"motif": "troubles", "date_audience": "2027-03-15"}))], "2026-12-06", "departement", "2027-01-05", "troubles"),
        ("informer_le_protecteur", vec![cdp(), acte("mesure_protection", "2026-10-20", json!({"nature": "curatelle"}))], "2026-10-21", "caf", "2026-10-28", "curatelle"),
        // les démarches
        ("fsl_decision", demarche("fsl", "depose"), "2026-10-21", "caf", "2026-12-20", "2005-212"),
        ("fsl_delai_apurement", vec![caf(), acte("fsl", "2026-10-20", json!({"etape": "depose"}))], "2026-10-21", "secretariat", "2027-01-20", "R. 824-5"),
        ("dalo_instruction", demarche("dalo", "depose"), "2026-10-21", "caf", "2027-01-20", "R. 441-15"),
        ("dalo_relogement", demarche("dalo", "prioritaire"), "2026-10-21", "prefet", "2027-01-20", "R. 441-16-1"),
        ("daho_instruction", demarche("daho", "depose"), "2026-10-21", "caf", "2026-12-01", "hébergement opposable"),
        ("surendettement_orientation", demarche("surendettement", "depose"), "2026-10-21", "caf", "2027-01-20", "R. 721-4"),
        ("surendettement_aide_logement", demarche("surendettement", "recevable"), "2026-10-21", "caf", "2026-11-20", "L. 722-10"),
        ("suivre_l_offre", demarche("dalo", "offre"), "2026-10-21", "caf", "2026-11-20", "offre faite le 20 octobre 2026"),
        ("apres_un_refus", demarche("fsl", "refus"), "2026-10-21", "caf", "2026-11-20", "refusé, le 20 octobre 2026"),
        // la commission
        ("ccapex_delai_reponse", vec![alerte()], "2026-10-21", "secretariat", "2026-12-05", "choix du profil"),
        ("repondre_a_l_alerte", vec![cdp(), acte("alerte", "2026-10-20", json!({"code": "deni", "destinataires": ["departement"]}))], "2026-10-21", "departement", "2026-11-04", "charte"),
        ("suite_de_l_avis", vec![cdp(), acte("avis", "2026-10-20", json!({"seance": "12", "destinataire": "bailleur", "contenu": "x"}))], "2026-10-21", "secretariat", "2026-11-20", "avis du 20 octobre 2026"),
        ("inscrire_a_l_ordre_du_jour", vec![cdp(), acte("cas_complexe", "2026-10-20", json!({"issue": "retenu"}))], "2026-10-21", "secretariat", "2026-11-20", "fiche 3-3"),
        ("suivre_la_mesure", vec![cdp(), acte("dispositif", "2026-10-20", json!({"code": "fsl", "etape": "active"}))], "2026-10-21", "caf", "2027-01-20", "mesure activée"),
        // la fin
        ("accompagner_l_expulsion", vec![expulsion(), acte("expulsion", "2027-09-06", json!({}))], "2027-09-07", "departement", "2027-09-14", "charte, IV.3"),
        ("meubles_retrait", vec![expulsion(), acte("expulsion", "2027-09-06", json!({}))], "2027-09-07", "departement", "2027-11-06", "R. 433-1"),
        ("constater_l_issue", vec![expulsion(), acte("expulsion", "2027-09-06", json!({}))], "2027-09-07", "departement", "2027-10-06", "issue du ménage"),
        ("constater_l_issue", vec![expulsion(), acte("expulsion", "2027-09-06", json!({})), acte("contact", "2027-09-20", json!({"mode": "telephone", "issue": "sans_reponse"}))], "2027-09-21", "departement", "2027-10-20", "1 jour de tentatives"),
        ("constater_l_issue", vec![cdp(), acte("depart", "2026-11-02", json!({}))], "2026-11-03", "caf", "2026-12-02", "ménage parti"),
        ("constater_l_issue", vec![cdp(), acte("dette", "2026-12-01", json!({"montant": 0}))], "2026-12-02", "caf", "2027-01-01", "dette réglée"),
        ("constater_l_issue", vec![assignation(), acte("renonciation", "2027-01-05", json!({}))], "2027-01-06", "departement", "2027-02-05", "procédure abandonnée"),
        ("constater_l_issue", vec![expulsion(), acte("nouveau_bail", "2027-06-01", json!({}))], "2027-06-02", "departement", "2027-07-01", "nouveau bail signé"),
        ("revoir_en_secretariat", vec![acte("contact", "2026-10-05", json!({"mode": "visite", "issue": "joint"}))], "2026-10-06", "secretariat", "2027-01-05", "4.4"),
        ("revoir_en_secretariat", vec![acte("contact", "2026-10-05", json!({"mode": "visite", "issue": "joint"}))], "2027-01-14", "sous_commission", "2027-01-28", "Secrétariat"),
    ];
    let mut ecarts = Vec::new();
    for (regle, actes, jour, qui, avant_le, source) in &cas {
        let etapes = etapes(actes, jour);
        let attendue = etapes.iter().any(|e| {
            e.regle == *regle
                && e.qui == *qui
                && e.avant_le == le(avant_le)
                && e.motifs.join(" ; ").contains(source)
        });
        if !attendue {
            let dites: Vec<String> = etapes
                .iter()
                .filter(|e| e.regle == *regle || !etapes.iter().any(|e| e.regle == *regle))
                .map(|e| format!("{} {} {} {:?}", e.regle, e.qui, e.avant_le, e.motifs))
                .collect();
            ecarts.push(format!(
                "{regle} au {jour} : {qui} avant le {avant_le}, « {source} »\n    obtenu : {}",
                dites.join("\n             ")
            ));
        }
    }
    assert!(ecarts.is_empty(), "{} écarts\n{}", ecarts.len(), ecarts.join("\n"));
    let eprouvees: BTreeSet<&str> = cas.iter().map(|(regle, ..)| *regle).collect();
    let sans_cas: Vec<_> =
        REGLES.iter().filter(|r| !eprouvees.contains(*r) && **r != "a_examiner").collect();
    assert!(sans_cas.is_empty(), "règles sans cas : {sans_cas:?}");
}
