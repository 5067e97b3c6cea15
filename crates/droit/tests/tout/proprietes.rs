//! Ce qui reste vrai pour toute date.

use droit::calendrier::{Calendrier, Territoire};
use droit::catalogue::{appliquer, regles};
use droit::delai::{Delai, Rebours, Report};
use droit::demande::Entree;
use droit::resultat::Resultat;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn jours() -> impl Strategy<Value = Date> {
    (0_i64..30_000).prop_map(|jours| date(1980, 1, 1).saturating_add(jours.days()))
}

fn delais() -> impl Strategy<Value = Delai> {
    prop_oneof![
        (1_u16..400).prop_map(Delai::Jours),
        (1_u16..40).prop_map(Delai::JoursOuvres),
        (1_u16..60).prop_map(Delai::Semaines),
        (1_u16..80).prop_map(Delai::Mois),
        (1_u16..12).prop_map(Delai::Annees),
        (1_u16..12, 1_u16..40).prop_map(|(mois, jours)| Delai::Mixte { mois, jours }),
    ]
}

fn territoires() -> impl Strategy<Value = Territoire> {
    prop::sample::select(vec![
        "62041", "67482", "97105", "97209", "97302", "97411", "97608", "97801",
    ])
    .prop_map(Territoire::de_commune)
}

fn reports() -> impl Strategy<Value = Report> {
    prop::sample::select(vec![Report::Aucun, Report::JourOuvrable])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn une_echeance_suit_son_acte(
        acte in jours(), delai in delais(), territoire in territoires(), report in reports(),
    ) {
        let fin = delai.echeance(acte, report, &territoire);
        prop_assert!(acte < fin.brute);
        prop_assert!(fin.brute <= fin.prorogee);
        prop_assert!(fin.retenue < fin.premier_jour_possible);
        prop_assert!(!territoire.non_ouvrable(fin.prorogee));
        prop_assert!(fin.retenue == fin.brute || fin.retenue == fin.prorogee);
    }

    #[test]
    fn un_acte_plus_tardif_n_avance_jamais_l_echeance(
        acte in jours(), delai in delais(), territoire in territoires(), report in reports(),
    ) {
        let lendemain = acte.saturating_add(1.day());
        let (tot, tard) =
            (delai.echeance(acte, report, &territoire), delai.echeance(lendemain, report, &territoire));
        prop_assert!(tot.brute <= tard.brute);
        prop_assert!(tot.retenue <= tard.retenue);
    }

    #[test]
    fn une_audience_plus_tardive_n_avance_jamais_la_limite(
        audience in jours(), delai in delais(), territoire in territoires(),
    ) {
        for rebours in [Rebours::Strict, Rebours::Inclus] {
            let lendemain = audience.saturating_add(1.day());
            let limite = delai.dernier_jour_utile(audience, rebours, &territoire);
            prop_assert!(limite < audience);
            prop_assert!(limite <= delai.dernier_jour_utile(lendemain, rebours, &territoire));
            let premiere = delai.premiere_audience(limite, rebours, &territoire);
            prop_assert!(premiere <= audience);
            prop_assert!(limite <= delai.dernier_jour_utile(premiere, rebours, &territoire));
        }
    }

    #[test]
    fn un_delai_en_mois_garde_le_quantieme_ou_prend_la_fin_du_mois(acte in jours(), mois in 1_u16..80) {
        let fin = Delai::Mois(mois).terme(acte, &Territoire::Metropole);
        let rang = |jour: Date| i32::from(jour.year()) * 12 + i32::from(jour.month());
        prop_assert_eq!(rang(fin), rang(acte) + i32::from(mois));
        prop_assert_eq!(fin.day(), acte.day().min(fin.days_in_month()));
    }

    #[test]
    fn un_29_fevrier_finit_un_29_fevrier_quand_l_annee_en_a_un(siecle in 495_i16..520, ans in 1_u16..40) {
        let acte = date(siecle * 4, 2, 28).saturating_add(1.day());
        prop_assume!(acte.day() == 29);
        let fin = Delai::Annees(ans).terme(acte, &Territoire::Metropole);
        prop_assert_eq!((fin.month(), fin.day()), (2, if fin.in_leap_year() { 29 } else { 28 }));
    }
}

/// Les règles qui partent d'un acte, avec les faits de leur exemple qui ne sont pas des dates.
fn depuis(nom: &str, jour: Date) -> Resultat {
    let mut entree = Entree::le(date(2026, 11, 21));
    entree.depuis = Some(jour);
    for (fait, valeur) in [
        ("mois", "6"),
        ("jours", "20"),
        ("semaines", "6"),
        ("residence", "guadeloupe"),
        ("date_bail", "2015-06-01"),
        ("bailleur_type", "bailleur_social"),
    ] {
        entree.faits.insert(fait.to_owned(), valeur.to_owned());
    }
    appliquer(nom, &entree).unwrap_or_else(|refus| panic!("{nom} : {refus}"))
}

/// Les règles qui ne partent pas d'un acte, ou pour qui l'acte n'est qu'un jour à examiner.
const SANS_ACTE: &[&str] = &["impaye_definition", "paques", "responsabilite_etat_fin"];

#[test]
fn chaque_regle_est_croissante_et_suit_son_acte() {
    let mut comparees = 0;
    for regle in regles().filter(|r| r.exemple.contains("--depuis") && !SANS_ACTE.contains(&r.nom))
    {
        if regle.nom == "notification_cql_prefet" {
            continue; // Elle part de deux dates.
        }
        let mut jour = date(2009, 12, 20);
        let mut avant: Option<Resultat> = None;
        while jour < date(2030, 1, 1) {
            let resultat = depuis(regle.nom, jour);
            if let Some(retenue) = resultat.retenue {
                assert!(jour <= retenue, "{} du {jour} : {retenue}", regle.nom);
            }
            if let Some(avant) = avant.filter(|avant| avant.version == resultat.version) {
                let dates =
                    |r: &Resultat| [r.brute, r.prorogee, r.retenue, r.premier_jour_possible];
                for (tot, tard) in dates(&avant).into_iter().zip(dates(&resultat)) {
                    if let Some((tot, tard)) = tot.zip(tard) {
                        assert!(tot <= tard, "{} : le {jour} avance {tot} à {tard}", regle.nom);
                        comparees += 1;
                    }
                }
            }
            avant = Some(resultat);
            jour = jour.saturating_add(3.days());
        }
    }
    assert!(comparees > 100_000, "{comparees}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn aucune_entree_ne_fait_paniquer(
        valeur in "[ -~éà]{0,12}", fait in 0_usize..21, regle in 0_usize..149, annee in 1900_i16..2200,
    ) {
        let regle = regles().nth(regle).unwrap();
        let mut entree = Entree::le(date(2026, 11, 21));
        entree.depuis = Some(date(annee, 2, 28));
        entree.audience = Some(date(annee, 12, 31));
        entree.commune = Some(valeur.clone());
        entree.faits.insert(droit::demande::FAITS[fait].nom.to_owned(), valeur.clone());
        entree.options.insert("dalo".to_owned(), valeur);
        let _ = appliquer(regle.nom, &entree);
        entree.options.clear();
        entree.commune = None;
        let _ = appliquer(regle.nom, &entree);
        entree.faits.clear();
        let _ = appliquer(regle.nom, &entree);
    }
}
