//! Étant donné ces faits, quand on relit le journal, alors le dossier en est là.

use std::collections::BTreeSet;

use ccapex::dossier::Dossier;
use ccapex::fait::{
    Acte, Complement, Courrier, Dette, Geste, NoticeRecue, PriseEnCharge, Rapprochement,
    Rectification, SituationConfirmee,
};
use ccapex::identifiants::{DossierId, NoticeId};
use ccapex::notice::{BailleurType, Contenu, Nature};
use ccapex::procedure::lettres::lettres;
use ccapex::procedure::situation::{Situation, situation};
use ccapex::profil::Profil;
use ccapex::signalement::examen::{Contexte, examiner};
use droit::montant::Montant;
use jiff::civil::{Date, date};

use crate::continuite::faits;

const RECU: Date = date(2026, 10, 5);

fn profil() -> Profil {
    Profil::integre("62").expect("le 62")
}

/// Le commandement d'une famille d'Arras : 1 300 € de dette pour 600 € de loyer.
fn commandement() -> Contenu {
    Contenu {
        date: Some(date(2026, 10, 1)),
        bailleur_type: BailleurType::PersonnePhysique,
        commune: Some("62041".to_owned()),
        date_bail: Some(date(2024, 1, 15)),
        loyer_hors_charges: Some(Montant::euros(600)),
        montant_dette: Some(Montant::euros(1_300)),
        impaye_depuis: Some(date(2026, 9, 1)),
        aide_logement: Some(true),
        nombre_enfants: Some(2),
        ..Contenu::default()
    }
}

/// La notice reçue ce jour-là, jugée par l'examen, avec ses lettres.
fn recue(id: i64, nature: Nature, contenu: Contenu, recue_le: Date) -> NoticeRecue {
    let examen = examiner(nature, &contenu, true, &profil(), recue_le, Contexte::default());
    NoticeRecue {
        notice: NoticeId(id),
        coffre: None,
        nature: Some(nature),
        ouvre: None,
        recue_le,
        emetteur: "selarl lecocq".to_owned(),
        reference: Some("2026-1".to_owned()),
        statut: examen.statut,
        motif: examen.motif.map(str::to_owned),
        corrige: None,
        courriers: lettres(nature, &examen, &profil()).into_iter().map(str::to_owned).collect(),
        jointe_car: vec![],
        contenu,
    }
}

fn notice(id: i64, nature: Nature, contenu: Contenu) -> Acte {
    Acte::NoticeRecue(Box::new(recue(id, nature, contenu, RECU)))
}

fn cdp() -> Acte {
    notice(1, Nature::Cdp, commandement())
}

fn acte(nature: Nature, le: Date) -> Acte {
    notice(9, nature, Contenu { date: Some(le), ..commandement() })
}

fn envoi(modele: &str, etape: &str) -> Acte {
    Acte::Courrier(Courrier {
        modele: modele.to_owned(),
        notice: NoticeId(1),
        etape: etape.to_owned(),
        le: date(2026, 10, 7),
    })
}

fn prise(service: &str, issue: &str) -> Acte {
    Acte::PriseEnCharge(PriseEnCharge {
        service: service.to_owned(),
        issue: issue.to_owned(),
        le: date(2026, 10, 8),
        motif: None,
    })
}

fn geste(geste: Geste) -> Acte {
    Acte::Rapprochement(Rapprochement { geste, autre: DossierId(7), le: RECU, motifs: vec![] })
}

fn annule(rang: i64) -> Acte {
    Acte::Rectification(Rectification { annule: rang, le: RECU, motif: "erreur".to_owned() })
}

fn solde(euros: i64) -> Acte {
    Acte::Dette(Dette { le: date(2026, 10, 20), montant: Montant::euros(euros) })
}

fn relu(actes: &[Acte]) -> (Dossier, Situation) {
    let dossier = Dossier::relire(&faits(actes.iter().cloned()));
    let situation = situation(&dossier, &profil(), date(2026, 10, 21));
    (dossier, situation)
}

#[test]
fn une_correction_remplace_la_notice_sa_dette_et_ses_lettres() {
    let corrigee = Contenu {
        date: Some(date(2026, 9, 30)),
        montant_dette: Some(Montant::euros(100)),
        ..commandement()
    };
    let correction =
        NoticeRecue { corrige: Some(NoticeId(1)), ..recue(2, Nature::Cdp, corrigee, RECU) };
    let (dossier, situation) = relu(&[cdp(), Acte::NoticeRecue(Box::new(correction))]);
    assert_eq!(dossier.notices.len(), 2, "l'ancienne reste lisible");
    assert_eq!(dossier.en_vigueur().map(|n| n.notice).collect::<Vec<_>>(), [NoticeId(2)]);
    assert_eq!(
        dossier.dette,
        Some((date(2026, 9, 30), Montant::euros(100))),
        "et non celle, plus tardive, de l'erreur"
    );
    assert_eq!(
        (situation.statut.code(), situation.service.as_str()),
        ("non_eligible", "secretariat")
    );
    assert!(
        dossier.lettres.iter().all(|((de, _), l)| (de.0 == 1) == (l.etape == "annule")),
        "{:?}",
        dossier.lettres
    );
}

#[test]
fn une_lettre_deja_partie_ne_s_annule_pas() {
    let correction =
        NoticeRecue { corrige: Some(NoticeId(1)), ..recue(2, Nature::Cdp, commandement(), RECU) };
    let (dossier, _) = relu(&[
        cdp(),
        envoi("intervention_maire", "envoye"),
        Acte::NoticeRecue(Box::new(correction)),
    ]);
    let partie = &dossier.lettres[&(NoticeId(1), "intervention_maire".to_owned())];
    assert_eq!(partie.etape, "envoye");
}

#[test]
fn un_complement_reprend_le_traitement() {
    let incomplete = Contenu { montant_dette: None, ..commandement() };
    let (_, avant) = relu(&[notice(1, Nature::Cdp, incomplete.clone())]);
    assert_eq!((avant.file, avant.service.as_str()), ("a_completer", "secretariat"));
    let apres = recue(1, Nature::Cdp, commandement(), RECU);
    let complement = Acte::Complement(Box::new(Complement {
        notice: NoticeId(1),
        recu_le: date(2026, 10, 9),
        champs: vec!["montant_dette".to_owned()],
        coffre: None,
        contenu: apres.contenu,
        statut: apres.statut,
        motif: apres.motif,
        courriers: apres.courriers,
    }));
    let (dossier, situation) = relu(&[notice(1, Nature::Cdp, incomplete), complement]);
    assert_eq!(
        (situation.file, situation.service.as_str(), situation.statut.code()),
        ("suivi", "caf", "eligible")
    );
    assert_eq!(dossier.lettres[&(NoticeId(1), "demande_complement".to_owned())].etape, "annule");
    assert_eq!(dossier.lettres_a_envoyer(), 4);
    assert_eq!(dossier.notices[0].jugee_le, date(2026, 10, 9));
}

#[test]
fn joindre_et_separer_se_defont_l_un_l_autre() {
    let autre = BTreeSet::from([DossierId(7)]);
    let (dossier, _) = relu(&[cdp(), geste(Geste::Demande)]);
    assert_eq!(dossier.questions, autre);
    let (dossier, _) = relu(&[cdp(), geste(Geste::Demande), geste(Geste::Joint)]);
    assert_eq!((dossier.joints, dossier.questions.len()), (autre.clone(), 0));
    let (dossier, _) = relu(&[cdp(), geste(Geste::Joint), geste(Geste::Separe)]);
    assert_eq!((dossier.joints.len(), dossier.separes), (0, autre.clone()));
    let (dossier, _) = relu(&[cdp(), geste(Geste::Separe), geste(Geste::Joint)]);
    assert_eq!((dossier.joints, dossier.separes.len()), (autre, 0));
    let (dossier, situation) = relu(&[cdp(), geste(Geste::JointA)]);
    assert_eq!(
        (dossier.joint_a, situation.stade, situation.file),
        (Some(DossierId(7)), "joint", "joint")
    );
    let (dossier, situation) = relu(&[cdp(), geste(Geste::JointA), geste(Geste::Separe)]);
    assert_eq!((dossier.joint_a, situation.stade), (None, "cdp_signifie"));
}

#[test]
fn un_fait_rectifie_ne_compte_plus_sauf_si_la_rectification_l_est_aussi() {
    let (dossier, _) = relu(&[cdp(), solde(0), annule(2)]);
    assert_eq!(dossier.dette, Some((date(2026, 10, 1), Montant::euros(1_300))));
    let (dossier, _) = relu(&[cdp(), solde(0), annule(2), annule(3)]);
    assert_eq!(dossier.dette, Some((date(2026, 10, 20), Montant::euros(0))));
}

#[test]
fn une_date_a_venir_ne_cache_pas_le_solde() {
    let a_venir = Contenu { date: Some(date(2099, 1, 5)), ..commandement() };
    let (dossier, _) = relu(&[notice(1, Nature::Cdp, a_venir), solde(0)]);
    assert_eq!(dossier.dette, Some((date(2026, 10, 20), Montant::euros(0))));
}

#[test]
fn seule_une_prise_en_charge_acceptee_change_le_service() {
    for (issue, service) in
        [("proposee", "caf"), ("refusee", "caf"), ("terminee", "caf"), ("acceptee", "msa")]
    {
        let (_, situation) = relu(&[cdp(), prise("msa", issue)]);
        assert_eq!(situation.service, service, "{issue}");
    }
}

#[test]
fn chaque_regle_d_etape_donne_une_date_et_sa_source() {
    let parties = || {
        let modeles = [
            "intervention_bailleur",
            "intervention_locataire",
            "intervention_maire",
            "intervention_ccas",
        ];
        [cdp(), prise("caf", "acceptee")]
            .into_iter()
            .chain(modeles.map(|m| envoi(m, "envoye")))
            .collect::<Vec<_>>()
    };
    let repondues = || {
        parties().into_iter().chain(
            [
                "intervention_bailleur",
                "intervention_locataire",
                "intervention_maire",
                "intervention_ccas",
            ]
            .map(|m| envoi(m, "repondu")),
        )
    };
    let ancien = Contenu { date: Some(date(2025, 9, 1)), ..commandement() };
    let audience = |le| {
        notice(
            9,
            Nature::Assignation,
            Contenu { date: Some(date(2026, 9, 15)), date_audience: Some(le), ..commandement() },
        )
    };
    let sans_dette = Contenu {
        montant_dette: Some(Montant::euros(0)),
        impaye_depuis: Some(date(2026, 9, 20)),
        ..commandement()
    };
    #[rustfmt::skip]
    let cas = [
        // règle                             faits                                                              avant le            source
        ("completer_la_notice",              vec![notice(1, Nature::Cdp, Contenu { montant_dette: None, ..commandement() })], date(2026, 10, 20), "charte, II.3"),
        ("confirmer_la_situation",           vec![notice(1, Nature::Cdp, ancien.clone())],                       date(2026, 10, 20), "choix du profil"),
        ("delai_commandement_de_payer",      vec![cdp()],                                                        date(2026, 11, 13), "art. 24"),
        ("envoyer_les_lettres",              vec![cdp()],                                                        date(2026, 10, 8),  "règlement intérieur, 4.4"),
        ("relancer",                         parties(),                                                          date(2026, 11, 7),  "règlement intérieur, 4.4"),
        ("prendre_en_charge",                vec![cdp()],                                                        date(2026, 10, 20), "fiche 3-4"),
        ("demander_la_date_d_audience",      vec![acte(Nature::Assignation, date(2026, 9, 15))],                 date(2026, 10, 13), "ne donne pas la date de l'audience"),
        ("dsf_transmission",                 vec![audience(date(2026, 12, 10))],                                 date(2026, 12, 3),  "audience du 10 décembre 2026"),
        ("connaitre_l_issue_de_l_audience",  vec![audience(date(2026, 10, 6))],                                  date(2026, 10, 21), "trop proche ou passée"),
        ("suivre_la_decision",               vec![acte(Nature::Decision, date(2026, 10, 1))],                    date(2026, 10, 20), "décision du 1er octobre 2026"),
        ("delai_cql",                        vec![acte(Nature::Cql, date(2026, 10, 1))],                         date(2026, 12, 1),  "CPCE"),
        ("delai_reponse_cfp",                vec![acte(Nature::RequisitionCfp, date(2026, 10, 1))],              date(2026, 12, 1),  "CPCE"),
        ("ccapex_delai_reponse",             vec![acte(Nature::Alerte, date(2026, 10, 1))],                      date(2026, 12, 5),  "choix du profil"),
        ("constater_l_issue",                repondues().chain([solde(0)]).collect(),                            date(2026, 11, 20), "issue du ménage"),
        ("revoir_en_secretariat",            vec![notice(1, Nature::SignalementImpaye, sans_dette.clone()), Acte::SituationConfirmee(SituationConfirmee { le: RECU }), Acte::Dette(Dette { le: RECU, montant: Montant::euros(50) })], date(2027, 1, 5), "4.4"),
    ];
    let mut ecarts = Vec::new();
    for (regle, actes, avant_le, source) in &cas {
        let (_, situation) = relu(actes);
        match situation.etapes.iter().find(|e| e.regle == *regle) {
            Some(etape)
                if etape.avant_le == *avant_le && etape.motifs.join(" ; ").contains(source) => {}
            autre => ecarts.push(format!(
                "{regle} : {avant_le} et « {source} » attendus, obtenu {autre:?} parmi {:?}",
                situation.etapes.iter().map(|e| e.regle).collect::<Vec<_>>()
            )),
        }
    }
    assert!(ecarts.is_empty(), "{}", ecarts.join("\n\n"));
    // Une règle ajoutée dans le code doit avoir sa ligne ici.
    let code = include_str!("../../src/procedure/etape.rs");
    for regle in code.split("regle: \"").skip(1).filter_map(|suite| suite.split('"').next()) {
        assert!(
            regle == "a_examiner" || cas.iter().any(|(connue, ..)| *connue == regle),
            "{regle} n'a pas de cas"
        );
    }
}
