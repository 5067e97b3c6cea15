//! Une table candidate : lue comme un profil, comparée à celle d'aujourd'hui.

use droit::reponse::Reponse::{self, Inconnue, Non, Oui};

use super::{le, pas_de_calais};
use crate::coordination::simulation::{AvantApres, Simulation, Transition, simuler};
use crate::identifiants::DossierId;
use crate::profil::{Conditions, Repartition};
use crate::signalement::examen::Contexte;

/// Toutes les familles à la Caf, en procédure ou non ; sinon le Département.
const LES_FAMILLES_A_LA_CAF: &str = r#"
[[repartition]]
du = 2027-01-01
a_valider = true
source = "proposition du groupe de travail"

[[repartition.regle]]
enfants = true
service = "caf"
motif = "famille avec enfants"

[[repartition.regle]]
service = "departement"
motif = "autre ménage"
"#;

fn menage(numero: i64, reponses: [Reponse; 3]) -> (DossierId, Conditions) {
    let [en_procedure, enfants, aide_logement] = reponses;
    (DossierId(numero), Conditions { en_procedure, enfants, aide_logement })
}

#[test]
fn une_simulation_compte_ce_qui_changerait_de_service() {
    let profil = pas_de_calais();
    let avant = profil.repartition(le(9, 1)).expect("une table en vigueur");
    let apres = Repartition::lire_candidate(LES_FAMILLES_A_LA_CAF, &profil).expect("elle se lit");
    #[rustfmt::skip]
    let dossiers = [
        //        procédure enfants   aide            avant          après
        menage(1, [Oui,     Oui,      Oui]),       // département    Caf
        menage(2, [Oui,     Non,      Oui]),       // département    département
        menage(3, [Non,     Oui,      Oui]),       // Caf            Caf
        menage(4, [Non,     Oui,      Non]),       // département    Caf
        menage(5, [Non,     Inconnue, Oui]),       // on ne sait pas on ne sait pas
        menage(6, [Non,     Oui,      Inconnue]),  // on ne sait pas Caf
    ];
    let simulation = simuler(dossiers, avant, &apres, &profil);
    let compte = |avant, apres| AvantApres { avant, apres };
    assert_eq!(
        simulation,
        Simulation {
            dossiers: 6,
            par_service: [
                ("caf".to_owned(), compte(1, 4)),
                ("departement".to_owned(), compte(5, 2)),
            ]
            .into(),
            transitions: vec![Transition {
                de: "departement".to_owned(),
                vers: "caf".to_owned(),
                dossiers: vec![DossierId(1), DossierId(4), DossierId(6)],
            }],
            inconnus: compte(2, 1),
            questions: [("aide_logement", compte(1, 0)), ("nombre_enfants", compte(1, 1))].into(),
        }
    );
}

#[test]
fn la_meme_table_ne_change_rien() {
    let profil = pas_de_calais();
    let table = profil.repartition(le(9, 1)).expect("une table en vigueur");
    let simulation = simuler([menage(1, [Oui, Oui, Oui])], table, table, &profil);
    assert!(simulation.transitions.is_empty());
    assert_eq!(simulation.par_service["departement"], AvantApres { avant: 1, apres: 1 });
}

#[test]
fn ce_que_les_notices_ne_disent_pas_reste_inconnu() {
    let contexte = Contexte { en_procedure: true, enfants: Some(false), ..Contexte::default() };
    assert_eq!(Conditions::from(contexte), menage(1, [Oui, Non, Inconnue]).1);
}

#[test]
fn une_table_candidate_fautive_est_refusee_comme_dans_un_profil() {
    let profil = pas_de_calais();
    #[rustfmt::skip]
    let cas = [
        ("service = \"caf\"",                      "service = \"pmi\"",                  "repartition.1.regle.1.service", "aucun service n'a le code « pmi »"),
        ("enfants = true\n",                       "",                                  "repartition.1.regle.2",         "cette règle ne sert jamais"),
        ("a_valider = true\n",                     "",                                  "repartition.1.validee_par_le_corep_le", "la répartition n'est pas dite validée"),
        ("du = 2027-01-01\n",                      "",                                  "repartition.1.du",              "ce champ manque"),
        ("enfants = true",                         "chats = true",                      "repartition.1.regle.1.chats",   "champ inconnu"),
        ("[[repartition]]\ndu",                    "[delais]\n[[repartition]]\ndu",     "delais",                        "section inconnue"),
        ("[[repartition]]",                        "[[repartition]",                    "",                              "le fichier n'est pas du TOML lisible, ligne 2"),
    ];
    for (texte, remplace, cle, dit) in cas {
        assert!(LES_FAMILLES_A_LA_CAF.contains(texte), "« {texte} » n'est plus dans la table");
        let fautive = LES_FAMILLES_A_LA_CAF.replacen(texte, remplace, 1);
        let defauts = Repartition::lire_candidate(&fautive, &profil).expect_err(remplace);
        let trouve = defauts.iter().any(|d| d.cle == cle && d.quoi.starts_with(dit));
        assert!(trouve, "{cle} : {dit}\n{defauts:?}");
    }
    let deux = format!(
        "{}{}",
        LES_FAMILLES_A_LA_CAF.replace("a_valider", "au = 2027-12-31\na_valider"),
        LES_FAMILLES_A_LA_CAF.replace("2027-01-01", "2028-01-01")
    );
    for (texte, dit) in
        [(deux.as_str(), "il y a plusieurs tables"), ("", "la section [repartition] manque")]
    {
        let defauts = Repartition::lire_candidate(texte, &profil).expect_err(dit);
        assert!(defauts.iter().any(|d| d.quoi.starts_with(dit)), "{defauts:?}");
    }
}
