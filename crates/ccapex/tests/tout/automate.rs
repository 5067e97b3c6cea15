//! L'automate de l'étude (§ 2) : chaque passage de la ligne principale, ce que chaque état parallèle
//! ouvre, ferme et arrête.

use std::collections::BTreeSet;

use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::procedure::situation::{Situation, situation};
use jiff::civil::Date;

use crate::histoire::{histoire, pas_de_calais};

fn au(lignes: &str, jour: &str) -> Situation {
    let jour: Date = jour.parse().expect("une date ISO");
    situation(&histoire(lignes), &pas_de_calais(), jour)
}

/// Les passages que l'étude permet (§ 2.1), sauf E2 vers E1 : doute n° 50.
const PASSAGES: &str = "
    E0-E1 E0-E17 E1-E0 E1-E2 E1-E3 E2-E0 E2-E3 E3-E0 E3-E4 E4-E0 E4-E5
    E5-E6 E5-desistement E6-E7 E7-E7 E7-E8 E7-E9 E7-E10 E8-E0 E8-E10 E9-E0 E9-E5
    E10-E11 E10-S6 E10-S8 E11-E12 E11-S6 E12-E13 E12-S5 E12-S7 E12-S8 E12-E16 E13-E14 E13-E16
    E14-E15a E14-E15b E15a-E16 E15a-E15b E15a-E18 E15b-S9 E15b-E14 E15b-E15a
    E16-clos E17-clos E18-clos";

const CDP: &str = "cdp 2026-01-15 date_bail=2024-05-01 montant_dette=200000\n";
const ASSIGNE: &str = "assignation 2026-03-09 date_audience=2026-06-15\n";
const JUGE: &str = "decision 2026-01-12 issue=resiliation\n";
const QUITTER: &str =
    "decision 2026-01-12 issue=resiliation\ncql 2026-02-10 date_notification_prefet=2026-02-10\n";
const DEMANDE: &str =
    "cql 2026-02-10 date_notification_prefet=2026-02-10\nrequisition_cfp 2026-05-04\n";

#[rustfmt::skip]
#[test]
fn chaque_passage_de_la_ligne_principale() {
    let cas: &[(&str, String, &str, &str)] = &[
        // passage       ce qui est arrivé                                                   vu le         stade
        ("E0-E1",   "alerte 2026-01-05".into(),                                              "2026-01-05", "impaye_naissant"),
        ("E0-E17",  "depart 2026-01-05".into(),                                              "2026-01-05", "conge_depart"),
        ("E1-E0",   "alerte 2026-01-05\ndette 2026-01-20 montant=0".into(),                  "2026-01-20", "bail_en_cours"),
        ("E1-E2",   "alerte 2026-01-05\nsignalement_impaye 2026-02-02 origine=caf".into(),   "2026-02-02", "impaye_constitue_aide"),
        ("E1-E3",   format!("alerte 2026-01-05\n{CDP}"),                                     "2026-01-15", "cdp_signifie"),
        ("E2-E0",   "signalement_impaye 2026-01-05 origine=caf\ndette 2026-02-02 montant=0".into(), "2026-02-02", "bail_en_cours"),
        ("E2-E3",   format!("signalement_impaye 2026-01-05 origine=caf\n{CDP}"),             "2026-01-15", "cdp_signifie"),
        ("E3-E0",   format!("{CDP}dette 2026-02-26 montant=0"),                              "2026-02-26", "bail_en_cours"),
        ("E3-E4",   CDP.into(),                                                              "2026-02-26", "cdp_signifie"),
        ("E3-E4",   CDP.into(),                                                              "2026-02-27", "clause_acquise"),
        ("E4-E0",   format!("{CDP}renonciation 2026-03-05"),                                 "2026-03-05", "bail_en_cours"),
        ("E4-E5",   format!("{CDP}{ASSIGNE}"),                                               "2026-03-09", "assignation_delivree"),
        ("E5-E6",   format!("{CDP}{ASSIGNE}dsf_demande 2026-03-12"),                         "2026-03-12", "assignation_delivree"),
        ("E5-desistement", format!("{CDP}{ASSIGNE}desistement 2026-04-01"),                  "2026-04-01", "rejet_demande"),
        ("E6-E7",   format!("{CDP}{ASSIGNE}dsf_demande 2026-03-12"),                         "2026-06-14", "assignation_delivree"),
        ("E6-E7",   format!("{CDP}{ASSIGNE}dsf_demande 2026-03-12"),                         "2026-06-15", "audience"),
        ("E7-E7",   format!("{CDP}{ASSIGNE}audience 2026-06-15 renvoi_au=2026-09-07"),       "2026-07-01", "audience"),
        ("E7-E8",   format!("{ASSIGNE}decision 2026-07-06 issue=delais delais_mois=24"),     "2026-07-06", "delais_accordes_clause_suspendue"),
        ("E7-E9",   format!("{ASSIGNE}decision 2026-07-06 issue=rejet"),                     "2026-07-06", "rejet_demande"),
        ("E7-E10",  format!("{ASSIGNE}decision 2026-07-06 issue=resiliation"),               "2026-07-06", "resiliation_expulsion_ordonnee"),
        ("E8-E0",   "decision 2026-07-06 issue=delais delais_mois=24\ndette 2027-07-06 montant=0".into(), "2027-07-06", "bail_en_cours"),
        ("E8-E10",  "decision 2026-07-06 issue=delais delais_mois=24\nplan_rompu 2026-11-02".into(), "2026-11-02", "resiliation_expulsion_ordonnee"),
        ("E9-E0",   "decision 2026-07-06 issue=rejet\ndette 2026-09-01 montant=0".into(),    "2026-09-01", "bail_en_cours"),
        ("E9-E5",   "decision 2026-07-06 issue=rejet\nassignation 2026-10-05 date_audience=2027-01-11".into(), "2026-10-05", "assignation_delivree"),
        ("E10-E11", format!("{JUGE}signification_jugement 2026-01-26"),                      "2026-01-26", "jugement_signifie"),
        ("E10-S6",  format!("{JUGE}appel 2026-01-26"),                                       "2026-01-26", "resiliation_expulsion_ordonnee"),
        ("E10-S8",  format!("{JUGE}pcs 2026-01-26 duree_mois=24"),                           "2026-01-26", "resiliation_expulsion_ordonnee"),
        ("E11-E12", format!("{JUGE}signification_jugement 2026-01-26\ncql 2026-02-10"),      "2026-02-10", "cql_signifie"),
        ("E11-S6",  format!("{JUGE}signification_jugement 2026-01-26\nappel 2026-02-02"),    "2026-02-02", "jugement_signifie"),
        ("E12-E13", QUITTER.into(),                                                          "2026-04-10", "cql_signifie"),
        ("E12-E13", QUITTER.into(),                                                          "2026-04-11", "delai_cql_expire"),
        ("E12-S5",  format!("{QUITTER}surendettement 2026-03-02 etape=depose"),              "2026-03-02", "cql_signifie"),
        ("E12-S7",  format!("{QUITTER}decision_jex 2026-03-02 delai_mois=6"),                "2026-09-02", "cql_signifie"),
        ("E12-S8",  format!("{QUITTER}pcs 2026-03-02 duree_mois=24"),                        "2026-09-02", "cql_signifie"),
        ("E12-E16", format!("{QUITTER}depart 2026-03-02"),                                   "2026-03-02", "depart_volontaire"),
        ("E13-E14", format!("{QUITTER}requisition_cfp 2026-05-04"),                          "2026-05-04", "cfp_demande"),
        ("E13-E16", format!("{QUITTER}depart 2026-05-04"),                                   "2026-05-04", "depart_volontaire"),
        ("E14-E15a", format!("{DEMANDE}decision_cfp 2026-06-01 issue=accord"),               "2026-06-01", "cfp_accorde"),
        ("E14-E15b", format!("{DEMANDE}decision_cfp 2026-06-01 issue=refus"),                "2026-06-01", "cfp_refuse"),
        ("E14-E15b", DEMANDE.into(),                                                         "2026-07-04", "cfp_demande"),
        ("E14-E15b", DEMANDE.into(),                                                         "2026-07-05", "cfp_refuse"),
        ("E15a-E16", format!("{DEMANDE}decision_cfp 2026-06-01 issue=accord\ndepart 2026-06-10"), "2026-06-10", "depart_volontaire"),
        ("E15a-E15b", format!("{DEMANDE}decision_cfp 2026-06-01 issue=accord\ndecision_cfp 2026-06-10 issue=revocation"), "2026-06-10", "cfp_refuse"),
        ("E15a-E18", format!("{DEMANDE}decision_cfp 2026-06-01 issue=accord\nexpulsion 2026-06-10"), "2026-06-10", "expulsion_realisee"),
        ("E15b-S9",  format!("{DEMANDE}decision_cfp 2026-06-01 issue=refus\nindemnisation 2026-07-01 etape=demande"), "2026-07-01", "cfp_refuse"),
        ("E15b-E14", format!("{DEMANDE}decision_cfp 2026-06-01 issue=refus\nrequisition_cfp 2026-09-01"), "2026-09-01", "cfp_demande"),
        ("E15b-E15a", format!("{DEMANDE}decision_cfp 2026-06-01 issue=refus\ndecision_cfp 2026-07-01 issue=accord"), "2026-07-01", "cfp_accorde"),
        ("E16-clos", format!("{QUITTER}depart 2026-05-04\nissue_menage 2026-05-11 issue=relogement"), "2026-05-11", "depart_volontaire"),
        ("E17-clos", "depart 2026-01-05\nissue_menage 2026-01-12 issue=solution_personnelle".into(), "2026-01-12", "conge_depart"),
        ("E18-clos", format!("{DEMANDE}expulsion 2026-06-10\nissue_menage 2026-06-12 issue=hebergement"), "2026-06-12", "expulsion_realisee"),
    ];
    let mut joues = BTreeSet::new();
    let mut stades = BTreeSet::new();
    for (passage, lignes, jour, stade) in cas {
        let situation = au(lignes, jour);
        assert_eq!(situation.stade, *stade, "{passage} au {jour}\n{lignes}");
        // L'expulsion, le départ, le congé ne closent rien : l'issue du ménage, ou la dette réglée.
        let clot = passage.ends_with("-clos") || (passage.ends_with("-E0") && lignes.contains("montant=0"));
        assert_eq!(situation.clos.is_some(), clot, "{passage} au {jour}");
        joues.insert(*passage);
        stades.insert(*stade);
    }
    let permis: BTreeSet<&str> = PASSAGES.split_whitespace().collect();
    assert_eq!(joues, permis);
    for stade in Stade::TOUS {
        assert!(stades.contains(stade.code()), "{} n'est jamais atteint", stade.code());
    }
}

#[rustfmt::skip]
#[test]
fn ce_qu_ouvre_ferme_et_arrete_chaque_etat_parallele() {
    let cas: &[(&str, String, &str, &str, &str)] = &[
        // état     ce qui est arrivé                                                       vu le         stade             états
        ("E6",  format!("{ASSIGNE}dsf_demande 2026-03-12"),                                 "2026-03-20", "assignation_delivree", "dsf_en_cours"),
        ("E6",  format!("{ASSIGNE}dsf_demande 2026-03-12\ndsf_transmis 2026-06-01"),        "2026-06-02", "assignation_delivree", ""),
        ("S1",  format!("{CDP}plan_apurement 2026-02-02 mensualite=5000 echeances=24"),     "2026-03-02", "clause_acquise", "plan_apurement"),
        ("S1",  format!("{CDP}plan_apurement 2026-02-02 mensualite=5000 echeances=24\nplan_rompu 2026-05-04"), "2026-05-04", "clause_acquise", ""),
        ("S1",  format!("{CDP}plan_apurement 2026-02-02 mensualite=5000 echeances=24\nplan_termine 2028-02-02"), "2028-02-02", "bail_en_cours", ""),
        ("S2",  format!("{CDP}fsl 2026-02-02 etape=depose"),                                "2026-02-02", "cdp_signifie",  "fsl_maintien"),
        ("S2",  format!("{CDP}fsl 2026-02-02 etape=depose\nfsl 2026-03-02 etape=refus"),    "2026-03-02", "clause_acquise", ""),
        ("S3",  "signalement_impaye 2026-01-05 origine=caf".into(),                         "2026-01-05", "impaye_constitue_aide", "ccapex_saisie"),
        ("S3",  format!("{CDP}alerte 2026-02-02 code=dossier_complexe"),                    "2026-02-27", "clause_acquise", "ccapex_saisie"),
        ("S3",  format!("{CDP}avis 2026-02-02 seance=12 destinataire=bailleur contenu=attendre"), "2026-02-27", "clause_acquise", "ccapex_avis"),
        ("S4",  format!("{CDP}aide_logement 2026-02-02 etape=suspendue"),                   "2026-02-02", "cdp_signifie",  "aide_suspendue"),
        ("S4",  format!("{CDP}aide_logement 2026-02-02 etape=suspendue\naide_logement 2026-02-20 etape=retablie"), "2026-02-20", "cdp_signifie", "aide_maintenue"),
        ("S5",  format!("{QUITTER}surendettement 2026-03-02 etape=recevable"),              "2026-04-11", "delai_cql_expire", "surendettement"),
        ("S5",  format!("{QUITTER}surendettement 2026-03-02 etape=recevable\nsurendettement 2026-04-02 etape=suspension_expulsion"), "2027-04-11", "cql_signifie", "surendettement"),
        ("S5",  format!("{QUITTER}surendettement 2026-03-02 etape=recevable\nsurendettement 2026-04-02 etape=effacement"), "2026-04-11", "delai_cql_expire", ""),
        ("S6",  format!("{QUITTER}appel 2026-02-16"),                                       "2026-04-11", "delai_cql_expire", "appel"),
        ("S6",  format!("{QUITTER}appel 2026-02-16\nappel 2026-10-05 issue=confirmation"),  "2026-10-05", "delai_cql_expire", ""),
        ("S6",  format!("{QUITTER}appel 2026-02-16\nappel 2026-10-05 issue=infirmation"),   "2026-10-05", "rejet_demande", ""),
        ("S7",  format!("{QUITTER}decision_jex 2026-03-02 delai_mois=6"),                   "2026-09-02", "cql_signifie",  "delai_jex"),
        ("S7",  format!("{QUITTER}decision_jex 2026-03-02 delai_mois=6"),                   "2026-09-03", "delai_cql_expire", ""),
        ("S8",  format!("{QUITTER}pcs 2026-03-02 duree_mois=24"),                           "2027-09-03", "cql_signifie",  "pcs"),
        ("S8",  format!("{QUITTER}pcs 2026-03-02 duree_mois=24\npcs_denonce 2026-09-01"),   "2026-09-01", "delai_cql_expire", ""),
        ("S8",  format!("{DEMANDE}pcs 2026-05-18 duree_mois=24\npcs_denonce 2026-09-01"),   "2026-09-01", "delai_cql_expire", ""),
        ("S9",  format!("{DEMANDE}decision_cfp 2026-06-01 issue=refus\nindemnisation 2026-07-01 etape=demande"), "2026-09-01", "cfp_refuse", "indemnisation_etat"),
        ("S9",  format!("{DEMANDE}decision_cfp 2026-06-01 issue=refus\nindemnisation 2026-07-01 etape=demande"), "2026-09-02", "cfp_refuse", ""),
        ("S9",  format!("{DEMANDE}decision_cfp 2026-06-01 issue=refus\nindemnisation 2026-07-01 etape=demande\nindemnisation 2026-08-03 etape=transaction"), "2026-08-03", "cfp_refuse", ""),
        ("S10", format!("{QUITTER}dalo 2026-03-02 etape=depose"),                           "2026-04-11", "delai_cql_expire", "dalo"),
        ("S10", format!("{QUITTER}dalo 2026-03-02 etape=depose\ndalo 2026-05-18 etape=rejet"), "2026-05-18", "delai_cql_expire", ""),
        ("S11", format!("{QUITTER}relogement 2026-05-04"),                                  "2026-05-04", "depart_volontaire", "relogement"),
        ("S12", format!("{QUITTER}hebergement 2026-05-04"),                                 "2026-05-04", "depart_volontaire", "hebergement_siao"),
        ("S13", format!("{QUITTER}nouveau_bail 2026-05-04"),                                "2026-05-04", "bail_en_cours", "nouveau_bail"),
        ("S14", format!("{QUITTER}renonciation 2026-05-04"),                                "2026-05-04", "bail_en_cours", "renonciation"),
        ("S15", format!("{CDP}mesure_protection 2026-02-02 nature=curatelle"),              "2026-02-02", "cdp_signifie",  "mesure_protection"),
        ("S15", format!("{CDP}mesure_protection 2026-02-02 nature=curatelle\nmesure_protection 2026-02-20 nature=levee"), "2026-02-20", "cdp_signifie", ""),
        ("S16", QUITTER.into(),                                                             "2026-10-31", "delai_cql_expire", ""),
        ("S16", QUITTER.into(),                                                             "2026-11-01", "delai_cql_expire", "treve_active"),
        ("S16", format!("{QUITTER}requisition_cfp 2026-11-02\ndecision_cfp 2026-12-01 issue=accord"), "2027-03-31", "cfp_accorde", "treve_active"),
        ("S16", format!("{QUITTER}requisition_cfp 2026-11-02\ndecision_cfp 2026-12-01 issue=accord"), "2027-04-01", "cfp_accorde", ""),
        ("plusieurs", format!("{CDP}plan_apurement 2026-02-02 mensualite=5000 echeances=24\nfsl 2026-02-03 etape=depose\nmesure_protection 2026-02-04 nature=tutelle"),
                                                                                            "2026-02-05", "cdp_signifie",  "plan_apurement fsl_maintien mesure_protection"),
    ];
    let mut ouverts = BTreeSet::new();
    let mut numeros = BTreeSet::new();
    for (numero, lignes, jour, stade, etats) in cas {
        let situation = au(lignes, jour);
        let dits: Vec<&str> = situation.etats.iter().map(|e| e.code()).collect();
        let voulus: Vec<&str> = etats.split_whitespace().collect();
        assert_eq!((situation.stade, dits), (*stade, voulus.clone()), "{numero} au {jour}\n{lignes}");
        ouverts.extend(voulus);
        numeros.insert((*numero).to_owned());
    }
    for etat in EtatParallele::TOUS {
        assert!(ouverts.contains(etat.code()), "{} ne s'ouvre jamais", etat.code());
    }
    for numero in (1..=16).map(|n| format!("S{n}")) {
        assert!(numeros.contains(&numero), "{numero} n'est pas joué");
    }
}

/// Un dossier peut commencer à n'importe quel stade : le premier acte suffit à le dire.
#[rustfmt::skip]
#[test]
fn un_dossier_commence_a_n_importe_quel_stade() {
    let cas = [
        ("assignation 2026-05-11 date_audience=2026-07-06", "assignation_delivree"),
        ("audience 2026-05-11",                             "audience"),
        ("decision 2026-05-11 issue=resiliation",           "resiliation_expulsion_ordonnee"),
        ("signification_jugement 2026-05-11",               "jugement_signifie"),
        ("cql 2026-05-11",                                  "cql_signifie"),
        ("requisition_cfp 2026-05-11",                      "cfp_demande"),
        ("decision_cfp 2026-05-11 issue=accord",            "cfp_accorde"),
        ("expulsion 2026-05-11",                            "expulsion_realisee"),
        ("hebergement 2026-05-11",                          "depart_volontaire"),
        ("conge 2026-05-11 motif=vente effet_au=2026-11-30", "bail_en_cours"),
    ];
    for (ligne, stade) in cas {
        let situation = au(ligne, "2026-05-12");
        assert_eq!(situation.stade, stade, "{ligne}");
        assert!(!situation.etapes.is_empty() && !situation.service.is_empty(), "{ligne}");
    }
}

#[test]
fn une_demande_par_une_voie_sans_effet_n_est_jamais_refusee_par_le_silence() {
    let lignes = |canal: &str| format!("cql 2026-02-10\nrequisition_cfp 2026-05-04 canal={canal}");
    for (canal, stade) in [("exploc", "cfp_refuse"), ("courrier", "cfp_demande")] {
        assert_eq!(au(&lignes(canal), "2026-09-01").stade, stade, "{canal}");
    }
    let sans_effet = au(&lignes("courrier"), "2026-05-05");
    assert!(sans_effet.etapes.iter().any(|e| e.regle == "canal_cfp"), "{:?}", sans_effet.etapes);
    // Refaite par la bonne voie, elle court.
    let refaite = format!("{}\nrequisition_cfp 2026-06-01 canal=exploc", lignes("courrier"));
    assert_eq!(au(&refaite, "2026-08-01").stade, "cfp_demande");
    assert_eq!(au(&refaite, "2026-08-02").stade, "cfp_refuse");
}

#[test]
fn un_conge_sans_impaye_laisse_le_bail_en_cours() {
    let conge = "conge 2026-02-25 motif=vente effet_au=2026-08-31";
    for (lignes, stade) in [
        (format!("alerte 2026-02-25\n{conge}"), "bail_en_cours"),
        (format!("{conge}\nalerte 2026-02-26"), "bail_en_cours"),
        (format!("alerte 2026-02-25\ndette 2026-02-25 montant=90000\n{conge}"), "impaye_naissant"),
        (format!("signalement_impaye 2026-02-25 origine=caf\n{conge}"), "impaye_constitue_aide"),
    ] {
        assert_eq!(au(&lignes, "2026-03-02").stade, stade, "{lignes}");
    }
}
