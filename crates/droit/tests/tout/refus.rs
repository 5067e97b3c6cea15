//! Un refus dit ce qui se passe, pourquoi, et quoi faire.

use droit::catalogue::appliquer;
use droit::demande::{Entree, lire_jour};
use jiff::civil::date;

fn entree() -> Entree {
    Entree::le(date(2026, 11, 21))
}

fn refus(regle: &str, entree: &Entree) -> String {
    appliquer(regle, entree).expect_err("un refus").to_string()
}

#[test]
fn une_regle_inconnue_propose_ses_voisines() {
    assert_eq!(
        refus("delai_commandement", &entree()),
        "Aucune règle ne s'appelle « delai_commandement ». Vouliez-vous : delai_commandement_assurance, \
         delai_commandement_de_payer, delai_commandement_de_payer_clause_longue ? La liste : seuil regles"
    );
    assert_eq!(
        refus("xyz", &entree()),
        "Aucune règle ne s'appelle « xyz ». La liste : seuil regles"
    );
}

#[test]
fn un_fait_manquant_est_nomme_avec_un_exemple() {
    assert_eq!(
        refus(
            "delai_commandement_de_payer",
            &Entree { depuis: Some(date(2026, 1, 15)), ..entree() }
        ),
        "« delai_commandement_de_payer » ne se calcule pas : il manque date_bail (signature du bail). \
         Exemple : seuil delai delai_commandement_de_payer --depuis 2026-01-15 --fait date_bail=2024-05-01"
    );
    assert_eq!(
        refus("delai_cql", &entree()),
        "« delai_cql » ne se calcule pas : il manque --depuis (l'acte déclencheur). \
         Exemple : seuil delai delai_cql --depuis 2026-09-10"
    );
}

#[test]
fn une_valeur_illisible_ou_inconnue_est_expliquee() {
    let avec = |fait: (&str, &str), option: (&str, &str), commune: &str| {
        let mut entree = entree();
        entree.depuis = Some(date(2026, 1, 15));
        if !fait.0.is_empty() {
            entree.faits.insert(fait.0.to_owned(), fait.1.to_owned());
        }
        if !option.0.is_empty() {
            entree.options.insert(option.0.to_owned(), option.1.to_owned());
        }
        entree.commune = Some(commune.to_owned()).filter(|commune| !commune.is_empty());
        refus("delai_appel", &entree)
    };
    let rien = ("", "");
    #[rustfmt::skip]
    let cas = [
        (avec(("date_bail", "30/02/2026"), rien, ""),   "« 30/02/2026 » ne se lit pas pour date_bail : un jour du calendrier entre 1900 et 2200, en AAAA-MM-JJ. Exemple : date_bail=2026-01-15"),
        (avec(("dette", "12,50"), rien, ""),            "« 12,50 » ne se lit pas pour dette : une somme en centimes, en chiffres. Exemple : dette=60000"),
        (avec(("mois", "-3"), rien, ""),                "« -3 » ne se lit pas pour mois : un nombre entier. Exemple : mois=36"),
        (avec(("residence", "lune"), rien, ""),         "« lune » ne se lit pas pour residence : un territoire, le code d'une commune, ou etranger. Exemple : residence=guadeloupe"),
        (avec(rien, ("dalo", "9_mois"), ""),            "L'option dalo (délai des départements à forte demande) n'admet pas « 9_mois ». Ses lectures sont : 3_mois, 6_mois. Exemple : --option dalo=6_mois"),
        (avec(rien, rien, "Arras"),                     "« Arras » ne se lit pas pour --commune : le code officiel géographique d'une commune, en cinq caractères. Exemple : --commune=62041"),
    ];
    for (obtenu, attendu) in cas {
        assert_eq!(obtenu, attendu);
    }
    assert!(
        avec(("loyer", "1"), rien, "")
            .starts_with("Aucune règle ne connaît le fait « loyer ». Les faits sont : ")
    );
    assert!(
        avec(rien, ("cql", "1"), "")
            .starts_with("Aucune règle ne connaît l'option « cql ». Les options sont : ")
    );
}

#[test]
fn un_jour_se_lit_en_iso_ou_a_la_francaise() {
    #[rustfmt::skip]
    let cas = [
        ("2026-01-15",   Some(date(2026, 1, 15))),
        (" 2026-01-15 ", Some(date(2026, 1, 15))),
        ("15/01/2026",   Some(date(2026, 1, 15))),
        ("1/2/2026",     Some(date(2026, 2, 1))),
        ("15/01/26",     None),
        ("2026-02-29",   None),
        ("1899-12-31",   None),
        ("2026-1-5",     None),
        ("demain",       None),
        ("",             None),
    ];
    for (texte, attendu) in cas {
        assert_eq!(lire_jour("--depuis", texte).ok(), attendu, "{texte}");
    }
}

#[test]
fn la_reponse_s_ecrit_comme_le_contrat_le_dit() {
    let mut entree = Entree { depuis: Some(date(2026, 1, 15)), ..entree() };
    entree.faits.insert("date_bail".to_owned(), "2024-05-01".to_owned());
    let resultat = appliquer("delai_commandement_de_payer", &entree).expect("réponse");
    let json = serde_json::to_string(&resultat).expect("JSON");
    assert!(
        json.starts_with(
            r#"{"regle":"delai_commandement_de_payer","depuis":"2026-01-15","valeur":"6 semaines","brute":"2026-02-26","prorogee":"2026-02-26","retenue":"2026-02-26","premier_jour_possible":"2026-02-27","confiance":"B","options":{"bail_reconduit":"2_mois"},"version":{"du":"2023-07-29","au":null,"source":"loi n° 89-462, art. 24"},"motifs":["#
        ),
        "{json}"
    );
}
