//! La frise, les suspensions et la période d'indemnisation, lues dans un dossier entier.

use ccapex::cours::frise::{Frise, Sorte, frise};
use ccapex::cours::horloge::Horloge;
use ccapex::cours::indemnisation::{Periode, periode};
use ccapex::cours::suspensions::{TypeDeSuspension, suspensions};
use ccapex::dossier::Dossier;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::histoire::{cours, cours_de, histoire, pas_de_calais};

fn jour(texte: &str) -> Date {
    texte.parse().expect("une date ISO")
}

fn frise_de(dossier: &Dossier, aujourd_hui: Date) -> Frise {
    let horloge = Horloge::au(aujourd_hui);
    frise(dossier, &cours(dossier, &horloge), &pas_de_calais(), "62041", &horloge)
}

#[rustfmt::skip]
#[test]
fn les_dates_que_la_loi_compte() {
    let cas = [
        // n°     histoire                                                            vue le         règle                          date
        ("O01", "cdp 2026-01-15 date_bail=2024-05-01",                               "2026-02-01",  "delai_commandement_de_payer", "2026-02-26"),
        ("O01", "cdp 2026-01-15 date_bail=2024-05-01",                               "2026-02-01",  "premiere_assignation_possible", "2026-02-27"),
        ("O35", "saisine_bailleur 2026-03-16 bailleur_type=bailleur_social
                 cdp 2026-03-17 date_bail=2024-05-01 bailleur_type=bailleur_social", "2026-04-01",  "premiere_assignation_possible", "2026-05-17"),
        ("O25", "assignation 2025-03-10 date_audience=2025-05-12",                   "2025-03-20",  "delai_notification_prefet",   "2025-03-30"),
        ("O27", "assignation 2026-09-10 date_audience=2026-10-27",                   "2026-09-11",  "delai_notification_prefet",   "2026-09-14"),
        ("O29", "assignation 2026-10-12 date_audience=2026-12-15",                   "2026-10-20",  "delai_notification_prefet",   "2026-11-02"),
        ("O31", "assignation 2026-11-20 date_notification_prefet=2026-11-20",        "2026-11-21",  "delai_notification_prefet",   "2027-01-04"),
        ("O33", "assignation 2023-02-10 date_audience=2023-04-30",                   "2023-02-11",  "delai_notification_prefet",   "2023-02-27"),
        ("O37", "assignation 2026-10-12 date_audience=2026-12-15
                 dsf_demande 2026-10-30",                                            "2026-11-01",  "dsf_entretien",               "2026-11-23"),
        ("O39", "assignation 2026-09-01 date_audience=2026-11-17",                   "2026-09-02",  "dsf_transmission",            "2026-11-09"),
        ("O41", "decision 2026-09-01 issue=resiliation
                 signification_jugement 2026-09-15",                                 "2026-09-20",  "delai_appel",                 "2026-10-15"),
        ("O43", "decision 2026-03-02 issue=resiliation
                 signification_jugement 2026-04-01",                                 "2026-04-02",  "delai_appel",                 "2026-05-04"),
        ("O45", "decision 2026-08-31 issue=resiliation par_defaut=oui",              "2026-11-21",  "jugement_non_avenu",          "2027-03-01"),
        ("O47", "decision 2026-09-30 issue=delais delais_mois=36",                   "2026-11-21",  "suspension_clause_resolutoire", "2029-09-30"),
        ("O51", "cql 2020-12-01
                 decision_jex 2021-02-10 delai_mois=36",                             "2021-03-01",  "delais_jex",                  "2024-02-10"),
        ("O53", "cql 2026-09-10",                                                    "2026-11-21",  "delai_cql",                   "2026-11-10"),
        ("O53", "cql 2026-09-10",                                                    "2026-11-21",  "treve_hivernale",             "2027-04-01"),
        ("O53", "cql 2026-09-10",                                                    "2026-11-21",  "treve_hivernale",             "2027-03-31"),
        ("O55", "cql 2026-07-15",                                                    "2026-10-20",  "delai_cql",                   "2026-09-15"),
        ("O57", "cql 2026-06-30",                                                    "2026-07-01",  "delai_cql",                   "2026-08-30"),
        ("O57", "cql 2026-06-30",                                                    "2026-07-01",  "treve_hivernale",             "2026-08-31"),
        ("O59", "cql 2026-02-10 date_notification_prefet=2026-03-10",                "2026-04-01",  "delai_cql",                   "2026-05-08"),
        ("O61", "cql 2020-11-16",                                                    "2021-03-01",  "treve_hivernale",             "2021-05-31"),
        ("O61", "cql 2020-11-16",                                                    "2021-03-01",  "treve_hivernale",             "2021-06-01"),
        ("JEX", "cql 2026-02-10
                 decision_jex 2026-04-01 delai_mois=6",                              "2026-05-01",  "treve_hivernale",             "2026-10-02"),
        ("JEX, dans la trêve", "cql 2026-02-10
                 decision_jex 2026-04-01 delai_mois=8",                              "2026-05-01",  "treve_hivernale",             "2027-04-01"),
        ("O65", "requisition_cfp 2026-07-31",                                        "2026-08-01",  "delai_reponse_cfp",           "2026-09-30"),
        ("O67", "requisition_cfp 2025-12-30",                                        "2026-01-01",  "delai_reponse_cfp",           "2026-02-28"),
        ("indemnisation", "indemnisation 2026-03-02 etape=demande",                  "2026-03-03",  "indemnisation_silence",       "2026-05-02"),
        ("tribunal", "indemnisation 2026-03-02 etape=demande",                       "2026-03-03",  "indemnisation_silence",       "2026-07-02"),
        ("FSL", "fsl 2026-11-30 etape=depose",                                       "2026-12-01",  "fsl_decision",                "2027-01-30"),
        ("O75", "signalement_impaye 2026-11-02 origine=caf
                 fsl 2026-11-30 etape=depose",                                       "2026-12-01",  "fsl_delai_apurement",         "2027-02-28"),
        ("O81", "decision_aide 2027-05-31 issue=suspension motif=x notifiee_le=2027-06-01", "2027-06-02", "effet_suspension",         "2027-07-01"),
        ("O83", "decision 2026-07-01 issue=resiliation
                 pcs 2026-09-10 duree_mois=24",                                      "2026-11-21",  "pcs_duree",                   "2028-09-10"),
        ("O83", "decision 2026-07-01 issue=resiliation
                 pcs 2026-09-10 duree_mois=24",                                      "2026-11-21",  "pcs_nouveau_bail",            "2028-12-10"),
        ("O83, renouvelé", "decision 2026-07-01 issue=resiliation
                 pcs 2026-09-10 duree_mois=24
                 pcs 2028-09-10 duree_mois=36",                                      "2028-10-01",  "pcs_duree",                   "2031-09-10"),
        ("O85", "daho 2026-09-15 etape=depose",                                      "2026-09-20",  "daho_instruction",            "2026-10-27"),
        ("O87", "surendettement 2028-02-29 etape=suspension_expulsion",              "2028-03-01",  "surendettement_suspension_expulsion", "2030-02-28"),
        ("DALO", "dalo 2026-09-15 etape=depose",                                     "2026-09-20",  "dalo_instruction",            "2026-12-15"),
        ("DALO", "dalo 2026-09-15 etape=prioritaire",                                "2026-09-20",  "dalo_relogement",             "2026-12-15"),
        ("DALO", "dalo 2026-09-15 etape=prioritaire",                                "2026-09-20",  "dalo_recours_injonction",     "2027-04-15"),
        ("surendettement", "surendettement 2026-09-15 etape=depose",                 "2026-09-20",  "surendettement_orientation",  "2026-12-15"),
        ("plan", "plan_apurement 2026-01-31 mensualite=5000 echeances=13",           "2026-02-01",  "plan_apurement",              "2027-02-28"),
    ];
    for (numero, lignes, vue_le, regle, attendue) in cas {
        let frise = frise_de(&histoire(lignes), jour(vue_le));
        let jours: Vec<Date> = frise
            .jalons
            .iter()
            .filter(|j| j.regle == Some(regle) && j.sorte == Sorte::Calcule)
            .map(|j| j.jour)
            .collect();
        assert!(jours.contains(&jour(attendue)), "{numero}, {regle} : {attendue} n'est pas dans {jours:?}");
        for jalon in frise.jalons.iter().filter(|j| j.sorte == Sorte::Calcule) {
            assert!(!jalon.motifs.is_empty() && jalon.motifs.iter().all(|m| !m.is_empty()), "{jalon:?}");
        }
    }
}

/// O89, O91 : le même mois d'appel finit un jour férié ici, non ailleurs.
#[rustfmt::skip]
#[test]
fn un_jour_ferie_d_outre_mer_reporte_l_appel() {
    let cas = [
        // n°     commune                        signifié le    dernier jour
        ("O89", "97209", "Fort-de-France",       "2026-04-22",  "2026-05-26"),
        ("O89", "62041", "Arras",                "2026-04-22",  "2026-05-22"),
        ("O91", "97411", "Saint-Denis",          "2027-11-20",  "2027-12-21"),
        ("O91", "62041", "Arras",                "2027-11-20",  "2027-12-20"),
    ];
    for (numero, commune, nom, signifie_le, attendue) in cas {
        let dossier = histoire(&format!(
            "decision 2026-03-02 issue=resiliation commune={commune}\nsignification_jugement {signifie_le}"
        ));
        let horloge = Horloge::au(jour(signifie_le));
        let cours = cours(&dossier, &horloge);
        let frise = frise(&dossier, &cours, &pas_de_calais(), commune, &horloge);
        let appel = frise.jalons.iter().find(|j| j.regle == Some("delai_appel"));
        assert_eq!(appel.map(|j| j.jour), Some(jour(attendue)), "{numero}, {nom}");
    }
}

#[test]
fn la_frise_va_des_faits_aux_annonces_avec_leurs_irregularites() {
    let dossier = histoire(
        "cdp 2026-03-01 date_bail=2024-05-01 commune=62041
         assignation 2026-09-01 date_audience=2027-01-12 date_notification_prefet=2026-09-02
         dsf_rendez_vous 2026-12-07",
    );
    let frise = frise_de(&dossier, date(2026, 11, 21));
    let vus: Vec<(String, Sorte, &str)> =
        frise.jalons.iter().map(|j| (j.jour.to_string(), j.sorte, j.titre.as_str())).collect();
    let vus: Vec<(&str, Sorte, &str)> = vus.iter().map(|(j, s, t)| (j.as_str(), *s, *t)).collect();
    assert_eq!(
        vus,
        [
            ("2026-03-01", Sorte::Passe, "Commandement de payer"),
            ("2026-04-13", Sorte::Calcule, "Dernier jour pour payer"),
            ("2026-09-01", Sorte::Passe, "Assignation"),
            ("2026-11-30", Sorte::Calcule, "Dernier jour pour notifier l'assignation au préfet"),
            ("2026-12-07", Sorte::Annonce, "Entretien proposé"),
            ("2027-01-05", Sorte::Calcule, "Dernier jour pour transmettre le diagnostic"),
            ("2027-01-12", Sorte::Annonce, "Audience"),
        ]
    );
    assert_eq!(frise.jalons[0].fait.as_deref(), Some("1"));
    assert_eq!(frise.jalons[0].anomalies[0].regle, "signification_jours_heures");
}

/// Ce qui suspend, du, au.
type Attendue = (TypeDeSuspension, &'static str, &'static str);

#[rustfmt::skip]
#[test]
fn ce_qui_suspend_et_de_quand_a_quand() {
    use TypeDeSuspension::{
        ArretDeLExecution, DelaisDuJuge, DelaisPourPartir, Pcs, PlanRespecte, Surendettement, Treve,
    };
    let cas: [(&str, &str, &[Attendue]); 9] = [
        ("plan en cours, puis rompu",
            "plan_apurement 2026-01-31 mensualite=5000 echeances=13
             plan_rompu 2026-06-01",
            &[(PlanRespecte, "2026-01-31", "2026-06-01")]),
        ("délais du juge, puis rompus : la trêve reprend",
            "decision 2026-02-10 issue=delais delais_mois=24
             plan_rompu 2026-06-01
             cql 2026-06-15",
            &[(DelaisDuJuge, "2026-02-10", "2026-06-01"), (Treve, "2026-11-01", "2027-03-31")]),
        ("juge de l'exécution",
            "cql 2026-04-10
             decision_jex 2026-05-04 delai_mois=6",
            &[(DelaisPourPartir, "2026-05-04", "2026-11-04"), (Treve, "2026-11-01", "2027-03-31")]),
        ("surendettement, fini par l'effacement",
            "surendettement 2026-02-02 etape=suspension_expulsion
             surendettement 2026-05-04 etape=effacement",
            &[(Surendettement, "2026-02-02", "2026-05-04")]),
        ("protocole renouvelé puis dénoncé",
            "decision 2024-02-05 issue=resiliation
             pcs 2024-04-02 duree_mois=24
             pcs 2026-04-02 duree_mois=12
             pcs_denonce 2026-09-01",
            &[(Treve, "2023-11-01", "2024-03-31"), (Pcs, "2024-04-02", "2026-09-01"),
              (Treve, "2024-11-01", "2025-03-31"), (Treve, "2025-11-01", "2026-03-31"),
              (Treve, "2026-11-01", "2027-03-31")]),
        ("les deux prolongations",
            "cql 2019-12-02
             depart 2021-09-01",
            &[(Treve, "2019-11-01", "2020-07-10"), (Treve, "2020-11-01", "2021-05-31")]),
        ("exécution arrêtée, puis jugement confirmé",
            "appel 2026-04-01 issue=arret_execution
             appel 2026-09-01 issue=confirmation",
            &[(ArretDeLExecution, "2026-04-01", "2026-09-01")]),
        ("le départ finit tout",
            "cql 2026-04-10
             decision_jex 2026-05-04 delai_mois=6
             depart 2026-07-01",
            &[(DelaisPourPartir, "2026-05-04", "2026-07-01")]),
        ("avant toute décision, pas de trêve",
            "cdp 2026-03-02 date_bail=2024-05-01",
            &[]),
    ];
    for (libelle, lignes, attendues) in cas {
        let (dossier, horloge) = (histoire(lignes), Horloge::au(date(2026, 11, 21)));
        let vues: Vec<(TypeDeSuspension, String, String)> =
            suspensions(&dossier, &cours(&dossier, &horloge), &horloge)
                .into_iter()
                .map(|s| (s.quoi, s.du.to_string(), s.au.expect("une fin").to_string()))
                .collect();
        let attendues: Vec<_> = attendues
            .iter()
            .map(|(quoi, du, au)| (*quoi, (*du).to_owned(), (*au).to_owned()))
            .collect();
        assert_eq!(vues, attendues, "{libelle}");
    }
}

/// Le premier jour, et le dernier s'il est connu.
type DuAu = (&'static str, Option<&'static str>);

fn due(lignes: &str, aujourd_hui: &str) -> Option<Periode> {
    let (dossier, horloge) = (histoire(lignes), Horloge::au(jour(aujourd_hui)));
    periode(&dossier, &cours(&dossier, &horloge), &horloge)
}

#[rustfmt::skip]
#[test]
fn ce_que_l_etat_doit_au_bailleur() {
    let cas: [(&str, &str, &str, Option<DuAu>); 18] = [
        ("O65 le préfet peut encore répondre",
            "requisition_cfp 2026-07-31",
            "2026-09-30", None),
        ("O65 son silence vaut refus",
            "requisition_cfp 2026-07-31",
            "2026-10-01", Some(("2026-09-30", None))),
        ("O67 refus né pendant la trêve",
            "requisition_cfp 2025-12-30",
            "2026-11-21", Some(("2026-04-01", None))),
        ("O69 exécuté neuf jours après l'accord",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-06-10 issue=refus
             decision_cfp 2026-07-01 issue=accord
             expulsion 2026-07-10",
            "2026-11-21", Some(("2026-06-10", Some("2026-07-01")))),
        ("O71 exécuté quinze jours après, pas plus",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-06-10 issue=refus
             decision_cfp 2026-07-01 issue=accord
             expulsion 2026-07-16",
            "2026-11-21", Some(("2026-06-10", Some("2026-07-01")))),
        ("exécuté seize jours après",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-06-10 issue=refus
             decision_cfp 2026-07-01 issue=accord
             expulsion 2026-07-17",
            "2026-11-21", Some(("2026-06-10", Some("2026-07-17")))),
        ("accordé, jamais exécuté : elle court toujours",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-06-10 issue=refus
             decision_cfp 2026-07-01 issue=accord",
            "2026-07-17", Some(("2026-06-10", None))),
        ("accordé, pas encore exécuté",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-06-10 issue=refus
             decision_cfp 2026-07-01 issue=accord",
            "2026-07-16", Some(("2026-06-10", Some("2026-07-01")))),
        ("silence, puis accord",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-07-01 issue=accord
             expulsion 2026-07-10",
            "2026-11-21", Some(("2026-06-10", Some("2026-07-01")))),
        ("accord dans les deux mois : rien",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-06-01 issue=accord
             expulsion 2026-06-10",
            "2026-11-21", None),
        ("départ",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-05-11 issue=refus
             depart 2026-09-01",
            "2026-11-21", Some(("2026-05-11", Some("2026-09-01")))),
        ("renonciation",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-05-11 issue=refus
             renonciation 2026-09-01",
            "2026-11-21", Some(("2026-05-11", Some("2026-09-01")))),
        ("délais du juge de l'exécution en cours",
            "cql 2026-01-05
             decision_jex 2026-02-10 delai_mois=6
             requisition_cfp 2026-04-10
             decision_cfp 2026-05-11 issue=refus",
            "2026-11-21", Some(("2026-08-11", None))),
        ("parti pendant le sursis : rien n'a commencé",
            "requisition_cfp 2025-12-30
             depart 2026-03-16",
            "2026-11-21", None),
        ("protocole signé : suspendue",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-05-11 issue=refus
             pcs 2026-08-03 duree_mois=24",
            "2026-11-21", Some(("2026-05-11", Some("2026-08-03")))),
        ("protocole dénoncé : il faut une nouvelle demande",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-05-11 issue=refus
             pcs 2026-08-03 duree_mois=24
             pcs_denonce 2026-09-07",
            "2026-11-21", Some(("2026-05-11", Some("2026-08-03")))),
        ("nouvelle demande, nouveau refus",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-05-11 issue=refus
             pcs 2026-08-03 duree_mois=24
             pcs_denonce 2026-09-07
             requisition_cfp 2026-09-14
             decision_cfp 2026-10-12 issue=refus",
            "2026-11-21", Some(("2026-10-12", None))),
        ("refus réitéré : le premier compte",
            "requisition_cfp 2026-04-10
             decision_cfp 2026-05-11 issue=refus
             requisition_cfp 2026-06-15
             decision_cfp 2026-07-20 issue=refus",
            "2026-11-21", Some(("2026-05-11", None))),
    ];
    for (libelle, lignes, aujourd_hui, attendue) in cas {
        let vue = due(lignes, aujourd_hui);
        let attendue = attendue.map(|(du, au)| (jour(du), au.map(jour)));
        assert_eq!(vue.as_ref().map(|p| (p.du, p.au)), attendue, "{libelle} : {vue:#?}");
        assert!(vue.is_none_or(|p| !p.motifs.is_empty()), "{libelle}");
    }
    let silence = due("requisition_cfp 2026-07-31", "2026-11-21").expect("une période");
    assert_eq!(silence.premier_jour, date(2026, 10, 1));
}

/// Un acte de chaque sorte, avec ce qui le rend le plus surprenant.
const ACTES: [&str; 44] = [
    "signalement_impaye ? bailleur_type=bailleur_social",
    "saisine_bailleur ? bailleur_type=bailleur_social",
    "cdp ? date_bail=2024-05-01 canal=courrier",
    "assignation ? date_audience=2026-07-06 date_notification_prefet=2026-07-01",
    "decision ? issue=delais delais_mois=60 loyer_repris=non delai_depart_mois=40",
    "decision ? issue=resiliation par_defaut=oui",
    "decision ? issue=rejet",
    "cql ? canal=courrier date_notification_prefet=2026-12-01",
    "requisition_cfp ? canal=courrier",
    "conge ? motif=vente effet_au=2020-01-01",
    "dsf_demande ?",
    "dsf_rendez_vous ?",
    "porte_close ?",
    "dsf_transmis ?",
    "audience ? renvoi_au=2020-01-01",
    "signification_jugement ?",
    "appel ?",
    "appel ? issue=arret_execution",
    "decision_jex ? delai_mois=120",
    "decision_jex ? jusqu_au=2020-01-01",
    "tentative_expulsion ?",
    "decision_cfp ? issue=accord date_effet=2030-01-01",
    "decision_cfp ? issue=refus",
    "decision_cfp ? issue=revocation",
    "expulsion ?",
    "depart ?",
    "desistement ?",
    "renonciation ?",
    "plan_apurement ? mensualite=5000 echeances=240",
    "plan_rompu ?",
    "pcs ? duree_mois=120",
    "pcs_denonce ?",
    "pcs_respecte ?",
    "fsl ? etape=depose",
    "dalo ? etape=prioritaire",
    "dalo ? etape=offre",
    "surendettement ? etape=suspension_expulsion jusqu_au=2090-01-01",
    "surendettement ? etape=effacement",
    "aide_logement ? etape=suspendue",
    "decision_aide ? issue=suspension motif=x notifiee_le=2027-01-31",
    "dette ? montant=0",
    "nouveau_bail ?",
    "indemnisation ? etape=demande",
    "issue_menage ? issue=sans_nouvelles",
];

#[test]
fn deux_actes_quelconques_dans_n_importe_quel_ordre_ont_une_frise() {
    let jours = [
        ("2026-03-01", "2026-11-01"),
        ("2026-11-01", "2026-03-01"),
        ("0001-01-01", "2028-02-29"),
        ("2026-11-21", "9999-12-31"),
    ];
    let profil = pas_de_calais();
    for premier in ACTES {
        for second in ACTES {
            for (a, b) in jours {
                let lignes = format!("{}\n{}", premier.replace('?', a), second.replace('?', b));
                let (dossier, horloge) = (histoire(&lignes), Horloge::au(date(2026, 11, 21)));
                let cours = cours_de(&dossier, &profil, &horloge);
                let frise = frise(&dossier, &cours, &profil, "62041", &horloge);
                assert!(frise.jalons.is_sorted_by_key(|j| (j.jour, j.sorte)), "{lignes}");
                assert!(frise.suspensions.is_sorted_by_key(|s| s.du), "{lignes}");
                for suspension in &frise.suspensions {
                    assert!(suspension.au.is_none_or(|au| suspension.du <= au), "{lignes}");
                }
                let faits = frise.jalons.iter().filter(|j| j.regle.is_none() && j.fait.is_some());
                assert!(faits.count() >= 2, "{lignes}");
                let due = periode(&dossier, &cours, &horloge);
                assert!(due.is_none_or(|p| p.au.is_none_or(|au| p.du <= au)), "{lignes}");
            }
        }
    }
}

/// Entre deux jours où l'horloge annonce un changement, la frise est la même.
#[test]
fn l_horloge_annonce_tout_ce_qui_changera() {
    let histoires = [
        "requisition_cfp 2026-04-10
         decision_cfp 2026-06-10 issue=refus
         decision_cfp 2026-07-01 issue=accord",
        "cql 2026-04-10
         decision_jex 2026-05-04 delai_mois=6
         requisition_cfp 2026-08-10",
        "assignation 2026-05-11 date_audience=2026-07-06
         dsf_demande 2026-05-18
         decision 2026-08-31 issue=resiliation par_defaut=oui",
    ];
    let vue = |dossier: &Dossier, le: Date| {
        let horloge = Horloge::au(le);
        let cours = cours(dossier, &horloge);
        let frise = frise(dossier, &cours, &pas_de_calais(), "62041", &horloge);
        let due = periode(dossier, &cours, &horloge);
        ((frise, due), horloge.prochain())
    };
    for lignes in histoires {
        let dossier = histoire(lignes);
        let mut le = date(2026, 9, 1);
        let (mut connue, mut prochain) = vue(&dossier, le);
        while le < date(2027, 6, 1) {
            le = le.saturating_add(1.day());
            if prochain.is_some_and(|prochain| le >= prochain) {
                (connue, prochain) = vue(&dossier, le);
            } else if le.day() % 7 == 0 {
                let (vue, _) = vue(&dossier, le);
                assert_eq!(vue, connue, "{lignes}, le {le}, annoncé pour {prochain:?}");
            }
        }
    }
}
