//! Les profils livrés, un troisième département, et tout ce qu'un profil ne peut pas dire.

use std::fs;
use std::path::Path;

use droit::delai::Delai;
use droit::reponse::Reponse::{self, Inconnue, Non, Oui};
use jiff::civil::date;
use territoire::{commune, communes_du_departement};

use super::*;

fn integre(code: &str) -> Profil {
    Profil::integre(code).unwrap_or_else(|| panic!("le profil {code} est refusé"))
}

/// Les fichiers d'un dossier, comme le programme les lit.
fn dossier(chemin: &str) -> Vec<(String, String)> {
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../profils").join(chemin);
    let mut fichiers: Vec<(String, String)> = fs::read_dir(&racine)
        .unwrap()
        .map(|entree| {
            let entree = entree.unwrap();
            let nom = entree.file_name().into_string().unwrap();
            (nom, fs::read_to_string(entree.path()).unwrap())
        })
        .collect();
    fichiers.sort();
    fichiers
}

fn en_clair(defauts: &[DefautDeProfil]) -> String {
    defauts.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn les_profils_livres_n_ont_aucun_defaut() {
    for code in Profil::integres() {
        let lu = Profil::lire(&dossier(code)).map_err(|defauts| en_clair(&defauts)).unwrap();
        assert_eq!(lu, integre(code), "le dossier et le programme disent la même chose");
        assert_eq!(lu.code, code);
    }
    assert!(Profil::integre("99").is_none());
}

#[test]
fn chaque_commune_a_une_sous_commission_et_une_seule() {
    for code in Profil::integres() {
        let profil = integre(code);
        for c in communes_du_departement(code) {
            assert!(profil.sous_commission(c).is_some(), "{} {}", c.code, c.nom);
        }
        assert!(
            profil.sous_commission(commune("80021").unwrap()).is_none(),
            "Amiens n'est pas d'ici"
        );
    }
}

#[test]
fn une_notice_va_a_la_sous_commission_de_sa_commune() {
    #[rustfmt::skip]
    let cas = [
        ("62", "62041", "arras"),      // Arras
        ("62", "62119", "bethune"),    // Béthune
        ("62", "62186", "lens"),       // Bully-les-Mines
        ("62", "62498", "lens"),       // Lens
        ("62", "62321", "lens"),       // Évin-Malmaison
        ("62", "62617", "bethune"),    // Nœux-les-Mines
        ("62", "62563", "lens"),       // Mazingarbe
        ("62", "62846", "bethune"),    // Vermelles
        ("62", "62160", "boulogne"),   // Boulogne-sur-Mer
        ("62", "62193", "calais"),     // Calais
        ("62", "62588", "montreuil"),  // Montreuil-sur-Mer
        ("62", "62765", "saint-omer"), // Saint-Omer
        ("75", "75110", "paris-10"),
        ("75", "75114", "paris-14"),
        ("75", "75111", "centrale"),
        ("75", "75056", "centrale"),
    ];
    for (code, insee, attendue) in cas {
        let profil = integre(code);
        let trouvee = profil.sous_commission(commune(insee).unwrap()).map(|s| s.code.as_str());
        assert_eq!(trouvee, Some(attendue), "{insee}");
    }
}

#[test]
fn les_communes_des_exemples_vont_a_leur_sous_commission() {
    let profil = integre("62");
    let table = include_str!("sous_commissions_du_62.tsv");
    for ligne in table.lines().filter(|ligne| !ligne.starts_with('#')) {
        let (insee, attendue) = ligne.split_once('\t').unwrap();
        let trouvee = profil.sous_commission(commune(insee).unwrap()).map(|s| s.code.as_str());
        assert_eq!(trouvee, Some(attendue), "{insee}");
    }
}

#[test]
fn les_sept_sous_commissions_du_62_ont_leur_boite() {
    let profil = integre("62");
    let codes: Vec<&str> = profil.sous_commissions.iter().map(|s| s.code.as_str()).collect();
    assert_eq!(
        codes,
        ["arras", "bethune", "boulogne", "calais", "lens", "montreuil", "saint-omer"]
    );
    for sous_commission in &profil.sous_commissions {
        let boite = sous_commission.courriel.as_deref().unwrap();
        assert!(boite.ends_with("ccapex@pas-de-calais.gouv.fr"), "{boite}");
    }
}

#[test]
fn les_seuils_suivent_le_jour_et_le_lieu() {
    let (arras, amiens, peronne) =
        (commune("62041").unwrap(), commune("80021").unwrap(), commune("80620").unwrap());
    let (pas_de_calais, paris) = (integre("62"), integre("75"));
    let somme = Profil::lire(&dossier("exemples/80")).unwrap();
    #[rustfmt::skip]
    let cas = [
        (&pas_de_calais, arras,   date(2016, 3, 15),  None),
        (&pas_de_calais, arras,   date(2016, 3, 16),  Some((6, 3))),
        (&pas_de_calais, arras,   date(2019, 3, 15),  Some((6, 3))),
        (&pas_de_calais, arras,   date(2019, 3, 16),  None),
        (&pas_de_calais, arras,   date(2023, 7, 28),  None),
        (&pas_de_calais, arras,   date(2023, 7, 29),  Some((2, 2))),
        (&paris,         commune("75109").unwrap(), date(2017, 1, 1), None),
        (&somme,         amiens,  date(2020, 1, 1),   Some((3, 3))),
        (&somme,         peronne, date(2020, 1, 1),   Some((5, 4))),
        (&somme,         amiens,  date(2023, 7, 28),  Some((3, 3))),
        (&somme,         arras,   date(2020, 1, 1),   None),
    ];
    for (profil, lieu, jour, attendus) in cas {
        let seuils = profil.seuils(jour, lieu).ok();
        let valeurs = seuils.map(|v| (v.valeur.mois_impayes, v.valeur.fois_le_loyer));
        assert_eq!(valeurs, attendus, "{} le {jour}", lieu.nom);
    }
    assert_eq!(
        pas_de_calais.seuils(date(2020, 5, 4), arras).unwrap_err().to_string(),
        "Aucun seuil de signalement n'est connu à Arras le 4 mai 2020 : l'arrêté préfectoral du 16 mars 2016 a cessé de s'appliquer après le 15 mars 2019 (décret n° 2015-1384, art. 14). Le secrétariat vérifie quel arrêté s'appliquait ce jour-là et l'ajoute au profil."
    );
}

#[test]
fn la_fiche_3_4_repartit_les_menages_et_ne_demande_que_l_utile() {
    let enfants: &[&str] = &["nombre_enfants"];
    let aide: &[&str] = &["aide_logement"];
    let les_deux: &[&str] = &["nombre_enfants", "aide_logement"];
    let tout: &[&str] = &["date_assignation", "nombre_enfants", "aide_logement"];
    #[rustfmt::skip]
    let cas = [
        // procédure enfants   aide      service        questions
        (Oui,      Inconnue, Inconnue, "departement", &[] as &[&str]),
        (Oui,      Oui,      Oui,      "departement", &[]),
        (Non,      Oui,      Oui,      "caf",         &[]),
        (Non,      Non,      Oui,      "departement", &[]),
        (Non,      Oui,      Non,      "departement", &[]),
        (Non,      Non,      Inconnue, "departement", &[]),
        (Non,      Inconnue, Non,      "departement", &[]),
        (Non,      Oui,      Inconnue, "departement", aide),
        (Non,      Inconnue, Oui,      "departement", enfants),
        (Non,      Inconnue, Inconnue, "departement", les_deux),
        (Inconnue, Oui,      Oui,      "departement", &["date_assignation"]),
        (Inconnue, Non,      Inconnue, "departement", &[]),
        (Inconnue, Inconnue, Inconnue, "departement", tout),
    ];
    let profil = integre("62");
    for (en_procedure, enfants, aide_logement, service, questions) in cas {
        let conditions = Conditions { en_procedure, enfants, aide_logement };
        let repartie = profil.repartir(&conditions, date(2026, 11, 21));
        assert_eq!(repartie.service, service, "{conditions:?}");
        assert_eq!(repartie.questions, questions, "{conditions:?}");
        assert_eq!(repartie.provisoire, !questions.is_empty(), "{conditions:?}");
    }
}

#[test]
fn une_repartition_dit_pourquoi_et_si_elle_est_a_valider() {
    let profil = integre("62");
    let conditions =
        |aide_logement: Reponse| Conditions { en_procedure: Non, enfants: Oui, aide_logement };
    let le = date(2026, 11, 21);
    #[rustfmt::skip]
    let cas = [
        (Oui,      "famille avec enfants bénéficiaire d'une aide au logement : service « caf » (fiche action 3-4, répartition des signalements ; répartition à valider)"),
        (Non,      "autre ménage : service « departement » (fiche action 3-4, répartition des signalements ; répartition à valider)"),
        (Inconnue, "service provisoire « departement », en attendant : une aide au logement est-elle versée ? (fiche action 3-4, répartition des signalements)"),
    ];
    for (aide, motif) in cas {
        assert_eq!(profil.repartir(&conditions(aide), le).motifs, [motif]);
    }
    let avant = profil.repartir(&conditions(Oui), date(2017, 12, 31));
    assert!(avant.provisoire && avant.questions.is_empty());
    assert_eq!(
        avant.motifs,
        ["aucune répartition connue le 31 décembre 2017 : service par défaut « departement »"]
    );
}

#[test]
fn un_delai_de_reponse_suit_l_origine_et_le_jour() {
    let somme = Profil::lire(&dossier("exemples/80")).unwrap();
    #[rustfmt::skip]
    let cas = [
        ("caf",      date(2023, 1, 1),   Delai::Semaines(6)),
        ("maire",    date(2023, 1, 1),   Delai::Mois(3)),
        ("caf",      date(2022, 12, 31), Delai::Semaines(12)),
        ("inconnue", date(2018, 1, 1),   Delai::Mois(3)),
    ];
    for (origine, jour, attendu) in cas {
        assert_eq!(somme.delai_de_reponse(origine, jour).valeur, attendu, "{origine} le {jour}");
    }
    let choix = integre("62").delai_de_reponse("caf", date(2026, 11, 21));
    assert_eq!(choix.source.to_string(), CHOIX_DU_PROFIL);
}

#[test]
fn les_choix_du_profil_s_appliquent() {
    let profil = integre("62");
    assert_eq!(
        profil.delai("revoir").source.to_string(),
        "règlement intérieur de la CCAPEX du Pas-de-Calais, art. 4.4"
    );
    assert_eq!(profil.delai("envoyer").source.to_string(), CHOIX_DU_PROFIL);
    assert!(
        !profil.est_trop_ancien(date(2025, 11, 21), date(2026, 11, 21)),
        "douze mois, jour pour jour"
    );
    assert!(profil.est_trop_ancien(date(2025, 11, 20), date(2026, 11, 21)));
    assert!(!profil.accepte_le_fondement("troubles"));
    let paris = integre("75");
    assert!(paris.accepte_le_fondement("troubles"));
    let suivi = paris.suivi.as_ref().unwrap();
    assert_eq!((suivi.apres_seance, suivi.limite), (Delai::Mois(6), Delai::Mois(20)));
    assert!(paris.mairies.is_empty() && profil.mairies.is_empty(), "aucune adresse n'est inventée");
}

#[test]
fn un_arrete_expire_est_signale_avant_pendant_et_apres() {
    let sujets = |profil: &Profil, jour| {
        profil
            .alertes(jour)
            .into_iter()
            .map(|a| a.sujet)
            .filter(|s| *s < SujetDAlerte::RepartitionAValider)
            .collect::<Vec<_>>()
    };
    let profil = integre("62");
    #[rustfmt::skip]
    let cas = [
        (date(2016, 3, 15),  vec![]),
        (date(2018, 9, 14),  vec![]),
        (date(2018, 9, 15),  vec![SujetDAlerte::ArreteBientotExpire]),
        (date(2019, 3, 15),  vec![SujetDAlerte::ArreteBientotExpire]),
        (date(2019, 3, 16),  vec![SujetDAlerte::ArreteExpire]),
        (date(2026, 11, 21), vec![SujetDAlerte::ArreteExpire]),
    ];
    for (jour, attendus) in cas {
        assert_eq!(sujets(&profil, jour), attendus, "{jour}");
    }
    let somme = Profil::lire(&dossier("exemples/80")).unwrap();
    assert!(sujets(&somme, date(2026, 11, 21)).is_empty(), "la loi a pris la suite de l'arrêté");
    let texte = &profil.alertes(date(2026, 11, 21))[0].texte;
    assert_eq!(
        texte,
        "L'arrêté préfectoral du 16 mars 2016 a expiré le 15 mars 2019 (décret n° 2015-1384, art. 14) : après ce jour et avant le 29 juillet 2023, où la loi les fixe, les seuils de signalement sont inconnus. Ajoutez au profil l'arrêté qui l'a remplacé."
    );
}

#[test]
fn ce_qui_est_emprunte_ou_incertain_est_signale() {
    let sujets: Vec<SujetDAlerte> =
        integre("75").alertes(date(2026, 11, 21)).iter().map(|a| a.sujet).collect();
    for attendu in [
        SujetDAlerte::RepartitionAValider,
        SujetDAlerte::CoordinationAValider,
        SujetDAlerte::PlafondInconnu,
        SujetDAlerte::CoordonneeAVerifier,
        SujetDAlerte::SousCommissionAConfirmer,
    ] {
        assert!(sujets.contains(&attendu), "{attendu:?}");
    }
}

#[test]
fn un_troisieme_departement_s_ajoute_par_ses_fichiers_seuls() {
    let profil = Profil::lire(&dossier("exemples/80")).map_err(|d| en_clair(&d)).unwrap();
    for c in communes_du_departement("80") {
        assert!(profil.sous_commission(c).is_some(), "{}", c.nom);
    }
    assert_eq!(profil.sous_commission(commune("80620").unwrap()).unwrap().code, "est");
    assert_eq!(profil.lettres[0].version, "80-v1");
    assert!(profil.lettres[0].contenu.contains("#let lettre(d)"));
}

/// Chaque ligne remplace un texte du profil d'essai, et dit la clé et le début du défaut.
#[test]
fn un_profil_qui_contredit_la_loi_ou_se_contredit_est_refuse() {
    #[rustfmt::skip]
    let cas: &[(&str, &str, &str, &str)] = &[
        // texte                               remplacé par                            clé                              défaut
        ("mois_impayes = 3",                   "mois_impayes = 2",                     "arrete_seuils.1.mois_impayes",  "un seuil de 2 contredit la loi, qui le veut de 3 à 6 le 1er janvier 2019"),
        ("mois_impayes = 3",                   "mois_impayes = 7",                     "arrete_seuils.1.mois_impayes",  "un seuil de 7 contredit la loi"),
        ("fois_le_loyer = 4",                  "fois_le_loyer = 9",                    "arrete_seuils.2.fois_le_loyer", "un seuil de 9 contredit la loi"),
        ("du = 2019-01-01\nmois_impayes = 3",  "du = 2024-01-01\nmois_impayes = 3",    "arrete_seuils.1.du",            "aucun arrêté de seuils ne pouvait être pris le 1er janvier 2024"),
        ("du = 2019-01-01\nmois_impayes = 3",  "du = 2019-01-01\nau = 2025-06-01\nmois_impayes = 3", "arrete_seuils.1.au", "un arrêté du 1er janvier 2019 ne peut pas s'appliquer jusqu'au 1er juin 2025 : il dure 6 ans au plus"),
        ("[\"801\", \"803\", \"804\"]",        "[\"802\", \"803\", \"804\"]",          "arrete_seuils.2.du",            "l'arrêté d'essai de 2019, ailleurs s'applique en même temps et au même endroit"),
        ("autre = \"3 mois\"",                 "autre = \"4 mois\"",                   "reglement.2.reponse.autre",     "un délai de 4 mois dépasse le plafond légal de 3 mois"),
        ("autre = \"3 mois\"",                 "autre = \"92 jours\"",                 "reglement.2.reponse.autre",     "un délai de 92 jours dépasse le plafond légal de 3 mois"),
        ("caf = \"6 semaines\"",               "caf = \"14 semaines\"",                "reglement.2.reponse.caf",       "un délai de 14 semaines dépasse"),
        ("caf = \"6 semaines\"",               "voisin = \"6 semaines\"",              "reglement.2.reponse.voisin",    "origine inconnue"),
        ("au = 2022-12-31",                    "au = 2023-01-01",                      "reglement.2.du",                "deux versions du règlement s'appliquent le même jour"),
        ("au = 2022-12-31\n",                  "",                                     "reglement.2.du",                "deux versions du règlement s'appliquent le même jour"),
        ("reste = true",                       "arrondissements = [\"803\"]",          "sous_commission.1",             "aucune sous-commission ne prend"),
        ("reste = true",                       "arrondissements = [\"801\", \"803\", \"804\"]", "sous_commission.3",    "« est » prend"),
        ("arrondissements = [\"801\"]\nsecr",  "reste = true\nsecr",                   "sous_commission.3.reste",       "deux sous-commissions prennent le reste du département"),
        ("reste = true\n",                     "",                                     "sous_commission.3",             "la sous-commission « est » n'a pas de territoire"),
        ("arrondissements = [\"801\"]\nsecr",  "arrondissements = [\"621\"]\nsecr",    "sous_commission.2.arrondissements", "« 621 » n'est pas un arrondissement du département 80"),
        ("reste = true",                       "reste = true\ncommunes = [\"80000\"]", "sous_commission.3.communes",    "« 80000 » n'est pas une commune actuelle du département 80"),
        ("code = \"est\"",                     "code = \"amiens\"",                    "sous_commission.3.code",        "« amiens » désigne deux sous-commissions"),
        ("service = \"secretariat\"",          "service = \"caf\"",                    "repartition.1.regle.2.service", "aucun service n'a le code « caf »"),
        ("[[repartition.regle]]\nservice",     "[[repartition.regle]]\nenfants = false\nservice", "repartition.1.regle", "aucune règle ne convient aux autres ménages"),
        ("enfants = true\n",                   "",                                     "repartition.1.regle.2",         "cette règle ne sert jamais"),
        ("validee_par_le_corep_le = 2018-12-01\n", "",                                 "repartition.1.validee_par_le_corep_le", "la répartition n'est pas dite validée"),
        ("par_defaut = \"departement\"",       "par_defaut = \"msa\"",                 "services.par_defaut",           "aucun service n'a le code « msa »"),
        ("code = \"secretariat\"",             "code = \"departement\"",               "service.2.code",                "« departement » est déjà pris"),
        ("canal = \"logiciel\"",               "canal = \"pigeon\"",                   "service.1.canal",               "« pigeon » n'est pas un canal"),
        ("courriel = \"ccapex@example.org\"",  "courriel = \"ccapex\"",                "service.2.courriel",            "« ccapex » n'est pas une adresse électronique"),
        ("[\"impaye\", \"sans_titre\"]",       "[\"impaye\", \"bruit\"]",              "fondements.acceptes",           "« bruit » n'est pas un fondement"),
        ("departement = \"80\"",               "departement = \"00\"",                 "profil.departement",            "« 00 » n'est pas un département"),
        ("\"Europe/Paris\"",                   "\"Europe/Londres\"",                   "profil.fuseau",                 "« Europe/Londres » n'est pas le fuseau"),
        ("revoir = \"2 mois\"",                "revoir = \"deux mois\"",               "delais.revoir",                 "« \"deux mois\" » ne se lit pas"),
        ("revoir = \"2 mois\"\n",              "",                                     "delais.revoir",                 "ce champ manque"),
        ("[delais]\nsource = \"valeurs d'essai\"", "[delais]",                         "delais.source",                 "rien ne dit d'où vient cette valeur"),
        ("anciennete_maximale_mois = 6",       "anciennete_maximale_mois = 0",         "choix.anciennete_maximale_mois", "« 0 » ne se lit pas"),
        ("[choix]",                            "[choi]",                               "choi",                          "section inconnue"),
        ("canal = \"logiciel\"",               "canal = \"logiciel\"\nfax = \"non\"",  "service.1.fax",                 "champ inconnu"),
        ("fichier = \"sensibilisation_locataire.typ\"", "fichier = \"absente.typ\"",   "lettre.1.fichier",              "le fichier « absente.typ » manque"),
        ("[profil]",                           "[profil",                              "",                              "le fichier n'est pas du TOML lisible, ligne 4"),
    ];
    for (texte, remplace, cle, dit) in cas {
        let mut fichiers = dossier("exemples/80");
        let table = fichiers.iter_mut().find(|(nom, _)| nom == "somme.toml").unwrap();
        assert!(table.1.contains(texte), "« {texte} » n'est plus dans le profil d'essai");
        table.1 = table.1.replacen(texte, remplace, 1);
        let defauts = Profil::lire(&fichiers).expect_err(texte);
        let trouve = defauts
            .iter()
            .any(|d| d.fichier == "somme.toml" && d.cle == *cle && d.quoi.starts_with(dit));
        assert!(trouve, "« {remplace} » devait donner {cle} : {dit}\n{}", en_clair(&defauts));
        assert!(defauts.iter().all(|d| !d.que_faire.is_empty()));
    }
}

#[test]
fn tous_les_defauts_sont_donnes_d_un_coup() {
    let mut fichiers = dossier("exemples/80");
    let table = &mut fichiers.iter_mut().find(|(nom, _)| nom == "somme.toml").unwrap().1;
    *table = table
        .replacen("mois_impayes = 3", "mois_impayes = 2", 1)
        .replacen("\"3 mois\"", "\"1 an\"", 1)
        .replacen("reste = true", "", 1);
    fichiers.push(("doublon.toml".to_owned(), "[suivi]\n[fondements]\n".to_owned()));
    let defauts = Profil::lire(&fichiers).unwrap_err();
    let cles: Vec<&str> = defauts.iter().map(|d| d.cle.as_str()).collect();
    for attendue in [
        "arrete_seuils.1.mois_impayes",
        "reglement.2.reponse.autre",
        "sous_commission.3",
        "fondements",
        "suivi.limite",
    ] {
        assert!(cles.contains(&attendue), "{attendue} manque dans {cles:?}");
    }
    assert!(
        Profil::lire(&[] as &[(&str, &str)]).is_err(),
        "un profil vide est refusé, sans paniquer"
    );
}
