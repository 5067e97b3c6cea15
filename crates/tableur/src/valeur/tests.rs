use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn texte(champ: Champ, texte: &str) -> Option<Valeur> {
    lire(champ, Brute::Texte(texte), &mut vec![])
}

#[track_caller]
fn illisible_car(champ: Champ, cellule: &str, extrait: &str) {
    match texte(champ, cellule) {
        Some(Valeur::Illisible { brut, pourquoi }) => {
            assert!(pourquoi.contains(extrait), "{cellule} : {pourquoi}");
            assert_eq!(brut, cellule.trim(), "la cellule se cite");
        }
        autre => panic!("{cellule} se lit {autre:?}"),
    }
}

#[test]
fn les_dates_d_actes_se_lisent_sous_toutes_leurs_formes() {
    #[rustfmt::skip]
    let cas = [
        ("15/01/2026",                date(2026, 1, 15)),
        ("15-01-26",                  date(2026, 1, 15)),
        ("15.01.2026",                date(2026, 1, 15)),
        ("15 01 2026",                date(2026, 1, 15)),
        ("5/1/2026",                  date(2026, 1, 5)),
        ("2026-01-15",                date(2026, 1, 15)),
        ("2026/01/15",                date(2026, 1, 15)),
        ("2026-01-15T10:30:00Z",      date(2026, 1, 15)),
        ("2026-01-15 00:00:00",       date(2026, 1, 15)),
        ("15/01/2026 10:30",          date(2026, 1, 15)),
        ("15/01/2026 à 10h30",        date(2026, 1, 15)),
        ("20260115",                  date(2026, 1, 15)),
        ("15012026",                  date(2026, 1, 15)),
        ("46037",                     date(2026, 1, 15)),
        ("15 janvier 2026",           date(2026, 1, 15)),
        ("jeudi 15 janv. 2026",       date(2026, 1, 15)),
        ("le 1er février 2026",       date(2026, 2, 1)),
        ("29/02/2024",                date(2024, 2, 29)),
        ("01/05/98",                  date(1998, 5, 1)),
        ("15\u{a0}/\u{a0}01/2026",    date(2026, 1, 15)),
        // Improbables et lisibles : à la suite d'en juger.
        ("01/01/1900",                date(1900, 1, 1)),
        ("31/12/2099",                date(2099, 12, 31)),
    ];
    for (cellule, attendue) in cas {
        assert_eq!(
            texte(Champ::DateSignification, cellule),
            Some(Valeur::Date(attendue)),
            "{cellule}"
        );
    }
}

#[test]
fn une_naissance_sur_deux_chiffres_est_du_siecle_passe() {
    #[rustfmt::skip]
    let cas = [
        ("28/09/61",   date(1961, 9, 28)),
        ("28-09-48",   date(1948, 9, 28)),
        ("28/09/11",   date(1911, 9, 28)),
        ("17/04/03",   date(2003, 4, 17)),
        ("17/04/2003", date(2003, 4, 17)),
    ];
    for (cellule, attendue) in cas {
        assert_eq!(
            texte(Champ::LocataireDateNaissance, cellule),
            Some(Valeur::Date(attendue)),
            "{cellule}"
        );
    }
}

#[test]
fn une_date_impossible_dit_pourquoi() {
    #[rustfmt::skip]
    let cas = [
        ("32/01/2026",   "n'existe pas au calendrier"),
        ("29/02/2026",   "n'existe pas au calendrier"),
        ("01/25/2026",   "le mois 25 n'existe pas"),
        ("32-13-26",     "le mois 13 n'existe pas"),
        ("à préciser",   "ce n'est pas une date"),
        ("05/2026",      "ce n'est pas une date"),
        ("15/01/026",    "l'année ne se lit pas"),
        ("15/01/0026",   "l'année 26"),
        ("1 234,56",     "le mois 234"),
        ("123",          "ce n'est pas une date"),
        ("99999999999",  "ce n'est pas une date"),
        ("15/01/2026 environ", "ce n'est pas une date"),
    ];
    for (cellule, extrait) in cas {
        illisible_car(Champ::DateSignification, cellule, extrait);
    }
}

#[test]
fn les_numeros_de_jour_d_un_tableur_sont_des_dates() {
    #[rustfmt::skip]
    let cas = [
        (46078.0, false, Some(date(2026, 2, 25))),
        (46078.7, false, Some(date(2026, 2, 25))),
        (30170.0, false, Some(date(1982, 8, 7))),
        (1.0,     false, Some(date(1900, 1, 1))),
        (59.0,    false, Some(date(1900, 2, 28))),
        (60.0,    false, None),
        (61.0,    false, Some(date(1900, 3, 1))),
        (0.0,     false, None),
        (-3.0,    false, None),
        (0.0,     true,  Some(date(1904, 1, 1))),
        (44576.0, true,  Some(date(2026, 1, 16))),
        (1e300,   false, None),
    ];
    for (numero, depuis_1904, attendue) in cas {
        assert_eq!(jour_du_numero(numero, depuis_1904), attendue, "{numero}");
    }
    let mut defauts = vec![];
    assert_eq!(
        lire(Champ::DateBail, Brute::Nombre(45341.0), &mut defauts),
        Some(Valeur::Date(date(2024, 2, 19)))
    );
    assert!(matches!(
        lire(Champ::DateBail, Brute::Nombre(1952.0), &mut defauts),
        Some(Valeur::Illisible { .. })
    ));
}

#[test]
fn les_sommes_se_lisent_sous_toutes_leurs_formes() {
    #[rustfmt::skip]
    let cas = [
        ("1 234,56 €",               123_456),
        ("1\u{a0}234,56\u{a0}€",     123_456),
        ("1\u{202f}234,56\u{202f}€", 123_456),
        ("1234.56",                  123_456),
        ("1.234,56",                 123_456),
        ("1,234.56",                 123_456),
        ("1'234.56",                 123_456),
        ("1.234.567,89",             123_456_789),
        ("1.234.567",                123_456_700),
        ("1234,5",                   123_450),
        ("1234",                     123_400),
        ("1234 euros",               123_400),
        ("EUR 12,00",                1_200),
        (",50",                      50),
        ("0,125",                    13),
        ("12,3456",                  1_235),
        ("12,3449",                  1_234),
        ("-12,50",                   -1_250),
        ("−12,50 €",                 -1_250),
        ("12,50-",                   -1_250),
        ("(12,50)",                  -1_250),
        ("0",                        0),
        ("99999999999",              9_999_999_999_900),
    ];
    for (cellule, centimes) in cas {
        assert_eq!(
            texte(Champ::MontantDette, cellule),
            Some(Valeur::Montant(centimes)),
            "{cellule}"
        );
    }
}

#[test]
fn une_somme_douteuse_n_est_pas_devinee() {
    #[rustfmt::skip]
    let cas = [
        ("1.234",                 "ne se distinguent pas"),
        ("1,234",                 "ne se distinguent pas"),
        ("12.34.56",              "ne se distinguent pas"),
        ("1,2,3.4",               "ne se distinguent pas"),
        ("12 500 € environ",      "ce n'est pas une somme"),
        ("1.2E+3",                "ce n'est pas une somme"),
        ("deux mille",            "ce n'est pas une somme"),
        ("€",                     "ce n'est pas une somme"),
        ("99999999999999999999",  "dépasse"),
    ];
    for (cellule, extrait) in cas {
        illisible_car(Champ::MontantDette, cellule, extrait);
    }
}

#[test]
fn un_nombre_de_tableur_est_en_euros_un_entier_de_json_en_centimes() {
    let mut defauts = vec![];
    #[rustfmt::skip]
    let cas = [
        (Brute::Nombre(427.16),             Valeur::Montant(42_716)),
        (Brute::Nombre(605.129_999_999_9),  Valeur::Montant(60_513)),
        (Brute::Nombre(12.345),             Valeur::Montant(1_235)),
        (Brute::Nombre(-80.0),              Valeur::Montant(-8_000)),
        (Brute::Entier(42_716),             Valeur::Montant(42_716)),
    ];
    for (brute, attendue) in cas {
        assert_eq!(lire(Champ::MontantDette, brute, &mut defauts), Some(attendue), "{brute:?}");
    }
    for nombre in [f64::NAN, f64::INFINITY, 1e300] {
        assert!(matches!(
            lire(Champ::MontantDette, Brute::Nombre(nombre), &mut defauts),
            Some(Valeur::Illisible { .. })
        ));
    }
}

#[test]
fn un_code_postal_retrouve_son_zero() {
    #[rustfmt::skip]
    let cas = [
        ("62000",        Some("62000")),
        ("1000",         Some("01000")),
        ("06200",        Some("06200")),
        ("62 000",       Some("62000")),
        ("62000.0",      Some("62000")),
        ("F-62000",      Some("62000")),
        ("62000 CEDEX",  Some("62000")),
        ("75009 PARIS",  Some("75009")),
        ("=\"06200\"",   Some("06200")),
        ("'06200",       Some("06200")),
        ("620",          None),
        ("Arras",        None),
    ];
    for (cellule, attendu) in cas {
        match (texte(Champ::CodePostal, cellule), attendu) {
            (Some(Valeur::Texte(code)), Some(attendu)) => assert_eq!(code, attendu, "{cellule}"),
            (Some(Valeur::Illisible { .. }), None) => {}
            (autre, _) => panic!("{cellule} se lit {autre:?}"),
        }
    }
    assert_eq!(
        lire(Champ::CodePostal, Brute::Nombre(1000.0), &mut vec![]),
        Some(Valeur::Texte("01000".to_owned()))
    );
}

#[test]
fn un_telephone_retrouve_son_zero() {
    #[rustfmt::skip]
    let cas = [
        (Brute::Nombre(757_237_019.0),     "0757237019"),
        (Brute::Texte("757237019"),        "0757237019"),
        (Brute::Texte("+33 1 56 77 09 58"), "+33 1 56 77 09 58"),
        (Brute::Texte("'+33156770958"),    "+33156770958"),
    ];
    for (brute, attendu) in cas {
        assert_eq!(
            lire(Champ::Telephone, brute, &mut vec![]),
            Some(Valeur::Texte(attendu.to_owned()))
        );
    }
}

#[test]
fn les_mots_des_expediteurs_deviennent_nos_codes() {
    #[rustfmt::skip]
    let cas = [
        (Champ::BailleurType, "particulier",              "personne_physique"),
        (Champ::BailleurType, "PP",                       "personne_physique"),
        (Champ::BailleurType, "Personne physique",        "personne_physique"),
        (Champ::BailleurType, "SCI fam.",                 "sci_familiale"),
        (Champ::BailleurType, "SCI (famille)",            "sci_familiale"),
        (Champ::BailleurType, "Société",                  "personne_morale"),
        (Champ::BailleurType, "PM",                       "personne_morale"),
        (Champ::BailleurType, "SA HLM",                   "bailleur_social"),
        (Champ::BailleurType, "HLM",                      "bailleur_social"),
        (Champ::BailleurType, "Bailleur social",          "bailleur_social"),
        (Champ::BailleurType, "personne_morale",          "personne_morale"),
        (Champ::BailleurType, "SCI",                      "sci"),
        (Champ::BailleurType, "S.C.I.",                   "sci"),
        (Champ::Motif,        "impayé",                   "impaye"),
        (Champ::Motif,        "Troubles de voisinage",    "troubles"),
        (Champ::Motif,        "Congé pour vente",         "conge_vente"),
        (Champ::Motif,        "défaut d’assurance",       "defaut_assurance"),
        (Champ::Regime,       "Loi du 6 juillet 1989",    "loi_89"),
        (Champ::Regime,       "Résidence sociale",        "residence_sociale"),
        (Champ::Occupation,   "Propriétaire occupant",    "proprietaire"),
        (Champ::Occupation,   "sans droit ni titre",      "sans_titre"),
        (Champ::Nature,       "Commandement de payer",    "cdp"),
        (Champ::Origine,      "CAF du Pas-de-Calais",     "caf"),
        (Champ::Issue,        "Délais accordés",          "delais"),
        (Champ::Canal,        "E-mail",                   "courriel"),
        (Champ::Canal,        "pigeon",                   "pigeon"),
    ];
    for (champ, cellule, code) in cas {
        assert_eq!(
            texte(champ, cellule),
            Some(Valeur::Texte(code.to_owned())),
            "{champ} « {cellule} »"
        );
    }
    illisible_car(
        Champ::BailleurType,
        "bailleur privé",
        "écrivez bailleur_social, personne_morale",
    );
}

#[test]
fn oui_et_non_s_ecrivent_de_bien_des_facons() {
    for oui in ["O", "o", "oui", "Oui", "OUI", "x", "X", "1", "vrai", "TRUE", "APL"] {
        assert_eq!(texte(Champ::AideLogement, oui), Some(Valeur::OuiNon(true)), "{oui}");
    }
    for non in ["N", "n", "non", "Non", "0", "faux", "aucune"] {
        assert_eq!(texte(Champ::AideLogement, non), Some(Valeur::OuiNon(false)), "{non}");
    }
    illisible_car(Champ::AideLogement, "peut-être", "ni oui ni non");
    assert_eq!(
        lire(Champ::ParDefaut, Brute::Booleen(true), &mut vec![]),
        Some(Valeur::OuiNon(true))
    );
    assert_eq!(
        lire(Champ::AideLogement, Brute::Nombre(1.0), &mut vec![]),
        Some(Valeur::OuiNon(true))
    );
}

#[test]
fn une_cellule_qui_dit_ne_pas_savoir_est_absente() {
    for rien in [
        "",
        "  ",
        "\u{a0}",
        "-",
        "—",
        "?",
        "NC",
        "n/c",
        "#N/A",
        "Néant",
        "inconnu",
        "Non renseigné",
    ] {
        assert_eq!(texte(Champ::LocataireNom, rien), None, "« {rien} »");
        assert_eq!(texte(Champ::MontantDette, rien), None, "« {rien} »");
    }
    for nom in ["Nicolas", "Ndiaye", "Inès", "N"] {
        assert_eq!(texte(Champ::LocataireNom, nom), Some(Valeur::Texte(nom.to_owned())), "{nom}");
    }
}

#[test]
fn un_texte_se_nettoie_sans_perdre_de_lettre() {
    #[rustfmt::skip]
    let cas = [
        ("  Le  Goff ",                     "Le Goff"),
        ("12 rue X\r\nBâtiment A",          "12 rue X Bâtiment A"),
        ("Re\u{301}mi",                     "Rémi"),
        ("A\u{0}B",                         "A B"),
        ("<script>alert(1)</script>",       "<script>alert(1)</script>"),
        ("=1+1",                            "=1+1"),
        ("'T Hooft",                        "'T Hooft"),
    ];
    for (cellule, attendu) in cas {
        assert_eq!(texte(Champ::LocataireNom, cellule), Some(Valeur::Texte(attendu.to_owned())));
    }
}

#[test]
fn des_accents_mal_encodes_se_reparent_et_se_signalent() {
    let mut defauts = vec![];
    let lue = lire(Champ::Commune, Brute::Texte("BÃ©thune"), &mut defauts);
    assert_eq!(lue, Some(Valeur::Texte("Béthune".to_owned())));
    assert_eq!(defauts, ["commune : accents mal encodés, lus « Béthune »"]);
    // Un vrai nom portugais n'est pas une faute.
    defauts.clear();
    assert_eq!(
        lire(Champ::LocataireNom, Brute::Texte("ANTÃO"), &mut defauts),
        Some(Valeur::Texte("ANTÃO".to_owned()))
    );
    assert_eq!(defauts, [""; 0]);
}

#[test]
fn une_cellule_du_mauvais_genre_le_dit() {
    let mut defauts = vec![];
    let jour = Brute::Jour(date(2026, 5, 3));
    assert!(matches!(lire(Champ::CodePostal, jour, &mut defauts), Some(Valeur::Illisible { .. })));
    assert!(matches!(
        lire(Champ::MontantDette, Brute::Booleen(true), &mut defauts),
        Some(Valeur::Illisible { .. })
    ));
    assert!(matches!(
        lire(Champ::DateBail, Brute::Entier(20_260_115), &mut defauts),
        Some(Valeur::Illisible { .. })
    ));
    assert_eq!(
        lire(Champ::ReferenceActe, Brute::Nombre(12_345.0), &mut defauts),
        Some(Valeur::Texte("12345".to_owned()))
    );
    assert_eq!(defauts, [""; 0]);
    assert!(matches!(
        lire(Champ::MontantDette, Brute::SansValeur, &mut defauts),
        Some(Valeur::Illisible { .. })
    ));
    assert_eq!(defauts.len(), 1, "une formule sans valeur se signale");
}

proptest! {
    #[test]
    fn aucune_cellule_ne_fait_paniquer(cellule in "\\PC{0,40}", nombre in any::<f64>(), rang in 0..Champ::TOUS.len()) {
        let champ = Champ::TOUS[rang];
        let mut defauts = vec![];
        let _ = lire(champ, Brute::Texte(&cellule), &mut defauts);
        let _ = lire(champ, Brute::Nombre(nombre), &mut defauts);
    }

    #[test]
    fn une_date_ecrite_se_relit(jours in 0_i64..60_000) {
        let jour = jour_du_numero(20_000.0, false).unwrap().saturating_add(jiff::ToSpan::days(jours));
        for forme in [
            format!("{:02}/{:02}/{}", jour.day(), jour.month(), jour.year()),
            format!("{}.{}.{}", jour.day(), jour.month(), jour.year()),
            jour.to_string(),
        ] {
            prop_assert_eq!(texte(Champ::DateBail, &forme), Some(Valeur::Date(jour)), "{}", forme);
        }
    }

    #[test]
    fn une_somme_ecrite_se_relit(centimes in -1_000_000_000_i64..1_000_000_000) {
        let (signe, absolu) = (if centimes < 0 { "-" } else { "" }, centimes.unsigned_abs());
        for forme in [
            format!("{signe}{},{:02}", absolu / 100, absolu % 100),
            format!("{signe}{}.{:02} €", absolu / 100, absolu % 100),
        ] {
            prop_assert_eq!(texte(Champ::Dette, &forme), Some(Valeur::Montant(centimes)), "{}", forme);
        }
    }
}
