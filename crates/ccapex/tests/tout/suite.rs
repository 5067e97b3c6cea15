//! Ce qu'on demande en plus d'une notice où manque l'essentiel, pour ne pas y revenir.

use ccapex::notice::{Contenu, Nature};
use ccapex::profil::Profil;
use ccapex::signalement::examen::{Contexte, examiner};
use ccapex::signalement::suite::une_fois_connu;
use jiff::civil::date;
use serde_json::json;

/// Un commandement à qui rien ne manque, sans ces champs.
fn sans(champs: &[&str]) -> Contenu {
    let mut entier = json!({
        "date": "2026-10-12", "bailleur_type": "personne_physique", "commune": "62041",
        "date_bail": "2024-01-15", "loyer_hors_charges": 60_000, "montant_dette": 130_000,
        "impaye_depuis": "2026-06-01", "aide_logement": true, "nombre_enfants": 2,
    });
    let table = entier.as_object_mut().expect("un objet");
    table.retain(|champ, _| !champs.contains(&champ.as_str()));
    serde_json::from_value(entier).unwrap_or_else(|defaut| panic!("{defaut}"))
}

#[test]
fn l_essentiel_et_ce_qui_suivra_se_demandent_ensemble() {
    let profil = Profil::integre("62").expect("le Pas-de-Calais");
    // Un dimanche : supposer qu'un acte y soit signifié poserait une question de trop.
    let recue_le = date(2026, 11, 22);
    for (dit, manquent, nomme, ensuite) in [
        ("rien ne manque", &[][..], true, None),
        ("le bail seul ne bloque rien", &["date_bail"], true, None),
        ("la commune seule", &["commune"], true, Some(vec![])),
        ("la commune et le bail", &["commune", "date_bail"], true, Some(vec!["date_bail"])),
        ("le nom et le bail", &["date_bail"], false, Some(vec!["date_bail"])),
        ("la date et le bail", &["date", "date_bail"], true, Some(vec!["date_bail"])),
        (
            "la qualité du bailleur et le bail",
            &["bailleur_type", "date_bail"],
            true,
            Some(vec!["date_bail"]),
        ),
        (
            "la commune et les seuils",
            &["commune", "montant_dette", "impaye_depuis"],
            true,
            Some(vec!["impaye_depuis", "montant_dette"]),
        ),
    ] {
        let contenu = sans(manquent);
        let examen = examiner(Nature::Cdp, &contenu, nomme, &profil, recue_le, Contexte::default());
        let suite = une_fois_connu(&examen, Nature::Cdp, &contenu, &profil, recue_le);
        let demandes = suite.map(|examen| examen.a_completer);
        assert_eq!(demandes, ensuite, "{dit}");
    }
}
