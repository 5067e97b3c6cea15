//! Les irrégularités d'un fait, lues dans un dossier entier.

use ccapex::cours::horloge::Horloge;
use ccapex::cours::irregularites::{irregularites, irregularites_du_fait};
use droit::catalogue;
use jiff::civil::{Date, date};

use crate::histoire::{cours, dernier, histoire, pas_de_calais};

const AUJOURD_HUI: Date = date(2026, 11, 21);

/// Les règles qu'enfreint le dernier acte d'une histoire.
fn regles_du_dernier(lignes: &str, aujourd_hui: Date) -> Vec<&'static str> {
    let (dossier, horloge) = (histoire(lignes), Horloge::au(aujourd_hui));
    let cours = cours(&dossier, &horloge);
    let fait = dernier(lignes);
    let trouvees = irregularites_du_fait(&fait, &dossier, &cours, &pas_de_calais(), &horloge);
    for anomalie in &trouvees {
        let du_catalogue = catalogue::regle(anomalie.regle).is_some();
        let de_la_maison =
            ["ordre_des_actes", "tentatives_avant_sans_nouvelles"].contains(&anomalie.regle);
        assert!(du_catalogue || de_la_maison, "{} n'est pas une règle", anomalie.regle);
        assert!(!anomalie.consequence.is_empty() && !anomalie.motif.is_empty(), "{anomalie:?}");
        if du_catalogue {
            assert!(anomalie.motif.ends_with(')'), "sans texte : {}", anomalie.motif);
        }
    }
    trouvees.iter().map(|anomalie| anomalie.regle).collect()
}

fn verifie(cas: &[(&str, &str, &str)]) {
    for (libelle, lignes, attendues) in cas {
        let attendues: Vec<&str> = attendues.split_whitespace().collect();
        assert_eq!(regles_du_dernier(lignes, AUJOURD_HUI), attendues, "{libelle}");
    }
}

#[rustfmt::skip]
#[test]
fn du_commandement_a_l_audience() {
    verifie(&[
        ("O15 commandement un dimanche",
            "cdp 2026-03-01 date_bail=2024-05-01 commune=62041",
            "signification_jours_heures"),
        ("O15 commandement un samedi",
            "cdp 2026-02-28 date_bail=2024-05-01 commune=62041",
            ""),
        ("signalement par courrier depuis 2018",
            "cdp 2026-03-02 date_bail=2024-05-01 canal=courrier",
            "canal_signalement_cdp"),
        ("signalement par courrier avant 2018",
            "cdp 2017-03-02 date_bail=2014-05-01 canal=courrier",
            ""),
        ("assignation avant la fin des six semaines",
            "cdp 2026-01-15 date_bail=2024-05-01 bailleur_type=personne_physique
             assignation 2026-02-26",
            "delai_commandement_de_payer"),
        ("assignation le premier jour possible",
            "cdp 2026-01-15 date_bail=2024-05-01 bailleur_type=personne_physique
             assignation 2026-02-27",
            ""),
        ("bailleur social : aucune saisine connue",
            "cdp 2026-01-15 date_bail=2024-05-01 bailleur_type=bailleur_social
             assignation 2026-05-18",
            "delai_saisine_ccapex_personne_morale"),
        ("O35 bailleur social : deux mois pas encore passés",
            "saisine_bailleur 2026-03-16 bailleur_type=bailleur_social
             assignation 2026-05-16",
            "delai_saisine_ccapex_personne_morale"),
        ("O35 bailleur social : deux mois passés",
            "saisine_bailleur 2026-03-16 bailleur_type=bailleur_social
             assignation 2026-05-18",
            ""),
        ("la Caf a déjà informé la commission : cela vaut saisine",
            "signalement_impaye 2026-02-02 bailleur_type=bailleur_social
             saisine_bailleur 2026-04-16 bailleur_type=bailleur_social
             assignation 2026-05-18",
            ""),
        ("SCI familiale : pas de saisine préalable",
            "assignation 2026-05-18 bailleur_type=sci_familiale",
            ""),
        ("O25 notifiée au préfet le dernier jour utile, un dimanche",
            "assignation 2025-03-10 date_audience=2025-05-12 date_notification_prefet=2025-03-30",
            ""),
        ("O25 un jour plus tard",
            "assignation 2025-03-10 date_audience=2025-05-12 date_notification_prefet=2025-03-31",
            "delai_notification_prefet"),
        ("O27 irrecevable",
            "assignation 2026-09-10 date_audience=2026-10-27 date_notification_prefet=2026-09-15",
            "delai_notification_prefet"),
        ("O29 dernier jour utile",
            "assignation 2026-10-12 date_audience=2026-12-15 date_notification_prefet=2026-11-02",
            ""),
        ("O31 au plus tôt",
            "assignation 2026-11-20 date_audience=2027-01-02 date_notification_prefet=2026-11-20",
            ""),
        ("O31 la veille",
            "assignation 2026-11-20 date_audience=2027-01-01 date_notification_prefet=2026-11-20",
            "delai_notification_prefet"),
        ("O33 ancien régime, dernier jour utile",
            "assignation 2023-02-10 date_audience=2023-04-30 date_notification_prefet=2023-02-27",
            ""),
        ("O33 ancien régime, un jour plus tard",
            "assignation 2023-02-10 date_audience=2023-04-30 date_notification_prefet=2023-02-28",
            "delai_notification_prefet"),
        ("audience avant l'assignation qui y appelle",
            "assignation 2026-09-10 date_audience=2026-09-01",
            "ordre_des_actes"),
        ("audience datée avant l'assignation",
            "assignation 2026-09-10 date_audience=2026-12-01
             audience 2026-09-01",
            "ordre_des_actes"),
        ("dette réglée, puis assignation",
            "cdp 2026-01-15 date_bail=2024-05-01 bailleur_type=personne_physique
             dette 2026-02-03 montant=0
             assignation 2026-03-02",
            "ordre_des_actes"),
    ]);
}

#[test]
fn un_renvoi_ne_regularise_pas_une_notification_tardive() {
    let lignes =
        "assignation 2026-09-10 date_audience=2026-10-27 date_notification_prefet=2026-09-15
                  audience 2026-10-27 renvoi_au=2027-01-12";
    let (dossier, horloge) = (histoire(lignes), Horloge::au(AUJOURD_HUI));
    let cours = cours(&dossier, &horloge);
    let trouvees = irregularites(&dossier, &cours, &pas_de_calais(), &horloge);
    assert_eq!(cours.procedure.audience, Some(date(2027, 1, 12)));
    assert_eq!(trouvees["1"][0].regle, "delai_notification_prefet");
    assert!(trouvees["1"][0].consequence.contains("renvoi"));
}

#[rustfmt::skip]
#[test]
fn le_diagnostic() {
    verifie(&[
        ("O37 entretien le dernier jour",
            "dsf_demande 2026-10-30
             dsf_rendez_vous 2026-11-23",
            ""),
        ("O37 entretien un jour trop tard",
            "dsf_demande 2026-10-30
             dsf_rendez_vous 2026-11-24",
            "dsf_entretien"),
        ("le deuxième entretien n'a pas de délai",
            "dsf_demande 2026-10-30
             dsf_rendez_vous 2026-11-16
             dsf_rendez_vous 2026-12-07",
            ""),
        ("O39 transmis le dernier jour",
            "assignation 2026-09-01 date_audience=2026-11-17
             dsf_transmis 2026-11-09",
            ""),
        ("O39 transmis trop tard",
            "assignation 2026-09-01 date_audience=2026-11-17
             dsf_transmis 2026-11-10",
            "dsf_transmission"),
    ]);
}

#[rustfmt::skip]
#[test]
fn du_jugement_a_l_appel() {
    verifie(&[
        ("O47 délais de trente-six mois",
            "decision 2026-09-30 issue=delais delais_mois=36",
            ""),
        ("O49 délais de quarante mois",
            "decision 2026-09-30 issue=delais delais_mois=40",
            "delais_paiement_max"),
        ("délais sans reprise du loyer",
            "decision 2026-09-30 issue=delais delais_mois=24 loyer_repris=non",
            "delais_paiement_condition"),
        ("délais sans reprise du loyer, avant la loi de 2023",
            "decision 2023-06-30 issue=delais delais_mois=24 loyer_repris=non",
            ""),
        ("délais dont on ne sait pas si le loyer est repris",
            "decision 2026-09-30 issue=delais delais_mois=24",
            ""),
        ("treize mois pour partir",
            "decision 2026-09-30 issue=resiliation delai_depart_mois=13",
            "delais_jex"),
        ("décision avant l'audience",
            "assignation 2026-05-11 date_audience=2026-07-06
             decision 2026-06-30 issue=resiliation",
            "ordre_des_actes"),
        ("décision datée avant l'assignation",
            "assignation 2026-05-11 date_audience=2026-07-06
             decision 2026-05-04 issue=resiliation",
            "ordre_des_actes"),
        ("O45 jugement par défaut signifié le dernier jour",
            "decision 2025-08-29 issue=resiliation par_defaut=oui
             signification_jugement 2026-03-02",
            ""),
        ("O45 jugement par défaut signifié trop tard",
            "decision 2025-08-29 issue=resiliation par_defaut=oui
             signification_jugement 2026-03-03",
            "jugement_non_avenu"),
        ("signification un 11 novembre",
            "decision 2026-09-30 issue=resiliation
             signification_jugement 2026-11-11",
            "signification_jours_heures"),
        ("signification avant la décision",
            "decision 2026-09-30 issue=resiliation
             signification_jugement 2026-09-29",
            "ordre_des_actes"),
        ("O41 appel le dernier jour",
            "decision 2026-09-01 issue=resiliation
             signification_jugement 2026-09-15
             appel 2026-10-15",
            ""),
        ("O41 appel trop tard",
            "decision 2026-09-01 issue=resiliation
             signification_jugement 2026-09-15
             appel 2026-10-16",
            "delai_appel"),
        ("O51 trente-six mois du juge de l'exécution, en 2021",
            "decision_jex 2021-02-10 delai_mois=36",
            ""),
        ("trente-six mois du juge de l'exécution, depuis 2023",
            "decision_jex 2026-02-10 delai_mois=36",
            "delais_jex"),
        ("jusqu'à un jour qui passe l'année",
            "decision_jex 2026-02-10 jusqu_au=2027-02-11",
            "delais_jex"),
        ("jusqu'à l'année pile",
            "decision_jex 2026-02-10 jusqu_au=2027-02-10",
            ""),
        ("moins d'un mois",
            "decision_jex 2026-02-10 jusqu_au=2026-03-02",
            "delais_jex"),
        ("deux mois, du temps où trois étaient le moins",
            "decision_jex 2021-02-10 delai_mois=2",
            "delais_jex"),
    ]);
}

#[test]
fn un_jugement_par_defaut_jamais_signifie_tombe_avec_le_temps() {
    let lignes = "decision 2026-08-31 issue=resiliation par_defaut=oui";
    assert!(regles_du_dernier(lignes, date(2027, 3, 1)).is_empty());
    assert_eq!(regles_du_dernier(lignes, date(2027, 3, 2)), ["jugement_non_avenu"]);
    // L'horloge sait quel jour regarder de nouveau.
    let (dossier, horloge) = (histoire(lignes), Horloge::au(AUJOURD_HUI));
    let cours = cours(&dossier, &horloge);
    let _ = irregularites(&dossier, &cours, &pas_de_calais(), &horloge);
    assert_eq!(horloge.prochain(), Some(date(2027, 3, 2)));
}

#[rustfmt::skip]
#[test]
fn quitter_les_lieux_et_force_publique() {
    verifie(&[
        ("commandement de quitter les lieux un jour férié",
            "cql 2026-05-25 commune=62041",
            "signification_jours_heures"),
        ("adressé au préfet par courrier",
            "cql 2026-05-26 canal=courrier",
            "canal_cql"),
        ("adressé au préfet par courrier, en 2016",
            "cql 2016-05-26 canal=courrier",
            ""),
        ("O59 notifié tard au préfet",
            "cql 2026-02-10 date_notification_prefet=2026-03-10",
            "notification_cql_prefet"),
        ("notifié le jour même",
            "cql 2026-02-10 date_notification_prefet=2026-02-10",
            ""),
        ("pendant les délais du juge",
            "decision 2026-02-10 issue=delais delais_mois=24
             cql 2026-06-10",
            "suspension_clause_resolutoire"),
        ("délais du juge rompus",
            "decision 2026-02-10 issue=delais delais_mois=24
             plan_rompu 2026-06-01
             cql 2026-06-10",
            ""),
        ("demande rejetée",
            "decision 2026-02-10 issue=rejet
             cql 2026-06-10",
            "ordre_des_actes"),
        ("O57 concours demandé le dernier jour du délai",
            "cql 2026-06-30
             requisition_cfp 2026-08-30",
            "delai_cql"),
        ("O57 concours demandé le lendemain",
            "cql 2026-06-30
             requisition_cfp 2026-08-31",
            ""),
        ("O59 concours demandé pendant la suspension du délai",
            "cql 2026-02-10 date_notification_prefet=2026-03-10
             requisition_cfp 2026-05-08",
            "delai_cql"),
        ("O59 concours demandé après elle",
            "cql 2026-02-10 date_notification_prefet=2026-03-10
             requisition_cfp 2026-05-11",
            ""),
        ("décision connue, aucun commandement de quitter les lieux",
            "decision 2026-02-10 issue=resiliation
             requisition_cfp 2026-05-08",
            "delai_cql"),
        ("un dossier peut commencer à la demande de concours",
            "requisition_cfp 2026-05-08",
            ""),
        ("concours demandé par courriel",
            "cql 2026-02-10
             requisition_cfp 2026-05-08 canal=courriel",
            "canal_cfp"),
        ("concours demandé par courriel, avec sa référence électronique",
            "cql 2026-02-10
             requisition_cfp 2026-05-08 canal=courriel reference_exploc=E-1",
            ""),
        ("pendant les délais du juge de l'exécution",
            "cql 2026-02-10
             decision_jex 2026-04-01 delai_mois=6
             requisition_cfp 2026-09-30",
            "delais_jex"),
        ("après les délais du juge de l'exécution",
            "cql 2026-02-10
             decision_jex 2026-04-01 delai_mois=6
             requisition_cfp 2026-10-02",
            ""),
        ("expulsion suspendue par le juge du surendettement",
            "cql 2026-02-10
             surendettement 2026-04-01 etape=suspension_expulsion
             requisition_cfp 2026-10-02",
            "surendettement_suspension_expulsion"),
        ("suspension finie par les mesures",
            "cql 2026-02-10
             surendettement 2026-04-01 etape=suspension_expulsion
             surendettement 2026-09-01 etape=mesures
             requisition_cfp 2026-10-02",
            ""),
        ("protocole en cours",
            "decision 2026-01-05 issue=resiliation
             cql 2026-02-10
             pcs 2026-04-01 duree_mois=24
             requisition_cfp 2026-10-02",
            "pcs_effet"),
        ("exécution arrêtée en appel",
            "cql 2026-02-10
             appel 2026-04-01 issue=arret_execution
             requisition_cfp 2026-10-02",
            "execution_provisoire"),
        ("accord sur une demande d'avant le protocole dénoncé",
            "decision 2025-10-06 issue=resiliation
             cql 2025-10-27
             requisition_cfp 2026-01-05
             pcs 2026-02-10 duree_mois=24
             pcs_denonce 2026-08-10
             decision_cfp 2026-09-10 issue=accord",
            "responsabilite_etat_pcs"),
        ("accord sur une nouvelle demande",
            "decision 2025-10-06 issue=resiliation
             cql 2025-10-27
             requisition_cfp 2026-01-05
             pcs 2026-02-10 duree_mois=24
             pcs_denonce 2026-08-10
             requisition_cfp 2026-08-20
             decision_cfp 2026-09-10 issue=accord",
            ""),
        ("décision avant la demande",
            "requisition_cfp 2026-05-08
             decision_cfp 2026-05-04 issue=refus",
            "ordre_des_actes"),
        ("indemnisation demandée avant tout refus",
            "requisition_cfp 2026-07-31
             indemnisation 2026-09-30 etape=demande",
            "responsabilite_etat_debut"),
        ("indemnisation demandée après le silence",
            "requisition_cfp 2026-07-31
             indemnisation 2026-10-01 etape=demande",
            ""),
    ]);
}

/// Un commandement ancien, le concours accordé : seul le jour de l'expulsion compte.
fn expulsion(le: &str) -> String {
    format!(
        "cql 2020-06-15 commune=62041
         requisition_cfp 2020-09-15
         decision_cfp 2020-10-05 issue=accord
         expulsion {le}"
    )
}

#[rustfmt::skip]
#[test]
fn le_jour_de_l_expulsion() {
    let cas = [
        // n°     jour de l'expulsion                        règles
        ("O55",   "2026-10-31",                              ""),
        ("O55",   "2026-11-01",                              "execution_jours_heures treve_hivernale"),
        ("O61",   "2021-05-31",                              "treve_hivernale"),
        ("O61",   "2021-06-01",                              ""),
        ("O63",   "2027-04-04",                              "execution_jours_heures"),
        ("O53",   "2027-03-31",                              "treve_hivernale"),
        ("O53",   "2027-04-01",                              ""),
        ("trêve, relogement assuré", "2026-12-01 relogement_assure=oui", ""),
        ("trêve, voie de fait",      "2026-12-01 voie_de_fait=oui",      ""),
        ("trêve, relogement non",    "2026-12-01 relogement_assure=non", "treve_hivernale"),
        ("14 juillet",               "2026-07-14",                       "execution_jours_heures"),
    ];
    for (numero, le, attendues) in cas {
        let attendues: Vec<&str> = attendues.split_whitespace().collect();
        assert_eq!(regles_du_dernier(&expulsion(le), AUJOURD_HUI), attendues, "{numero} {le}");
    }
}

#[rustfmt::skip]
#[test]
fn ce_qui_empeche_une_expulsion() {
    verifie(&[
        ("O55 accordée, exécutée avant la trêve",
            "cql 2026-07-15
             requisition_cfp 2026-09-16
             decision_cfp 2026-10-20 issue=accord
             expulsion 2026-10-31",
            ""),
        ("sans concours",
            "cql 2026-05-15
             expulsion 2026-09-15",
            "expulsion_sans_cfp"),
        ("concours refusé",
            "cql 2026-05-15
             requisition_cfp 2026-07-16
             decision_cfp 2026-08-20 issue=refus
             expulsion 2026-09-15",
            "expulsion_sans_cfp"),
        ("accord qui ne prend pas encore effet",
            "cql 2026-05-15
             requisition_cfp 2026-07-16
             decision_cfp 2026-08-20 issue=accord date_effet=2026-10-01
             expulsion 2026-09-15",
            "expulsion_sans_cfp"),
        ("délai du commandement de quitter les lieux en cours",
            "cql 2026-07-15
             decision_cfp 2026-08-20 issue=accord
             expulsion 2026-09-15",
            "delai_cql"),
        ("délais du juge de l'exécution, et protocole",
            "decision 2026-01-12 issue=resiliation
             cql 2026-02-16
             decision_cfp 2026-05-20 issue=accord
             pcs 2026-06-01 duree_mois=24
             decision_jex 2026-07-01 delai_mois=3
             expulsion 2026-09-15",
            "delais_jex pcs_effet"),
        ("protocole dénoncé, sans nouvelle demande",
            "decision 2026-01-12 issue=resiliation
             cql 2026-02-16
             requisition_cfp 2026-04-20
             decision_cfp 2026-05-20 issue=accord
             pcs 2026-06-01 duree_mois=24
             pcs_denonce 2026-08-03
             expulsion 2026-09-15",
            "responsabilite_etat_pcs expulsion_sans_cfp"),
        ("le juge a laissé six mois pour partir",
            "decision 2026-05-04 issue=resiliation delai_depart_mois=6
             cql 2026-05-15
             decision_cfp 2026-08-20 issue=accord
             expulsion 2026-09-15",
            "delais_jex"),
        ("ménage déjà parti",
            "cql 2026-05-15
             decision_cfp 2026-08-20 issue=accord
             depart 2026-09-01
             expulsion 2026-09-15",
            "ordre_des_actes"),
        ("tentative un dimanche, dans le délai",
            "cql 2026-07-15
             tentative_expulsion 2026-09-13",
            "execution_jours_heures delai_cql"),
    ]);
}

#[rustfmt::skip]
#[test]
fn protocole_surendettement_aide_relogement() {
    verifie(&[
        ("O83 protocole de deux ans",
            "decision 2026-07-01 issue=resiliation bailleur_type=bailleur_social
             pcs 2026-09-10 duree_mois=24",
            ""),
        ("protocole de trente mois",
            "decision 2026-07-01 issue=resiliation bailleur_type=bailleur_social
             pcs 2026-09-10 duree_mois=30",
            "pcs_duree"),
        ("O83 renouvellement de trente-six mois",
            "decision 2024-07-01 issue=resiliation bailleur_type=bailleur_social
             pcs 2024-09-10 duree_mois=24
             pcs 2026-09-10 duree_mois=36",
            ""),
        ("renouvellement au-delà de cinq ans",
            "decision 2022-07-01 issue=resiliation bailleur_type=bailleur_social
             pcs 2022-09-10 duree_mois=24
             pcs 2024-09-10 duree_mois=24
             pcs 2026-09-10 duree_mois=24",
            "pcs_duree"),
        ("dette effacée : trois ans",
            "decision 2026-07-01 issue=resiliation bailleur_type=bailleur_social
             surendettement 2026-09-01 etape=effacement
             pcs 2026-09-01 duree_mois=36",
            ""),
        ("avec un bailleur privé",
            "decision 2026-07-01 issue=resiliation bailleur_type=personne_physique
             pcs 2026-09-10 duree_mois=24",
            "pcs_champ"),
        ("avant la résiliation",
            "cdp 2026-07-01 bailleur_type=bailleur_social
             pcs 2026-09-10 duree_mois=24",
            "pcs_champ"),
        ("nouveau bail dans les trois mois",
            "decision 2024-01-15 issue=resiliation bailleur_type=bailleur_social
             pcs 2024-03-01 duree_mois=24
             pcs_respecte 2026-03-01
             nouveau_bail 2026-06-01",
            ""),
        ("nouveau bail trop tard",
            "decision 2024-01-15 issue=resiliation bailleur_type=bailleur_social
             pcs 2024-03-01 duree_mois=24
             pcs_respecte 2026-03-01
             nouveau_bail 2026-06-02",
            "pcs_nouveau_bail"),
        ("nouveau bail jamais signé",
            "decision 2024-01-15 issue=resiliation bailleur_type=bailleur_social
             pcs 2024-03-01 duree_mois=24
             pcs_respecte 2026-03-01",
            "pcs_nouveau_bail"),
        ("O87 suspension de deux ans",
            "surendettement 2028-02-29 etape=suspension_expulsion jusqu_au=2030-02-28",
            ""),
        ("O87 un jour de plus",
            "surendettement 2028-02-29 etape=suspension_expulsion jusqu_au=2030-03-01",
            "surendettement_suspension_expulsion"),
        ("suspension avant la recevabilité",
            "surendettement 2026-02-02 etape=depose
             surendettement 2026-03-02 etape=suspension_expulsion",
            "surendettement_suspension_expulsion"),
        ("DALO : offre à temps",
            "dalo 2026-02-02 etape=prioritaire
             dalo 2026-05-02 etape=offre",
            ""),
        ("DALO : offre tardive",
            "dalo 2026-02-02 etape=prioritaire
             dalo 2026-05-04 etape=relogement",
            "dalo_relogement"),
        ("décision de la commission sur l'aide avant 2027",
            "decision_aide 2026-10-05 issue=maintien motif=loyer",
            "decideur_maintien_aide"),
        ("décision en 2027 sur un impayé signalé en 2026",
            "signalement_impaye 2026-12-14
             decision_aide 2027-02-01 issue=maintien motif=loyer",
            "decideur_maintien_aide"),
        ("décision en 2027",
            "signalement_impaye 2027-01-14
             decision_aide 2027-03-01 issue=suspension motif=loyer notifiee_le=2027-03-02",
            ""),
        ("aide suspendue en 2027 par l'organisme payeur seul",
            "signalement_impaye 2027-01-14
             aide_logement 2027-03-01 etape=suspendue",
            "decideur_maintien_aide"),
        ("O81 aide suspendue avant l'effet",
            "signalement_impaye 2027-01-14
             decision_aide 2027-05-31 issue=suspension motif=loyer notifiee_le=2027-06-01
             aide_logement 2027-06-15 etape=suspendue",
            "effet_suspension"),
        ("O81 aide suspendue le jour de l'effet",
            "signalement_impaye 2027-01-14
             decision_aide 2027-05-31 issue=suspension motif=loyer notifiee_le=2027-06-01
             aide_logement 2027-07-01 etape=suspendue",
            ""),
        ("aide suspendue par l'organisme payeur, avant 2027",
            "signalement_impaye 2026-01-14
             aide_logement 2026-03-02 etape=suspendue",
            ""),
        ("« sans nouvelles » après une tentative",
            "contact 2026-10-01 mode=visite issue=sans_reponse
             issue_menage 2026-10-05 issue=sans_nouvelles",
            "tentatives_avant_sans_nouvelles"),
        ("suite d'un plan inconnu",
            "plan_rompu 2026-10-05",
            "ordre_des_actes"),
        ("fin d'un protocole inconnu",
            "pcs_denonce 2026-10-05",
            "ordre_des_actes"),
    ]);
}

#[test]
fn une_procedure_reguliere_n_a_aucune_irregularite() {
    let lignes = "signalement_impaye 2025-09-01
        saisine_bailleur 2025-10-06 bailleur_type=bailleur_social commune=62041
        cdp 2025-11-14 date_bail=2023-07-29 bailleur_type=bailleur_social commune=62041 canal=exploc
        assignation 2026-01-12 date_audience=2026-04-13 date_notification_prefet=2026-01-13 bailleur_type=bailleur_social
        dsf_demande 2026-01-15
        dsf_rendez_vous 2026-02-03
        dsf_realise 2026-03-02
        dsf_transmis 2026-03-09
        audience 2026-04-13 locataire_present=oui
        decision 2026-05-11 issue=resiliation par_defaut=non
        signification_jugement 2026-05-26
        cql 2026-05-26 date_notification_prefet=2026-05-26 canal=exploc commune=62041
        tentative_expulsion 2026-08-03
        requisition_cfp 2026-08-04 canal=exploc
        decision_cfp 2026-09-15 issue=accord
        expulsion 2026-10-06
        hebergement 2026-10-06
        issue_menage 2026-10-06 issue=hebergement";
    let (dossier, horloge) = (histoire(lignes), Horloge::au(AUJOURD_HUI));
    let cours = cours(&dossier, &horloge);
    let trouvees = irregularites(&dossier, &cours, &pas_de_calais(), &horloge);
    assert!(trouvees.is_empty(), "{trouvees:#?}");
}

#[test]
fn rectifier_un_fait_refait_toutes_les_irregularites() {
    let lignes = "cdp 2026-01-15 date_bail=2024-05-01 bailleur_type=personne_physique
                  assignation 2026-02-20";
    let corrige = format!(
        "{lignes}
        rectification 2026-03-02 annule=1
        cdp 2026-01-05 date_bail=2024-05-01 bailleur_type=personne_physique"
    );
    let de_l_assignation = |lignes: &str| {
        let (dossier, horloge) = (histoire(lignes), Horloge::au(AUJOURD_HUI));
        let cours = cours(&dossier, &horloge);
        irregularites_du_fait("2", &dossier, &cours, &pas_de_calais(), &horloge)
    };
    assert_eq!(de_l_assignation(lignes)[0].regle, "delai_commandement_de_payer");
    assert_eq!(de_l_assignation(&corrige), []);
}
