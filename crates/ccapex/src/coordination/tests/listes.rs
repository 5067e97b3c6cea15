//! Qui figure dans quelle liste, et à partir de quel jour.

use jiff::civil::Date;

use super::{
    assigne, avec, contact, cours, dette, histoire, le, pas_de_calais, porte_close, prise,
};
use crate::acte::codes::{
    IssueDAccueil, IssueDeCfp, IssueDeComplexite, IssueDePriseEnCharge, IssueDuMenage,
};
use crate::acte::{Diagnostic, Quoi};
use crate::coordination::listes::ListeDeSuivi::{self, *};
use crate::coordination::listes::listes;
use crate::cours::horloge::Horloge;
use crate::dossier::Dossier;
use crate::notice::{Contenu, Nature};

fn ou(dossier: &Dossier, jour: Date) -> Vec<ListeDeSuivi> {
    let horloge = Horloge::au(jour);
    listes(dossier, &cours(dossier, &horloge), "departement", &pas_de_calais(), &horloge)
        .into_iter()
        .collect()
}

fn signale(actes: &[(Date, Quoi)]) -> Dossier {
    avec(histoire(actes), Nature::Cdp, le(9, 1), Contenu::default())
}

#[test]
fn un_menage_que_personne_n_accepte_est_dans_la_liste_passe_le_delai() {
    let proposee = || prise("caf", IssueDePriseEnCharge::Proposee);
    let acceptee = || prise("caf", IssueDePriseEnCharge::Acceptee);
    let refusee = || prise("caf", IssueDePriseEnCharge::Refusee);
    let terminee = || prise("caf", IssueDePriseEnCharge::Terminee);
    #[rustfmt::skip]
    let cas: [(&str, Dossier, Date, bool); 9] = [
        // signalé le 1er septembre, quinze jours pour accepter
        ("personne n'a répondu, dernier jour",  signale(&[]),                                              le(9, 16), false),
        ("personne n'a répondu, lendemain",     signale(&[]),                                              le(9, 17), true),
        ("accepté",                             signale(&[(le(9, 5), acceptee())]),                        le(10, 1), false),
        ("proposé, dernier jour",               signale(&[(le(9, 10), proposee())]),                       le(9, 25), false),
        ("proposé, sans réponse",               signale(&[(le(9, 10), proposee())]),                       le(9, 26), true),
        ("refusé",                              signale(&[(le(9, 5), refusee())]),                         le(9, 5),  true),
        ("refusé puis accepté ailleurs",        signale(&[(le(9, 5), refusee()), (le(9, 8), prise("departement", IssueDePriseEnCharge::Acceptee))]), le(10, 1), false),
        ("terminé, le temps de confier encore", signale(&[(le(9, 5), acceptee()), (le(9, 20), terminee())]), le(10, 5), false),
        ("terminé, et plus personne",           signale(&[(le(9, 5), acceptee()), (le(9, 20), terminee())]), le(10, 6), true),
    ];
    for (histoire, dossier, jour, attendu) in cas {
        assert_eq!(ou(&dossier, jour).contains(&NonPrisEnCharge), attendu, "{histoire}");
    }
    let horloge = Horloge::au(le(9, 2));
    let dossier = signale(&[]);
    let cours = cours(&dossier, &horloge);
    let vues = listes(&dossier, &cours, "departement", &pas_de_calais(), &horloge);
    assert!(!vues.contains(&NonPrisEnCharge));
    assert_eq!(horloge.prochain(), Some(le(9, 17)), "la veille s'en souvient");
}

#[test]
fn un_menage_confie_attend_que_son_service_l_accepte() {
    let acceptee = |service| prise(service, IssueDePriseEnCharge::Acceptee);
    #[rustfmt::skip]
    let cas = [
        ("confié par la table",          signale(&[]),                                     true),
        ("accepté",                      signale(&[(le(9, 5), acceptee("departement"))]),  false),
        ("accepté par un autre",         signale(&[(le(9, 5), acceptee("caf"))]),          true),
        ("le ménage est parti",          signale(&[(le(9, 20), Quoi::Depart {})]),         false),
        ("aucune notice n'est en vigueur", histoire(&[]),                                  false),
    ];
    for (histoire, dossier, attendu) in cas {
        assert_eq!(ou(&dossier, le(10, 1)).contains(&APrendreEnCharge), attendu, "{histoire}");
    }
}

#[test]
fn en_procedure_et_inconnu_des_services() {
    let joint = || contact(IssueDAccueil::Joint);
    let present = Quoi::Audience { locataire_present: Some(true), renvoi_au: None };
    let assigne = |actes: &[(Date, Quoi)]| assigne(histoire(actes), le(9, 1), le(12, 10));
    #[rustfmt::skip]
    let cas: Vec<(&str, Dossier, bool)> = vec![
        ("commandement seul",                  signale(&[]),                                                            false),
        ("assigné, personne ne le connaît",    assigne(&[]),                                                            true),
        ("deux portes closes",                 assigne(&[(le(9, 5), porte_close()), (le(9, 9), porte_close())]),        true),
        ("vu par le juge seul",                assigne(&[(le(9, 20), present)]),                                        true),
        ("joint au téléphone",                 assigne(&[(le(9, 5), joint())]),                                         false),
        ("diagnostic fait",                    assigne(&[(le(9, 5), Quoi::DsfRealise(Diagnostic::default()))]),         false),
        ("pris en charge",                     assigne(&[(le(9, 5), prise("caf", IssueDePriseEnCharge::Acceptee))]),    false),
        ("prise en charge refusée",            assigne(&[(le(9, 5), prise("caf", IssueDePriseEnCharge::Refusee))]),     true),
        ("parti",                              assigne(&[(le(9, 20), Quoi::Depart {})]),                                false),
    ];
    for (histoire, dossier, attendu) in cas {
        assert_eq!(ou(&dossier, le(10, 1)).contains(&EnProcedureInconnu), attendu, "{histoire}");
    }
}

#[test]
fn une_audience_a_moins_de_quarante_cinq_jours_sans_contact() {
    let audience = le(12, 10);
    let assigne = |actes: &[(Date, Quoi)]| assigne(histoire(actes), le(9, 1), audience);
    let renvoi = Quoi::Audience { locataire_present: None, renvoi_au: Some(le(12, 20)) };
    #[rustfmt::skip]
    let cas: Vec<(&str, Dossier, Date, bool)> = vec![
        ("quarante-cinq jours",               assigne(&[]),                                            le(10, 26), false),
        ("quarante-quatre jours",             assigne(&[]),                                            le(10, 27), true),
        ("le jour même",                      assigne(&[]),                                            le(12, 10), true),
        ("le lendemain",                      assigne(&[]),                                            le(12, 11), false),
        ("porte close",                       assigne(&[(le(10, 20), porte_close())]),                 le(11, 10), true),
        ("joint depuis l'assignation",        assigne(&[(le(9, 5), contact(IssueDAccueil::Joint))]),   le(11, 10), false),
        ("joint avant l'assignation",         assigne(&[(le(8, 5), contact(IssueDAccueil::Joint))]),   le(11, 10), true),
        ("renvoyée",                          assigne(&[(audience, renvoi)]),                          le(12, 11), true),
    ];
    for (histoire, dossier, jour, attendu) in cas {
        assert_eq!(ou(&dossier, jour).contains(&AudienceProche), attendu, "{histoire}");
    }
}

#[test]
fn une_petite_dette_est_due_et_inferieure_a_deux_mille_euros() {
    let cas = [(0, false), (1, true), (1_999, true), (2_000, false), (2_500, false)];
    for (euros, attendu) in cas {
        let dossier = signale(&[(le(9, 5), dette(euros))]);
        assert_eq!(ou(&dossier, le(9, 6)).contains(&PetiteDette), attendu, "{euros} €");
    }
}

#[test]
fn une_demande_de_concours_s_instruit_jusqu_a_la_decision_ou_au_silence() {
    let demande =
        |actes: &[_]| avec(histoire(actes), Nature::RequisitionCfp, le(9, 1), Contenu::default());
    let refus = Quoi::DecisionCfp { issue: IssueDeCfp::Refus, date_effet: None };
    #[rustfmt::skip]
    let cas = [
        ("demandé",          demande(&[]),                    le(9, 2),  true),
        ("deux mois après",  demande(&[]),                    le(11, 5), false),
        ("refusé",           demande(&[(le(9, 10), refus)]),  le(9, 10), false),
    ];
    for (histoire, dossier, jour, attendu) in cas {
        assert_eq!(ou(&dossier, jour).contains(&CfpAInstruire), attendu, "{histoire}");
    }
}

#[test]
fn une_alerte_attend_puis_reste_sans_reponse() {
    let dossier = histoire(&[(le(11, 2), porte_close())]);
    assert_eq!(ou(&dossier, le(11, 10)), [AlerteEnAttente]);
    assert_eq!(ou(&dossier, le(11, 11)), [AlerteEnAttente, AlerteSansReponse]);
}

#[test]
fn un_cas_est_propose_puis_retenu_ou_ecarte() {
    let decide = |issue| (le(9, 20), Quoi::CasComplexe { issue, criteres: vec![] });
    let faits = [(le(9, 5), porte_close()), (le(9, 9), porte_close())];
    let complexes = |dossier: &Dossier| -> Vec<ListeDeSuivi> {
        let toutes = ou(dossier, le(9, 21));
        toutes.into_iter().filter(|l| matches!(l, ComplexePropose | ComplexeRetenu)).collect()
    };
    let avec_decision = |issue| histoire(&[&faits[..], &[decide(issue)]].concat());
    assert_eq!(complexes(&histoire(&faits)), [ComplexePropose]);
    assert_eq!(complexes(&avec_decision(IssueDeComplexite::Retenu)), [ComplexeRetenu]);
    assert!(complexes(&avec_decision(IssueDeComplexite::Ecarte)).is_empty());
}

#[test]
fn un_menage_parti_attend_qu_on_dise_ce_qu_il_est_devenu() {
    let parti = (le(9, 20), Quoi::Depart {});
    let issue = (le(9, 25), Quoi::IssueMenage { issue: IssueDuMenage::SolutionPersonnelle });
    let dossier = signale(&[parti, issue]);
    assert!(!ou(&dossier, le(9, 19)).contains(&AClore));
    assert!(ou(&dossier, le(9, 20)).contains(&AClore));
    assert!(ou(&dossier, le(9, 25)).is_empty(), "un dossier clos n'est dans aucune liste");
}

#[test]
fn le_nom_ecrit_d_une_liste_se_relit() {
    for liste in ListeDeSuivi::TOUTES {
        assert_eq!(ListeDeSuivi::de_code(liste.code()), Some(*liste));
        assert!(!liste.libelle().is_empty());
    }
    assert_eq!(ListeDeSuivi::de_code("inconnue"), None);
}
