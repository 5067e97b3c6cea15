//! Ce qu'on dit à un ménage : partout, simplement, sans menace ni donnée.

use std::collections::BTreeSet;

use ccapex::cours::Cours;
use ccapex::cours::etat::{EtatParallele, Stade};
use ccapex::menage::{
    Echeance, Explication, Guichet, dates_utiles, explication, explication_de_situation,
};
use jiff::civil::{Date, date};

const AVANT: Date = date(2026, 12, 31);
const APRES: Date = date(2027, 1, 1);

fn toutes() -> Vec<&'static Explication> {
    let mut toutes = Vec::new();
    for jour in [AVANT, APRES] {
        toutes.extend(Stade::TOUS.iter().map(|s| explication(*s, jour)));
        toutes
            .extend(EtatParallele::TOUS.iter().filter_map(|e| explication_de_situation(*e, jour)));
    }
    toutes
}

#[test]
fn chaque_stade_a_son_texte() {
    for stade in Stade::TOUS {
        for jour in [AVANT, APRES] {
            let texte = explication(*stade, jour);
            assert_eq!(texte.code, stade.code());
            assert!(!texte.ou_en_est_on.is_empty(), "{}", texte.code);
            assert!(texte.ce_que_vous_pouvez_faire.len() >= 3, "{}", texte.code);
            assert!(!texte.avec_qui.is_empty(), "{}", texte.code);
            assert!(!texte.ce_qui_ne_change_pas.is_empty(), "{}", texte.code);
        }
    }
}

#[test]
fn les_situations_qui_changent_la_vie_du_menage_ont_leur_texte() {
    for etat in [
        EtatParallele::DsfEnCours,
        EtatParallele::PlanApurement,
        EtatParallele::AideSuspendue,
        EtatParallele::Surendettement,
        EtatParallele::DelaiJex,
        EtatParallele::Pcs,
        EtatParallele::Dalo,
        EtatParallele::TreveActive,
    ] {
        let texte = explication_de_situation(etat, AVANT).expect("un texte");
        assert_eq!(texte.code, etat.code());
    }
}

#[test]
fn aucun_texte_ne_menace_ne_chiffre_ni_ne_nomme() {
    #[rustfmt::skip]
    let interdits = [
        "vous devez ", "sommons", "mise en demeure", "sous peine", "exigeons", "obligation de",
        "€", "euro", "monsieur", "madame", "serez expulsé", "garantit", "garanti ", "à coup sûr",
        "article", "L. 4", "loi n°",
    ];
    for texte in toutes() {
        for phrase in texte.phrases() {
            for mot in interdits {
                assert!(
                    !phrase.to_lowercase().contains(&mot.to_lowercase()),
                    "« {mot} » dans {} : {phrase}",
                    texte.code
                );
            }
        }
    }
}

/// Les phrases d'un texte : un point, deux-points ou un point-virgule en finit une.
fn mots_par_phrase(texte: &Explication) -> Vec<(usize, String)> {
    texte
        .phrases()
        .flat_map(|p| p.split(['.', '!', '?']).map(str::to_owned).collect::<Vec<_>>())
        .map(|p| (p.split_whitespace().filter(|m| m.chars().any(char::is_alphanumeric)).count(), p))
        .filter(|(mots, _)| *mots > 0)
        .collect()
}

#[test]
fn les_phrases_sont_courtes() {
    for texte in toutes() {
        let phrases = mots_par_phrase(texte);
        let mots: usize = phrases.iter().map(|(mots, _)| mots).sum();
        assert!(mots <= 15 * phrases.len(), "{} : plus de 15 mots par phrase", texte.code);
        for (mots, phrase) in phrases {
            assert!(mots <= 30, "{} : {mots} mots dans « {phrase} »", texte.code);
        }
    }
}

#[test]
fn un_mot_du_droit_est_explique_la_ou_il_parait() {
    #[rustfmt::skip]
    let cas = [
        ("concours de la force publique", "aide de la police"),
        ("assignation",                   "convocation"),
        ("plan d’apurement",              "calendrier"),
        ("indemnité d’occupation",        "chaque mois"),
        ("domiciliation",                 "courrier"),
    ];
    for texte in toutes() {
        let tout = texte.phrases().collect::<Vec<_>>().join(" ").to_lowercase();
        for (mot, explication) in cas {
            assert!(
                !tout.contains(mot) || tout.contains(explication),
                "« {mot} » n'est pas expliqué dans {}",
                texte.code
            );
        }
    }
}

#[test]
fn l_aide_au_logement_change_de_decideur_en_2027() {
    let avant = explication(Stade::ImpayeConstitueAide, AVANT);
    let apres = explication(Stade::ImpayeConstitueAide, APRES);
    let dit = |texte: &Explication, mot: &str| texte.phrases().any(|p| p.contains(mot));
    assert!(!dit(avant, "la commission peut décider"));
    assert!(dit(apres, "la commission peut décider"));
    let suspendue = |jour| explication_de_situation(EtatParallele::AideSuspendue, jour);
    assert!(dit(suspendue(APRES).expect("un texte"), "premier jour du mois"));
    assert!(!dit(suspendue(AVANT).expect("un texte"), "premier jour du mois"));
}

#[test]
fn la_loi_de_2023_est_dans_les_textes() {
    let dit = |stade, mot: &str| explication(stade, APRES).phrases().any(|p| p.contains(mot));
    assert!(dit(Stade::AssignationDelivree, "de nouveau payé en entier"));
    assert!(dit(Stade::CqlSignifie, "un mois à un an"));
    assert!(dit(Stade::CdpSignifie, "six semaines"));
    assert!(dit(Stade::DelaiCqlExpire, "ni dans un logement social"));
}

#[test]
fn un_dossier_sans_date_n_en_invente_pas() {
    let cours = Cours::default();
    for texte in toutes() {
        for connue in dates_utiles(texte, &cours, AVANT) {
            assert_eq!(connue.echeance, Echeance::FinDeLaTreve, "{}", texte.code);
            assert_eq!(connue.jour, date(2027, 3, 31));
        }
    }
}

#[test]
fn une_date_passee_se_dit_au_passe() {
    let mut cours = Cours::default();
    cours.procedure.audience = Some(date(2026, 12, 15));
    let texte = explication(Stade::AssignationDelivree, AVANT);
    let annonce = |jour| dates_utiles(texte, &cours, jour).first().map(|d| d.annonce);
    assert_eq!(annonce(date(2026, 12, 15)), Some("L’audience est fixée au"));
    assert_eq!(annonce(date(2026, 12, 16)), Some("L’audience était fixée au"));
}

#[test]
fn chaque_guichet_a_un_code_a_lui() {
    let codes: BTreeSet<&str> = Guichet::TOUS.iter().map(|g| g.code()).collect();
    assert_eq!(codes.len(), Guichet::TOUS.len());
    for texte in toutes() {
        let uniques: BTreeSet<_> = texte.avec_qui.iter().collect();
        assert_eq!(uniques.len(), texte.avec_qui.len(), "{} : un guichet deux fois", texte.code);
    }
}
