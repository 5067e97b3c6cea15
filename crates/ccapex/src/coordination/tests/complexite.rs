//! Ce que le programme propose à la cellule technique, et ce qu'une décision arrête.

use jiff::civil::Date;

use super::{avec, contact, cours, histoire, le, pas_de_calais, porte_close, prise};
use crate::acte::codes::{
    Avancee, CodeDAlerte, IssueDAccueil, IssueDeCfp, IssueDeComplexite, IssueDeDispositif,
    IssueDePriseEnCharge, IssueDuMenage, NatureDeProtection,
};
use crate::acte::{Demarche, Instruction, Quoi};
use crate::coordination::complexite::{Proposition, propositions};
use crate::cours::horloge::Horloge;
use crate::dossier::Dossier;
use crate::notice::{Contenu, Nature};

fn proposees(dossier: &Dossier, jour: Date) -> Vec<Proposition> {
    let horloge = Horloge::au(jour);
    propositions(dossier, &cours(dossier, &horloge), &pas_de_calais(), &horloge)
}

fn codes(dossier: &Dossier, jour: Date) -> Vec<String> {
    proposees(dossier, jour).into_iter().map(|p| p.critere).collect()
}

fn demarche(etape: Avancee) -> Demarche {
    Demarche { etape, montant: None, jusqu_au: None }
}

fn active(code: &str) -> Quoi {
    Quoi::Dispositif { code: code.to_owned(), etape: IssueDeDispositif::Active }
}

fn signale() -> Quoi {
    Quoi::Alerte { code: CodeDAlerte::DossierComplexe, destinataires: vec![] }
}

fn sans_titre(dossier: Dossier) -> Dossier {
    let contenu = Contenu { occupation: Some("sans_titre".to_owned()), ..Contenu::default() };
    avec(dossier, Nature::Alerte, le(9, 1), contenu)
}

fn fondee_sur(motif: &str, dossier: Dossier) -> Dossier {
    let contenu = Contenu { motif: Some(motif.to_owned()), ..Contenu::default() };
    avec(dossier, Nature::Assignation, le(9, 1), contenu)
}

fn accord_de_concours(suite: Quoi) -> Dossier {
    let accord = Quoi::DecisionCfp { issue: IssueDeCfp::Accord, date_effet: None };
    histoire(&[(le(9, 20), accord), (le(9, 25), suite)])
}

fn siao(avis: &str) -> Quoi {
    Quoi::PlaceSiao(Instruction { avis: Some(avis.to_owned()) })
}

#[test]
fn chaque_critere_se_propose_sur_des_faits_et_sur_eux_seuls() {
    let sans_reponse = || contact(IssueDAccueil::SansReponse);
    let accepte = |service| prise(service, IssueDePriseEnCharge::Acceptee);
    let refuse = |service| prise(service, IssueDePriseEnCharge::Refusee);
    let tutelle = Quoi::MesureProtection { nature: NatureDeProtection::Tutelle };
    let levee = Quoi::MesureProtection { nature: NatureDeProtection::Levee };
    #[rustfmt::skip]
    let cas: Vec<(&str, Dossier, &[&str])> = vec![
        ("sans titre, fragilité signalée",     sans_titre(histoire(&[(le(9, 5), signale())])),                           &["sans_titre_fragile", "fragilite_signalee"]),
        ("sans titre, rien de signalé",        sans_titre(histoire(&[])),                                                &[]),
        ("locataire, cas signalé",             histoire(&[(le(9, 5), signale())]),                                       &["fragilite_signalee"]),
        ("mesure de protection",               histoire(&[(le(9, 5), tutelle.clone())]),                                 &["fragilite_signalee"]),
        ("mesure levée",                       histoire(&[(le(9, 5), tutelle), (le(9, 9), levee)]),                      &[]),
        ("deux tentatives, jamais joint",      histoire(&[(le(9, 5), sans_reponse()), (le(9, 9), porte_close())]),       &["jamais_de_reponse"]),
        ("deux tentatives le même jour",       histoire(&[(le(9, 5), sans_reponse()), (le(9, 5), porte_close())]),       &[]),
        ("deux tentatives, puis joint",        histoire(&[(le(9, 5), sans_reponse()), (le(9, 9), porte_close()), (le(9, 12), contact(IssueDAccueil::Joint))]), &[]),
        ("deux tentatives, pris en charge",    histoire(&[(le(9, 1), accepte("caf")), (le(9, 5), sans_reponse()), (le(9, 9), porte_close())]), &[]),
        ("troubles de jouissance",             fondee_sur("troubles", histoire(&[])),                                    &["troubles"]),
        ("impayé",                             fondee_sur("impaye", histoire(&[])),                                      &[]),
        ("quatre acteurs",                     histoire(&[(le(9, 1), accepte("caf")), (le(9, 2), active("fsl")), (le(9, 3), active("plai")), (le(9, 4), Quoi::Dalo(demarche(Avancee::Depose)))]), &["plusieurs_acteurs"]),
        ("trois acteurs",                      histoire(&[(le(9, 1), accepte("caf")), (le(9, 2), active("fsl")), (le(9, 3), active("plai"))]), &[]),
        ("FSL refusé, service qui refuse",     histoire(&[(le(9, 1), Quoi::Fsl(demarche(Avancee::Refus))), (le(9, 2), refuse("caf"))]), &["situation_bloquee"]),
        ("FSL refusé, service qui accepte",    histoire(&[(le(9, 1), Quoi::Fsl(demarche(Avancee::Refus))), (le(9, 2), refuse("caf")), (le(9, 3), accepte("departement"))]), &[]),
        ("concours accordé, SIAO saisi",       accord_de_concours(siao("demande")),                                     &["expulsion_sans_solution"]),
        ("concours accordé, place trouvée",    accord_de_concours(siao("trouve")),                                       &[]),
        ("concours accordé, ménage relogé",    accord_de_concours(Quoi::Relogement { date_bail: None }),                 &[]),
    ];
    for (histoire, dossier, attendus) in cas {
        let proposees = proposees(&dossier, le(10, 1));
        let codes: Vec<&str> = proposees.iter().map(|p| p.critere.as_str()).collect();
        assert_eq!(codes, attendus, "{histoire}");
        assert!(proposees.iter().all(|p| !p.pourquoi.is_empty() && !p.nom.is_empty()));
    }
}

#[test]
fn un_prioritaire_sans_offre_se_propose_apres_six_mois_revolus() {
    let reconnu = (le(3, 10), Quoi::Dalo(demarche(Avancee::Prioritaire)));
    let attend = histoire(std::slice::from_ref(&reconnu));
    let horloge = Horloge::au(le(9, 10));
    assert!(
        propositions(&attend, &cours(&attend, &horloge), &pas_de_calais(), &horloge).is_empty()
    );
    assert_eq!(horloge.prochain(), Some(le(9, 11)), "la veille rouvre le dossier ce jour-là");
    let proposee = &proposees(&attend, le(9, 11))[0];
    assert_eq!(proposee.critere, "dalo_sans_offre");
    assert_eq!(
        proposee.pourquoi,
        ["reconnu prioritaire le 10 mars 2026, sans offre depuis plus de 6 mois"]
    );
    let offre = histoire(&[reconnu, (le(9, 1), Quoi::Dalo(demarche(Avancee::Offre)))]);
    assert!(codes(&offre, le(9, 11)).is_empty(), "une offre est faite");
}

#[test]
fn une_proposition_dit_les_faits_sans_dire_la_mesure() {
    let dossier =
        histoire(&[(le(9, 5), Quoi::MesureProtection { nature: NatureDeProtection::Curatelle })]);
    let proposee = &proposees(&dossier, le(10, 1))[0];
    assert_eq!(proposee.pourquoi, ["une mesure de protection court depuis le 5 septembre 2026"]);
    assert!(proposee.a_valider, "le critère est emprunté à Paris");
}

#[test]
fn une_decision_arrete_la_proposition_jusqu_a_un_critere_nouveau() {
    let decide = |issue, criteres: &[&str]| Quoi::CasComplexe {
        issue,
        criteres: criteres.iter().map(|c| (*c).to_owned()).collect(),
    };
    for issue in [IssueDeComplexite::Retenu, IssueDeComplexite::Ecarte] {
        let mut actes = vec![
            (le(9, 5), contact(IssueDAccueil::SansReponse)),
            (le(9, 9), porte_close()),
            (le(9, 15), decide(issue, &[])),
        ];
        assert_eq!(codes(&histoire(&actes), le(9, 14)), ["jamais_de_reponse"], "{issue:?}");
        assert!(codes(&histoire(&actes), le(9, 15)).is_empty(), "{issue:?} : décidé");
        actes.push((le(9, 20), porte_close()));
        assert!(codes(&histoire(&actes), le(10, 1)).is_empty(), "{issue:?} : le même critère");
        actes.push((le(9, 25), signale()));
        assert_eq!(
            codes(&histoire(&actes), le(10, 1)),
            ["fragilite_signalee"],
            "{issue:?} : un critère nouveau"
        );
        actes.push((le(9, 28), decide(issue, &["fragilite_signalee"])));
        assert!(codes(&histoire(&actes), le(10, 1)).is_empty(), "{issue:?} : décidé de nouveau");
    }
}

#[test]
fn un_fait_appris_apres_la_decision_n_a_pas_ete_decide() {
    let mut dossier = histoire(&[
        (le(9, 15), Quoi::CasComplexe { issue: IssueDeComplexite::Ecarte, criteres: vec![] }),
        (le(9, 5), signale()),
    ]);
    dossier.actes[1].consigne.consigne_le = le(9, 20);
    assert_eq!(codes(&dossier, le(10, 1)), ["fragilite_signalee"]);
}

#[test]
fn un_dossier_clos_ou_suivi_ailleurs_ne_se_propose_pas() {
    let issue = Quoi::IssueMenage { issue: IssueDuMenage::Relogement };
    let clos = histoire(&[(le(9, 5), signale()), (le(9, 20), issue)]);
    assert_eq!(codes(&clos, le(9, 19)), ["fragilite_signalee"]);
    assert!(codes(&clos, le(9, 20)).is_empty());
    let mut joint = histoire(&[(le(9, 5), signale())]);
    joint.joint_a = Some(crate::identifiants::DossierId(2));
    assert!(codes(&joint, le(9, 19)).is_empty());
}
